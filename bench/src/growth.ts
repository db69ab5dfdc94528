import { Agent, request } from 'node:http';
import { growWorld } from './grow.ts';
import type { LoadRequest } from './load.ts';
import type { Program } from './programs.ts';
import { percentile } from './statistics.ts';
import { courseId, fullCourses, lessonId, lessonsPerCourse, people, type World, withClient } from './world.ts';

/** Milliseconds: the shortest tells best what is grown, because other work on the machine only adds to it. */
export type Latency = { least: number; p50: number; p99: number };
/** How long it takes to answer what people ask for, by its name, one request at a time, at a size of the installation. */
export type Growth = { size: number; latencies: Map<string, Latency> };

/** Fills the installation step by step and asks at each size. */
export async function measureGrowth(
  world: World,
  platform: Program,
  options: { sizes: readonly number[]; seconds: number },
): Promise<Growth[]> {
  const results: Growth[] = [];
  for (const size of options.sizes) {
    await withClient(world.ours, (client) => growWorld(client, size));
    const latencies: Growth['latencies'] = new Map();
    for (const [name, next] of Object.entries(await makeQuestions(world, platform, size))) {
      await latenciesOf(platform, next, 1);
      const measured = await latenciesOf(platform, next, options.seconds);
      latencies.set(name, {
        least: Math.min(...measured),
        p50: percentile(measured, 0.5),
        p99: percentile(measured, 0.99),
      });
    }
    results.push({ size, latencies });
    console.log(`  ${size} of each`);
    for (const [name, { least, p50, p99 }] of latencies)
      console.log(`    ${name.padEnd(48)} ${[least, p50, p99].map((ms) => ms.toFixed(1).padStart(8)).join('')} ms`);
  }
  return results;
}

type Next = () => LoadRequest;

async function makeQuestions(world: World, platform: Program, size: number): Promise<Record<string, Next>> {
  const cursor = await cursorHalfWay(platform);
  let turn = 0;
  const learner = () => {
    turn += 1;
    const person = 1 + (turn % people);
    return { person, course: 1 + (person % fullCourses), headers: { authorization: `Bearer ${world.token(person)}` } };
  };
  const operator = { authorization: `Bearer ${world.operator}` };
  const get = (path: string, headers = {}): Next => {
    const one: LoadRequest = { method: 'GET', path, headers };
    return () => one;
  };
  // Somewhere in all of them, and hardly ever the same person and course twice.
  const anywhere = () => fullCourses + 1 + Math.floor(Math.random() * (size - fullCourses));
  const rare = size - 77;
  return {
    'Catalogue, first page': get('/api/courses?limit=20'),
    'Catalogue, page half way down': get(`/api/courses?limit=20&cursor=${cursor}`),
    'Catalogue, pages that nobody asked for lately': () => ({
      method: 'GET',
      path: `/api/courses?limit=20&cursor=${cursorAt(cursor, Math.random() * 30_000_000)}`,
    }),
    'Catalogue, filters that no course passes': get('/api/courses?limit=20&category=work&level=advanced&price=paid'),
    'Search for one course': get(`/api/courses?limit=20&q=part%20${rare}`),
    'Search for words of all courses': get('/api/courses?limit=20&q=balance%20sheet'),
    Course: () => ({ method: 'GET', path: `/api/courses/${courseId(anywhere())}` }),
    'Course with 40 lessons, enrolled learner': () => {
      const { course, headers } = learner();
      return { method: 'GET', path: `/api/courses/${courseId(course)}/lessons`, headers };
    },
    Enroll: () => ({
      method: 'POST',
      path: `/api/courses/${courseId(anywhere())}/enrollments`,
      headers: learner().headers,
    }),
    'Progress heartbeat': () => {
      const { course, headers } = learner();
      return {
        method: 'POST',
        path: `/api/progress/lessons/${lessonId(course, 1 + (turn % lessonsPerCourse))}`,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ state: 'viewed', positionSeconds: 20, watched: [[10, 20]] }),
      };
    },
    'My learning': () => ({ method: 'GET', path: '/api/enrollments?limit=20', headers: learner().headers }),
    'Console: people': get('/api/admin/users?limit=20', operator),
    'Console: one person by a part of the address': get(`/api/admin/users?limit=20&q=person${rare}`, operator),
    'Console: people by a part that all have': get('/api/admin/users?limit=20&q=bench.example', operator),
    'Console: orders': get('/api/admin/orders?limit=20', operator),
    'Console: one order by its number': get(`/api/admin/orders?limit=20&q=B-${rare}`, operator),
    'Console: orders in a state that few have': get('/api/admin/orders?limit=20&state=refunded', operator),
  };
}

/** Milliseconds that each of the requests took that fit into some seconds, one after the other on one connection. */
async function latenciesOf(platform: Program, next: Next, seconds: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const latencies: number[] = [];
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    const { method, path, headers, body } = next();
    const begun = performance.now();
    await new Promise<void>((resolve, reject) => {
      request(`${platform.url}${path}`, { agent, method, ...(headers ? { headers } : {}) }, (answer) => {
        const status = answer.statusCode ?? 0;
        if (status < 200 || status > 299) reject(new Error(`HTTP ${status} from ${path}`));
        answer.on('end', resolve).resume();
      })
        .on('error', reject)
        .end(body);
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
  return cursorAt(given, 15_000_000);
}

/** The same cursor so many seconds ago. */
function cursorAt(given: string, seconds: number): string {
  const place: unknown = JSON.parse(Buffer.from(given, 'base64url').toString());
  if (!Array.isArray(place)) throw new Error('the catalogue gave no cursor');
  const then = new Date(Date.now() - seconds * 1000).toISOString();
  return Buffer.from(JSON.stringify(place.with(-2, then))).toString('base64url');
}
