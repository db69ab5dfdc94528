import 'server-only';
import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { bundledLanguagesInfo } from 'shiki/langs';

/** A run of code with the class of its color; `null` is the text's own color. */
export type CodeToken = { text: string; className: string | null };

const theme = createCssVariablesTheme({ name: 'stoa', variablePrefix: '' });

// Our tokens in place of the theme's variables: classes, since the policy refuses style attributes.
const classes: Record<string, string> = {
  'token-constant': 'text-info',
  'token-string': 'text-success',
  'token-string-expression': 'text-success',
  'token-comment': 'text-muted-foreground italic',
  'token-keyword': 'text-primary',
  'token-parameter': 'text-foreground',
  'token-function': 'text-warning',
  'token-punctuation': 'text-muted-foreground',
  'token-link': 'text-primary underline',
  'token-inserted': 'text-success',
  'token-deleted': 'text-destructive',
  'token-changed': 'text-warning',
};

/** Longer code is shown plain: coloring it costs more than it helps. */
const longestHighlighted = 30_000;

let highlighter: Promise<HighlighterCore> | undefined;

/**
 * Lines of colored tokens, or `null` when the language is not known or the code is very long. A language's grammar is
 * read when it is first needed and kept.
 */
export async function highlight(code: string, language: string | undefined): Promise<CodeToken[][] | null> {
  if (!language || code.length > longestHighlighted) return null;
  const wanted = language.toLowerCase();
  const info = bundledLanguagesInfo.find((one) => one.id === wanted || one.aliases?.includes(wanted));
  if (!info) return null;
  highlighter ??= createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const shiki = await highlighter;
  if (!shiki.getLoadedLanguages().includes(info.id)) await shiki.loadLanguage(info.import);
  const { tokens } = shiki.codeToTokens(code, { lang: info.id, theme: 'stoa', tokenizeMaxLineLength: 2000 });
  return tokens.map((line) =>
    line.map(({ content, color }) => ({ text: content, className: classes[variableOf(color)] ?? null })),
  );
}

/** `var(--token-keyword)` → `token-keyword`. */
function variableOf(color: string | undefined): string {
  return /^var\(--([a-z-]+)\)$/.exec(color ?? '')?.[1] ?? '';
}
