import type { Locale, Role, Text } from '@stoa/kernel';
import type { z } from 'zod';

export const channels = ['email', 'sms', 'push', 'inapp'] as const;
export type Channel = (typeof channels)[number];

/**
 * How soon it has to be known. `security`: at once, always, and it cannot be switched off. `prompted`: answers what the
 * person has just done, so its mail does not wait for the morning. `normal`: keeps to quiet hours. `low`: its mail may
 * come with others in a digest.
 */
export type Urgency = 'security' | 'prompted' | 'normal' | 'low';

/** A piece of a mail, top to bottom. All texts are plain: whoever renders them escapes them. */
export type Block =
  | { kind: 'paragraph'; text: string }
  /** The one thing to do. `path` is below the public address. */
  | { kind: 'action'; label: string; path: string }
  /** Something else one may do. */
  | { kind: 'link'; label: string; path: string }
  | { kind: 'facts'; items: readonly { name: string; value: string }[] }
  /** Words of somebody else, told apart from ours. */
  | { kind: 'quote'; text: string }
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

/** A line under the bell, and what a push shows. `path` is below the public address. */
export type Notice = { title: string; body: string; path: string };

/** Who reads it, as far as the words depend on it. */
export type Reader = {
  /** May be empty. */
  name: string;
  /** IANA time zone. */
  timeZone: string;
};

/** The link of a mail that lets its reader in: path below the public address and how long it works. */
export type OneTimeLink = { path: string; validMinutes: number };

/** Who makes the link of a message, at the moment it is written. */
export type LinkSource =
  | { from: 'identity'; requestId: string }
  | { from: 'payments'; kind: 'order' | 'gift' | 'seat'; id: string };

/** A code that is typed in somewhere, made at the moment the message is written. */
export type OneTimeCode = { code: string; validMinutes: number };

type Written<P> = { params: P; reader: Reader };
type InEveryLanguage<I, O> = Record<Locale, (input: I) => O>;

type Common<P> = {
  kind: string;
  /** What people see in their preferences. */
  label: Text;
  urgency: Urgency;
  /** Only people with this role are asked whether they want it. */
  audience?: Role;
  /** Not a choice of anybody: answers a click, or goes to an address without an account. */
  unlisted?: true;
  /** Nothing the person asked for or has to know: its mails can be ended from within them, without signing in. */
  news?: true;
  /** What the event left in `messages.params`. */
  params: z.ZodType<P>;
  /** Parameters for the preview. */
  sample: Record<Locale, P>;
  notice?: InEveryLanguage<Written<P>, Notice>;
  /** One or two sentences; a path becomes a link at the end. Off unless the person wants it. */
  sms?: InEveryLanguage<Written<P>, { text: string; path?: string }>;
  /** The invoice or credit note that goes with the mail, by its id. */
  documentOf?: (params: P) => string | undefined;
};

type Definition<P> = Common<P> & {
  mail: InEveryLanguage<Written<P> & { link: OneTimeLink | undefined }, MailText>;
  /** The link that stands in for signing in, for a reader without an account. */
  guestLinkOf?: (params: P) => LinkSource;
};
type LinkedDefinition<P> = Common<P> & {
  mail: InEveryLanguage<Written<P> & { link: OneTimeLink }, MailText>;
  linkOf: (params: P) => LinkSource;
};
type CodeDefinition<P> = Omit<Common<P>, 'notice' | 'sms' | 'documentOf'> & {
  sms: InEveryLanguage<Written<P> & { code: OneTimeCode }, { text: string }>;
};

type Unread = { params: unknown; reader: Reader };

/** A kind of message without its parameter type, as the sender sees it. */
export type Template = {
  readonly kind: string;
  readonly label: Text;
  readonly urgency: Urgency;
  readonly security: boolean;
  readonly audience: Role | undefined;
  readonly unlisted: boolean;
  readonly news: boolean;
  readonly channels: readonly Channel[];
  /** Cannot be written without a link. */
  readonly linked: boolean;
  readonly linkOf: (params: unknown, options: { guest: boolean }) => LinkSource | undefined;
  /** Its text carries a code. */
  readonly coded: boolean;
  readonly documentOf: (params: unknown) => string | undefined;
  readonly sample: Record<Locale, unknown>;
  /** @throws Error if the parameters are not this template's, or the link is missing */
  readonly mail: ((locale: Locale, input: Unread & { link?: OneTimeLink | undefined }) => MailText) | undefined;
  readonly notice: ((locale: Locale, input: Unread) => Notice) | undefined;
  /** @throws Error if the parameters are not this template's, or the code is missing */
  readonly sms:
    | ((locale: Locale, input: Unread & { code?: OneTimeCode | undefined }) => { text: string; path?: string })
    | undefined;
};

/** A kind of message that has a mail. */
export type MailTemplate = Template & { readonly mail: NonNullable<Template['mail']> };

/** Whether a channel is on for people who never chose: text messages are asked for, everything else is told. */
export function onByDefault(template: Template, channel: Channel): boolean {
  return template.security || channel !== 'sms';
}

/** Declares a kind of message: its words in every language and the data they need. */
export function defineTemplate<P>(definition: Definition<P>): MailTemplate {
  const { mail, guestLinkOf, params: schema } = definition;
  return {
    ...common(definition, ['email']),
    linked: false,
    linkOf: (params, { guest }) => (guest ? guestLinkOf?.(schema.parse(params)) : undefined),
    mail: (locale, { params, reader, link }) => mail[locale]({ params: schema.parse(params), reader, link }),
  };
}

/** Declares a kind of message whose mail carries a link, made at the moment it is written. */
export function defineLinkedTemplate<P>(definition: LinkedDefinition<P>): MailTemplate {
  const { mail, linkOf, params: schema } = definition;
  return {
    ...common(definition, ['email']),
    linked: true,
    linkOf: (params) => linkOf(schema.parse(params)),
    mail: (locale, { params, reader, link }) => {
      if (!link) throw new Error(`${definition.kind} was written without its link`);
      return mail[locale]({ params: schema.parse(params), reader, link });
    },
  };
}

/** Declares a text message that carries a code, made at the moment it is written. */
export function defineCodeTemplate<P>(definition: CodeDefinition<P>): Template {
  const { sms, params: schema, ...rest } = definition;
  return {
    ...common({ ...rest, params: schema }, ['sms']),
    linked: false,
    linkOf: () => undefined,
    mail: undefined,
    coded: true,
    sms: (locale, { params, reader, code }) => {
      if (!code) throw new Error(`${definition.kind} was written without its code`);
      return sms[locale]({ params: schema.parse(params), reader, code });
    },
  };
}

function common<P>(definition: Common<P>, first: readonly Channel[]) {
  const {
    kind,
    label,
    urgency,
    audience,
    unlisted,
    news,
    sample,
    params: schema,
    notice,
    sms,
    documentOf,
  } = definition;
  const offered = new Set<Channel>(first);
  if (notice) offered.add('inapp').add('push');
  if (sms) offered.add('sms');
  return {
    kind,
    label,
    urgency,
    security: urgency === 'security',
    audience,
    unlisted: unlisted ?? false,
    news: news ?? false,
    sample,
    channels: channels.filter((channel) => offered.has(channel)),
    coded: false,
    documentOf: (params: unknown) => documentOf?.(schema.parse(params)),
    notice: notice
      ? (locale: Locale, { params, reader }: Unread) => notice[locale]({ params: schema.parse(params), reader })
      : undefined,
    sms: sms
      ? (locale: Locale, { params, reader }: Unread) => sms[locale]({ params: schema.parse(params), reader })
      : undefined,
  };
}
