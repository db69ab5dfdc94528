import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { createLog, startHost, startTracing } from '@stoa/kernel';
import { eventually, freePort, person, startTestPlatform } from '@stoa/kernel/testing';
import { z } from 'zod';
import { echo, notes, switches } from './toy-contexts.ts';

const Sent = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.object({ key: z.string(), value: z.unknown() })) }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              kind: z.int(),
              status: z.object({ code: z.int().default(0) }).default({ code: 0 }),
            }),
          ),
        }),
      ),
    }),
  ),
});
type SentSpan = z.output<typeof Sent>['resourceSpans'][number]['scopeSpans'][number]['spans'][number];
const [server, client, consumer] = [2, 3, 5];

/** What a collector was told, at the end of the protocol that collectors speak. */
const spans: SentSpan[] = [];
const services = new Set<string>();
const collector = createServer(async (request, response) => {
  const { resourceSpans } = Sent.parse(await json(request));
  for (const { resource, scopeSpans } of resourceSpans) {
    services.add(JSON.stringify(resource.attributes.find(({ key }) => key === 'service.name')?.value));
    spans.push(...scopeSpans.flatMap((scope) => scope.spans));
  }
  response.setHeader('content-type', 'application/json').end('{}');
});

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const find = (name: string | RegExp, kind: number): SentSpan => {
  const found = spans.find(
    (one) => one.kind === kind && (one.name === name || (name instanceof RegExp && name.test(one.name))),
  );
  assert.ok(found, `no span ${name} among ${spans.map((one) => one.name).join(', ')}`);
  return found;
};

before(async () => {
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const address = collector.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const stopTracing = await startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });

  // Two processes' worth of contexts: the request's sibling is reached over gRPC, and so are its events.
  const echoAt = `127.0.0.1:${await freePort()}`;
  const serving = await startTestPlatform([notes, echo], {
    run: ['notes'],
    rpcListen: '127.0.0.1:0',
    rpcSecret: 'secret',
    siblings: { echo: echoAt },
  });
  const hearing = await startHost({
    contexts: [notes, echo],
    run: ['echo'],
    databaseUrl: serving.databaseUrl,
    publicUrl: serving.url,
    home: serving.home,
    settings: {},
    log: createLog({ level: 'silent' }),
    siblings: { notes: serving.host.rpcAddress ?? '' },
    rpcListen: echoAt,
    rpcSecret: 'secret',
    pollMs: 200,
  });
  const ana = await person({ roles: ['support'] });
  const write = async (text: string) =>
    (await serving.call('POST', '/api/notes', { as: ana, body: { text }, headers: { traceparent } })).status;
  assert.deepEqual([await write('shout far'), await write('drat'), await write('bug')], [201, 422, 500]);
  assert.equal((await serving.call('GET', '/api/relayed/x', { as: ana, headers: { traceparent } })).status, 200);
  await eventually(() => switches.shouted.includes('shout far'));
  await hearing.close();
  await serving.close();
  await stopTracing();
});
after(() => collector.close());

describe('a trace', () => {
  test('goes from the request over its event to the job that the event queued', () => {
    const request = find('POST /api/notes', server);
    const event = find('handle stoa.notes.note.written.v1', consumer);
    const job = find('job shout', consumer);
    assert.deepEqual(
      [request, event, job].map((span) => [span.traceId, span.parentSpanId]),
      [
        [traceId, '00f067aa0ba902b7'],
        [traceId, request.spanId],
        [traceId, event.spanId],
      ],
    );
    assert.deepEqual([...services], ['{"stringValue":"stoa"}']);
  });

  test('goes over a call to a sibling in another process', () => {
    const request = find('GET /api/relayed/:id', server);
    const call = find(/AssessmentService\/PutProblems$/, client);
    const served = find(/AssessmentService\/PutProblems$/, server);
    assert.deepEqual([call.parentSpanId, served.parentSpanId], [request.spanId, call.spanId]);
  });

  test('shows transactions and statements where they were asked for, and nothing of what nobody waits for', () => {
    const transaction = find('transaction', client);
    const event = find('handle stoa.notes.note.written.v1', consumer);
    assert.equal(find('notes.upsert_note', client).parentSpanId, transaction.spanId);
    assert.equal(find('echo.hear', client).parentSpanId, event.spanId);
    assert.deepEqual(
      spans
        .filter((span) => !span.parentSpanId || /subscription|outbox|position/.test(span.name))
        .map((span) => span.name),
      [],
    );
  });

  test('tells failures from refusals', () => {
    const outcomes = spans.filter((span) => span.name === 'POST /api/notes').map((span) => span.status.code);
    assert.deepEqual(outcomes, [0, 0, 2], 'a note, a refusal and a bug');
  });
});
