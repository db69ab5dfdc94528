import { MarketService, MediaUseService, PaymentsService, PersonalDataService } from '@stoa/contracts';
import { defineContext, loadConfig, onJob, onSchedule, personalData, purposeSecret, served } from '@stoa/kernel';
import { providerCaller } from './attempts/call-provider.ts';
import { circuitKeeper } from './attempts/keep-circuits.ts';
import { performCharge } from './attempts/perform-charge.ts';
import { pollDue, pollPayment } from './attempts/poll-payments.ts';
import { paymentSettings } from './config.ts';
import { forgetAudit } from './console/audit.ts';
import type { PaymentDeps } from './deps.ts';
import { eachInTurn } from './each-in-turn.ts';
import { settleLate } from './evidence/settle-late.ts';
import { followPeople } from './follow-people.ts';
import { collectInstalments } from './instalments/collect-instalments.ts';
import { getDocument } from './invoices/show-invoices.ts';
import { chargeJob, lateJob, pollJob, refundJob, releaseJob, setupJob, webhookJob } from './jobs.ts';
import { verifyLedger } from './ledger/verify-ledger.ts';
import { measureCalls, measurePayments, measureWebhooks } from './measure-payments.ts';
import { expireOrders } from './orders/expire-orders.ts';
import { findUsedFiles } from './orders/find-used-files.ts';
import { getLink } from './orders/get-link.ts';
import { releaseHold } from './orders/hold-order.ts';
import { listPurchases } from './orders/list-purchases.ts';
import { personalSections } from './personal-data.ts';
import { configureProviders, providerSettings } from './providers/configure-providers.ts';
import type { ConfiguredProvider } from './providers/provider.ts';
import { openSandbox, sandboxSettings } from './providers/sandbox/open-sandbox.ts';
import { performRefund } from './refunds/perform-refund.ts';
import { routes } from './routes.ts';
import { reconcileYesterday } from './settling/reconcile-provider.ts';
import { leaveSellers } from './subscriptions/leave-seller.ts';
import { renewSubscriptions } from './subscriptions/renew-subscriptions.ts';
import { askForSetups, performSetup } from './subscriptions/set-up-method.ts';
import { openTokens } from './tokens.ts';
import { forgetWebhookBodies, processWebhook } from './webhooks/process-webhook.ts';

/** Calls to providers can be left to a process of their own. */
const paymentWorker = { role: 'payment-worker' };

/** Orders, payments, refunds, invoices and the books. Knows nothing of what is sold: markets plug in. */
export const payments = paymentsWith();

/**
 * The context with providers beside the configured ones: what tests put their own in by.
 */
export function paymentsWith(extra: () => readonly ConfiguredProvider[] = () => []) {
  return defineContext({
    name: 'payments',
    migrations: new URL('../migrations/', import.meta.url),
    sockets: { markets: MarketService },
    plugs: [
      { contract: PersonalDataService, kinds: ['payments'] },
      { contract: MediaUseService, kinds: ['payments'] },
    ],
    serves: PaymentsService,
    settings: [paymentSettings, providerSettings, sandboxSettings],
    create: (given) => {
      const config = loadConfig(paymentSettings, given.settings);
      const sandbox = openSandbox(given);
      const providers = measureWebhooks(given.measure)([
        ...configureProviders({
          settings: given.settings,
          publicUrl: given.publicUrl,
          clock: given.clock,
          log: given.log,
        }),
        sandbox.configured,
        sandbox.code,
        ...extra(),
      ]);
      const deps: PaymentDeps = {
        ...given,
        config,
        providers,
        tokens: openTokens(purposeSecret(given, 'payments.links')),
        callProvider: measureCalls(given.measure)(
          providerCaller({
            providers,
            clock: given.clock,
            callSeconds: config.STOA_PAYMENT_CALL_SECONDS,
            onChange: circuitKeeper(given),
          }),
        ),
      };
      measurePayments({ ...deps, measure: given.measure });
      return {
        plugs: [personalData(deps, personalSections), served(MediaUseService, { findUsedAssets: findUsedFiles(deps) })],
        api: {
          getDocument: getDocument(deps),
          listPurchases: listPurchases(deps),
          getLink: getLink(deps),
        },
        routes: [...routes(deps), ...sandbox.routes],
        on: followPeople(deps),
        jobs: [
          onJob(chargeJob, performCharge(deps), paymentWorker),
          onJob(refundJob, performRefund(deps), paymentWorker),
          onJob(pollJob, pollPayment(deps), paymentWorker),
          onJob(setupJob, performSetup(deps), paymentWorker),
          onSchedule('ask-for-method-setups', '*/2 * * * *', askForSetups(deps)),
          onJob(webhookJob, processWebhook(deps)),
          onJob(lateJob, settleLate(deps)),
          onJob(releaseJob, releaseHold(deps)),
          onSchedule('poll-due-payments', '* * * * *', pollDue(deps)),
          onSchedule('expire-orders', '* * * * *', expireOrders(deps)),
          onSchedule('reconcile-providers', '23 5 * * *', reconcileYesterday(deps)),
          // What nobody sells any more is left first: none of it renews.
          onSchedule('renew-subscriptions', '*/5 * * * *', (ctx) =>
            eachInTurn((each) => each([leaveSellers, renewSubscriptions], (run) => run(deps)(ctx))),
          ),
          onSchedule('collect-instalments', '*/5 * * * *', collectInstalments(deps)),
          onSchedule('forget-audit', '47 3 * * *', forgetAudit(deps)),
          onSchedule('verify-ledger', '11 4 * * *', async (ctx) => void (await verifyLedger(deps)(ctx))),
          onSchedule('forget-webhook-bodies', '41 3 * * *', forgetWebhookBodies(deps)),
          ...sandbox.jobs,
        ],
      };
    },
  });
}
