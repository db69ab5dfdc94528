import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Person, person } from '@stoa/kernel/testing';
import { pictures } from './pictures.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
let bea: Person;
before(async () => {
  world = await startWorld();
  ana = await person({ roles: ['instructor'], name: 'Ana' });
  bea = await person({ roles: ['instructor'], name: 'Bea' });
});
after(() => world.close());

const picture = (text: string) =>
  Buffer.concat([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
    Buffer.from(text),
  ]);

async function put(as: Person | undefined, id: string, content: Buffer, type = 'image/png') {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(content)], 'cover.png', { type }));
  const request = new Request('http://stoa.test', { method: 'PUT', body: form });
  return world.call('PUT', `/api/courses/${id}/cover`, {
    ...(as ? { as } : {}),
    body: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
  });
}

test('a course made by hand gets a picture, another one, and none, and everybody sees which at once', async () => {
  const course = await world.publishedCourse(ana);
  const seen = async () => {
    const { body: one } = await world.call('GET', `/api/courses/${course.slug}`);
    const { body: list } = await world.call('GET', '/api/courses?limit=100');
    const listed = list.items.find((item: { id: string }) => item.id === course.id);
    assert.equal(listed.coverUrl, one.coverUrl);
    return one.coverUrl;
  };
  assert.equal(await seen(), null);
  const first = await put(ana, course.id, picture('one'));
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.equal(await seen(), first.body.coverUrl);
  const asset = world.media.assets.get(String(first.body.coverUrl).slice('/api/media/'.length));
  assert.deepEqual([asset?.ownerKind, asset?.ownerId, asset?.visibility], ['course', course.id, 'public']);
  assert.ok(asset && world.media.disposable.has(asset.key));
  assert.deepEqual(asset?.content, picture('one'));
  const second = await put(ana, course.id, picture('two'));
  assert.notEqual(second.body.coverUrl, first.body.coverUrl, 'no cache shows the old one');
  assert.equal(await seen(), second.body.coverUrl);
  assert.equal((await put(await person({ roles: ['admin'] }), course.id, picture('one'))).status, 200);
  const bare = await world.call('DELETE', `/api/courses/${course.id}/cover`, { as: ana });
  assert.equal(bare.body.coverUrl, null);
  assert.equal(await seen(), null);
});

test('a picture is not in the way of what somebody is writing about the course', async () => {
  const course = await world.createCourse(ana);
  assert.equal((await put(ana, course.id, picture('while you write'))).body.version, course.version);
  const saved = await world.call('PATCH', `/api/courses/${course.id}`, {
    as: ana,
    body: { summary: 'Begun before the picture.' },
    headers: { 'if-match': `"${course.version}"` },
  });
  assert.equal(saved.status, 200);
  assert.ok(saved.body.coverUrl);
});

test('a picture of every kind that browsers show is taken', async () => {
  const course = await world.createCourse(ana);
  for (const [kind, content] of Object.entries(pictures)) {
    const { status, body } = await put(ana, course.id, content, `image/${kind}`);
    assert.equal(status, 200, `${kind} ${JSON.stringify(body)}`);
  }
});

test('a picture is the author’s alone to give, and refused when it is none, empty, too large or not sent', async () => {
  const course = await world.createCourse(ana);
  const begun = world.media.begun.length;
  assert.equal((await put(bea, course.id, picture('hers'))).body.code, 'course_not_found');
  assert.equal((await put(await person(), course.id, picture('his'))).body.code, 'not_allowed');
  assert.equal((await put(undefined, course.id, picture('whose'))).status, 401);
  assert.equal((await put(ana, course.id, Buffer.alloc(5 * 1024 * 1024 + 1))).body.code, 'payload_too_large');
  assert.equal((await put(ana, course.id, Buffer.alloc(0))).body.code, 'cover_missing');
  assert.equal(world.media.begun.length, begun, 'nothing of that was kept');
  const svg = await put(ana, course.id, Buffer.from('<svg onload="alert(1)"/>'), 'image/svg+xml');
  assert.equal(svg.body.code, 'cover_not_an_image');
  for (const [type, first] of [
    ['image/png', '89504e470d0a1a0a'],
    ['image/jpeg', 'ffd8ffe0'],
    ['image/gif', '474946383961'],
  ] as const) {
    const broken = await put(
      ana,
      course.id,
      Buffer.concat([Buffer.from(first, 'hex'), Buffer.from('no picture '.repeat(300))]),
      type,
    );
    assert.equal(broken.body.code, 'cover_not_an_image', type);
  }
  assert.equal((await put(ana, course.id, pictures.jpeg.subarray(0, 400))).body.code, 'cover_not_an_image');
  assert.equal(world.media.begun.length, begun, 'nothing of that either');
  const json = await world.call('PUT', `/api/courses/${course.id}/cover`, { as: ana, body: {} });
  assert.equal(json.body.code, 'unsupported_media_type');
  assert.equal((await world.call('DELETE', `/api/courses/${course.id}/cover`, { as: bea })).status, 404);
  assert.equal((await world.call('GET', `/api/courses/${course.id}`, { as: ana })).body.coverUrl, null);
});
