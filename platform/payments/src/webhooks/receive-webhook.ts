import { type Ctx, crashPoint, type FastifyRequest, kernelErrors, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { webhookJob } from '../jobs.ts';
import { type WebhookEvidence, WebhookRefused } from '../providers/provider.ts';

const insertDelivery = statement<
  [id: string, provider: string, evidenceId: string, content: string, rawBody: Buffer, at: string],
  { id: string }
>(
  'payments.insert_webhook_delivery',
  `insert into webhook_deliveries (id, provider, evidence_id, content, raw_body, received_at) values ($1, $2, $3, $4, $5, $6)
   on conflict (provider, evidence_id) do nothing returning id`,
);
const beforeInsert = crashPoint('payments.webhook.before_insert');
const afterInsert = crashPoint('payments.webhook.after_insert');

type Input = {
  provider: string;
  request: Pick<FastifyRequest, 'headers' | 'method' | 'url'>;
  rawBody: Buffer;
};

/**
 * Takes in what a provider reports. Its adapter verifies the exact bytes before anything reads them; then the news is
 * made durable, and only then is the delivery accepted. What follows from it is worked out later, by a job. A repeated
 * delivery is accepted and changes nothing.
 * @throws not_found without such a provider, webhook_refused, webhook_malformed
 */
export function receiveWebhook(
  deps: Pick<PaymentDeps, 'db' | 'jobs' | 'ids' | 'clock' | 'providers' | 'publicUrl' | 'log'>,
) {
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
    await deps.db.transaction(async (tx) => {
      for (const one of evidence) {
        if (one.about === 'nothing') continue;
        const row = await tx.row(insertDelivery, [
          deps.ids.id(),
          name,
          one.evidenceId,
          JSON.stringify(one),
          rawBody,
          deps.clock.now().toISOString(),
        ]);
        if (row) await deps.jobs.send(webhookJob, { deliveryId: row.id }, ctx, { tx });
      }
    });
    afterInsert();
  };
}
