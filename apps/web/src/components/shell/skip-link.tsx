import { useTranslations } from 'next-intl';

/** First stop of the Tab key: over the header to `<main id="content">`. */
export function SkipLink() {
  const t = useTranslations('common');
  return (
    <a
      href="#content"
      className="sr-only z-[70] rounded-md bg-primary px-4 py-2 font-medium text-primary-foreground text-sm focus-visible:not-sr-only focus-visible:fixed focus-visible:start-4 focus-visible:top-3"
    >
      {t('skipToContent')}
    </a>
  );
}
