import { person } from '@stoa/kernel/testing';
import { inParts, purchase, renewal } from './purchase.ts';
import { startWorld } from './world.ts';

/** Makes one purchase in a process of its own, which STOA_CRASH_AT kills on the way. */
const [databaseUrl = '', userId = '', sku = '', end = '', port = ''] = process.argv.slice(2);
const world = await startWorld({ databaseUrl, port: Number(port) });
const who = await person({ id: userId });
if (end === 'renew') await renewal(world.platform, who, { sku });
else if (end === 'parts') await inParts(world.platform, who, { sku });
else await purchase(world.platform, who, { sku, end: end === 'cancel' ? 'cancel' : 'refund' });
console.error('still alive');
await world.close();
