import katex from 'katex';

/**
 * A formula as MathML, made on the server: browsers draw it, screen readers read it, and no script or font travels.
 * `trust: false` refuses every command that could make links or markup of its own; what cannot be read is shown as typed.
 */
export function Formula({ latex, display = false }: { latex: string; display?: boolean }) {
  const html = toMathML(latex, display);
  if (html === null) return <code>{latex}</code>;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: output of KaTeX, which escapes the text it is given
  return <span dangerouslySetInnerHTML={{ __html: html }} />;
}

/** MathML of a LaTeX formula without style attributes (our content security policy refuses them); `null` if it has errors. */
export function toMathML(latex: string, display: boolean): string | null {
  try {
    const html = katex.renderToString(latex, {
      output: 'mathml',
      displayMode: display,
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxExpand: 500,
      maxSize: 20,
    });
    // Quotes inside values are escaped by KaTeX, so this finds attributes only.
    return html.replaceAll(/ style="[^"]*"/g, '');
  } catch (error) {
    if (error instanceof katex.ParseError) return null;
    throw error;
  }
}
