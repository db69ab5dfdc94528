import { countCrashPoints } from '@stoa/kernel';
import { person } from '@stoa/kernel/testing';
import { go, isFlow } from './purchase.ts';
import { startWorld } from './world.ts';

/** Goes one way in a process of its own, which STOA_CRASH_AT kills on it; prints which crash points it came by, if not. */
const [databaseUrl = '', userId = '', sku = '', flow = '', port = ''] = process.argv.slice(2);
if (!isFlow(flow)) throw new Error(`there is no way called ${flow}`);
const world = await startWorld({ databaseUrl, port: Number(port) });
await go(world.platform, await person({ id: userId }), { sku, flow });
await world.webhooksSettle();
await world.platform.host.settle();
console.log(JSON.stringify(countCrashPoints()));
await world.close();
