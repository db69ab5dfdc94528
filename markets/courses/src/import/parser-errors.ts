import { XmlError } from '@rgrove/parse-xml';
import type { Note } from '@stoa/contracts/note';
import { type ErrorCode, YAMLParseError } from 'yaml';
import { note, withDetail } from './notes.ts';
import type { parserPhrases } from './parser-phrases.ts';

type ParserCode = keyof typeof parserPhrases;
type YamlFault = Extract<ParserCode, `yaml_${string}`>;
type XmlFault = Exclude<Extract<ParserCode, `xml_${string}`>, 'xml_broken_at'>;

/** Every code of the YAML parser; the compiler says when a new version brings another. */
const yamlFaults: Record<ErrorCode, YamlFault> = {
  ALIAS_PROPS: 'yaml_alias',
  BAD_ALIAS: 'yaml_alias',
  BAD_COLLECTION_TYPE: 'yaml_tag',
  BAD_DIRECTIVE: 'yaml_directive',
  BAD_DQ_ESCAPE: 'yaml_escape',
  BAD_INDENT: 'yaml_indent',
  BAD_PROP_ORDER: 'yaml_tag',
  BAD_SCALAR_START: 'yaml_quote_value',
  BLOCK_AS_IMPLICIT_KEY: 'yaml_colon',
  BLOCK_IN_FLOW: 'yaml_in_brackets',
  DUPLICATE_KEY: 'yaml_twice',
  IMPOSSIBLE: 'yaml_broken',
  KEY_OVER_1024_CHARS: 'yaml_long_name',
  MISSING_CHAR: 'yaml_missing_sign',
  MULTILINE_IMPLICIT_KEY: 'yaml_long_name',
  MULTIPLE_ANCHORS: 'yaml_tag',
  MULTIPLE_DOCS: 'yaml_several',
  MULTIPLE_TAGS: 'yaml_tag',
  NON_STRING_KEY: 'yaml_long_name',
  RESOURCE_EXHAUSTION: 'yaml_too_much',
  TAB_AS_INDENT: 'yaml_tab',
  TAG_RESOLVE_FAILED: 'yaml_tag',
  UNEXPECTED_TOKEN: 'yaml_out_of_place',
};

/**
 * Why settings in YAML cannot be read, as a note.
 * @param firstLine the line of the file on which the YAML starts
 */
export function yamlNote(error: unknown, { firstLine }: { firstLine: number }): Note {
  // An alias that leads nowhere, and too many of them, show when the values are made: a ReferenceError without a place.
  if (error instanceof ReferenceError) return withDetail(note('settings_broken', { what: note('yaml_alias') }), error);
  if (!(error instanceof YAMLParseError)) {
    return withDetail(note('settings_broken', { what: note('technical_fault') }), error);
  }
  const what = note(Object.hasOwn(yamlFaults, error.code) ? yamlFaults[error.code] : 'yaml_broken');
  const at = error.linePos?.[0];
  if (at === undefined) return withDetail(note('settings_broken', { what }), error);
  return withDetail(note('settings_broken_at', { what, line: at.line + firstLine - 1, column: at.col }), error);
}

/** Why XML cannot be read, as a note. The parser has no codes: what is wrong is seen in the text where it stopped. */
export function xmlNote(error: unknown, xml: string): Note {
  if (!(error instanceof XmlError)) return withDetail(note('technical_fault'), error);
  const at = indexOf(error.pos, xml);
  const line = xml.slice(0, at).split('\n').length;
  const column = at - xml.lastIndexOf('\n', at - 1);
  return withDetail(note('xml_broken_at', { what: note(xmlFault(xml, at)), line, column }), error);
}

/** The parser counts characters; a string counts halves of those beyond U+FFFF. */
function indexOf(position: number, xml: string): number {
  let index = 0;
  for (let n = 0; n < position; n += 1) index += (xml.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  return index;
}

/** How far back the start of a character or a tag is looked for. */
const lookBack = 2000;

function xmlFault(xml: string, at: number): XmlFault {
  const before = xml.slice(Math.max(0, at - lookBack), at);
  const next = xml[at];
  if (/&#?\w{0,40}[^\w;]$/.test(before) || endsInNoCharacter(before)) return 'xml_ampersand';
  const root = /<([\p{L}_:][^\s/>]{0,200})/u.exec(xml)?.[1];
  if (root === undefined) return 'xml_broken';
  if (next === undefined) return 'xml_ends_early';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(next)) return 'xml_character';
  const isInTag = before.lastIndexOf('<') > before.lastIndexOf('>');
  if (isInTag && !xml.includes('<', at) && !xml.includes('>', at)) return 'xml_ends_early';
  if (isInTag) return next === '<' && /=\s*["'][^"']*$/.test(before) ? 'xml_less_than' : 'xml_tag';
  if (xml.startsWith('</', at)) return 'xml_wrong_end';
  if (next === '<' && !/^<[\p{L}_:!?]/u.test(xml.slice(at, at + 3))) return 'xml_less_than';
  if (before.trimEnd().endsWith(`</${root}>`)) return 'xml_after_end';
  return xml.includes('<', at) ? 'xml_broken' : 'xml_ends_early';
}

/** True after a reference such as `&#0;` or `&#xyz;`. */
function endsInNoCharacter(before: string): boolean {
  const number = /&#(\w{0,40});$/.exec(before)?.[1];
  if (number === undefined) return false;
  const point = /^x[0-9a-f]+$/i.test(number) ? Number(`0${number}`) : /^\d+$/.test(number) ? Number(number) : 0;
  return point < 32 || point > 0x10_ffff || (point >= 0xd800 && point <= 0xdfff);
}
