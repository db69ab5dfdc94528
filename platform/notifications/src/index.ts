import { IdentityService, NotificationsService } from '@stoa/contracts';
import { defineContext, defineJob, onJob, onSchedule } from '@stoa/kernel';
import { getDeliveryStats } from './get-delivery-stats.ts';
import { openMailTransport } from './mail-transport.ts';
import { prune } from './prune.ts';
import { openHub } from './realtime/hub.ts';
import { listenForNews } from './realtime/listen.ts';
import { mountRealtime } from './realtime/mount.ts';
import { recordMessages } from './record-messages.ts';
import { routes } from './routes.ts';
import { sendMail } from './send-mail.ts';
import { readSettings } from './settings.ts';
import { subscriptions } from './subscriptions.ts';

/** Notifications: mails and the bell. */
export const notifications = defineContext({
  name: 'notifications',
  migrations: new URL('../migrations/', import.meta.url),
  calls: { identity: IdentityService },
  serves: NotificationsService,
  create: (deps) => {
    const settings = readSettings(deps.settings);
    const transport = openMailTransport(settings);
    const mailJob = defineJob<{ messageId: string }>('send-mail', {
      retries: settings.retries,
      retryDelaySeconds: settings.retrySeconds,
      timeoutSeconds: 90,
      concurrency: 4,
    });
    const { db, log, publicUrl } = deps;
    const hub = openHub({ db, log, perPerson: settings.socketsPerPerson });
    let listener: ReturnType<typeof listenForNews> | undefined;
    return {
      api: {
        getDeliveryStats: async (input, ctx) => {
          const stats = await getDeliveryStats({ db, transport })({ hours: input.hours || 24 }, ctx);
          return {
            counts: stats.counts.map((row) => ({ ...row, count: BigInt(row.count) })),
            oldestQueuedSeconds: BigInt(stats.oldestQueuedSeconds),
            transport: stats.transport,
          };
        },
      },
      routes: routes({ ...deps, transport, mailJob }),
      on: subscriptions(recordMessages(deps, mailJob)),
      jobs: [
        onJob(mailJob, sendMail({ ...deps, settings, transport })),
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
      },
      stop: async () => {
        hub.close();
        await listener?.stop();
        transport.close();
      },
    };
  },
});
