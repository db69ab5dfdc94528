import { run } from './load.ts';
import type { Program } from './programs.ts';
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
      const load = { requests: [{ method: 'GET' as const, path }] };
      await run(platform, load, { seconds: 1, connections: 1 });
      const { p50, p99 } = await run(platform, load, { seconds: options.seconds, connections: 1 });
      return { p50, p99 };
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

/** A cursor like those the catalogue gives out, at a time with as many courses before it as after. */
async function cursorHalfWay(platform: Program): Promise<string> {
  const page: unknown = await (await fetch(`${platform.url}/api/courses?limit=20`)).json();
  const given = typeof page === 'object' && page !== null && 'nextCursor' in page ? String(page.nextCursor) : '';
  const place: unknown = JSON.parse(Buffer.from(given, 'base64url').toString());
  if (!Array.isArray(place)) throw new Error('the catalogue gave no cursor');
  const half = new Date(Date.now() - 15_000_000_000).toISOString();
  return Buffer.from(JSON.stringify(place.with(-2, half))).toString('base64url');
}
