import { IdentityService, NotificationsService, PaymentsService, PersonalDataService } from '@stoa/contracts';
import { defineContext, defineJob, onJob, onSchedule, personalData, purposeSecret, serviceCtx } from '@stoa/kernel';
import { openChannels } from './channels/open.ts';
import { readSendgridKey } from './channels/sendgrid-events.ts';
import { getDeliveryStats } from './get-delivery-stats.ts';
import { personalSections } from './personal-data.ts';
import { providerCallbacks } from './provider-callbacks.ts';
import { prune } from './prune.ts';
import { openHub } from './realtime/hub.ts';
import { listenForNews } from './realtime/listen.ts';
import { mountRealtime } from './realtime/mount.ts';
import { recordMessages, type SendJobs } from './record-messages.ts';
import { releaseHeld } from './release-held.ts';
import { repeatedly } from './repeatedly.ts';
import { routes } from './routes.ts';
import { sendMail } from './send-mail.ts';
import { sendPush } from './send-push.ts';
import { sendSms } from './send-sms.ts';
import { notificationSettings, readSettings } from './settings.ts';
import { subscriptions, together } from './subscriptions.ts';
import { unsubscribeRoutes, unsubscribingWith } from './unsubscribe.ts';
import { deliverWebhook, startDueDeliveries } from './webhooks/deliver.ts';
import { webhookSubscriptions } from './webhooks/fan-out.ts';
import { webhookRoutes } from './webhooks/routes.ts';
import { sealingWith } from './webhooks/sealing.ts';

/** Notifications: what happened, told to whom it concerns, in their language and by the ways they chose. */
export const notifications = defineContext({
  name: 'notifications',
  migrations: new URL('../migrations/', import.meta.url),
  calls: { identity: IdentityService },
  sockets: { payments: PaymentsService },
  plugs: [{ contract: PersonalDataService, kinds: ['notifications'] }],
  serves: NotificationsService,
  settings: [notificationSettings],
  create: (deps) => {
    const { db, log, publicUrl, clock, home } = deps;
    const settings = readSettings(deps.settings);
    const channels = openChannels({ settings, environment: deps.settings, home, publicUrl, clock });
    const job = (name: string) =>
      defineJob<{ messageId: string }>(name, {
        retries: settings.retries,
        retryDelaySeconds: settings.retrySeconds,
        timeoutSeconds: 90,
        concurrency: 4,
      });
    const sendJobs: SendJobs = { email: job('send-mail'), sms: job('send-sms'), push: job('send-push') };
    // Tried again by its own schedule; the queue only carries it.
    const webhookJob = defineJob<{ deliveryId: string }>('send-webhook', {
      retries: 2,
      timeoutSeconds: 60,
      concurrency: 4,
      unique: true,
    });
    const sealing = sealingWith(purposeSecret({ settings: deps.settings, home }, 'webhooks'));
    const startDue = startDueDeliveries(deps, webhookJob);
    const smsOffered = channels.sms !== undefined;
    const codeSecret = purposeSecret({ settings: deps.settings, home }, 'phone-codes');
    const record = recordMessages({ ...deps, limits: settings.limits, smsOffered }, sendJobs);
    const release = releaseHeld(deps, sendJobs);
    const unsubscribing = unsubscribingWith(purposeSecret({ settings: deps.settings, home }, 'unsubscribe'));
    const sending = { ...deps, settings, channels, codeSecret, unsubscribing };

    const hub = openHub({ db, log, perPerson: settings.socketsPerPerson });
    let listener: ReturnType<typeof listenForNews> | undefined;
    const releasing = repeatedly({
      everyMs: settings.pollMs,
      work: async () => {
        await release(serviceCtx('release-held'));
        await startDue(serviceCtx('retry-webhooks'));
      },
      onError: (error) => log.warn({ err: error }, 'what was due could not be sent; trying again'),
    });
    return {
      plugs: [personalData(deps, personalSections)],
      api: {
        getDeliveryStats: async (input, ctx) => {
          const stats = await getDeliveryStats({ db, channels })({ hours: input.hours || 24 }, ctx);
          return {
            counts: stats.counts.map((row) => ({ ...row, count: BigInt(row.count) })),
            oldestQueuedSeconds: BigInt(stats.oldestQueuedSeconds),
            transport: stats.transport,
          };
        },
      },
      routes: [
        ...routes({
          ...deps,
          channels,
          sendJobs,
          record,
          codeSecret,
          smsOffered,
          reachesLoopback: settings.reachesLoopback,
        }),
        ...unsubscribeRoutes({ db, unsubscribing }),
        ...webhookRoutes({ ...deps, sealing, webhookJob, reachesLoopback: settings.reachesLoopback }),
        ...providerCallbacks({
          ...deps,
          twilioToken: settings.twilio?.authToken,
          sendgridKey: settings.sendgrid?.webhookKey ? readSendgridKey(settings.sendgrid.webhookKey) : undefined,
        }),
      ],
      on: together([...subscriptions(record), ...webhookSubscriptions(deps, webhookJob)]),
      jobs: [
        onJob(sendJobs.email, sendMail(sending, sendJobs.email)),
        onJob(sendJobs.sms, sendSms(sending, sendJobs.sms)),
        onJob(sendJobs.push, sendPush(sending, sendJobs.push)),
        onJob(webhookJob, deliverWebhook({ ...deps, outside: channels.outside, sealing })),
        onSchedule('prune-messages', '23 * * * *', () => prune(deps, settings.mailboxDays)),
      ],
      mount: mountRealtime({ db, log, publicUrl, hub, mostSockets: settings.sockets }),
      start: async () => {
        listener = listenForNews({
          db,
          log,
          onNews: hub.wake,
          onConnected: () => {
            hub.catchUp().catch((error: unknown) => log.warn({ err: error }, 'realtime could not look for news'));
          },
        });
        releasing.start();
      },
      stop: async () => {
        await releasing.stop();
        hub.close();
        await listener?.stop();
        channels.close();
      },
    };
  },
});
