import { type Ctx, crashPoint, type FastifyRequest, gather, kernelErrors, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { webhookJob } from '../jobs.ts';
import { type WebhookEvidence, WebhookRefused } from '../providers/provider.ts';

const insertDeliveries = statement<[deliveries: string, at: string], { id: string }>(
  'payments.insert_webhook_deliveries',
  // In one order, so that two that hold the same deliveries do not wait for each other.
  `insert into webhook_deliveries (id, provider, evidence_id, content, raw_body, received_at)
   select d.id, d.provider, d."evidenceId", d.content, decode(d.body, 'base64'), $2::timestamptz
   from jsonb_to_recordset($1::jsonb) as d (id uuid, provider text, "evidenceId" text, content jsonb, body text)
   order by d.provider, d."evidenceId" on conflict (provider, evidence_id) do nothing returning id`,
);
const beforeInsert = crashPoint('payments.webhook.before_insert');
const afterInsert = crashPoint('payments.webhook.after_insert');

type Input = {
  provider: string;
  request: Pick<FastifyRequest, 'headers' | 'method' | 'url'>;
  rawBody: Buffer;
};

type ReceiveDeps = Pick<PaymentDeps, 'db' | 'jobs' | 'ids' | 'clock' | 'providers' | 'publicUrl' | 'log'>;

/**
 * Takes in what a provider reports. Its adapter verifies the exact bytes before anything reads them; then the news is
 * made durable, and only then is the delivery accepted. What follows from it is worked out later, by a job. A repeated
 * delivery is accepted and changes nothing.
 * @throws not_found without such a provider, webhook_refused, webhook_malformed
 */
export function receiveWebhook(deps: ReceiveDeps) {
  const keep = keepTogether(deps);
  return async ({ provider: name, request, rawBody }: Input, ctx: Ctx): Promise<void> => {
    const provider = deps.providers.find((one) => one.name === name)?.provider;
    if (!provider) throw kernelErrors.not_found();
    let evidence: WebhookEvidence[];
    try {
      evidence = await provider.readWebhook({
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') : value]),
        ),
        rawBody,
        url: `${deps.publicUrl}${request.url}`,
        method: request.method,
      });
    } catch (error) {
      if (!(error instanceof WebhookRefused)) throw error;
      deps.log.warn({ provider: name, reason: error.reason, ip: ctx.ip }, 'a webhook was refused');
      throw error.reason === 'malformed' ? errors.webhook_malformed() : errors.webhook_refused();
    }
    beforeInsert();
    const body = rawBody.toString('base64');
    const news = evidence.flatMap((one) =>
      one.about === 'nothing'
        ? []
        : [{ id: deps.ids.id(), provider: name, evidenceId: one.evidenceId, content: one, body, ctx }],
    );
    if (news.length > 0) await keep(news);
    afterInsert();
  };
}

type Delivery = {
  id: string;
  provider: string;
  evidenceId: string;
  content: WebhookEvidence;
  body: string;
  ctx: Ctx;
};
/** Requests whose deliveries are written in one transaction at the most. */
const mostTogether = 64;

/** Writes deliveries with their jobs, those that arrive together in one transaction. */
function keepTogether(deps: ReceiveDeps): (news: Delivery[]) => Promise<true> {
  return gather<Delivery[], true>({
    most: mostTogether,
    work: async (batch) => {
      const all = batch.flat();
      await deps.db.transaction(async (tx) => {
        const text = JSON.stringify(all.map(({ ctx: _ctx, ...delivery }) => delivery));
        const written = new Set(
          (await tx.rows(insertDeliveries, [text, deps.clock.now().toISOString()])).map(({ id }) => id),
        );
        const jobs = all.filter(({ id }) => written.has(id)).map(({ id, ctx }) => ({ data: { deliveryId: id }, ctx }));
        await deps.jobs.sendAll(webhookJob, jobs, { tx });
      });
      return batch.map(() => true as const);
    },
  });
}
