import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

const mostBytes = 3 * 1024 * 1024;
let world: World;
let ana: Person;
before(async () => {
  world = await startWorld({ settings: { STOA_COURSE_FILE_MAX_BYTES: String(mostBytes) } });
  ana = await person({ roles: ['instructor'], name: 'Ana' });
});
after(() => world.close());

type Sent = { name?: string; type?: string; content?: Buffer };
async function post(as: Person | undefined, courseId: string, { name, type, content }: Sent = {}) {
  const form = new FormData();
  const file = new File([new Uint8Array(content ?? Buffer.from('a film'))], name ?? 'film.mp4', {
    type: type ?? 'video/mp4',
  });
  form.set('file', file);
  const request = new Request('http://stoa.test', { method: 'POST', body: form });
  return world.call('POST', `/api/courses/${courseId}/files`, {
    ...(as ? { as } : {}),
    body: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
  });
}

test('a film that its author sends arrives whole, for those who are enrolled, and plays in a lesson at its length', async () => {
  const course = await world.createCourse(ana);
  // More than one call to media takes.
  const content = randomBytes(2.5 * 1024 * 1024);
  const sha256 = createHash('sha256').update(content).digest('hex');
  world.media.seconds.set(`file/${sha256}`, 61.5);
  const sent = await post(ana, course.id, { content, name: 'Ação, take 2.mp4' });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  const { assetId, src } = sent.body;
  assert.deepEqual(sent.body, {
    assetId,
    src: `asset:${assetId}`,
    kind: 'video',
    fileName: 'Ação, take 2.mp4',
    contentType: 'video/mp4',
    bytes: content.length,
    seconds: 61.5,
  });
  const asset = world.media.assets.get(assetId);
  assert.deepEqual([asset?.ownerKind, asset?.ownerId, asset?.visibility], ['course', course.id, 'enrolled']);
  assert.ok(asset?.content.equals(content));
  const lesson = await world.addLesson(ana, course.id, {
    content: { type: 'doc', content: [{ type: 'video', attrs: { id: 'film', title: 'Take 2', src } }] },
  });
  assert.deepEqual([lesson.kind, lesson.durationSeconds, lesson.mediaSeconds], ['video', 62, 62]);
  assert.equal(lesson.assets[assetId].fileName, 'Ação, take 2.mp4');

  const { appended } = world.media;
  assert.equal((await post(ana, course.id, { content, name: 'again.mp4' })).body.assetId, assetId);
  assert.equal(world.media.appended, appended, 'the same bytes are not sent again');
});

test('each kind of file says which block shows it', async () => {
  const course = await world.createCourse(ana);
  const kindOf = async (name: string, type: string) =>
    (await post(ana, course.id, { name, type, content: Buffer.from(name) })).body.kind;
  assert.equal(await kindOf('a.webm', 'video/webm'), 'video');
  assert.equal(await kindOf('a.m4a', 'audio/mp4'), 'audio');
  assert.equal(await kindOf('a.PNG', 'image/png'), 'image');
  assert.equal(await kindOf('a.vtt', 'text/vtt'), 'captions');
  assert.equal(await kindOf('a.pdf', 'application/pdf'), 'file');
});

test('a file is the author’s alone to send, and refused when its kind, its size or its absence says so', async () => {
  const course = await world.createCourse(ana);
  const begun = world.media.begun.length;
  const bea = await person({ roles: ['instructor'], name: 'Bea' });
  assert.equal((await post(bea, course.id)).body.code, 'course_not_found');
  assert.equal((await post(await person(), course.id)).body.code, 'not_allowed');
  assert.equal((await post(undefined, course.id)).status, 401);
  assert.equal((await post(ana, course.id, { name: 'page.html', type: 'text/html' })).body.code, 'file_type_refused');
  assert.equal((await post(ana, course.id, { content: Buffer.alloc(0) })).body.code, 'file_missing');
  assert.equal((await post(ana, course.id, { content: Buffer.alloc(mostBytes + 1) })).body.code, 'payload_too_large');
  assert.equal(world.media.begun.length, begun, 'nothing of that reached media');
  const json = await world.call('POST', `/api/courses/${course.id}/files`, { as: ana, body: {} });
  assert.equal(json.body.code, 'unsupported_media_type');
  // What media shows it to be counts, not its name.
  assert.equal((await post(ana, course.id, { type: 'text/html' })).body.code, 'file_type_refused');
  world.media.tooLarge.add('huge.mp4');
  assert.equal((await post(ana, course.id, { name: 'huge.mp4' })).body.code, 'payload_too_large');
});

test('a file leaves nothing behind on the way, kept or refused', () => {
  const folder = join(world.platform.home, 'imports');
  assert.deepEqual(existsSync(folder) ? readdirSync(folder) : [], []);
});
