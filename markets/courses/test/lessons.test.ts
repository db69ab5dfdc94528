import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Block } from '@stoa/contracts/document';
import { systemIds } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import type { StoredAsset } from './siblings.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
let bea: Person;
let student: Person;
const open = (id: string, options: { as?: Person; locale?: string } = {}) =>
  world.call('GET', `/api/lessons/${id}`, options);
const outline = (id: string, options: { as?: Person; locale?: string } = {}) =>
  world.call('GET', `/api/courses/${id}/lessons`, options);
const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const doc = (...content: Block[]) => ({ type: 'doc', content });

before(async () => {
  world = await startWorld();
  ana = await person({ roles: ['instructor'], name: 'Ana' });
  bea = await person({ roles: ['instructor'], name: 'Bea' });
  student = await person();
});
after(() => world.close());

describe('the outline', () => {
  test('says to each person what is locked and why', async () => {
    const free = await world.publishedCourse(ana);
    const paid = await world.publishedCourse(ana, { price: { amount: 100, currency: 'BRL' } });
    const preview = await world.addLesson(ana, paid.id, { title: 'Look inside', preview: true });
    const locks = async (id: string, options: { as?: Person; locale?: string } = {}) =>
      (await outline(id, options)).body.modules[0].lessons.map(
        (lesson: { locked: boolean; lockedBy: { rule: string } | null }) =>
          lesson.locked ? lesson.lockedBy?.rule : 'open',
      );
    assert.deepEqual(await locks(free.id), ['enrollment']);
    assert.deepEqual(await locks(paid.id, { as: student }), ['purchase', 'open']);
    assert.deepEqual(await locks(paid.id, { as: bea }), ['purchase', 'open']);
    assert.deepEqual(await locks(paid.id, { as: ana }), ['open', 'open']);
    assert.deepEqual(await locks(paid.id, { as: await person({ roles: ['admin'] }) }), ['open', 'open']);
    const spanish = (await outline(paid.id, { locale: 'es' })).body.modules[0].lessons[0].lockedBy;
    assert.deepEqual(spanish, { rule: 'purchase', message: 'Compra el curso para abrir esta lección.', until: null });
    assert.equal((await open(preview.id)).status, 200);
    const locked = await open(paid.lessonId, { as: student });
    assert.deepEqual([locked.status, locked.body.code], [403, 'lesson_locked']);
    world.enroll(student.id, paid.id, [{ lessonId: preview.id, state: 'viewed', positionSeconds: 7 }]);
    assert.deepEqual(await locks(paid.id, { as: student }), ['open', 'open']);
    const { body } = await outline(paid.id, { as: student });
    assert.deepEqual([body.enrolled, body.lastLessonId], [true, preview.id]);
    assert.deepEqual(
      body.modules[0].lessons.map((lesson: { progress: unknown }) => lesson.progress),
      [
        { state: 'not_started', positionSeconds: 0 },
        { state: 'viewed', positionSeconds: 7 },
      ],
    );
    const opened = await open(preview.id, { as: student });
    assert.deepEqual(opened.body.progress, { state: 'viewed', positionSeconds: 7 });
  });

  test('says how long the media of a lesson play, to its reader and to the other contexts', async () => {
    const video = (src: string, seconds?: number): Block => ({
      type: 'video',
      attrs: { id: src, title: 'Film', src, ...(seconds ? { durationSeconds: seconds } : {}) },
    });
    const known = doc({ type: 'callout', attrs: { tone: 'tip' }, content: [video('https://x.example/a.mp4', 40.2)] });
    const course = await world.publishedCourse(
      ana,
      {},
      { completion: 'watched', durationSeconds: 900, content: known },
    );
    const outlineOf = async () => (await outline(course.id, { as: ana })).body.modules[0].lessons[0].mediaSeconds;
    assert.deepEqual([await outlineOf(), (await open(course.lessonId, { as: ana })).body.mediaSeconds], [41, 41]);
    const change = async (...content: Block[]) => {
      await world.call('PATCH', `/api/lessons/${course.lessonId}`, { as: ana, body: { content: doc(...content) } });
      return outlineOf();
    };
    const [first, second] = [video('https://x.example/a.mp4', 40), video('https://x.example/b.mp4', 5)];
    assert.equal(await change(first, second, video('youtube:abcdefghijk'), video('https://vimeo.com/1')), 45);
    assert.equal(
      await change(first, video('https://x.example/c.mp4')),
      0,
      'one that is not known makes the sum unknown',
    );
    const said = (await world.eventsOf(course.id)).map(({ data }) => data.lessons[0].mediaSeconds ?? 0);
    assert.deepEqual(said, [41, 45, 0]);
  });

  test('has modules and lessons in the order they were added, and an empty module goes', async () => {
    const course = await world.createCourse(ana);
    for (const [title, module] of [
      ['a', 'One'],
      ['b', 'Two'],
      ['c', 'One'],
    ]) {
      await world.addLesson(ana, course.id, { title, module });
    }
    const shape = async () =>
      (await outline(course.id, { as: ana })).body.modules.map(
        (module: { title: string; lessons: { title: string; id: string }[] }) => [
          module.title,
          module.lessons.map((lesson) => lesson.title),
        ],
      );
    assert.deepEqual(await shape(), [
      ['One', ['a', 'c']],
      ['Two', ['b']],
    ]);
    const { modules } = (await outline(course.id, { as: ana })).body;
    assert.equal((await world.call('DELETE', `/api/lessons/${modules[1].lessons[0].id}`, { as: ana })).status, 204);
    assert.deepEqual(await shape(), [['One', ['a', 'c']]]);
    const first = await open(modules[0].lessons[0].id, { as: ana });
    assert.deepEqual(
      [first.body.previous, first.body.next, first.body.moduleTitle],
      [null, { id: modules[0].lessons[1].id, title: 'c' }, 'One'],
    );
    const shouted = await open(modules[0].lessons[0].id.toUpperCase(), { as: ana });
    assert.deepEqual(shouted.body, first.body, 'however the id is written');
  });

  test('costs no body when nothing has changed', async () => {
    const course = await world.publishedCourse(ana);
    const first = await outline(course.id);
    const headers = { 'if-none-match': String(first.headers.etag) };
    assert.equal((await world.call('GET', `/api/courses/${course.id}/lessons`, { headers })).status, 304);
  });
});

describe('a lesson', () => {
  test('is shown in the closest language it has, and in its own when it has none', async () => {
    const course = await world.publishedCourse(
      ana,
      {},
      { title: 'Water', content: doc(paragraph('wet')), preview: true },
    );
    await world.db.pool.query('update lessons set translations = $2 where id = $1', [
      course.lessonId,
      JSON.stringify({ 'pt-BR': { title: 'Água', content: doc(paragraph('molhada')) } }),
    ]);
    const shown = async (locale: string) => {
      const { body } = await open(course.lessonId, { locale });
      return [body.title, body.language, body.content.content[0].content[0].text];
    };
    assert.deepEqual(await shown('pt-BR'), ['Água', 'pt-BR', 'molhada']);
    assert.deepEqual(await shown('es'), ['Water', 'en', 'wet']);
    const { body } = await open(course.lessonId);
    assert.deepEqual(body.languages, ['en', 'pt-BR']);
  });

  test('is added, changed and removed by its instructor', async () => {
    const course = await world.createCourse(ana);
    const lesson = await world.addLesson(ana, course.id, { durationSeconds: 90, content: doc(paragraph('first')) });
    assert.deepEqual([lesson.title, lesson.version, lesson.kind], ['A lesson', 1, 'text']);
    const change = (body: object, headers: Record<string, string> = {}) =>
      world.call('PATCH', `/api/lessons/${lesson.id}`, { as: ana, body, headers });
    const changed = await change({ content: doc(paragraph('second')), preview: true }, { 'if-match': '"1"' });
    assert.deepEqual([changed.body.version, changed.body.preview, changed.body.title], [2, true, 'A lesson']);
    assert.equal((await change({ title: 'Late' }, { 'if-match': '"1"' })).body.code, 'edit_conflict');
    const shown = (await world.call('GET', `/api/courses/${course.id}`, { as: ana })).body;
    assert.deepEqual([shown.lessonCount, shown.durationSeconds], [1, 90]);
    const removed = () => world.call('DELETE', `/api/lessons/${lesson.id}`, { as: ana });
    assert.equal((await removed()).status, 204);
    assert.equal((await removed()).status, 404);
    const after = (await world.call('GET', `/api/courses/${course.id}`, { as: ana })).body;
    assert.deepEqual([after.lessonCount, after.durationSeconds], [0, 0]);
  });

  test('is added once per idempotency key', async () => {
    const course = await world.createCourse(ana);
    const options = {
      as: ana,
      body: { title: 'Once', module: 'One' },
      headers: { 'idempotency-key': systemIds.id() },
    };
    const path = `/api/courses/${course.id}/lessons`;
    const [first, second] = [await world.call('POST', path, options), await world.call('POST', path, options)];
    assert.equal(first.body.id, second.body.id);
    assert.equal((await outline(course.id, { as: ana })).body.modules[0].lessons.length, 1);
  });

  test('refuses every hostile document and points at the place', async () => {
    const course = await world.createCourse(ana);
    const text = (marks: object[]) => ({ type: 'paragraph', content: [{ type: 'text', text: 'x', marks }] });
    const nested = (depth: number) => {
      let block: object = { type: 'paragraph' };
      for (let n = 0; n < depth; n += 1) block = { type: 'blockquote', content: [block] };
      return block;
    };
    const hostile: [block: unknown, pointer: string][] = [
      [{ type: 'script', text: 'alert(1)' }, '/content/content/0/type'],
      [{ type: 'html', html: '<img onerror=alert(1)>' }, '/content/content/0/type'],
      [
        text([{ type: 'link', attrs: { href: 'javascript:alert(1)' } }]),
        '/content/content/0/content/0/marks/0/attrs/href',
      ],
      [
        text([{ type: 'link', attrs: { href: 'data:text/html,x' } }]),
        '/content/content/0/content/0/marks/0/attrs/href',
      ],
      [{ type: 'image', attrs: { src: 'javascript:x', alt: '' } }, '/content/content/0/attrs/src'],
      [{ type: 'image', attrs: { src: 'https://x.test/a.png', alt: '', onerror: 'x' } }, '/content/content/0/attrs'],
      [{ type: 'embed', attrs: { src: 'http://x.test', title: 'x' } }, '/content/content/0/attrs/src'],
      [{ type: 'video', attrs: { id: 'v', title: 'v', src: 'file:///etc/passwd' } }, '/content/content/0/attrs/src'],
      [{ type: 'paragraph', onclick: 'x' }, '/content/content/0'],
      [nested(100), '/content'],
      [null, '/content/content/0'],
    ];
    for (const [block, pointer] of hostile) {
      const body = { title: 'x', module: 'm', content: { type: 'doc', content: [block] } };
      const answer = await world.call('POST', `/api/courses/${course.id}/lessons`, { as: ana, body });
      assert.deepEqual(
        [answer.status, answer.body.code],
        [422, 'invalid_document'],
        JSON.stringify(block).slice(0, 80),
      );
      assert.equal(answer.body.errors[0].pointer, pointer);
      assert.ok(answer.body.errors[0].message);
    }
    for (const content of ['<p>text</p>', 7, [], { type: 'doc' }]) {
      const answer = await world.call('POST', `/api/courses/${course.id}/lessons`, {
        as: ana,
        body: { title: 'x', module: 'm', content },
      });
      assert.equal(answer.body.code, 'invalid_document');
    }
    const levels = 30_000;
    const bottomless = `${'{"type":"blockquote","content":['.repeat(levels)}${']}'.repeat(levels)}`;
    const answer = await world.call('POST', `/api/courses/${course.id}/lessons`, {
      as: ana,
      body: `{"title":"x","module":"m","content":{"type":"doc","content":[${bottomless}]}}`,
    });
    assert.deepEqual([answer.status, answer.body.errors?.[0].pointer], [422, '/content']);
    assert.equal((await outline(course.id, { as: ana })).body.modules.length, 0);
  });

  test('keeps text that a database cannot hold out of it, not the whole lesson', async () => {
    const course = await world.createCourse(ana);
    const lesson = await world.addLesson(ana, course.id, { content: doc(paragraph('a\u0000b \ud800 c')) });
    assert.equal(lesson.content.content[0].content[0].text, 'ab \ufffd c');
  });

  test('gives addresses to the files of its own course only, whatever ids it names', async () => {
    const asset = (ownerId: string, visibility: string): StoredAsset => ({
      id: systemIds.id(),
      ownerKind: 'course',
      ownerId,
      key: 'k',
      fileName: 'a.png',
      contentType: 'image/png',
      sha256: '',
      visibility,
      content: Buffer.from('abc'),
      complete: true,
    });
    const others = await world.publishedCourse(bea);
    const course = await world.createCourse(ana);
    const mine = asset(course.id, 'enrolled');
    const hers = asset(others.id, 'enrolled');
    const cover = asset(others.id, 'public');
    for (const one of [mine, hers, cover]) world.media.assets.set(one.id, one);
    const image = ({ id }: StoredAsset): Block => ({ type: 'image', attrs: { src: `asset:${id}`, alt: '' } });
    const lesson = await world.addLesson(ana, course.id, { content: doc(image(mine), image(hers), image(cover)) });
    assert.deepEqual(lesson.assets, {
      [mine.id]: { url: `/api/media/${mine.id}?signed`, contentType: 'image/png', fileName: 'a.png', bytes: 3 },
      [cover.id]: { url: `/api/media/${cover.id}?signed`, contentType: 'image/png', fileName: 'a.png', bytes: 3 },
    });
  });
});
