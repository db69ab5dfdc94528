import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePort } from '@stoa/kernel/testing';
import { contexts } from '../src/contexts.ts';
import { type SaleFindings, sellAndGiveBack } from './a-sale.ts';
import { openApi, signIn } from './api-client.ts';
import { filesAfterAWeek } from './files-after-a-week.ts';
import {
  makeHome,
  makeWorld,
  operator as operatorLogin,
  spawnProcess,
  startProcess,
  untilOpen,
  type World,
} from './platform-process.ts';
import { assertInvariants, assertNothingParked, untilQuiet } from './quiet.ts';
import { readSourceCourse, type SourceCourse, writeSmallCourse } from './source-course.ts';
import { type Findings, theWholePath } from './the-whole-path.ts';

/** Which contexts run together; the first process is the entrance of all. */
const processes = [
  ['identity', 'notifications'],
  ['courses', 'media'],
  ['enrollment', 'assessment', 'payments'],
] as const;

let world: World;
let files: Awaited<ReturnType<typeof makeHome>>;
let source: SourceCourse;

before(async () => {
  world = await makeWorld();
  files = await makeHome();
  source = await readSourceCourse(await writeSmallCourse(join(files.path, 'course')), 'olx');
});
after(async () => {
  await world?.close();
  await files?.remove();
});

type Walk = { findings: Findings; sale: SaleFindings; operations: string[]; deleted: string[] };

async function walk(url: string, databaseUrl: string): Promise<Walk> {
  const api = openApi(url);
  const operator = await signIn(api, operatorLogin);
  const findings = await theWholePath({ api, operator, source, locale: 'pt-BR', tag: 'walker' });
  const instructor = await signIn(api, { email: 'instructor-walker@stoa.test', password: 'marble sofa thunder 88' });
  const sale = await sellAndGiveBack({ api, operator, instructor });
  const { body } = await api.call('GET', '/api/openapi.json');
  const operations = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  await untilQuiet(databaseUrl);
  await assertInvariants(databaseUrl, 'after the walk');
  const deleted = await filesAfterAWeek(databaseUrl);
  await assertNothingParked(databaseUrl);
  return { findings, sale, operations: operations.sort(), deleted };
}

async function inOneProcess() {
  const database = await world.copy();
  const home = await makeHome();
  const platform = await startProcess({ databaseUrl: database.url, home: home.path, port: await freePort() });
  try {
    return await walk(platform.url, database.url);
  } finally {
    await platform.stop();
    await database.drop();
    await home.remove();
  }
}

async function inThreeProcesses() {
  const database = await world.copy();
  const places = await Promise.all(
    processes.map(async (names) => ({ names, http: await freePort(), rpc: await freePort(), home: await makeHome() })),
  );
  const entrance = places[0];
  assert.ok(entrance);
  const started = places.map(({ names, http, rpc, home }) => {
    const others = places.filter((place) => place.names !== names);
    const addresses = (prefix: string, address: (place: (typeof places)[number]) => string) =>
      Object.fromEntries(
        others.flatMap((place) => place.names.map((name) => [`${prefix}${name.toUpperCase()}`, address(place)])),
      );
    return spawnProcess({
      databaseUrl: database.url,
      home: home.path,
      port: http,
      environment: {
        STOA_CONTEXTS: names.join(','),
        STOA_PUBLIC_URL: `http://127.0.0.1:${entrance.http}`,
        STOA_RPC_LISTEN: `127.0.0.1:${rpc}`,
        ...addresses('STOA_RPC_', (place) => `127.0.0.1:${place.rpc}`),
        ...(http === entrance.http ? addresses('STOA_HTTP_', (place) => `http://127.0.0.1:${place.http}`) : {}),
      },
    });
  });
  try {
    for (const one of started) await untilOpen(one);
    return await walk(`http://127.0.0.1:${entrance.http}`, database.url);
  } finally {
    const ends = await Promise.all(started.map((one) => one.stop()));
    await database.drop();
    for (const place of places) await place.home.remove();
    assert.deepEqual(
      ends.map(({ code }) => code),
      [0, 0, 0],
      started.map((one) => one.output()).join('\n'),
    );
  }
}

describe('contexts split over three processes on one database', () => {
  it('run every context once', () => {
    assert.deepEqual(processes.flat().sort(), contexts.map((context) => context.name).sort());
  });

  it('give a learner the same results and the same operations as one process', async () => {
    const whole = await inOneProcess();
    const split = await inThreeProcesses();
    assert.deepEqual(split.findings, whole.findings);
    assert.deepEqual(split.sale, whole.sale);
    assert.deepEqual(whole.sale.order, { state: 'refunded', invoices: ['invoice', 'credit_note'] });
    assert.ok(whole.sale.documents.every(({ pdf, ubl }) => pdf && ubl));
    assert.deepEqual(
      whole.sale.mails.map(({ kind, attached }) => [kind, attached.length]),
      [
        ['enrollment', 0],
        ['purchase', 1],
        ['refund', 1],
      ],
    );
    assert.deepEqual(split.operations, whole.operations);
    // Every context is asked which files it shows, wherever it runs.
    assert.deepEqual([whole.deleted, split.deleted], [['nobody shows this'], ['nobody shows this']]);
  });
});
