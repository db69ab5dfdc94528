import { textLinkClasses } from '@/components/ui/text-link.tsx';

const address = /(https?:\/\/[^\s<>"]+)/;

/** Plain text as it was sent, with its addresses made into links that open in a new tab. */
export function LinkedText({ text, label }: { text: string; label: string }) {
  let offset = 0;
  const pieces = text.split(address).map((piece) => {
    const key = `${offset}`;
    offset += piece.length;
    return { key, piece };
  });
  return (
    <section aria-label={label} className="rounded-lg border bg-card p-4">
      <p className="wrap-anywhere whitespace-pre-wrap font-mono text-[0.8125rem] leading-6">
        {pieces.map(({ key, piece }) =>
          address.test(piece) ? (
            <a key={key} href={piece} target="_blank" rel="noreferrer" className={textLinkClasses}>
              {piece}
            </a>
          ) : (
            piece
          ),
        )}
      </p>
    </section>
  );
}
