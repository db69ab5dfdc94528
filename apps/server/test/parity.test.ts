import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as contracts from '@stoa/contracts';
import { type Context, type Ctx, ExpectedError, serviceCtx } from '@stoa/kernel';
import { freePort, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { grpcClient } from '../../../kernel/src/rpc/grpc.ts';
import { contexts } from '../src/contexts.ts';
import { type AnyService, type Case, casesOf, refuseNothing } from './parity-cases.ts';
import { furnish, type ParityWorld } from './parity-world.ts';

/**
 * Nothing in a context can tell whether a sibling is in its own process or behind gRPC. Here every method of every
 * contract is called both ways, of every context that answers it, with what is found, what is missing, what is refused
 * and what makes no sense; answers and errors have to be equal. Contracts are read from their descriptors: a method
 * that nobody wrote a case for fails.
 */
type Call = (input: Record<string, unknown>, ctx: Ctx) => Promise<unknown>;
type Calls = Record<string, Call>;
type Ways = { here: Calls; there: Calls };
type Outcome = { answer: unknown } | { refused: object };

const services = Object.values(contracts).flatMap((one): AnyService[] => ('kind' in one ? [one] : []));
const keyOf = (service: AnyService, context: string) => `${service.typeName} of ${context}`;
const rpcSecret = randomUUID();
/** How whoever uses a contract that several contexts implement reaches them in its own process, by contract and kind. */
const plugged = new Map<string, (kind: string) => Calls | undefined>();

/** A context that notes what its host gives it. */
const noting = (context: Context): Context => ({
  ...context,
  create: (deps) => {
    for (const [name, { typeName }] of Object.entries(context.sockets))
      plugged.set(typeName, (kind) => deps.sockets[name]?.of(kind));
    return context.create(deps);
  },
});

let platform: TestPlatform;
let world: ParityWorld;
const closers: (() => void)[] = [];
before(async () => {
  // The sandbox sends its messages over the network.
  const port = await freePort();
  const own = { ownIssuer: true, publicUrl: `http://127.0.0.1:${port}`, rpcListen: '127.0.0.1:0', rpcSecret };
  platform = await startTestPlatform(contexts.map(noting), own);
  await platform.host.app.listen({ port, host: '127.0.0.1' });
  world = await furnish(platform);
});
after(async () => {
  for (const close of closers) close();
  await world?.close();
  await platform?.close();
});

/** Who answers a contract: the context it belongs to, those that plug into it, and for the kernel's everybody. */
function answering(service: AnyService): string[] {
  if (service.typeName === contracts.PlatformService.typeName) return contexts.map(({ name }) => name);
  return contexts
    .filter(({ serves, plugs }) => [serves, ...plugs.map(({ contract }) => contract)].some((one) => one === service))
    .map(({ name }) => name);
}

/** The two ways to the same implementation: what the host gives a sibling in this process, and what one elsewhere has. */
function waysTo(service: AnyService, name: string): Ways {
  const context = contexts.find((one) => one.name === name) ?? assert.fail(name);
  const address = platform.host.rpcAddress ?? assert.fail('nobody serves gRPC');
  const remote = grpcClient(service, { address, secret: rpcSecret, context: name });
  closers.push(remote.close);
  const [kind] = context.plugs.flatMap(({ contract, kinds }) => (contract === service ? kinds : []));
  const here = kind
    ? plugged.get(service.typeName)?.(kind)
    : context.serves === service
      ? platform.host.client(service)
      : platform.host.platform(name);
  assert.ok(here, `${keyOf(service, name)} is reached by nobody`);
  return { here, there: remote.client };
}

async function outcomeOf(call: Call | undefined, input: object, ctx: Ctx): Promise<Outcome> {
  assert.ok(call);
  try {
    return { answer: await call({ ...input }, ctx) };
  } catch (error) {
    if (!(error instanceof ExpectedError)) return { refused: { code: 'bug' } };
    const { code, params, errors, headers, definition } = error;
    const titles = (['en', 'pt-BR', 'es'] as const).map((locale) => error.title(locale));
    return { refused: { code, params, errors, headers, status: definition.status, log: definition.log, titles } };
  }
}

/** The same without what two calls that make something cannot have in common: ids, times, tokens, their own names. */
function alike(value: unknown): unknown {
  if (typeof value === 'string') {
    return value
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'id')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
      .replace(/token=[\w-]+/g, 'token')
      .replace(/\b(here|there)\b/g, 'name');
  }
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(alike);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, alike(part)]));
}

const asText = (value: unknown) =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part));

async function compare(ways: Ways, method: string, one: Case): Promise<Outcome> {
  const ctx = one.ctx ?? serviceCtx('test');
  const ask = async () => {
    const here = await outcomeOf(ways.here[method], one.input, ctx);
    const there = await outcomeOf(ways.there[method], one.twin ?? one.input, ctx);
    return one.twin ? { here: alike(here), there: alike(there), found: here } : { here, there, found: here };
  };
  let { here, there, found } = await ask();
  for (let tries = 0; one.moves && tries < 3 && asText(here) !== asText(there); tries += 1)
    ({ here, there, found } = await ask());
  assert.deepEqual(there, here, `${method}, ${one.what}: over gRPC as in the same process`);
  return found;
}

describe('a call to a sibling', () => {
  test('is of a contract that is compared here', async () => {
    const folder = fileURLToPath(new URL('../../../contracts/proto/', import.meta.url));
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.proto'));
    const declared: string[] = [];
    for (const file of files) {
      const text = await readFile(join(folder, file), 'utf8');
      const scope = /^package ([\w.]+);/m.exec(text)?.[1];
      for (const [, name] of text.matchAll(/^service (\w+)/gm)) declared.push(`${scope}.${name}`);
    }
    assert.deepEqual(services.map(({ typeName }) => typeName).sort(), declared.sort());
  });

  for (const service of services) {
    const who = answering(service);
    test(`of ${service.typeName} is answered by somebody`, () => assert.ok(who.length > 0));
    for (const context of who) {
      describe(`to ${keyOf(service, context)}`, () => {
        for (const { localName, name } of service.methods) {
          test(`${name}: as in the same process`, async () => {
            const cases = casesOf(world, context).get(service)?.[localName] ?? [];
            const ways = waysTo(service, context);
            const codes: (string | undefined)[] = [];
            for (const one of cases) {
              const outcome = await compare(ways, localName, one);
              const code = 'refused' in outcome && 'code' in outcome.refused ? String(outcome.refused.code) : undefined;
              assert.equal(code, one.refused, `${localName}, ${one.what}: ${asText(outcome)}`);
              if (one.holds)
                assert.ok(asText(outcome).includes(one.holds), `${localName}, ${one.what}: ${asText(outcome)}`);
              codes.push(code);
            }
            const refusesNothing = refuseNothing.includes(name);
            assert.ok(codes.includes(undefined), 'there is a case that is answered');
            assert.ok(refusesNothing || codes.some(Boolean), 'there is a case that is refused');
          });
        }
      });
    }
  }

  test('that replays something tells who asked, from where and in which trace', async () => {
    for (const { name: context } of contexts) {
      const { items } = await platform.host.platform(context).listReplays({ context, limit: 200 }, serviceCtx('test'));
      const { event } = world.parked.get(context) ?? assert.fail(context);
      const [here, there] = [event.here, event.there].map((id) => items.find(({ itemId }) => itemId === id));
      assert.ok(here && there);
      const told = ({ actorKind, actor, ip }: typeof here) => ({ actorKind, actor, ip });
      assert.deepEqual(told(there), told(here));
      assert.equal(here.ip, '203.0.113.7');
    }
  });
});
