import { getLocale } from 'next-intl/server';
import { redirect } from '@/i18n/navigation.ts';

/** Where mails lead: the same order, whose page is open to guests, too. */
export default async function OrderPlace({ params }: PageProps<'/[locale]/account/orders/[id]'>) {
  return redirect({ href: `/orders/${encodeURIComponent((await params).id)}`, locale: await getLocale() });
}
