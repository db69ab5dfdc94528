import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '@stoa/kernel';

type Options = Pick<Deps, 'db' | 'log'> & {
  /** Something changed in a person's list. */
  onNews: (userId: string) => void;
  /** Connected (again): what came in between was not heard. */
  onConnected: () => void;
};

/**
 * Hears from the database whose list changed, in whichever process it was written, on a connection of its own. A lost
 * connection is opened again; what was missed is found by the sockets' own positions.
 */
export function listenForNews({ db, log, onNews, onConnected }: Options): { stop: () => Promise<void> } {
  let hangUp: (() => void) | undefined;
  const stopping = new AbortController();

  const listenOnce = async (): Promise<void> => {
    const client = await db.connect();
    try {
      const ended = new Promise<void>((resolve) => {
        hangUp = resolve;
        client.once('end', resolve);
        client.once('error', () => resolve());
      });
      client.on('notification', (message) => {
        if (message.payload) onNews(message.payload);
      });
      await client.query('listen stoa_inbox');
      if (stopping.signal.aborted) return;
      onConnected();
      await ended;
    } finally {
      // Never back into the pool: it still listens.
      client.release(true);
    }
  };

  const finished = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await listenOnce();
      } catch (error) {
        log.warn({ err: error }, 'listening for notifications failed; trying again');
      }
      if (stopping.signal.aborted) return;
      await sleep(1000, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  })();

  return {
    stop: async () => {
      stopping.abort();
      hangUp?.();
      await finished;
    },
  };
}
