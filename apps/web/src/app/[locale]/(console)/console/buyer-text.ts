import { getTranslations } from 'next-intl/server';

/** Who bought, in one line: name and address, or that the account is deleted, which leaves neither. */
export async function buyerText({ name, email }: { name: string; email: string }): Promise<string> {
  return [name, email].filter(Boolean).join(' · ') || (await getTranslations('sales.order'))('deletedAccount');
}
