import { person, startTestPlatform } from '@stoa/kernel/testing';
import { enrollment } from '../src/index.ts';
import { siblings } from './siblings.ts';

/** Makes one request in a process of its own, which STOA_CRASH_AT kills on the way. */
const [databaseUrl = '', userId = '', method = '', path = '', body] = process.argv.slice(2);
const platform = await startTestPlatform([enrollment, ...siblings], { databaseUrl });
const who = await person({ id: userId });
const answer = await platform.call(method, path, { as: who, ...(body ? { body: JSON.parse(body) } : {}) });
console.error('still alive', answer.status, answer.body);
await platform.close();
