export type FormulaPart = { kind: 'text' | 'inline' | 'display'; value: string };

const closers: Record<string, { close: string; kind: 'inline' | 'display' }> = {
  '\\(': { close: '\\)', kind: 'inline' },
  '\\[': { close: '\\]', kind: 'display' },
  $$: { close: '$$', kind: 'display' },
  '[mathjaxinline]': { close: '[/mathjaxinline]', kind: 'inline' },
  '[mathjax]': { close: '[/mathjax]', kind: 'display' },
};
const latexLimit = 10_000;

/**
 * Cuts a text into prose and TeX, with the delimiters that MathJax uses in course texts. An opening without its
 * closing stays text. Linear in the length of the text, whatever it holds.
 */
export function splitFormulas(text: string): FormulaPart[] {
  const parts: FormulaPart[] = [];
  const unclosed = new Set<string>();
  let done = 0;
  for (const match of text.matchAll(/\\\(|\\\[|\$\$|\[mathjaxinline\]|\[mathjax\]/g)) {
    const opener = match[0];
    const rule = closers[opener];
    if (match.index < done || rule === undefined || unclosed.has(opener)) continue;
    const start = match.index + opener.length;
    const end = text.indexOf(rule.close, start);
    if (end === -1) {
      unclosed.add(opener);
      continue;
    }
    const latex = text.slice(start, end).trim();
    if (latex === '' || latex.length > latexLimit) continue;
    if (match.index > done) parts.push({ kind: 'text', value: text.slice(done, match.index) });
    parts.push({ kind: rule.kind, value: latex });
    done = end + rule.close.length;
  }
  if (done < text.length) parts.push({ kind: 'text', value: text.slice(done) });
  return parts;
}
