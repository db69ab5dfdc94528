import { parseArgs } from 'node:util';
import { compare } from './compare.ts';
import { makePaths } from './paths.ts';
import { startLimit, startPlatform } from './programs.ts';
import { makeWorld } from './world.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    rows: { type: 'string', default: '10k' },
    update: { type: 'boolean', default: false },
  },
});
const world = await makeWorld({ courses: 10_000 });
console.log('world');
const ours = await startPlatform(world);
const limit = await startLimit(world);
console.log(ours.url, ours.startMs, limit.url);
for (const path of await makePaths(world, ours)) {
  if (values.only && !values.only.split(',').includes(path.name)) continue;
  const c = await compare(
    path,
    { ours, limit },
    { rounds: Number(values.rounds), seconds: Number(values.seconds), connections: 32, settle: async () => {} },
  );
  console.log(path.name, c.ratio.toFixed(2), c.lowest.toFixed(2), c.highest.toFixed(2), c.ours, c.limit);
}
await ours.stop();
await limit.stop();
await world.close();
