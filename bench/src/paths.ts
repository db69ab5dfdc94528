import { randomUUID } from 'node:crypto';
import { signWebhook } from '../../platform/payments/src/providers/stoa-signature.ts';
import type { Load, LoadRequest } from './load.ts';
import { type Program, webhookSecret } from './programs.ts';
import {
  courseId,
  courseOf,
  emailOf,
  fullCourses,
  lessonId,
  lessonsPerCourse,
  password,
  people,
  personId,
  type World,
} from './world.ts';

/** A path compared with the limit. `goal` is the ratio to reach; null where none was set. */
export type Path = {
  name: string;
  title: string;
  goal: number | null;
  load: Load;
  /** Leave reactions to its events to another process, so that only the request itself is compared. */
  alone?: boolean;
  /** Only what answers requests: the queues are worked on by another process. */
  entrance?: boolean;
  /** Fewer connections than the rest, where more would only queue. */
  connections?: number;
};

/** The paths of the performance contract, with the requests that are sent to both programs. */
export async function makePaths(world: World, ours: Program): Promise<Path[]> {
  const pages = await walkCatalogue(ours, 64);
  const as = (person: number): Record<string, string> => ({
    authorization: `Bearer ${world.token(person)}`,
    // The limit does not read tokens; both get both.
    'x-person': personId(person),
  });
  const each = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n + 1));
  let pair = 0;
  const freshPair = (): LoadRequest => {
    const person = 1 + (pair % people);
    const turn = Math.floor(pair / people);
    const spread = world.courses - fullCourses;
    const course = fullCourses + 1 + ((pair + turn) % spread);
    pair += 1;
    return { method: 'POST', path: `/api/courses/${courseId(course)}/enrollments`, headers: as(person) };
  };
  let caller = 0;
  const secret = webhookSecret(world);
  return [
    {
      name: 'catalogue',
      title: 'Catalogue page (20 rows, keyset)',
      goal: 0.9,
      load: { requests: pages.map((path) => ({ method: 'GET', path })) },
    },
    {
      name: 'course',
      title: 'Course with 40 lessons, anybody',
      goal: 0.9,
      load: { requests: each(fullCourses, (n) => ({ method: 'GET', path: `/api/courses/${courseId(n)}/lessons` })) },
    },
    {
      name: 'course-learner',
      title: 'Course with 40 lessons, enrolled learner with progress',
      goal: 0.9,
      load: {
        requests: each(people, (person) => ({
          method: 'GET',
          path: `/api/courses/${courseId(courseOf(person))}/lessons`,
          headers: as(person),
        })),
      },
    },
    {
      name: 'detail',
      title: 'Course detail',
      goal: 0.9,
      load: { requests: each(fullCourses, (n) => ({ method: 'GET', path: `/api/courses/${courseId(n * 7)}` })) },
    },
    {
      name: 'enroll',
      title: 'Enroll (one transaction with its event), reactions to it in another process',
      goal: 0.9,
      alone: true,
      load: { next: freshPair },
    },
    {
      name: 'heartbeat',
      title: 'Progress heartbeat (batched upsert)',
      goal: 1,
      load: {
        next: () => {
          caller += 1;
          const person = 1 + (caller % people);
          // A player that reports every ten seconds of an hour, lesson by lesson.
          const beat = Math.floor(caller / people);
          const at = (beat * 10) % 170;
          return {
            method: 'POST',
            path: `/api/progress/lessons/${lessonId(courseOf(person), 1 + (beat % lessonsPerCourse))}`,
            headers: { ...as(person), 'content-type': 'application/json' },
            body: JSON.stringify({ state: 'viewed', positionSeconds: at + 10, watched: [[at, at + 10]] }),
          };
        },
      },
    },
    {
      name: 'health',
      title: 'JSON without database, `/healthz`',
      goal: 1,
      load: { requests: [{ method: 'GET', path: '/healthz' }] },
    },
    {
      name: 'login',
      title: 'Login against the password hash alone (argon2id, 19 MiB)',
      goal: 0.9,
      connections: 8,
      load: {
        next: () => {
          caller += 1;
          const person = 1 + (caller % people);
          return {
            method: 'POST',
            path: '/api/auth/login',
            headers: {
              'content-type': 'application/json',
              // Each person from an address of their own.
              'x-forwarded-for': `10.0.${person >> 8}.${person & 255}`,
            },
            body: JSON.stringify({ email: emailOf(person), password }),
          };
        },
      },
    },
    {
      name: 'webhook',
      title: 'Webhook taken in (signature checked, durable, its job queued), beside check and insert alone',
      goal: null,
      entrance: true,
      load: {
        next: () => {
          caller += 1;
          const body = JSON.stringify(sandboxNews(personId(caller)));
          return {
            method: 'POST',
            path: '/api/webhooks/sandbox',
            headers: {
              'content-type': 'application/json',
              'stoa-signature': signWebhook(secret, body, new Date()),
              // One address may send a hundred a second.
              'x-forwarded-for': `10.1.${(caller >> 8) & 255}.${caller & 255}`,
            },
            body,
          };
        },
      },
    },
    {
      name: 'enroll-all',
      title: 'Enroll, with every reaction to it (notifications, mail) in the same process',
      goal: null,
      load: { next: freshPair },
    },
  ];
}

/** News of a charge as the sandbox tells it, each with an id of its own. */
function sandboxNews(reference: string) {
  return {
    id: `evt_${randomUUID()}`,
    type: 'charge.succeeded',
    createdAt: new Date().toISOString(),
    data: {
      charge: {
        reference,
        providerReference: `sbx_${reference}`,
        state: 'succeeded',
        amount: { amount: 4900, currency: 'BRL' },
        captured: 4900,
        refunded: 0,
        disputed: 0,
        fee: 142,
        reason: null,
        providerCode: null,
        nextAction: null,
        authorizedUntil: null,
        savedMethod: null,
        methodLabel: 'visa •••• 4242',
      },
    },
  };
}

/** The addresses of the first pages of the catalogue, by following its cursors. */
async function walkCatalogue(ours: Program, pages: number): Promise<string[]> {
  const paths = ['/api/courses?limit=20'];
  while (paths.length < pages) {
    const answer = await fetch(`${ours.url}${paths.at(-1)}`);
    const page: unknown = await answer.json();
    if (typeof page !== 'object' || page === null || !('nextCursor' in page)) break;
    paths.push(`/api/courses?limit=20&cursor=${page.nextCursor}`);
  }
  return paths;
}
