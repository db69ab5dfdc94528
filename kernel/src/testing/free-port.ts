import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port on loopback for a program that has to know it before it listens. Taken from below the ranges that systems give
 * to outgoing connections and to `listen(0)`, so that nothing else of a busy test run gets it in between.
 * @throws Error if fifty in a row are taken
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(18_000, 31_000);
    const probe = createServer();
    const taken = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(true));
      probe.listen(port, '127.0.0.1', () => resolve(false));
    });
    if (taken) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
  throw new Error('no free port was found');
}
