import { startTestPlatform } from '@stoa/kernel/testing';
import { notifications } from '../src/index.ts';
import { enrollmentContext, identityBook, identityOf } from './world.ts';

// A platform in a process of its own, for the test that kills it. Ends when its standard input does, so that it never
// outlives the test.
const platform = await startTestPlatform([identityOf(identityBook()), enrollmentContext(), notifications], {
  databaseUrl: process.env.TEST_DATABASE ?? '',
});
process.stdin.resume();
process.stdin.once('end', () => {
  platform.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
