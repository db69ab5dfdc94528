import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { person } from '@stoa/kernel/testing';
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
