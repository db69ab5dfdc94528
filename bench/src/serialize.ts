import { answerSerializer } from '@stoa/kernel';
import type { Program } from './programs.ts';
import { median } from './statistics.ts';

/** Microseconds of processor time per answer, down to the bytes that go to the socket. */
export type Serialization = {
  bytes: number;
  ours: number;
  limit: number;
  ratio: number;
  lowest: number;
  highest: number;
};

/**
 * Serializes a page of the catalogue in this process: the way an answer is (what the schema declares, and
 * nothing else), and by JSON.stringify alone, in turn. Values are parsed anew from text, as they would come from a driver.
 */
export async function measureSerialization(platform: Program, rounds: number): Promise<Serialization> {
  const document = await getJson(`${platform.url}/api/openapi.json`);
  const text = JSON.stringify(await getJson(`${platform.url}/api/courses?limit=20`));
  const operation = at(document, 'paths', '/api/courses', 'get');
  const schema = at(operation, 'responses', '200', 'content', 'application/json', 'schema');
  if (!isObject(schema)) throw new Error('the catalogue has no schema');
  const ourWay = answerSerializer(schema);
  if (ourWay(JSON.parse(text)) !== text) throw new Error('the platform writes something else');
  const pages: unknown[] = Array.from({ length: 50 }, () => JSON.parse(text));
  const time = (write: (value: unknown) => string): number => {
    const begun = process.cpuUsage();
    let bytes = 0;
    for (let n = 0; n < 2000; n += 1) bytes += Buffer.byteLength(write(pages[n % pages.length]));
    const { user, system } = process.cpuUsage(begun);
    if (bytes === 0) throw new Error('nothing was written');
    return (user + system) / 2000;
  };
  const ours: number[] = [];
  const limit: number[] = [];
  time(ourWay);
  time(JSON.stringify);
  for (let round = 0; round < rounds; round += 1) {
    ours.push(time(ourWay));
    limit.push(time(JSON.stringify));
  }
  const ratios = ours.map((micros, round) => (limit[round] ?? Number.NaN) / micros);
  return {
    bytes: Buffer.byteLength(text),
    ours: median(ours),
    limit: median(limit),
    ratio: median(limit) / median(ours),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  };
}

async function getJson(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((current, key) => (isObject(current) ? current[key] : undefined), value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
