import { existsSync } from 'node:fs';
import { run } from './load.ts';
import { startPlatform } from './programs.ts';
import { median } from './statistics.ts';
import { courseSlug, type World } from './world.ts';

/** A page as HTML, for somebody who has not signed in. Latencies in milliseconds, under full load. */
export type PageFigures = {
  title: string;
  perSecond: number;
  p50: number;
  p99: number;
  cpuMicros: number | undefined;
  /** Pages a second: ten times those of Moodle 4.5 on the same two cores. */
  goal: number;
};

/** Fewer than of the API: a page takes as long as many of its answers. */
const connections = 8;

/** Whether the web is built, without which there are no pages. */
export function hasPages(): boolean {
  return existsSync(new URL('../../apps/web/.next/BUILD_ID', import.meta.url));
}

/** Whole pages from the platform's process, as `npm start` serves them, compressed as for a browser. */
export async function measurePages(
  world: World,
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<PageFigures[]> {
  const platform = await startPlatform(world, { environment: { STOA_WEB: 'true' }, firstPath: '/courses' });
  try {
    const courses = Array.from({ length: 20 }, (_, at) => `/courses/${courseSlug(at + 1)}`);
    const pages = [
      { title: 'Catalogue, page as HTML', goal: 357, paths: ['/courses'] },
      { title: 'Course, page as HTML', goal: 231, paths: courses },
    ];
    const figures: PageFigures[] = [];
    for (const { title, goal, paths } of pages) {
      const headers = { accept: 'text/html', 'accept-encoding': 'gzip, br', 'accept-language': 'en' };
      const load = { requests: paths.map((path) => ({ method: 'GET' as const, path, headers })) };
      // The first ones are interpreted, not yet compiled.
      await run(platform, load, { seconds, connections });
      const runs = [];
      for (let round = 0; round < rounds; round += 1) runs.push(await run(platform, load, { seconds, connections }));
      const cpu = runs.flatMap(({ cpuMicros }) => (cpuMicros === undefined ? [] : [cpuMicros]));
      figures.push({
        title,
        goal,
        perSecond: median(runs.map(({ perSecond }) => perSecond)),
        p50: median(runs.map(({ p50 }) => p50)),
        p99: median(runs.map(({ p99 }) => p99)),
        cpuMicros: cpu.length > 0 ? median(cpu) : undefined,
      });
    }
    return figures;
  } finally {
    await platform.stop();
  }
}
