'use server';

import { getLocale } from 'next-intl/server';
import { redirect } from '@/i18n/navigation.ts';

/** Opens the page of the certificate whose code was typed; an empty field stays where it is. */
export async function findCertificate(form: FormData): Promise<void> {
  const code = String(form.get('code') ?? '')
    .trim()
    .slice(0, 60);
  const locale = await getLocale();
  redirect({ href: code ? `/certificates/${encodeURIComponent(code)}` : '/certificates/verify', locale });
}
