import { person } from '@stoa/kernel/testing';
import { purchase } from './purchase.ts';
import { startWorld } from './world.ts';

/** Makes one purchase in a process of its own, which STOA_CRASH_AT kills on the way. */
const [databaseUrl = '', userId = '', sku = '', end = '', port = ''] = process.argv.slice(2);
const world = await startWorld({ databaseUrl, port: Number(port) });
await purchase(world.platform, await person({ id: userId }), { sku, end: end === 'cancel' ? 'cancel' : 'refund' });
console.error('still alive');
await world.close();
