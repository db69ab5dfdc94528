import { CodeBlock } from '@/components/ui/code-block.tsx';
import { highlight } from './highlight.ts';

/** Code colored on the server by classes; plain where the language is not known. */
export async function HighlightedCode({ code, language }: { code: string; language?: string }) {
  const lines = await highlight(code, language);
  return (
    <CodeBlock code={code} {...(language ? { language } : {})}>
      {lines?.flatMap((line, row) => [
        ...line.map(({ text, className }, column) =>
          className ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: code never reorders
            <span key={`${row}.${column}`} className={className}>
              {text}
            </span>
          ) : (
            text
          ),
        ),
        '\n',
      ])}
    </CodeBlock>
  );
}
