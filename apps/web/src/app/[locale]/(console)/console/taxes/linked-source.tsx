import { textLinkClasses } from '@/components/ui/text-link.tsx';

/** Where a rule was read: a page opens in a new tab, a law is text. */
export function LinkedSource({ text }: { text: string }) {
  if (!/^https?:\/\/\S+$/.test(text)) return <span className="wrap-anywhere">{text}</span>;
  return (
    <a href={text} target="_blank" rel="noreferrer" className={`${textLinkClasses} wrap-anywhere`}>
      {text.replace(/^https?:\/\//, '')}
    </a>
  );
}
