import type { Locale, Text } from '@stoa/kernel';
import type { z } from 'zod';

export const channels = ['email', 'inapp'] as const;
export type Channel = (typeof channels)[number];

/** A piece of a mail, top to bottom. All texts are plain: whoever renders them escapes them. */
export type Block =
  | { kind: 'paragraph'; text: string }
  /** The one thing to do. `path` is below the public address. */
  | { kind: 'action'; label: string; path: string }
  /** Something else one may do. */
  | { kind: 'link'; label: string; path: string }
  | { kind: 'facts'; items: readonly { name: string; value: string }[] }
  | { kind: 'note'; text: string };

/** A mail before it is rendered. */
export type MailText = {
  subject: string;
  /** What a list of mails shows beside the subject. */
  preview: string;
  heading: string;
  blocks: readonly Block[];
  /** Why this person gets this mail. */
  reason: string;
};

/** A line under the bell. `path` is below the public address. */
export type Notice = { title: string; body: string; path: string };

/** Who reads it, as far as the words depend on it. */
export type Reader = {
  /** May be empty. */
  name: string;
  /** IANA time zone. */
  timeZone: string;
};

/** The one-time link of a security mail: path below the public address and how long it works. */
export type OneTimeLink = { path: string; validMinutes: number };

type Definition<P, L> = {
  kind: string;
  /** What people see in their preferences. */
  label: Text;
  /** Protects the account: cannot be switched off. */
  security: boolean;
  /** What the event left in `messages.params`. */
  params: z.ZodType<P>;
  /** Parameters for the preview. */
  sample: Record<Locale, P>;
  mail: Record<Locale, (input: { params: P; reader: Reader; link: L }) => MailText>;
  notice?: Record<Locale, (input: { params: P; reader: Reader }) => Notice>;
};

/** A kind of message without its parameter type, as the sender sees it. */
export type Template = {
  readonly kind: string;
  readonly label: Text;
  readonly security: boolean;
  readonly channels: readonly Channel[];
  /** Needs a one-time link from identity. The request's id is in `params.requestId`. */
  readonly linked: boolean;
  readonly sample: Record<Locale, unknown>;
  /** @throws Error if the parameters are not this template's, or the link is missing */
  readonly mail: (
    locale: Locale,
    input: { params: unknown; reader: Reader; link?: OneTimeLink | undefined },
  ) => MailText;
  readonly notice: ((locale: Locale, input: { params: unknown; reader: Reader }) => Notice) | undefined;
};

/** Declares a kind of message: its words in every language and the data they need. */
export function defineTemplate<P>(definition: Definition<P, undefined>): Template {
  return {
    ...common(definition),
    linked: false,
    mail: (locale, { params, reader }) =>
      definition.mail[locale]({ params: definition.params.parse(params), reader, link: undefined }),
  };
}

/** Declares a kind of message that carries a one-time link, made at the moment the mail is written. */
export function defineLinkedTemplate<P>(definition: Definition<P, OneTimeLink>): Template {
  return {
    ...common(definition),
    linked: true,
    mail: (locale, { params, reader, link }) => {
      if (!link) throw new Error(`${definition.kind} was written without its link`);
      return definition.mail[locale]({ params: definition.params.parse(params), reader, link });
    },
  };
}

function common<P, L>(definition: Definition<P, L>) {
  const { kind, label, security, sample, params: schema, notice } = definition;
  const offered: readonly Channel[] = notice ? channels : ['email'];
  return {
    kind,
    label,
    security,
    sample,
    channels: offered,
    notice: notice
      ? (locale: Locale, { params, reader }: { params: unknown; reader: Reader }) =>
          notice[locale]({ params: schema.parse(params), reader })
      : undefined,
  };
}
