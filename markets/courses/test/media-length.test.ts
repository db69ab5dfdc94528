import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { person } from '@stoa/kernel/testing';
import type { StoredAsset } from './siblings.ts';
import { packed, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

test('a film or recording that lies in a course brings its length, unless the author gave it', async () => {
  const ana = await person({ roles: ['instructor'], name: 'Ana' });
  world.media.seconds.set('film.mp4', 60.25);
  const files = {
    'README.md': '# Films\n\nFour of them.\n',
    'film.mp4': 'a film',
    'mute.mp4': 'a film that does not say how long it is',
    '01-own.md': '---\ntitle: Own\nvideo: film.mp4\nduration: 20m\n---\n\nLong text.\n',
    '02-said.md': '---\ntitle: Said\nvideo: film.mp4\nmediaDuration: 50s\n---\n\nText.\n',
    '03-plain.md': '---\ntitle: Plain\nvideo: film.mp4\n---\n\nText.\n',
    '04-mute.md': '---\ntitle: Mute\nvideo: mute.mp4\n---\n\nText.\n',
  };
  const queued = await world.upload(ana, await packed(files));
  const { courseId } = await world.finished(ana, queued.body.id);
  const { body } = await world.call('GET', `/api/courses/${courseId}/lessons`, { as: ana });
  type Lesson = { title: string; durationSeconds: number; mediaSeconds: number };
  const lessons: Lesson[] = body.modules.flatMap((module: { lessons: Lesson[] }) => module.lessons);
  const lengths = Object.fromEntries(lessons.map((one) => [one.title, [one.durationSeconds, one.mediaSeconds]]));
  assert.deepEqual(
    [lengths.Own, lengths.Said, lengths.Plain],
    [
      [1200, 61],
      [50, 50],
      [61, 61],
    ],
  );
  assert.equal(lengths.Mute?.[1], 0);
});

test('a lesson that is written by hand asks for the same lengths, of files its course may show', async () => {
  const ana = await person({ roles: ['instructor'], name: 'Ana' });
  const course = await world.createCourse(ana);
  const file = (key: string, more: Partial<StoredAsset>): string => {
    const id = randomUUID();
    world.media.assets.set(id, {
      id,
      ownerKind: 'course',
      ownerId: course.id,
      key,
      fileName: key,
      contentType: 'video/mp4',
      sha256: '',
      visibility: 'enrolled',
      content: Buffer.from('a film'),
      complete: true,
      ...more,
    });
    return id;
  };
  world.media.seconds.set('own.mp4', 60.25).set('short.mp4', 12).set('other.mp4', 300).set('open.mp4', 7);
  const own = file('own.mp4', {});
  const short = file('short.mp4', {});
  const foreign = file('other.mp4', { ownerId: randomUUID() });
  const open = file('open.mp4', { ownerId: randomUUID(), visibility: 'public' });
  const films = (...ids: string[]) => ({
    type: 'doc',
    content: ids.map((id) => ({ type: 'video', attrs: { id, title: 'Film', src: `asset:${id}` } })),
  });
  type Lesson = { id: string; kind: string; durationSeconds: number; mediaSeconds: number; content: unknown };
  const facts = ({ kind, durationSeconds, mediaSeconds }: Lesson) => [kind, durationSeconds, mediaSeconds];
  const change = async (id: string, body: object): Promise<Lesson> =>
    (await world.call('PATCH', `/api/lessons/${id}`, { as: ana, body })).body;

  const added: Lesson = await world.addLesson(ana, course.id, { content: films(own) });
  assert.deepEqual(facts(added), ['video', 61, 61]);
  assert.match(JSON.stringify(added.content), /"durationSeconds":60.25/);
  assert.deepEqual(facts(await change(added.id, { content: films(short) })), ['video', 12, 12]);
  assert.deepEqual(facts(await change(added.id, { title: 'Named' })), ['video', 12, 12]);
  assert.deepEqual(facts(await change(added.id, { content: films(own), durationSeconds: 20 })), ['video', 61, 61]);
  assert.deepEqual(facts(await change(added.id, { durationSeconds: 600 })), ['video', 600, 61]);
  assert.deepEqual(facts(await change(added.id, { content: films(short, open) })), ['video', 600, 19]);
  assert.deepEqual(facts(await change(added.id, { content: films(foreign) })), ['video', 600, 0]);

  const bruno = await person({ roles: ['instructor'], name: 'Bruno' });
  const refused = await world.call('PATCH', `/api/lessons/${added.id}`, { as: bruno, body: { content: films(own) } });
  assert.equal(refused.body.code, 'lesson_not_found');
});
