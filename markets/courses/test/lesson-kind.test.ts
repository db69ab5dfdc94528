import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Block } from '@stoa/contracts/document';
import { person } from '@stoa/kernel/testing';
import { testWithAll } from '../../../scripts/only-with-all.ts';
import { kindOfDocument } from '../src/lesson-kind.ts';
import { packed, smallOlx, startWorld, type World } from './world.ts';

const prose = (words: number): Block => ({
  type: 'paragraph',
  content: [{ type: 'text', text: Array.from({ length: words }, () => 'word').join(' ') }],
});
const problem: Block = { type: 'problem', attrs: { problemId: 'p' } };
const heading: Block = { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Some title here' }] };
const video = (durationSeconds?: number): Block => ({
  type: 'video',
  attrs: { id: 'v', title: 'V', src: 'asset:v', ...(durationSeconds ? { durationSeconds } : {}) },
});
const kindOf = (...content: Block[]) => kindOfDocument({ type: 'doc', content });

describe('the kind of a lesson', () => {
  test('is what most of its time goes to', () => {
    assert.equal(kindOf(), 'text');
    assert.equal(kindOf(heading), 'text');
    assert.equal(kindOf(problem), 'quiz');
    assert.equal(kindOf(heading, prose(90), problem), 'quiz');
    assert.equal(kindOf(prose(200), problem), 'text');
    assert.equal(kindOf(prose(200), problem, problem, problem), 'quiz');
    assert.equal(kindOf(prose(140), video()), 'video');
    assert.equal(kindOf(prose(160), video()), 'text');
    assert.equal(kindOf(prose(160), video(600)), 'video');
    assert.equal(kindOf(video(40), problem, problem), 'quiz');
    assert.equal(kindOf({ type: 'unsupported', attrs: { kind: 'poll', title: 'Poll', note: 'none' } }), 'text');
    const file: Block = { type: 'file', attrs: { src: 'asset:f', name: 'F' } };
    assert.equal(kindOf(prose(20), file), 'file');
    assert.equal(kindOf(prose(160), file, file, file), 'text');
    assert.equal(kindOf(video(), file, file), 'video');
  });

  test('counts problems wherever they stand', () => {
    assert.equal(kindOf({ type: 'details', attrs: { summary: 'Try' }, content: [prose(50), problem] }), 'quiz');
  });
});

describe('a lesson', () => {
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());

  test('that is written by hand has the kind of its content, which follows it until its author names one', async () => {
    const ana = await person({ roles: ['instructor'], name: 'Ana' });
    const course = await world.createCourse(ana);
    const quiz = { type: 'doc', content: [heading, problem] };
    const text = { type: 'doc', content: [prose(9)] };
    const lesson = await world.addLesson(ana, course.id, { content: quiz });
    const change = async (body: object) =>
      (await world.call('PATCH', `/api/lessons/${lesson.id}`, { as: ana, body })).body.kind;
    assert.equal(lesson.kind, 'quiz');
    assert.equal(await change({ content: text }), 'text');
    assert.equal(await change({ content: quiz }), 'quiz');
    assert.equal(await change({ kind: 'link' }), 'link');
    assert.equal(await change({ content: text }), 'link');
  });

  const lessonsOf = async (courseId: string) => {
    const { rows } = await world.db.pool.query<{ id: string; kind: string; completion: string }>(
      'select id, kind, completion from lessons where course_id = $1 order by position',
      [courseId],
    );
    return rows;
  };
  const migration = new URL('../migrations/0010_lesson_kinds.sql', import.meta.url);
  const importOf = async (folder: string) => {
    const ana = await person({ roles: ['instructor'], name: 'Ana' });
    const { courseId } = await world.importFolder(ana, folder);
    return String(courseId);
  };

  test('that is imported says what it is, and is completed as before', async () => {
    const ana = await person({ roles: ['instructor'], name: 'Ana' });
    const files = { ...smallOlx(), 'html/more.html': `<p>${'water '.repeat(60)}</p>` };
    const queued = await world.upload(ana, await packed(files));
    const { courseId } = await world.finished(ana, queued.body.id);
    assert.deepEqual(
      (await lessonsOf(courseId)).map(({ kind, completion }) => [kind, completion]),
      [
        ['text', 'viewed'],
        ['quiz', 'viewed'],
        ['quiz', 'passed'],
      ],
    );
  });

  testWithAll('that was stored before gets the same kind as one that is imported now', async (t) => {
    const shared = resolve(import.meta.dirname, '../../..', process.env.STOA_SHARED_DATA ?? '../shared/data');
    const folders = [join(shared, 'olx-demo-course', 'demo-course'), join(shared, 'markdown-course', 'course')];
    const absent = folders.find((folder) => !existsSync(folder));
    if (absent) return t.skip(`shared data absent: ${absent}`);
    for (const folder of folders) {
      const courseId = await importOf(folder);
      const now = await lessonsOf(courseId);
      await world.db.pool.query("update lessons set kind = 'text' where course_id = $1 and kind = 'quiz'", [courseId]);
      await world.db.pool.query(await readFile(migration, 'utf8'));
      assert.deepEqual(await lessonsOf(courseId), now);
    }
  });
});
