import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { MediaService } from '@stoa/contracts';
import { type Client, createLog, serviceCtx, statement } from '@stoa/kernel';
import { ctxOf, type Person, person, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { diskStorage } from '../src/disk-storage.ts';
import { dropUnused } from '../src/drop-unused.ts';
import { media } from '../src/index.ts';
import { sweepOrphans } from '../src/sweep-orphans.ts';
import { enrolled, instructors, siblings } from './siblings.ts';

const ctx = serviceCtx('test');
const png = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082',
  'hex',
);
let platform: TestPlatform;
let client: Client<typeof MediaService>;
let student: Person;
let stranger: Person;
let files = 0;

before(async () => {
  platform = await startTestPlatform([media, ...siblings]);
  client = platform.host.client(MediaService);
  student = await person();
  stranger = await person();
  enrolled.add(`${student.id} course-1`);
});
after(() => platform.close());

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

type StoreOptions = {
  type?: string;
  key?: string;
  visibility?: string;
  name?: string;
  hash?: boolean;
  piece?: number;
  disposable?: boolean;
};
async function store(content: Buffer, options: StoreOptions = {}) {
  files += 1;
  const begun = await client.beginAsset(
    {
      ownerKind: 'course',
      ownerId: 'course-1',
      key: options.key ?? `file-${files}`,
      fileName: options.name ?? 'picture.png',
      contentType: options.type ?? 'image/png',
      bytes: BigInt(content.length),
      sha256: options.hash === false ? '' : sha256(content),
      visibility: options.visibility ?? 'enrolled',
      disposable: options.disposable ?? false,
    },
    ctx,
  );
  const piece = options.piece ?? 1024 * 1024;
  if (!begun.complete) {
    for (let offset = Number(begun.receivedBytes); offset < content.length; offset += piece) {
      const part = content.subarray(offset, offset + piece);
      await client.appendAsset({ assetId: begun.assetId, offset: BigInt(offset), content: part }, ctx);
    }
  }
  const { asset } = await client.completeAsset({ assetId: begun.assetId }, ctx);
  assert.ok(asset);
  return { ...asset, reused: begun.complete };
}
const get = (id: string, options: Parameters<TestPlatform['call']>[2] = {}, query = '') =>
  platform.call('GET', `/api/media/${id}${query}`, options);

describe('storing a file', () => {
  test('gives the same asset for the same owner and key, and sends nothing twice', async () => {
    const content = randomBytes(300_000);
    const first = await store(content, { key: 'same', piece: 100_000 });
    const second = await store(content, { key: 'same' });
    assert.equal(second.id, first.id);
    assert.equal(second.reused, true);
    assert.equal(first.sha256, sha256(content));
  });
  test('keeps identical content once, whoever owns it and whether or not its hash was announced', async () => {
    const content = randomBytes(5000);
    const before = await keptFiles();
    const a = await store(content, { key: 'copy-a' });
    const b = await store(content, { key: 'copy-b' });
    const c = await store(content, { key: 'copy-c', hash: false });
    assert.equal(new Set([a.id, b.id, c.id]).size, 3);
    assert.equal(b.reused, true);
    assert.equal(c.reused, false);
    assert.equal((await keptFiles()).length, before.length + 1);
    assert.deepEqual((await get(c.id, { as: student })).raw, content);
  });
  test('goes on where it stopped and is not hurt by repeated pieces', async () => {
    const content = randomBytes(10_000);
    const begin = {
      ownerKind: 'course',
      ownerId: 'course-1',
      key: 'resumed',
      fileName: 'a.bin',
      contentType: 'application/octet-stream',
      bytes: 10_000n,
      sha256: sha256(content),
      visibility: 'enrolled',
    };
    const { assetId } = await client.beginAsset(begin, ctx);
    const append = (start: number, end: number) =>
      client.appendAsset({ assetId, offset: BigInt(start), content: content.subarray(start, end) }, ctx);
    await append(0, 4000);
    await append(0, 4000);
    await assert.rejects(append(5000, 6000), { code: 'media_upload_gap' });
    await assert.rejects(client.completeAsset({ assetId }, ctx), { code: 'media_upload_incomplete' });
    const again = await client.beginAsset(begin, ctx);
    assert.deepEqual([again.assetId, again.complete, again.receivedBytes], [assetId, false, 4000n]);
    await append(3000, 10_000);
    await client.completeAsset({ assetId }, ctx);
    await client.completeAsset({ assetId }, ctx);
    await assert.rejects(append(0, 10), { code: 'media_upload_not_open' });
    assert.deepEqual((await get(assetId, { as: student })).raw, content);
  });
  test('finishes after a crash between moving the file and saying so', async () => {
    const content = randomBytes(2000);
    const begin = {
      ownerKind: 'course',
      ownerId: 'course-1',
      key: 'crashed',
      fileName: 'a.bin',
      bytes: 2000n,
      sha256: sha256(content),
      visibility: 'enrolled',
    };
    const { assetId } = await client.beginAsset(begin, ctx);
    await client.appendAsset({ assetId, offset: 0n, content }, ctx);
    const upload = statement<[id: string], { upload_name: string }>(
      'media.test_upload_name',
      'select upload_name from assets where id = $1',
    );
    const row = await platform.host.database('media').row(upload, [assetId]);
    await diskStorage(join(platform.home, 'media')).keep(row?.upload_name ?? '');
    assert.equal((await client.beginAsset(begin, ctx)).receivedBytes, 2000n);
    await client.appendAsset({ assetId, offset: 0n, content }, ctx);
    await client.completeAsset({ assetId }, ctx);
    assert.deepEqual((await get(assetId, { as: student })).raw, content);
  });
  test('says how long a recording plays, also of content that came before lengths were read', async () => {
    // A second of 8 bit sound at 8000 Hz.
    const header = Buffer.from('UklGRgAAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YUAfAAA=', 'base64');
    const sound = Buffer.concat([header, Buffer.alloc(8000, 0x80)]);
    const first = await store(sound, { type: 'audio/wav', name: 'tone.wav' });
    assert.equal(first.seconds, 1);
    const forget = statement<[sha256: string], never>(
      'media.test_forget_seconds',
      'update blobs set seconds = null where sha256 = $1',
    );
    await platform.host.database('media').run(forget, [sha256(sound)]);
    assert.equal((await client.getAssets({ ids: [first.id] }, ctx)).assets[0]?.seconds, 0);
    const again = await store(sound, { type: 'audio/wav', name: 'tone.wav' });
    assert.deepEqual([again.reused, again.seconds], [true, 1]);
    assert.equal((await store(png)).seconds, 0);
  });
  test('throws away what does not have the announced hash', async () => {
    const content = randomBytes(100);
    const { assetId } = await client.beginAsset(
      {
        ownerKind: 'course',
        ownerId: 'course-1',
        key: 'damaged',
        fileName: 'a.bin',
        bytes: 100n,
        sha256: sha256(randomBytes(100)),
        visibility: 'enrolled',
      },
      ctx,
    );
    await client.appendAsset({ assetId, offset: 0n, content }, ctx);
    await assert.rejects(client.completeAsset({ assetId }, ctx), { code: 'media_upload_corrupted' });
    assert.equal((await get(assetId, { as: student })).status, 404);
  });
  test('shows the old content until the new one is complete', async () => {
    const old = Buffer.from('first version');
    const next = Buffer.from('second version, longer');
    const { id } = await store(old, { key: 'versions', type: 'text/plain' });
    const begun = await client.beginAsset(
      {
        ownerKind: 'course',
        ownerId: 'course-1',
        key: 'versions',
        fileName: 'b.txt',
        contentType: 'text/plain',
        bytes: BigInt(next.length),
        sha256: sha256(next),
        visibility: 'enrolled',
      },
      ctx,
    );
    assert.equal(begun.assetId, id);
    assert.equal((await get(id, { as: student })).body, 'first version');
    await client.appendAsset({ assetId: id, offset: 0n, content: next }, ctx);
    assert.equal((await get(id, { as: student })).body, 'first version');
    await client.completeAsset({ assetId: id }, ctx);
    assert.equal((await get(id, { as: student })).body, 'second version, longer');
  });
  test('takes an empty file', async () => {
    const { id } = await store(Buffer.alloc(0), { name: 'empty.txt', type: 'text/plain' });
    const answer = await get(id, { as: student });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-length'], '0');
    assert.equal((await get(id, { as: student, headers: { range: 'bytes=0-' } })).status, 416);
  });
  test('is for siblings only', async () => {
    await assert.rejects(client.getAssets({ ids: [] }, ctxOf(student)), { code: 'not_allowed' });
    await assert.rejects(client.signUrls({ ids: [] }, ctxOf(student)), { code: 'not_allowed' });
  });
  test('leaves unknown and malformed ids out of facts', async () => {
    const { id } = await store(png);
    const { assets } = await client.getAssets({ ids: ['../../etc/passwd', crypto.randomUUID(), id] }, ctx);
    assert.deepEqual(
      assets.map((asset) => [asset.id, asset.bytes, asset.contentType]),
      [[id, BigInt(png.length), 'image/png']],
    );
  });
  test('never makes a path of a name that is not its own', async () => {
    const storage = diskStorage(join(platform.home, 'media'));
    await assert.rejects(storage.open('../../secret', { start: 0, end: 1 }), /not the name/);
    await assert.rejects(storage.write('..', 0, png), /not the name/);
  });
});

describe('reading a file', () => {
  test('is open to anyone for public files and to nobody else for lesson material', async () => {
    const cover = await store(png, { visibility: 'public' });
    const lesson = await store(png);
    const instructor = await person({ roles: ['instructor'] });
    const colleague = await person({ roles: ['instructor'] });
    const admin = await person({ roles: ['admin'] });
    instructors.set('course-1', instructor.id);
    const status = async (id: string, as?: Person) => (await get(id, { as })).status;
    assert.equal(await status(cover.id), 200);
    assert.equal(await status(lesson.id), 401);
    assert.equal(await status(lesson.id, stranger), 403);
    assert.equal(await status(lesson.id, colleague), 403);
    assert.equal(await status(lesson.id, student), 200);
    assert.equal(await status(lesson.id, instructor), 200);
    assert.equal(await status(lesson.id, admin), 200);
    assert.equal(await status(crypto.randomUUID(), student), 404);
    assert.equal(await status('not-an-id', student), 400);
  });
  test('says what caches and browsers may do', async () => {
    const cover = await get((await store(png, { visibility: 'public', name: 'capa "ção".png' })).id);
    assert.equal(cover.headers['content-type'], 'image/png');
    assert.equal(cover.headers['cache-control'], 'public, max-age=3600');
    assert.equal(cover.headers['x-content-type-options'], 'nosniff');
    assert.equal(
      cover.headers['content-disposition'],
      `inline; filename="capa ___o_.png"; filename*=UTF-8''capa%20%22%C3%A7%C3%A3o%22.png`,
    );
    const lesson = await get((await store(png)).id, { as: student }, '?download=true');
    assert.equal(lesson.headers['cache-control'], 'private, max-age=3600');
    assert.match(String(lesson.headers['content-disposition']), /^attachment;/);
  });
  test('answers an unchanged file without its body', async () => {
    const { id } = await store(png, { visibility: 'public' });
    const first = await get(id);
    const etag = String(first.headers.etag);
    const modified = String(first.headers['last-modified']);
    assert.equal((await get(id, { headers: { 'if-none-match': etag } })).status, 304);
    assert.equal((await get(id, { headers: { 'if-none-match': '"other"' } })).status, 200);
    assert.equal((await get(id, { headers: { 'if-modified-since': modified } })).status, 304);
  });
  test('answers HEAD with the headers of GET', async () => {
    const { id } = await store(png, { visibility: 'public' });
    const head = await platform.call('HEAD', `/api/media/${id}`);
    assert.equal(head.status, 200);
    assert.equal(head.headers['content-length'], String(png.length));
    assert.equal(head.raw.length, 0);
  });
  const content = randomBytes(1000);
  const ranges: [range: string, status: number, start: number, end: number][] = [
    ['bytes=0-0', 206, 0, 0],
    ['bytes=0-99', 206, 0, 99],
    ['bytes=900-', 206, 900, 999],
    ['bytes=-50', 206, 950, 999],
    ['bytes=-5000', 206, 0, 999],
    ['bytes=990-5000', 206, 990, 999],
    ['bytes=5-2', 200, 0, 999],
    ['bytes=0-1,5-6', 200, 0, 999],
    ['lines=1-2', 200, 0, 999],
  ];
  for (const [range, status, start, end] of ranges) {
    test(`gives ${status} to "${range}"`, async () => {
      const { id } = await store(content, { key: 'ranges', visibility: 'public' });
      const answer = await get(id, { headers: { range } });
      assert.equal(answer.status, status);
      assert.deepEqual(answer.raw, content.subarray(start, end + 1));
      if (status === 206) assert.equal(answer.headers['content-range'], `bytes ${start}-${end}/1000`);
    });
  }
  for (const range of ['bytes=1000-', 'bytes=-0']) {
    test(`refuses "${range}" and says how long the file is`, async () => {
      const { id } = await store(content, { key: 'ranges', visibility: 'public' });
      const answer = await get(id, { headers: { range } });
      assert.equal(answer.status, 416);
      assert.equal(answer.headers['content-range'], 'bytes */1000');
      assert.equal(answer.body.code, 'media_range_not_satisfiable');
    });
  }
  test('sends the whole file when the part belongs to another version', async () => {
    const { id } = await store(content, { key: 'ranges', visibility: 'public' });
    const ask = (ifRange: string) => get(id, { headers: { range: 'bytes=0-9', 'if-range': ifRange } });
    const etag = `"${sha256(content)}"`;
    assert.equal((await ask(etag)).status, 206);
    assert.equal((await ask('"old"')).status, 200);
    assert.equal((await ask(`W/${etag}`)).status, 200);
  });
  test('streams a large file without holding it in memory, also when the reader leaves', async () => {
    const large = Buffer.alloc(48 * 1024 * 1024, 7);
    const { id } = await store(large, { visibility: 'public', piece: 4 * 1024 * 1024 });
    await platform.host.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = platform.host.app.server.address() as AddressInfo;
    const open = () =>
      new Promise<IncomingMessage>((resolve, reject) => {
        request({ port, path: `/api/media/${id}` }, resolve)
          .on('error', reject)
          .end();
      });
    const before = process.memoryUsage().arrayBuffers;
    const slow = await open();
    await new Promise((resolve) => slow.once('readable', resolve));
    // A server that does not wait for its reader would have the whole file in memory by now.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const held = process.memoryUsage().arrayBuffers - before;
    assert.ok(held < 16 * 1024 * 1024, `held ${held} bytes`);
    slow.destroy();
    for (let i = 0; i < 20; i += 1) (await open()).destroy();
    let received = 0;
    for await (const chunk of await open()) received += chunk.length;
    assert.equal(received, large.length);
  });
});

describe('a signed address', () => {
  const sign = async (id: string) => {
    const { urls } = await client.signUrls({ ids: [id] }, ctx);
    const [url] = urls;
    assert.ok(url);
    return url;
  };
  test('opens lesson material without a token, for six to seven hours', async () => {
    const { id } = await store(png);
    const url = await sign(id);
    assert.equal((await platform.call('GET', url.path)).status, 200);
    const hours = (Date.parse(url.expiresAt) - Date.now()) / 3_600_000;
    assert.ok(hours > 6 && hours <= 7, `${hours}`);
    assert.equal((await sign(id)).path, url.path);
  });
  test('is worth nothing when anything in it is changed', async () => {
    const [a, b] = [await store(png, { key: 'signed-a' }), await store(png, { key: 'signed-b' })];
    const { path } = await sign(a.id);
    const status = async (address: string) => (await platform.call('GET', address)).status;
    assert.equal(await status(path.replace(a.id, b.id)), 403);
    assert.equal(await status(path.replace(/expires=(\d)/, 'expires=9')), 403);
    assert.equal(await status(path.replace(/signature=.{4}/, 'signature=AAAA')), 403);
    assert.equal(await status(path.replace(/signature=.*/, 'signature=')), 403);
    assert.equal(await status(path.replace(/&signature.*/, '')), 401);
  });
  test('is plain for public files', async () => {
    const { id } = await store(png, { visibility: 'public' });
    assert.deepEqual((await sign(id)).path, `/api/media/${id}`);
  });
  test('comes from a secret only the owner of the installation can read', async () => {
    assert.equal((await stat(join(platform.home, 'secret'))).mode & 0o777, 0o600);
  });
});

describe('content that could run', () => {
  const evil = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  test('shows an SVG, but only in a sandbox', async () => {
    const answer = await get((await store(Buffer.from(evil), { visibility: 'public', type: 'image/svg+xml' })).id);
    assert.equal(answer.headers['content-type'], 'image/svg+xml');
    assert.match(String(answer.headers['content-security-policy']), /^sandbox; default-src 'none';/);
  });
  const cases: [what: string, content: string | Buffer, declared: string, served: string, shown: boolean][] = [
    ['a page', '<!doctype html><script>alert(1)</script>', 'text/html', 'application/octet-stream', false],
    ['a page that claims to be a picture', '<html><script>1</script>', 'image/png', 'text/plain; charset=utf-8', true],
    ['a script', 'alert(1)', 'text/javascript', 'application/octet-stream', false],
    ['XHTML', '<?xml version="1.0"?><html/>', 'application/xhtml+xml', 'application/octet-stream', false],
    ['an SVG that claims to be a picture', evil, 'image/png', 'image/svg+xml', true],
    ['a PNG with the wrong ending', png, 'image/jpeg', 'image/png', true],
    ['captions', 'WEBVTT\n\n00:00.000 --> 00:01.000\nHi', 'application/octet-stream', 'text/vtt; charset=utf-8', true],
    ['a table', 'a,b\n1,2\n', 'text/csv', 'text/csv; charset=utf-8', false],
    ['a program', Buffer.from('7f454c4602010100', 'hex'), 'video/mp4', 'application/octet-stream', false],
    ['a PDF', '%PDF-1.7\n%\n', 'application/pdf', 'application/pdf', true],
  ];
  for (const [what, content, declared, served, shown] of cases) {
    test(`serves ${what} as ${served}${shown ? '' : ', to download'}`, async () => {
      const asset = await store(Buffer.from(content), { visibility: 'public', type: declared, name: 'x' });
      const answer = await get(asset.id);
      assert.equal(answer.headers['content-type'], served);
      assert.match(String(answer.headers['content-disposition']), shown ? /^inline/ : /^attachment/);
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    });
  }
});

describe('the sweep', () => {
  test('removes given-up uploads, unused content and files without a row, and nothing else', async () => {
    const keep = randomBytes(400);
    const { id } = await store(keep, { key: 'kept' });
    const replaced = await store(randomBytes(400), { key: 'replaced' });
    await store(randomBytes(400), { key: 'replaced' });
    const stray = diskStorage(join(platform.home, 'media'));
    await stray.create();
    await client.beginAsset(
      {
        ownerKind: 'course',
        ownerId: 'course-1',
        key: 'abandoned',
        fileName: 'x',
        bytes: 10n,
        sha256: '',
        visibility: 'enrolled',
      },
      ctx,
    );
    const db = platform.host.database('media');
    assert.equal(await sweepOrphans({ db, clock: { now: () => new Date() }, storage: stray })(ctx), 0);
    const tomorrow = { now: () => new Date(Date.now() + 25 * 3_600_000) };
    assert.ok((await sweepOrphans({ db, clock: tomorrow, storage: stray })(ctx)) >= 3);
    assert.equal(await sweepOrphans({ db, clock: tomorrow, storage: stray })(ctx), 0);
    assert.deepEqual((await get(id, { as: student })).raw, keep);
    assert.equal((await get(replaced.id, { as: student })).status, 200);
  });
});

describe('a file that nothing shows any more', () => {
  const day = 24 * 3_600_000;
  const shown = new Set<string>();
  const users = (contexts: Record<string, () => Set<string>>, absent: string[] = []) => ({
    kinds: Object.keys(contexts),
    absent,
    of: (kind: string) => ({
      findUsedAssets: async ({ ids = [] }: { ids?: string[] }) => ({
        $typeName: 'stoa.mediause.v1.FindUsedAssetsResponse' as const,
        ids: ids.filter((id) => contexts[kind]?.().has(id)),
      }),
    }),
  });
  const drop = (days: number, asked = users({ courses: () => shown })) =>
    dropUnused({
      db: platform.host.database('media'),
      clock: { now: () => new Date(Date.now() + days * day) },
      log: createLog({ level: 'silent' }),
      users: asked,
    })(ctx);
  const isThere = async (id: string) => (await get(id, { as: student })).status === 200;
  const spare = (content: Buffer, key?: string) => store(content, { disposable: true, ...(key ? { key } : {}) });
  const wholeWorld = async () => {
    const { rows } = await platform.host.database('media').pool.query('select id from assets');
    for (const { id } of rows) shown.add(id);
  };

  test('is deleted after a week, if it may be, and its content after that unless another asset has the same', async () => {
    const same = randomBytes(500);
    const [film, twin, gone] = [await spare(same), await store(same), await spare(randomBytes(500))];
    await wholeWorld();
    shown.delete(film.id);
    shown.delete(twin.id);
    shown.delete(gone.id);
    assert.equal(await drop(0.5), 0);
    assert.equal(await drop(2), 0);
    assert.equal(await drop(8), 0);
    assert.equal(await drop(10), 2);
    assert.deepEqual([await isThere(film.id), await isThere(gone.id), await isThere(twin.id)], [false, false, true]);
    const storage = diskStorage(join(platform.home, 'media'));
    const before = (await keptFiles()).length;
    const later = { now: () => new Date(Date.now() + 11 * day) };
    await sweepOrphans({ db: platform.host.database('media'), clock: later, storage })(ctx);
    assert.equal((await keptFiles()).length, before - 1);
    assert.deepEqual((await get(twin.id, { as: student })).raw, same);
  });

  test('stays when it is shown again, when it is sent again, and while one of those who may show it does', async () => {
    const [back, again, elsewhere] = [
      await spare(randomBytes(500)),
      await spare(randomBytes(500), 'again'),
      await spare(randomBytes(500)),
    ];
    await wholeWorld();
    for (const { id } of [back, again, elsewhere]) shown.delete(id);
    const both = users({ courses: () => shown, orders: () => new Set([elsewhere.id]) });
    await drop(2, both);
    shown.add(back.id);
    await drop(6, both);
    shown.delete(back.id);
    // Sent on the eighth day: it is about to be put somewhere.
    await spare(randomBytes(500), 'again');
    await platform.host
      .database('media')
      .pool.query("update assets set touched_at = now() + interval '8 days' where id = $1", [again.id]);
    assert.equal(await drop(10, both), 0);
    assert.equal(await drop(18, both), 2);
    assert.deepEqual(
      [await isThere(back.id), await isThere(again.id), await isThere(elsewhere.id)],
      [false, false, true],
    );
  });

  test('stays when a sibling asks about it just before it is deleted, as whoever is about to show it does', async () => {
    const { id } = await spare(randomBytes(500));
    await wholeWorld();
    shown.delete(id);
    await drop(2);
    const asking = users({ courses: () => shown });
    const answer = await drop(10, {
      ...asking,
      of: () => ({
        findUsedAssets: async (request) => {
          const used = await asking.of('courses').findUsedAssets(request);
          // After courses has said that nothing shows it, and before media deletes it, somebody saves a lesson that does.
          assert.equal((await client.getAssets({ ids: [id] }, ctx)).assets.length, 1);
          await platform.host
            .database('media')
            .pool.query(
              "update assets set touched_at = now() + interval '10 days' where id = $1 and unused_since is null",
              [id],
            );
          return used;
        },
      }),
    });
    assert.equal(answer, 0);
    assert.ok(await isThere(id));
    assert.equal(await drop(12), 0, 'and its week begins anew');
    assert.equal(await drop(20), 1);
    assert.deepEqual((await client.getAssets({ ids: [id] }, ctx)).assets, []);
  });

  test('stays while somebody who may show it cannot be asked', async () => {
    const { id } = await spare(randomBytes(500));
    await wholeWorld();
    shown.delete(id);
    await drop(2);
    assert.equal(await drop(10, users({ courses: () => shown }, ['orders'])), 0);
    assert.equal(await drop(10, users({})), 0);
    await assert.rejects(
      drop(10, {
        kinds: ['courses'],
        absent: [],
        of: () => ({ findUsedAssets: async () => Promise.reject(new Error('away')) }),
      }),
    );
    assert.ok(await isThere(id));
    assert.equal(await drop(10), 1);
  });
});

async function keptFiles(): Promise<string[]> {
  const entries = await readdir(join(platform.home, 'media', 'kept'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}
