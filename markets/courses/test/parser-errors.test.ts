import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Note, NoteLocale } from '@stoa/contracts/note';
import fc from 'fast-check';
import { ImportError } from '../src/import/import-error.ts';
import { parseSettings, splitFrontMatter } from '../src/import/markdown/front-matter.ts';
import { noteOf, notePhrases, sayNotes } from '../src/import/notes.ts';
import { readXml } from '../src/import/read-xml.ts';

const locales: NoteLocale[] = ['en', 'pt-BR', 'es'];

function xmlProblem(xml: string): Note {
  try {
    readXml(Buffer.from(xml));
  } catch (error) {
    assert.ok(error instanceof ImportError && error.note !== null);
    return error.note;
  }
  return assert.fail(`it was read: ${xml}`);
}
function yamlProblem(yaml: string): Note {
  const { problem } = parseSettings(yaml);
  assert.ok(problem, yaml);
  return problem;
}
const whatOf = ({ params: { what } }: Note) => (typeof what === 'object' ? what.code : undefined);

describe('a parser that gives up', () => {
  test('says what is wrong in XML and where, in the words of the person who reads', () => {
    const open = xmlProblem('<problem>\n  <p>One & two</p>\n</problem>');
    assert.equal(
      sayNotes([open], 'en'),
      'the XML cannot be read at line 2, column 12: an & does not start a character; for the sign itself write &amp;',
    );
    assert.match(sayNotes([open], 'pt-BR'), /^não foi possível ler o XML na linha 2, coluna 12: um & não inicia/);
    assert.match(sayNotes([open], 'es'), /^no se pudo leer el XML en la línea 2, columna 12: un & no inicia/);
  });

  test('tells the faults of XML apart by the text, not by the sentences of the parser', () => {
    const faults = {
      '<a>x &amp y</a>': 'xml_ampersand',
      '<a>&#0;</a>': 'xml_ampersand',
      '<a><b>x &amp;</a>': 'xml_wrong_end',
      '<a>x &#233;</b>': 'xml_wrong_end',
      '<a><b>x': 'xml_ends_early',
      '<a><!-- x': 'xml_ends_early',
      '<a>1 < 2</a>': 'xml_less_than',
      '<a b="1 < 2"/>': 'xml_less_than',
      '<a b=c/>': 'xml_tag',
      '<a b="1" b="2"/>': 'xml_tag',
      '<a>\u0001</a>': 'xml_character',
      '<a></a> more': 'xml_after_end',
      '<a>😀 x & y</a>': 'xml_ampersand',
      'no tags': 'xml_broken',
    };
    for (const [xml, fault] of Object.entries(faults)) assert.equal(whatOf(xmlProblem(xml)), fault, xml);
  });

  test('says what is wrong in settings and in which line of the file', () => {
    const { problem } = splitFrontMatter('---\nlevel: beginner\ntitle: Loops: the basics\n---\n\nText.\n');
    assert.ok(problem);
    assert.equal(
      sayNotes([problem], 'en'),
      'the settings were ignored, because their YAML cannot be read at line 3, column 8: a value holds another name or list in the same line; if the colon belongs to the text, put the value in quotation marks',
    );
    assert.match(sayNotes([problem], 'pt-BR'), /na linha 3, coluna 8: um valor contém outro nome/);
  });

  test('tells the faults of YAML apart by their codes', () => {
    const faults = {
      'a: "x': 'yaml_missing_sign',
      'a: 1\na: 2': 'yaml_twice',
      'a: *b': 'yaml_alias',
      'a: @b': 'yaml_quote_value',
      'a: "\\q"': 'yaml_escape',
      'a:\n  b: 1\n c: 2': 'yaml_indent',
      'a: 1\n---\nb: 2': 'yaml_several',
      'a:\n\tb: 1': 'yaml_tab',
    };
    const got = Object.fromEntries(Object.keys(faults).map((yaml) => [yaml, whatOf(yamlProblem(yaml))]));
    assert.deepEqual(got, faults);
    const list = (name: string) => `[${`*${name},`.repeat(9)}]`;
    const bomb = `a: &a [1,2]\nb: &b ${list('a')}\nc: &c ${list('b')}\nd: ${list('c')}`;
    assert.equal(whatOf(yamlProblem(bomb)), 'yaml_alias');
  });

  test('says that JSON is broken and where, and of anything else only that it failed', () => {
    const broken = (json: string) => {
      try {
        return assert.fail(`it was read: ${JSON.stringify(JSON.parse(json))}`);
      } catch (error) {
        return noteOf(error);
      }
    };
    assert.equal(sayNotes([broken('{\n  "a": 1\n  "b": 2\n}')], 'es'), 'no es JSON válido en la línea 3, columna 3');
    assert.equal(broken('').code, 'json_broken');
    const fault = noteOf(new Error('EIO: i/o error, read'));
    assert.equal(sayNotes([fault], 'pt-BR'), 'uma falha técnica impediu a leitura; o relatório bruto traz os detalhes');
    assert.equal(fault.params.detail, 'EIO: i/o error, read');
  });

  test('keeps what the library said for engineers, and says it to nobody', () => {
    for (const one of [xmlProblem('<a>1 < 2</a>'), yamlProblem('a: "x')]) {
      const { detail } = one.params;
      assert.ok(typeof detail === 'string' && detail !== '' && detail.length <= 500);
      for (const locale of locales) assert.ok(!sayNotes([one], locale).includes(detail.slice(0, 20)));
    }
  });

  test('is put into words whatever is broken', () => {
    const pieces = fc.constantFrom(
      '<a>',
      '</a>',
      '<',
      '>',
      '&',
      ';',
      '#',
      '"',
      "'",
      '=',
      'x',
      ' ',
      '\n',
      '<!--',
      ']]>',
    );
    const text = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (body) => {
        try {
          readXml(Buffer.from(body));
        } catch (error) {
          assert.ok(error instanceof ImportError && error.note);
          const { code, params } = error.note;
          assert.ok(Object.hasOwn(notePhrases, code), code);
          if (code === 'xml_broken_at') assert.ok(typeof params.line === 'number' && whatOf(error.note));
        }
      }),
      { numRuns: 500 },
    );
  });
});
