import {
  allow,
  defineRoute,
  ExpectedError,
  type FastifyReply,
  type FastifyRequest,
  MoneySchema,
  negotiateLocale,
  parseLocale,
  type Route,
} from '@stoa/kernel';
import { z } from 'zod';
import { type ChargeRow, findByAddress, localeOf, toReport } from './book.ts';
import { contentSecurityPolicy, type PageNotice, renderNotFound, renderPage } from './page.ts';
import { type Outcome, outcomes, type PlayDeps, playPayer } from './play-payer.ts';

const Address = z.strictObject({
  providerReference: z
    .string()
    .min(1)
    .max(100)
    .meta({ examples: ['sbx_7f3a9c'] }),
});
const PageQuery = z.strictObject({
  lang: z
    .string()
    .max(10)
    .optional()
    .meta({ examples: ['pt-BR'] }),
  notice: z
    .string()
    .max(20)
    .optional()
    .meta({ examples: ['choose'] }),
});

const Played = z.strictObject({
  providerReference: z.string(),
  reference: z.string(),
  state: z.string(),
  amount: MoneySchema,
  captured: z.int(),
  reason: z.string().nullable(),
});

/** The payer's page and its form, and the same for programs. Whoever knows the provider reference is the payer. */
export function sandboxRoutes(deps: PlayDeps): Route[] {
  const play = playPayer(deps);
  const look = (row: ChargeRow) => toReport(row, { publicUrl: deps.publicUrl, now: deps.clock.now() });
  const addressOf = (providerReference: string) => `/api/sandbox/checkout/${encodeURIComponent(providerReference)}`;

  async function show(
    reply: FastifyReply,
    charge: ChargeRow,
    { lang, notice }: { lang?: string | undefined; notice?: string | undefined },
  ): Promise<FastifyReply> {
    const locale = (lang ? parseLocale(lang) : undefined) ?? localeOf(charge);
    const shown: PageNotice | undefined = notice === 'no_answer' || notice === 'choose' ? notice : undefined;
    const html = renderPage({
      charge,
      report: look(charge),
      locale,
      address: addressOf(charge.provider_reference),
      notice: shown,
    });
    return sendPage(reply, html, contentSecurityPolicy(charge));
  }

  function missing(request: FastifyRequest, reply: FastifyReply, providerReference: string): FastifyReply {
    const locale = negotiateLocale(request.headers['accept-language']);
    return sendPage(reply.status(404), renderNotFound(locale, addressOf(providerReference)), contentSecurityPolicy());
  }

  return [
    defineRoute({
      method: 'GET',
      url: '/api/sandbox/checkout/:providerReference',
      summary: 'The sandbox’s payment page',
      description: 'A page for people: choose a test card, confirm, or see how it ended.',
      policy: allow.anyone(),
      params: Address,
      query: PageQuery,
      binary: 'text/html',
      handler: async ({ params, query, request, reply }) => {
        const charge = await deps.db.row(findByAddress, [params.providerReference]);
        return charge ? show(reply, charge, query) : missing(request, reply, params.providerReference);
      },
    }),

    defineRoute({
      method: 'POST',
      url: '/api/sandbox/checkout/:providerReference',
      summary: 'Send the form of the sandbox’s payment page',
      policy: allow.anyone(),
      params: Address,
      query: PageQuery,
      streamedBody: 'multipart/form-data',
      binary: 'text/html',
      // A charge ends once: a form sent twice finds it ended.
      idempotency: 'natural',
      bodyLimit: 16_384,
      handler: async ({ params, query, request, reply }) => {
        const charge = await deps.db.row(findByAddress, [params.providerReference]);
        if (!charge) return missing(request, reply, params.providerReference);
        const form = await readForm(request);
        const outcome = form.get('action') === 'cancel' ? 'cancel' : outcomeOf(form.get('outcome'));
        const page = `${addressOf(params.providerReference)}?lang=${query.lang ?? localeOf(charge)}`;
        if (!outcome) return reply.redirect(`${page}&notice=choose`, 303);
        try {
          const played = await play(params.providerReference, outcome);
          return reply.redirect(placeAfter(outcome, played, page), 303);
        } catch (error) {
          if (!(error instanceof ExpectedError && error.code === 'sandbox_payment_over')) throw error;
          // Pressed twice, or paid in another tab: whoever pays goes where whoever has paid goes, whichever of the two
          // answers the browser waits for. What ended otherwise, or expired meanwhile, the page tells.
          const ended = await deps.db.row(findByAddress, [params.providerReference]);
          const isSame = outcome === 'succeed' && ended?.state === 'succeeded';
          return reply.redirect(isSame ? placeAfter(outcome, ended, page) : page, 303);
        }
      },
    }),

    defineRoute({
      method: 'POST',
      url: '/api/sandbox/payments/:providerReference',
      summary: 'Play the payer of a sandbox payment',
      description:
        'For programs: what a person does on the sandbox’s page. The provider reference is the last part of the address in `nextAction.url`. `challenge` makes the bank ask; answer it with `succeed` or `decline`.',
      policy: allow.anyone(),
      params: Address,
      body: z.strictObject({ outcome: z.enum(outcomes) }),
      response: Played,
      idempotency: 'natural',
      errors: ['sandbox_payment_not_found', 'sandbox_payment_over'],
      examples: {
        body: { outcome: 'succeed' },
        response: {
          providerReference: 'sbx_7Qm2xVt9LrK4wPzB1nHdYc3e',
          reference: '019ced93-6a18-74b2-ae07-9d5c1f83b264',
          state: 'succeeded',
          amount: { amount: 13410, currency: 'BRL' },
          captured: 13410,
          reason: null,
        },
      },
      handler: async ({ params, body }) => {
        const charge = await play(params.providerReference, body.outcome);
        const { providerReference, reference, state, amount, captured, reason } = look(charge);
        return { providerReference, reference, state, amount, captured, reason };
      },
    }),
  ];
}

const formOutcomes = new Set<string>(outcomes.filter((outcome) => !/^(dispute|expire|cancel)/.test(outcome)));

function outcomeOf(value: string | undefined): Outcome | undefined {
  return value && formOutcomes.has(value) ? outcomes.find((outcome) => outcome === value) : undefined;
}

/** Where the payer's browser goes next. */
function placeAfter(outcome: Outcome, charge: ChargeRow, page: string): string {
  if (outcome === 'challenge') return page;
  if (outcome === 'timeout_before') return `${page}&notice=no_answer`;
  // Whoever scanned a code is on another device: the shop's page notices by itself, and here it is told how it ended.
  if (charge.presents === 'qr_code') return page;
  return charge.state === 'canceled' ? charge.cancel_url : charge.return_url;
}

async function readForm(request: FastifyRequest): Promise<Map<string, string>> {
  const fields = new Map<string, string>();
  for await (const part of request.parts({ limits: { files: 0, fields: 5, fieldSize: 200 } })) {
    if (part.type === 'field' && typeof part.value === 'string') fields.set(part.fieldname, part.value);
  }
  return fields;
}

function sendPage(reply: FastifyReply, html: string, policy: string): FastifyReply {
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .send(html);
}
