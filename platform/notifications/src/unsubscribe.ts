import { createHmac, timingSafeEqual } from 'node:crypto';
import { allow, type Ctx, type Deps, defineRoute, type Route, statement } from '@stoa/kernel';
import { z } from 'zod';
import { errors } from './errors.ts';
import { findTemplate, templates } from './templates/all.ts';
import type { Template } from './templates/template.ts';

const readChoice = statement<[userId: string, kinds: string[]], { off: number }>(
  'notifications.read_unsubscribed',
  `select count(*)::int as off from preferences
   where user_id = $1 and kind = any($2::text[]) and channel = 'email' and not enabled`,
);
const keepChoice = statement<[userId: string, kinds: string[], enabled: boolean]>(
  'notifications.keep_unsubscribed',
  // Somebody who is gone gets no rows again.
  `insert into preferences (user_id, kind, channel, enabled)
   select r.user_id, kind, 'email', $3 from recipients r, unnest($2::text[]) as kind
   where r.user_id = $1 and not is_erased(r.user_id)
   on conflict (user_id, kind, channel) do update set enabled = excluded.enabled`,
);

/** Characters of 18 bytes in base 64. */
const signatureLength = 24;
const paths = { oneClick: '/api/notifications/unsubscribe', page: '/unsubscribe' };

type Named = { userId: string; template: Template };

/** Addresses that stand in mails and end mails of their kind without signing in. They do nothing else and never expire. */
export type Unsubscribing = {
  /** Path and query of the page that asks for confirmation. */
  pageOf: (named: { userId: string; kind: string }) => string;
  /** Path and query for the header of RFC 8058. */
  oneClickOf: (named: { userId: string; kind: string }) => string;
  /** Whom and what a token names. @throws unsubscribe_link_not_valid */
  open: (token: string) => Named;
};

/** Signs and reads the tokens with a secret of the installation. */
export function unsubscribingWith(secret: string): Unsubscribing {
  const sign = (text: string) => createHmac('sha256', secret).update(`unsubscribe ${text}`).digest().subarray(0, 18);
  const tokenOf = ({ userId, kind }: { userId: string; kind: string }) => {
    const text = `${userId.replaceAll('-', '')}${kind}`;
    return `${text}${sign(text).toString('base64url')}`;
  };
  return {
    pageOf: (named) => `${paths.page}?token=${tokenOf(named)}`,
    oneClickOf: (named) => `${paths.oneClick}?token=${tokenOf(named)}`,
    open: (token) => {
      const text = token.slice(0, -signatureLength);
      const signature = Buffer.from(token.slice(-signatureLength), 'base64url');
      const right = sign(text);
      if (signature.length !== right.length || !timingSafeEqual(signature, right))
        throw errors.unsubscribe_link_not_valid();
      const template = findTemplate(text.slice(32));
      if (!template?.news) throw errors.unsubscribe_link_not_valid();
      const userId = text.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      return { userId, template };
    },
  };
}

/** The kinds a mail of this kind stands for: a digest brings every kind that waits for one. */
function kindsOf(template: Template): string[] {
  if (!template.unlisted) return [template.kind];
  return templates.filter(({ urgency, unlisted }) => urgency === 'low' && !unlisted).map(({ kind }) => kind);
}

type UnsubscribeDeps = Pick<Deps, 'db'> & { unsubscribing: Unsubscribing };

/** What a link from a mail is about. @throws unsubscribe_link_not_valid */
export function readSubscription(deps: UnsubscribeDeps) {
  return async ({ token }: { token: string }, ctx: Ctx) => {
    const { userId, template } = deps.unsubscribing.open(token);
    const kinds = kindsOf(template);
    const row = await deps.db.row(readChoice, [userId, kinds]);
    return { kind: template.kind, name: template.label[ctx.locale], enabled: (row?.off ?? 0) < kinds.length };
  };
}

/**
 * Ends mails of a kind, or lets them come again, by the link that stands in one: whoever holds it read the person's mail.
 * Other channels and what protects the account are not touched.
 * @throws unsubscribe_link_not_valid
 */
export function changeSubscription(deps: UnsubscribeDeps) {
  return async ({ token, enabled }: { token: string; enabled: boolean }, ctx: Ctx) => {
    const { userId, template } = deps.unsubscribing.open(token);
    await deps.db.run(keepChoice, [userId, kindsOf(template), enabled]);
    return readSubscription(deps)({ token }, ctx);
  };
}

const query = z.strictObject({
  token: z
    .string()
    .min(40)
    .max(200)
    .meta({ examples: ['eyJ1IjoiYW5hIn0.b0N4tq8RzXw2vLk7mPc5HsJd9YfGa1Ue'] }),
});
const Subscription = z.strictObject({ kind: z.string(), name: z.string(), enabled: z.boolean() });
const example = { kind: 'sale', name: 'Sales', enabled: true };

/** What the links in mails lead to; nobody needs to be signed in. */
export function unsubscribeRoutes(deps: UnsubscribeDeps): Route[] {
  return [
    defineRoute({
      method: 'POST',
      url: paths.oneClick,
      summary: 'End mails of a kind with one click in the mail program (RFC 8058)',
      description: 'The address stands in the List-Unsubscribe header of such mails. The body is not looked at.',
      policy: allow.anyone(),
      idempotency: 'natural',
      rawBody: true,
      query,
      errors: ['unsubscribe_link_not_valid'],
      handler: async ({ query: { token }, ctx }) => {
        await changeSubscription(deps)({ token, enabled: false }, ctx);
        return undefined;
      },
    }),
    defineRoute({
      method: 'GET',
      url: paths.oneClick,
      summary: 'The page of such a link, for mail programs that only open it',
      policy: allow.anyone(),
      query,
      status: 302,
      handler: async ({ query: { token }, reply }) => {
        await reply.redirect(`${paths.page}?token=${encodeURIComponent(token)}`, 302);
        return undefined;
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/notifications/subscription',
      summary: 'What a link from a mail is about',
      policy: allow.anyone(),
      query,
      response: Subscription,
      errors: ['unsubscribe_link_not_valid'],
      examples: { response: example },
      handler: ({ query: { token }, ctx }) => readSubscription(deps)({ token }, ctx),
    }),
    defineRoute({
      method: 'PUT',
      url: '/api/notifications/subscription',
      summary: 'End mails of a kind, or let them come again, by a link from a mail',
      policy: allow.anyone(),
      idempotency: 'natural',
      query,
      body: z.strictObject({ enabled: z.boolean() }),
      response: Subscription,
      errors: ['unsubscribe_link_not_valid'],
      examples: { body: { enabled: false }, response: { ...example, enabled: false } },
      handler: ({ query: { token }, body, ctx }) => changeSubscription(deps)({ token, ...body }, ctx),
    }),
  ];
}
