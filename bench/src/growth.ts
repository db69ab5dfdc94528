import { Agent, get } from 'node:http';
import type { Program } from './programs.ts';
import { percentile } from './statistics.ts';
import { courseId, type World } from './world.ts';

/** Latency in milliseconds of a list and a detail at a size of the catalogue, one request at a time. */
export type Growth = {
  courses: number;
  firstPage: { p50: number; p99: number };
  laterPage: { p50: number; p99: number };
  search: { p50: number; p99: number };
  detail: { p50: number; p99: number };
};

/** Fills the catalogue step by step and asks at each size. */
export async function measureGrowth(
  world: World,
  platform: Program,
  options: { sizes: readonly number[]; seconds: number },
): Promise<Growth[]> {
  const results: Growth[] = [];
  for (const courses of options.sizes) {
    if (courses > world.courses) await world.grow(courses);
    const ask = async (path: string) => {
      await latenciesOf(platform, path, 1);
      const latencies = await latenciesOf(platform, path, options.seconds);
      return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
    };
    const cursor = await cursorHalfWay(platform);
    results.push({
      courses,
      firstPage: await ask('/api/courses?limit=20'),
      laterPage: await ask(`/api/courses?limit=20&cursor=${cursor}`),
      search: await ask(`/api/courses?limit=20&q=part%20${courses - 77}`),
      detail: await ask(`/api/courses/${courseId(Math.floor(courses / 2))}`),
    });
  }
  return results;
}

/** Milliseconds that each of the requests took that fit into some seconds, one after the other on one connection. */
async function latenciesOf(platform: Program, path: string, seconds: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const latencies: number[] = [];
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    const begun = performance.now();
    await new Promise<void>((resolve, reject) => {
      get(`${platform.url}${path}`, { agent }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`HTTP ${answer.statusCode} from ${path}`));
        answer.on('end', resolve).resume();
      }).on('error', reject);
    });
    latencies.push(performance.now() - begun);
  }
  agent.destroy();
  return latencies;
}

/** A cursor like those the catalogue gives out, at a time with as many courses before it as after. */
async function cursorHalfWay(platform: Program): Promise<string> {
  const page: unknown = await (await fetch(`${platform.url}/api/courses?limit=20`)).json();
  const given = typeof page === 'object' && page !== null && 'nextCursor' in page ? String(page.nextCursor) : '';
  const place: unknown = JSON.parse(Buffer.from(given, 'base64url').toString());
  if (!Array.isArray(place)) throw new Error('the catalogue gave no cursor');
  const half = new Date(Date.now() - 15_000_000_000).toISOString();
  return Buffer.from(JSON.stringify(place.with(-2, half))).toString('base64url');
}
