import type { Clock } from '@stoa/kernel';
import { z } from 'zod';
import { createAccessToken } from '../access-token.ts';
import { fromDecimal, toDecimal } from '../amounts.ts';
import { type Egress, type EgressAnswer, readAnswer } from '../egress.ts';
import type { Facts } from '../facts.ts';
import {
  type Capabilities,
  type Charge,
  type ChargeReport,
  type Provider,
  type ProviderCall,
  ProviderFailure,
  type ProviderTransaction,
  type RefundReport,
  type WebhookEvidence,
  WebhookRefused,
} from '../provider.ts';
import { readJson } from '../read-json.ts';
import { secretEquals } from '../secret-equals.ts';
import { encodeBrCode } from './br-code.ts';
import { fromPixId, toPixId } from './references.ts';

export type PixConfig = {
  /** Of the receiver's bank, e.g. `https://pix.example.com/api/v2`, without a slash at the end. */
  apiUrl: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  /** The receiver's Pix key. */
  key: string;
  merchantName: string;
  merchantCity: string;
  /** What the address webhooks come to must carry as its query `token`, where the bank keeps queries. */
  webhookToken: string | undefined;
};

export const pixCapabilities: Capabilities = {
  captureLater: false,
  partialCapture: false,
  refund: 'partial',
  holdDays: null,
  savedMethods: false,
  payouts: false,
  disputes: false,
  reports: true,
  currencies: ['BRL'],
  minimum: { BRL: 1 },
  needs: [],
  presents: 'qr_code',
};

// No stricter than the specification's own examples, many of which its schemas would refuse.
const Refund = z.object({
  id: z.string(),
  rtrId: z.string().optional(),
  valor: z.string(),
  horario: z.object({ solicitacao: z.string().optional(), liquidacao: z.string().optional() }).optional(),
  status: z.string(),
  motivo: z.string().optional(),
});
const Received = z.object({
  endToEndId: z.string(),
  txid: z.string().optional(),
  valor: z.string(),
  horario: z.string().optional(),
  // An array in the schema, a single object in an example of the same specification.
  devolucoes: z.union([z.array(Refund), Refund.transform((refund) => [refund])]).optional(),
});
const Cob = z.object({
  txid: z.string(),
  calendario: z.object({ criacao: z.string().optional(), expiracao: z.number().optional() }),
  loc: z.object({ location: z.string().optional() }).optional(),
  location: z.string().optional(),
  status: z.string(),
  valor: z.object({ original: z.string() }),
  pixCopiaECola: z.string().optional(),
  pix: z.array(Received).optional(),
});
const Problem = z.object({ type: z.string().optional(), title: z.string().optional() });
const ReceivedPage = z.object({
  parametros: z.object({ paginacao: z.object({ paginaAtual: z.number(), quantidadeDePaginas: z.number() }) }),
  pix: z.array(Received).default([]),
});
const Webhook = z.object({ pix: z.array(Received).max(1000).optional() });

/** Days in which a Pix can be given back, by the rules of Pix. */
const mostRefundDays = 90;

type PixDeps = { config: PixConfig; egress: Egress; clock: Clock; facts: Facts };

/** Pix by the central bank's API for receivers, at whatever bank: one dynamic charge per attempt, shown as a QR code. */
export function createPixProvider(deps: PixDeps): Provider {
  const { config, egress, clock } = deps;
  const accessToken = createAccessToken({
    name: 'pix',
    egress,
    clock,
    url: config.tokenUrl,
    clientId: config.clientId,
    clientSecret: config.clientSecret,
    scope: config.scope,
  });

  async function send(
    method: 'GET' | 'PUT' | 'PATCH',
    path: string,
    { call, body }: { call: ProviderCall; body?: unknown },
  ): Promise<EgressAnswer> {
    const token = await accessToken.get(call.deadline);
    const answer = await egress.send({
      method,
      url: `${config.apiUrl}${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      deadline: call.deadline,
    });
    if (answer.status === 401) {
      accessToken.forget(token);
      throw new ProviderFailure('not_sent', 'pix: the access token is refused', { providerCode: 'token_refused' });
    }
    return answer;
  }

  function toReport(cob: z.output<typeof Cob>, reference: string): ChargeReport {
    const amount = { amount: fromDecimal(cob.valor.original, 2), currency: 'BRL' };
    const { criacao, expiracao } = cob.calendario;
    const expiresAt = criacao
      ? new Date(Date.parse(criacao) + (expiracao ?? deps.facts['pix.expiryDefaultSeconds']) * 1000)
      : null;
    const state = stateOf(cob.status, expiresAt, clock.now());
    const received = cob.pix ?? [];
    const taken = received.reduce((sum, pix) => sum + fromDecimal(pix.valor, 2), 0);
    const refunded = received
      .flatMap((pix) => pix.devolucoes ?? [])
      .filter((refund) => refund.status === 'DEVOLVIDO')
      .reduce((sum, refund) => sum + fromDecimal(refund.valor, 2), 0);
    return {
      reference,
      providerReference: cob.txid,
      state,
      amount,
      captured: state === 'succeeded' ? (received.length > 0 ? taken : amount.amount) : 0,
      refunded,
      disputed: 0,
      fee: null,
      reason: state === 'expired' ? 'expired' : null,
      providerCode: cob.status,
      nextAction:
        state === 'requires_action'
          ? { type: 'qr_code', qrCode: codeOf(cob, config), url: null, expiresAt: expiresAt?.toISOString() ?? null }
          : null,
      authorizedUntil: null,
      savedMethod: null,
      methodLabel: state === 'succeeded' ? 'Pix' : null,
    };
  }

  async function get(reference: string, txid: string, call: ProviderCall): Promise<ChargeReport | undefined> {
    const answer = await send('GET', `/cob/${txid}`, { call });
    if (answer.status === 404) return undefined;
    if (answer.status >= 400) throw refusal('find', answer);
    return readReport(answer, reference);
  }

  function readReport(answer: EgressAnswer, reference: string): ChargeReport {
    return readAmounts(() => toReport(readAnswer('pix', answer, Cob), reference));
  }

  /** The payment of a charge: what refunds are made of. */
  async function endToEndIdOf(txid: string, call: ProviderCall): Promise<string | undefined> {
    const answer = await send('GET', `/cob/${txid}`, { call });
    if (answer.status === 404) return undefined;
    if (answer.status >= 400) throw refusal('find', answer);
    return readAnswer('pix', answer, Cob).pix?.[0]?.endToEndId;
  }

  async function getRefund(
    of: { reference: string; endToEndId: string },
    call: ProviderCall,
  ): Promise<RefundReport | undefined> {
    const answer = await send('GET', `/pix/${of.endToEndId}/devolucao/${toPixId(of.reference)}`, { call });
    if (answer.status === 404) return undefined;
    if (answer.status >= 400) throw refusal('find', answer);
    return readAmounts(() => toRefundReport(readAnswer('pix', answer, Refund), of));
  }

  return {
    name: 'pix',
    capabilities: pixCapabilities,
    // A txid is used once, for ever.
    repeatSeconds: Number.POSITIVE_INFINITY,

    create: async (charge, call) => {
      if (charge.amount.currency !== 'BRL') throw unable('create', 'currency_not_supported');
      if (charge.capture === 'manual') throw unable('create', 'capture_later_not_supported');
      if (charge.savedMethod) throw unable('create', 'saved_methods_not_supported');
      if (charge.amount.amount <= 0) throw unable('create', 'amount_invalid');
      const txid = toPixId(charge.reference);
      const answer = await send('PUT', `/cob/${txid}`, { call, body: bodyOf(charge, config, clock.now()) });
      if (answer.status < 400) return readReport(answer, charge.reference);
      // A txid is used once: when this one exists, the charge does.
      const existing = await get(charge.reference, txid, call);
      if (!existing) throw refusal('create', answer);
      if (existing.amount.amount !== charge.amount.amount) throw unable('create', 'reference_reused');
      return existing;
    },

    find: ({ reference, providerReference }, call) => get(reference, providerReference ?? toPixId(reference), call),

    capture: async () => {
      throw unable('capture', 'capture_later_not_supported');
    },

    cancel: async ({ reference, providerReference }, call) => {
      const answer = await send('PATCH', `/cob/${providerReference}`, {
        call,
        body: { status: 'REMOVIDA_PELO_USUARIO_RECEBEDOR' },
      });
      if (answer.status < 400) return readReport(answer, reference);
      const existing = await get(reference, providerReference, call);
      if (!existing || existing.state === 'requires_action') throw refusal('cancel', answer);
      return existing;
    },

    refund: async ({ reference, providerReference, amount }, call) => {
      if (amount.currency !== 'BRL') throw unable('refund', 'currency_not_supported');
      const endToEndId = await endToEndIdOf(providerReference, call);
      if (!endToEndId) throw unable('refund', 'not_paid');
      const answer = await send('PUT', `/pix/${endToEndId}/devolucao/${toPixId(reference)}`, {
        call,
        body: { valor: toDecimal(amount.amount, 2) },
      });
      if (answer.status < 400)
        return readAmounts(() => toRefundReport(readAnswer('pix', answer, Refund), { reference, endToEndId }));
      const existing = await getRefund({ reference, endToEndId }, call);
      if (!existing) throw refusal('refund', answer);
      if (existing.amount.amount !== amount.amount) throw unable('refund', 'reference_reused');
      return existing;
    },

    findRefund: async ({ reference, providerReference, refundProviderReference }, call) => {
      const endToEndId = refundProviderReference?.split(':')[0] ?? (await endToEndIdOf(providerReference, call));
      return endToEndId ? getRefund({ reference, endToEndId }, call) : undefined;
    },

    readWebhook: async ({ rawBody, url }) => {
      const { webhookToken } = config;
      if (webhookToken) {
        const given = new URL(url, 'http://webhook').searchParams.get('token') ?? undefined;
        if (!secretEquals(given, webhookToken)) throw new WebhookRefused('signature');
      }
      const parsed = Webhook.safeParse(readJson(rawBody.toString('utf8')));
      if (!parsed.success) throw new WebhookRefused('malformed');
      return (parsed.data.pix ?? []).flatMap((pix) => toEvidence(pix, webhookToken !== undefined));
    },

    listTransactions: async (period, call) => {
      const received = await listReceived(period, call);
      // A payment is listed on the day it came, with all that went back of it since.
      const earlier = { from: new Date(period.from.getTime() - mostRefundDays * 86_400_000), to: period.from };
      const givenBack = (await listReceived({ ...earlier, givenBack: true }, call)).filter(
        ({ kind, occurredAt }) =>
          kind === 'refund' &&
          Date.parse(occurredAt) >= period.from.getTime() &&
          Date.parse(occurredAt) <= period.to.getTime(),
      );
      const known = new Set(received.map(({ providerReference }) => providerReference));
      return [...received, ...givenBack.filter(({ providerReference }) => !known.has(providerReference))];
    },
  };

  async function listReceived(
    { from, to, givenBack = false }: { from: Date; to: Date; givenBack?: boolean },
    call: ProviderCall,
  ): Promise<ProviderTransaction[]> {
    const rows: ProviderTransaction[] = [];
    for (let page = 0; page < 1000; page += 1) {
      const query = new URLSearchParams({
        inicio: from.toISOString(),
        fim: to.toISOString(),
        ...(givenBack ? { devolucaoPresente: 'true' } : {}),
        'paginacao.paginaAtual': String(page),
        'paginacao.itensPorPagina': '1000',
      });
      const answer = await send('GET', `/pix?${query}`, { call });
      if (answer.status >= 400) throw refusal('list', answer);
      const list = readAnswer('pix', answer, ReceivedPage);
      rows.push(...readAmounts(() => list.pix.flatMap(toTransactions)));
      if (page + 1 >= list.parametros.paginacao.quantidadeDePaginas) return rows;
    }
    throw new ProviderFailure('unknown', 'pix: the report does not end');
  }
}

function bodyOf(charge: Charge, config: PixConfig, now: Date) {
  const { document, name } = charge.payer;
  const seconds = Math.max(1, Math.ceil((charge.expiresAt.getTime() - now.getTime()) / 1000));
  const payer = document?.length === 11 ? { cpf: document, nome: name } : { cnpj: document, nome: name };
  return {
    calendario: { expiracao: seconds },
    ...(document && name ? { devedor: payer } : {}),
    valor: { original: toDecimal(charge.amount.amount, 2), modalidadeAlteracao: 0 },
    chave: config.key,
    solicitacaoPagador: charge.description.slice(0, 140),
  };
}

/** What the payer's bank scans. Banks that leave it out give the address it is made from. */
function codeOf(cob: z.output<typeof Cob>, config: PixConfig): string {
  if (cob.pixCopiaECola) return cob.pixCopiaECola;
  const location = cob.location ?? cob.loc?.location;
  if (!location) throw new ProviderFailure('unknown', 'pix: the charge has no code and no address');
  const { merchantName, merchantCity } = config;
  return encodeBrCode({ kind: 'dynamic', location, merchantName, merchantCity });
}

function stateOf(status: string, expiresAt: Date | null, now: Date): ChargeReport['state'] {
  if (status === 'CONCLUIDA') return 'succeeded';
  // `REMOVIDA_` in the schema, `REMOVIDO_` in its texts.
  if (/^REMOVID[AO]_/.test(status)) return 'canceled';
  if (status !== 'ATIVA') return 'processing';
  return expiresAt && expiresAt.getTime() <= now.getTime() ? 'expired' : 'requires_action';
}

function toRefundReport(refund: z.output<typeof Refund>, of: { reference: string; endToEndId: string }): RefundReport {
  const states: Record<string, RefundReport['state']> = { DEVOLVIDO: 'succeeded', NAO_REALIZADO: 'failed' };
  return {
    reference: of.reference,
    providerReference: `${of.endToEndId}:${refund.id}`,
    state: states[refund.status] ?? 'processing',
    amount: { amount: fromDecimal(refund.valor, 2), currency: 'BRL' },
    providerCode: refund.status === 'NAO_REALIZADO' ? (refund.motivo ?? refund.status) : null,
  };
}

/**
 * What one received Pix says. Without a token nobody has proved to be the bank, so the charge is only named and has to
 * be asked for; then a forged webhook can do nothing.
 */
function toEvidence(pix: z.output<typeof Received>, proved: boolean): WebhookEvidence[] {
  const occurredAt = pix.horario ?? null;
  const head = { type: 'pix', occurredAt };
  if (!pix.txid) return [{ ...head, evidenceId: pix.endToEndId, about: 'nothing' }];
  const refunds = pix.devolucoes ?? [];
  const named: WebhookEvidence = {
    ...head,
    evidenceId: [pix.endToEndId, ...refunds.map(({ id, status }) => `${id}=${status}`)].join(':'),
    about: 'charge_named',
    reference: fromPixId(pix.txid),
    providerReference: pix.txid,
  };
  if (!proved) return [named];
  const told = refunds.map((refund): WebhookEvidence => {
    const reference = fromPixId(refund.id);
    return {
      evidenceId: `${pix.endToEndId}:${refund.id}:${refund.status}`,
      type: 'devolucao',
      occurredAt: refund.horario?.liquidacao ?? refund.horario?.solicitacao ?? occurredAt,
      about: 'refund',
      report: reference ? toRefundReport(refund, { reference, endToEndId: pix.endToEndId }) : null,
      chargeReference: fromPixId(pix.txid ?? ''),
      providerReference: pix.txid ?? null,
    };
  });
  return [named, ...told];
}

function toTransactions(pix: z.output<typeof Received>): ProviderTransaction[] {
  const occurredAt = pix.horario ?? '';
  const brl = (amount: number) => ({ amount, currency: 'BRL' });
  const charge: ProviderTransaction = {
    providerReference: pix.txid ?? pix.endToEndId,
    kind: 'charge',
    reference: pix.txid ? fromPixId(pix.txid) : null,
    amount: brl(fromDecimal(pix.valor, 2)),
    occurredAt,
  };
  const refunds = (pix.devolucoes ?? [])
    .filter((refund) => refund.status === 'DEVOLVIDO')
    .map(
      (refund): ProviderTransaction => ({
        providerReference: `${pix.endToEndId}:${refund.id}`,
        kind: 'refund',
        reference: fromPixId(refund.id),
        amount: brl(-fromDecimal(refund.valor, 2)),
        occurredAt: refund.horario?.liquidacao ?? refund.horario?.solicitacao ?? occurredAt,
      }),
    );
  return [charge, ...refunds];
}

/** Amounts that are no amounts make an answer unreadable. */
function readAmounts<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new ProviderFailure('unknown', 'pix: an amount cannot be read');
    throw error;
  }
}

function unable(operation: string, providerCode: string): ProviderFailure {
  return new ProviderFailure('refused', `pix: ${operation} refused (${providerCode})`, { providerCode });
}

function refusal(operation: string, answer: EgressAnswer): ProviderFailure {
  const problem = Problem.safeParse(readJson(answer.text));
  const kind = problem.success ? problem.data.type?.split('/').pop() : undefined;
  // Whoever answers 4xx without the API's own form of error is not the API.
  if (!kind && answer.status !== 403 && answer.status !== 404)
    return new ProviderFailure('unknown', `pix: answered ${answer.status} in another form`);
  return new ProviderFailure('refused', `pix: ${operation} refused (${kind ?? answer.status})`, {
    reason: 'provider_error',
    providerCode: kind ?? String(answer.status),
  });
}
