import autocannon from 'autocannon';
import type { Program } from './programs.ts';

/** One request of a load. Headers and body are as they go over the wire. */
export type LoadRequest = {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
};

/** What is asked of a program: requests repeated in turn, or a fresh one each time. */
export type Load = { requests: readonly LoadRequest[] } | { next: () => LoadRequest };

/** What a load measured. Latencies in milliseconds. */
export type Measured = {
  perSecond: number;
  p50: number;
  p99: number;
  /** Microseconds of processor time per request in the program's process; undefined where unknown. */
  cpuMicros: number | undefined;
};

type RunOptions = {
  seconds: number;
  connections: number;
  /** Requests a second over all connections; as many as the program takes if absent. */
  rate?: number;
};

/**
 * Loads a program for some seconds over keep-alive connections, one request at a time on each.
 * @throws Error if an answer is not 2xx: a fast refusal must never look like a result
 */
export async function run(program: Program, load: Load, { seconds, connections, rate }: RunOptions): Promise<Measured> {
  const cpuBefore = program.cpuSeconds();
  let refused: string | undefined;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    autocannon(
      {
        url: program.url,
        connections,
        duration: seconds,
        pipelining: 1,
        ...(rate === undefined ? {} : { overallRate: rate }),
        ...('next' in load
          ? { requests: [{ setupRequest: (request) => ({ ...request, ...load.next() }) }] }
          : {
              // Each connection starts at another place, so that they do not all ask for the same thing.
              setupClient: (client) => {
                const start = Math.floor(Math.random() * load.requests.length);
                const share = Array.from({ length: Math.min(64, load.requests.length) }, (_, n) => ({
                  ...load.requests[(start + n) % load.requests.length],
                }));
                client.setRequests(share);
              },
            }),
      },
      (error, done) => (error ? reject(error) : resolve(done)),
    ).on('response', (_client, status) => {
      if (status < 200 || status > 299) refused ??= `HTTP ${status}`;
    });
  });
  const cpuAfter = program.cpuSeconds();
  if (refused || result.errors > 0 || result['2xx'] === 0)
    throw new Error(`${refused ?? `${result.errors} errors`} under load: ${JSON.stringify(first(load))}`);
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpuMicros:
      cpuBefore === undefined || cpuAfter === undefined
        ? undefined
        : ((cpuAfter - cpuBefore) * 1e6) / result.requests.total,
  };
}

function first(load: Load): LoadRequest | undefined {
  const request = 'next' in load ? load.next() : load.requests[0];
  return request && { method: request.method, path: request.path };
}
