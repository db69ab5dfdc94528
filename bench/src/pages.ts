import { existsSync } from 'node:fs';
import { writeSession } from '../../apps/web/src/session/session-cookie.ts';
import type { LoadRequest } from './load.ts';
import { startPlatform } from './programs.ts';
import { measureRate, type Rate } from './rate.ts';
import { courseOf, courseSlug, emailOf, lessonId, people, personId, readLesson, type World } from './world.ts';

/** Fewer than of the API: a page takes as long as many of its answers. */
const connections = 8;
const sessionSecret = 'sessions of the benchmark are sealed with this';

/** Whether the web is built, without which there are no pages. */
export function hasPages(): boolean {
  return existsSync(new URL('../../apps/web/.next/BUILD_ID', import.meta.url));
}

/**
 * Whole pages from the platform's process, as `npm start` serves them, compressed as for a browser: of the shop for somebody who
 * has not signed in, and of each of 200 learners their own. The goals are ten times what Moodle 4.5 serves on the same two cores.
 */
export async function measurePages(
  world: World,
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<Rate[]> {
  const platform = await startPlatform(world, {
    environment: { STOA_WEB: 'true', STOA_SESSION_SECRET: sessionSecret },
    firstPath: '/courses',
  });
  try {
    const learners = await Promise.all(
      Array.from({ length: 200 }, async (_, at) => {
        const person = 1 + at * Math.floor(people / 200);
        return { person, cookie: await signedIn(world, person) };
      }),
    );
    const courses = Array.from({ length: 20 }, (_, at) => `/courses/${courseSlug(at + 1)}`);
    const pages = [
      { title: 'Catalogue, page as HTML', goal: 357, requests: [page('/courses')] },
      { title: 'Course, page as HTML', goal: 231, requests: courses.map((path) => page(path)) },
      {
        title: 'Lesson, page as HTML for the learner',
        goal: 400,
        requests: learners.map(({ person, cookie }) => {
          const course = courseOf(person);
          return page(`/learn/${courseSlug(course)}/${lessonId(course, readLesson)}`, cookie);
        }),
      },
      {
        title: 'My learning, page as HTML for the learner',
        goal: 340,
        requests: learners.map(({ cookie }) => page('/learn', cookie)),
      },
    ];
    const rates: Rate[] = [];
    for (const { requests, ...named } of pages)
      rates.push(await measureRate(platform, { ...named, load: { requests }, connections }, { seconds, rounds }));
    return rates;
  } finally {
    await platform.stop();
  }
}

function page(path: string, cookie?: string): LoadRequest {
  const headers = { accept: 'text/html', 'accept-encoding': 'gzip, br', 'accept-language': 'en' };
  return { method: 'GET', path, headers: cookie === undefined ? headers : { ...headers, cookie } };
}

/** The cookies of somebody who has signed in at the world's issuer. */
async function signedIn(world: World, person: number): Promise<string> {
  const email = emailOf(person);
  const cookies = await writeSession(
    {
      accessToken: world.token(person),
      refreshToken: null,
      idToken: null,
      expiresAt: Date.now() + 3_600_000,
      user: { id: personId(person), email, name: `Person ${person}`, roles: ['student'], locale: 'en' },
    },
    { secret: sessionSecret, secure: false },
  );
  return cookies.flatMap(({ name, value }) => (value === '' ? [] : [`${name}=${value}`])).join('; ');
}
