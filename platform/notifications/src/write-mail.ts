import { type Locale, parseLocale } from '@stoa/kernel';
import { type RenderedMail, renderMail } from './render-mail.ts';
import { templateOf } from './templates/all.ts';
import type { OneTimeLink } from './templates/template.ts';

/** What is known of somebody a mail goes to. */
export type Recipient = { email: string; name: string; locale: string; time_zone: string };

type Input = {
  kind: string;
  params: unknown;
  recipient: Pick<Recipient, 'name' | 'locale' | 'time_zone'>;
  link?: OneTimeLink | undefined;
  /** Where mails of this kind can be ended, if they can. */
  unsubscribePath?: string | undefined;
  publicUrl: string;
};

/** Writes a mail in the language of the person it goes to. @throws Error if the stored parameters do not fit */
export function writeMail({
  kind,
  params,
  recipient,
  link,
  unsubscribePath,
  publicUrl,
}: Input): RenderedMail & { locale: Locale } {
  const locale = parseLocale(recipient.locale) ?? 'en';
  const { mail } = templateOf(kind);
  if (!mail) throw new Error(`${kind} is no mail`);
  const text = mail(locale, {
    params,
    reader: { name: recipient.name, timeZone: recipient.time_zone },
    link,
  });
  return { locale, ...renderMail(text, { locale, publicUrl, unsubscribePath }) };
}

/** Stands in for a one-time link where it must not be used: the home page, and nothing secret. */
export function hideLink(validMinutes: number): OneTimeLink {
  return { path: '/?link=hidden', validMinutes };
}
