/** A mail as its reader sees it: a document from `src`, which carries its own strict policy. It runs no script. */
export function MailFrame({ src, title }: { src: string; title: string }) {
  return (
    <iframe
      src={src}
      title={title}
      // The same words as in framedMailPolicy (src/security/csp.ts).
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      loading="lazy"
      className="h-[36rem] w-full rounded-lg border bg-card"
    />
  );
}
