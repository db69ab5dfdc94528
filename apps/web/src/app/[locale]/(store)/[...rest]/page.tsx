import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';

/** Said here too: the browser, once its scripts run, takes the title of the page over that of `not-found.tsx`. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('errors'))('notFoundTitle') };
}

/** Every address that is no page of ours: inside the layout, so that the 404 has header, language and theme. */
export default function UnknownAddress() {
  notFound();
}
