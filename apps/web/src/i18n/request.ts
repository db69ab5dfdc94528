import { getRequestConfig } from 'next-intl/server';
import { loadMessages } from './load-messages.ts';
import { defaultLocale, isAppLocale } from './locales.ts';

export default getRequestConfig(async ({ locale: explicit, requestLocale }) => {
  const wanted = explicit ?? (await requestLocale);
  const locale = isAppLocale(wanted) ? wanted : defaultLocale;
  return {
    locale,
    messages: await loadMessages(locale),
    // One zone for server and browser output of the first render; a person's own zone is passed where a time matters.
    timeZone: 'UTC',
    formats: {
      dateTime: { date: { dateStyle: 'medium' }, dateTime: { dateStyle: 'medium', timeStyle: 'short' } },
      number: { percent: { style: 'percent', maximumFractionDigits: 0 } },
    },
  };
});
