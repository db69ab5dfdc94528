import { createHash } from 'node:crypto';
import { MediaService } from '@stoa/contracts';
import { createLog, serviceCtx, startHost } from '@stoa/kernel';
import { media } from '../src/index.ts';
import { siblings } from './siblings.ts';

/** Stores one file in a process of its own, which STOA_CRASH_AT may kill on the way. Prints the asset's id. */
const [databaseUrl = '', home = '', text = ''] = process.argv.slice(2);
const host = await startHost({
  contexts: [media, ...siblings],
  databaseUrl,
  home,
  publicUrl: 'http://localhost:3000',
  settings: {},
  log: createLog({ level: 'silent' }),
});
const client = host.client(MediaService);
const ctx = serviceCtx('test');
const content = Buffer.from(text);
const { assetId, complete, receivedBytes } = await client.beginAsset(
  {
    ownerKind: 'course',
    ownerId: 'course-1',
    key: 'one',
    fileName: 'one.txt',
    contentType: 'text/plain',
    bytes: BigInt(content.length),
    sha256: createHash('sha256').update(content).digest('hex'),
    visibility: 'public',
  },
  ctx,
);
if (!complete) {
  await client.appendAsset({ assetId, offset: receivedBytes, content: content.subarray(Number(receivedBytes)) }, ctx);
  await client.completeAsset({ assetId }, ctx);
}
const answer = await host.app.inject({ url: `/api/media/${assetId}` });
console.log(answer.body);
await host.close();
