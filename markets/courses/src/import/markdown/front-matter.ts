import type { Note } from '@stoa/contracts/note';
import { parse } from 'yaml';
import { note } from '../notes.ts';
import { yamlNote } from '../parser-errors.ts';

/** A Markdown file taken apart: the settings between the `---` lines, the text after them, and what was wrong. */
export type FrontMatter = { settings: Record<string, unknown>; body: string; problem: Note | null };

const maximumLength = 64 * 1024;

/**
 * Splits YAML front matter from Markdown. A file without it has empty settings. Broken YAML keeps the text and says
 * so in `problem`: one typing mistake in the settings must not lose a lesson.
 */
export function splitFrontMatter(text: string): FrontMatter {
  const match = /^---[ \t]*\n(?:([\s\S]*?)\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text);
  if (match === null) return { settings: {}, body: text, problem: null };
  const body = text.slice(match[0].length);
  const yaml = match[1] ?? '';
  // Two thematic breaks around prose look like front matter; only a mapping is one.
  if (!/^[ \t]*[\w"'-]+[ \t]*:/m.test(yaml)) return { settings: {}, body: text, problem: null };
  const parsed = parseSettings(yaml, { firstLine: 2 });
  return { settings: parsed.settings, body, problem: parsed.problem };
}

/** Parses a YAML mapping (front matter, `course.yaml`) without ever throwing; aliases are limited against bombs. */
export function parseSettings(
  yaml: string,
  { firstLine = 1 }: { firstLine?: number } = {},
): { settings: Record<string, unknown>; problem: Note | null } {
  if (yaml.length > maximumLength) {
    return { settings: {}, problem: note('settings_too_long', { limit: maximumLength / 1024 }) };
  }
  try {
    const value: unknown = parse(yaml, { maxAliasCount: 20, logLevel: 'error' });
    if (value === null || value === undefined) return { settings: {}, problem: null };
    if (!isRecord(value)) return { settings: {}, problem: note('settings_no_mapping') };
    return { settings: value, problem: null };
  } catch (error) {
    return { settings: {}, problem: yamlNote(error, { firstLine }) };
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
