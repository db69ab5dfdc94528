import assert from 'node:assert/strict';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createGzip } from 'node:zlib';
import { CoursesService } from '@stoa/contracts';
import { manualClock, serviceCtx, systemIds } from '@stoa/kernel';
import { eventually, type Person, person, startTestPlatform } from '@stoa/kernel/testing';
import tar from 'tar-stream';
import { findUsedFiles } from '../src/find-used-files.ts';
import { readSource } from '../src/import/read-source.ts';
import { courses } from '../src/index.ts';
import { sweepImports } from '../src/sweep-imports.ts';
import { packed, smallMarkdown, smallOlx, startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
let bea: Person;
before(async () => {
  world = await startWorld({ settings: { STOA_IMPORT_MAX_BYTES: String(256 * 1024) } });
  await mkdir(join(world.platform.home, 'imports'));
});
after(() => world.close());
/** Everybody new, so that no test finds the course of another. */
beforeEach(async () => {
  ana = await person({ roles: ['instructor'], name: 'Ana' });
  bea = await person({ roles: ['instructor'], name: 'Bea' });
});

type Line = { source: string; type: string; outcome: string; note: string; lessonId: string | null };
const importFiles = async (as: Person, files: Record<string, string | Buffer>, query = '') => {
  const queued = await world.upload(as, await packed(files), { query });
  assert.equal(queued.status, 202, JSON.stringify(queued.body));
  return world.finished(as, queued.body.id);
};
const outlineOf = async (as: Person, courseId: string, locale = 'en') => {
  const { body } = await world.call('GET', `/api/courses/${courseId}/lessons`, { as, locale });
  return body.modules.map((module: { title: string; lessons: { title: string }[] }) => [
    module.title,
    module.lessons.map((lesson) => lesson.title),
  ]);
};
const lessonsOf = async (as: Person, courseId: string): Promise<{ id: string; title: string; completion: string }[]> =>
  (await world.call('GET', `/api/courses/${courseId}/lessons`, { as })).body.modules.flatMap(
    (module: { lessons: object[] }) => module.lessons,
  );
const problemsOf = (courseId: string) =>
  [...world.problems.values()].filter((problem) => problem.courseId === courseId);
const assetsOf = (courseId: string) => [...world.media.assets.values()].filter((asset) => asset.ownerId === courseId);
/** Which files of a course media may not delete, by their keys. */
const usedOf = async (courseId: string) => {
  const assets = assetsOf(courseId);
  const { ids } = await findUsedFiles({ db: world.db })({ ids: assets.map(({ id }) => id) }, serviceCtx('media'));
  return assets.flatMap(({ id, key }) => (ids.includes(id) ? [key] : [])).sort();
};
const filesLeft = async () => readdir(join(world.platform.home, 'imports'));

describe('an uploaded Open edX course', () => {
  test('is stored with its files and problems, and every address in it leads somewhere', async () => {
    const done = await importFiles(ana, smallOlx());
    assert.deepEqual([done.state, done.stage, done.format, done.error], ['succeeded', 'done', 'olx', null]);
    assert.deepEqual(await outlineOf(ana, done.courseId), [
      ['Begin', ['What tea is', 'More tea']],
      ['Prove it', ['Questions']],
    ]);
    const course = (await world.call('GET', `/api/courses/${done.courseId}`, { as: ana })).body;
    assert.deepEqual(
      [course.slug, course.state, course.summary, course.instructors[0].name],
      [done.courseSlug, 'draft', 'Four short lessons about tea.', 'Ana'],
    );
    const [first, second, third] = await lessonsOf(ana, done.courseId);
    assert.deepEqual([first?.completion, third?.completion], ['viewed', 'passed']);

    const { body } = await world.call('GET', `/api/lessons/${first?.id}`, { as: ana });
    const content = JSON.stringify(body.content);
    assert.doesNotMatch(content, /script|owned|steal|onclick/);
    const assets = Object.keys(body.assets);
    assert.equal(assets.length, 1);
    assert.ok(content.includes(`asset:${assets[0]}`) && content.includes(`lesson:${second?.id}`));
    const problems = problemsOf(done.courseId);
    assert.deepEqual(problems.map((problem) => problem.lessonId).sort(), [second?.id, third?.id].sort());
    const exam = (await world.call('GET', `/api/lessons/${third?.id}`, { as: ana })).body;
    const stored = problems.find((problem) => problem.lessonId === third?.id);
    assert.deepEqual(exam.content.content, [{ type: 'problem', attrs: { problemId: stored?.id } }]);
    assert.match(JSON.stringify(stored?.definition), new RegExp(`asset:${assets[0]}`));

    const visible = Object.fromEntries(assetsOf(done.courseId).map(({ key, visibility }) => [key, visibility]));
    assert.deepEqual(visible, { 'static/leaf.png': 'public', 'static/page.png': 'public' });
    assert.ok(assetsOf(done.courseId).every((asset) => asset.complete));
    assert.equal(course.coverUrl, `/api/media/${assets[0]}`);
    assert.match(JSON.stringify(course.description), /"src":"asset:[0-9a-f-]{36}"/);
  });

  test('has a report that adds up and names the stored lessons', async () => {
    const done = await importFiles(ana, smallOlx());
    const { total, imported, converted, raw, failed } = done.summary;
    assert.equal(total, done.items.length);
    assert.equal(total, imported + converted + raw + failed);
    const ids = new Set((await lessonsOf(ana, done.courseId)).map(({ id }) => id));
    const named = done.items.filter((line: Line) => line.lessonId !== null);
    assert.ok(named.length >= 4);
    assert.ok(named.every((line: Line) => line.lessonId && ids.has(line.lessonId)));
    const leaf = done.items.find((line: Line) => line.source.startsWith('html/leaf'));
    assert.equal(leaf.outcome, 'converted');
    assert.match(leaf.note, /script/i);
  });

  test('has a report in the language of whoever reads it, and codes for programs', async () => {
    const { id } = await importFiles(ana, smallOlx());
    const read = async (locale: string) => {
      const { body } = await world.call('GET', `/api/courses/imports/${id}`, { as: ana, locale });
      return body.items.find((line: Line) => line.source.startsWith('html/leaf'));
    };
    assert.match((await read('en')).note, /1 script removed/);
    assert.match((await read('pt-BR')).note, /1 script removido/);
    const spanish = await read('es');
    const { code, params, text } = spanish.notes.find((one: { code: string }) => one.code === 'scripts_removed');
    assert.deepEqual([code, params, text], ['scripts_removed', { count: 1 }, '1 script eliminado']);
    assert.equal(spanish.note, spanish.notes.map((one: { text: string }) => one.text).join('; '));
  });

  test('that was stored before notes had codes is still readable', async () => {
    const { id } = await importFiles(ana, smallOlx());
    const line = {
      source: 'html/old.xml',
      type: 'html',
      outcome: 'converted',
      note: '2 scripts removed',
      lessonId: null,
    };
    await world.db.pool.query('update imports set report = $2 where id = $1', [id, JSON.stringify([line])]);
    const { status, body } = await world.call('GET', `/api/courses/imports/${id}`, { as: ana, locale: 'es' });
    assert.equal(status, 200);
    assert.deepEqual(body.items, [{ ...line, path: [], notes: [] }]);
  });

  test('is updated when it is imported again: same ids, nothing twice, and what is gone goes', async () => {
    const first = await importFiles(ana, smallOlx());
    const before = await lessonsOf(ana, first.courseId);
    const problems = problemsOf(first.courseId).map(({ id }) => id);
    const own = await world.addLesson(ana, first.courseId, { title: 'My own lesson', module: 'My own' });
    const extra = await world.addLesson(ana, first.courseId, { title: 'An extra', module: 'Begin' });
    await world.publish(ana, first.courseId);
    const received = world.media.appended;

    const changed: Record<string, string | Buffer> = {
      ...smallOlx(),
      'sequential/look.xml':
        '<sequential display_name="Look around"><vertical url_name="new"/><vertical url_name="read"/></sequential>',
      'vertical/new.xml': '<vertical display_name="A new start"><html url_name="leaf"/></vertical>',
      'chapter/prove.xml': '<chapter display_name="Prove it now"><sequential url_name="exam"/></chapter>',
      'chapter/last.xml': '<chapter display_name="Last"><sequential url_name="end"/></chapter>',
      'sequential/end.xml': '<sequential display_name="End"><vertical url_name="bye"/></sequential>',
      'vertical/bye.xml': '<vertical display_name="Bye"><html url_name="more"/></vertical>',
    };
    changed['course/2026.xml'] = String(changed['course/2026.xml']).replace(
      '</course>',
      '<chapter url_name="last"/></course>',
    );
    const second = await importFiles(ana, changed);
    assert.deepEqual([second.state, second.courseId], ['succeeded', first.courseId], JSON.stringify(second.error));
    assert.deepEqual(await outlineOf(ana, first.courseId), [
      ['Begin', ['A new start', 'What tea is', 'An extra']],
      ['Prove it now', ['Questions']],
      ['Last', ['Bye']],
      ['My own', ['My own lesson']],
    ]);
    const now = await lessonsOf(ana, first.courseId);
    const idOf = (lessons: typeof now, title: string) => lessons.find((lesson) => lesson.title === title)?.id;
    for (const title of ['What tea is', 'Questions']) assert.equal(idOf(now, title), idOf(before, title));
    assert.deepEqual([idOf(now, 'My own lesson'), idOf(now, 'An extra')], [own.id, extra.id]);
    assert.equal((await world.call('GET', `/api/lessons/${idOf(before, 'More tea')}`, { as: ana })).status, 404);
    assert.deepEqual(
      problemsOf(first.courseId).map(({ id }) => id),
      problems,
    );
    const retired = await eventually(() => problemsOf(first.courseId).filter((problem) => problem.retired)[0]);
    assert.equal(retired.lessonId, idOf(before, 'More tea'));
    assert.equal(world.media.appended, received);

    const events = await world.eventsOf(first.courseId);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['published', 'published'],
    );
    assert.ok(events[1]?.version > events[0]?.version);
    assert.equal(events[1]?.data.lessons.length, 6);

    const third = await importFiles(ana, smallOlx());
    assert.equal(third.courseId, first.courseId);
    assert.equal(idOf(await lessonsOf(ana, first.courseId), 'More tea'), idOf(before, 'More tea'));
    assert.equal(problemsOf(first.courseId).find(({ id }) => id === retired.id)?.retired, false);
  });

  test('opens nothing of a course that is sold when another lesson becomes its first', async () => {
    const { courseId } = await importFiles(ana, smallOlx());
    const shown = async (): Promise<[string, boolean][]> =>
      (await world.call('GET', `/api/courses/${courseId}/lessons`, { as: ana })).body.modules[0].lessons.map(
        (lesson: { title: string; preview: boolean }) => [lesson.title, lesson.preview],
      );
    assert.deepEqual(await shown(), [
      ['What tea is', true],
      ['More tea', false],
    ]);
    const [first] = await lessonsOf(ana, courseId);
    await world.call('PATCH', `/api/lessons/${first?.id}`, { as: ana, body: { preview: false } });
    await importFiles(ana, {
      ...smallOlx(),
      'sequential/look.xml':
        '<sequential display_name="Look around"><vertical url_name="new"/><vertical url_name="read"/></sequential>',
      'vertical/new.xml': '<vertical display_name="A new start"><html url_name="leaf"/></vertical>',
    });
    assert.deepEqual(await shown(), [
      ['A new start', false],
      ['What tea is', false],
    ]);
  });

  test('can still be completed when its author takes a problem out of a lesson that is completed by passing', async () => {
    const { courseId } = await importFiles(ana, smallOlx());
    const exam = (await lessonsOf(ana, courseId)).find(({ title }) => title === 'Questions');
    const completion = async () => (await lessonsOf(ana, courseId)).find(({ id }) => id === exam?.id)?.completion;
    const save = (body: object, version: number) =>
      world.call('PATCH', `/api/lessons/${exam?.id}`, { as: ana, body, headers: { 'if-match': `"${version}"` } });
    const { markdown } = (await world.call('GET', `/api/lessons/${exam?.id}/text`, { as: ana })).body;
    assert.match(markdown, /kept:1/);
    assert.equal((await save({ markdown: `Think well.\n\n${markdown}` }, 1)).status, 200);
    assert.equal(await completion(), 'passed', 'the problem is still there');
    assert.equal((await save({ markdown: 'There is no exam any more.' }, 2)).status, 200);
    assert.equal(await completion(), 'viewed');
    const refused = await save({ completion: 'passed' }, 3);
    assert.deepEqual(
      [refused.status, refused.body.code, refused.body.errors?.[0]?.pointer],
      [400, 'validation_failed', '/completion'],
      'nobody could pass what asks nothing',
    );
    const again = await world.addLesson(ana, courseId, { completion: 'passed', markdown: 'Nothing is asked.' });
    assert.deepEqual([again.code, again.errors?.[0]?.pointer], ['validation_failed', '/completion']);
  });

  test('keeps the files of its source, shown or not, and lets go of those that the source lost and nobody shows', async () => {
    const source: Record<string, string | Buffer> = {
      ...smallOlx(),
      'static/machine.js': 'Stoa cannot run this yet',
      'static/lost.js': 'nor this',
      'static/borrowed.png': smallOlx()['static/leaf.png'] ?? '',
    };
    const first = await importFiles(ana, source);
    const keys = ['borrowed.png', 'leaf.png', 'lost.js', 'machine.js', 'page.png'].map((name) => `static/${name}`);
    assert.deepEqual(
      assetsOf(first.courseId)
        .map(({ key }) => key)
        .sort(),
      keys,
    );
    assert.deepEqual(
      keys.filter((key) => !world.media.disposable.has(key)),
      [],
      'media asks whether they are used',
    );
    assert.deepEqual(await usedOf(first.courseId), keys);

    const borrowed = assetsOf(first.courseId).find(({ key }) => key === 'static/borrowed.png');
    const image = { type: 'image', attrs: { src: `asset:${borrowed?.id}`, alt: 'Mine' } };
    const own = await world.addLesson(ana, first.courseId, { content: { type: 'doc', content: [image] } });
    const { 'static/lost.js': _lost, 'static/borrowed.png': _borrowed, ...less } = source;
    less['html/leaf.html'] = '<p>Tea is a leaf.</p>';
    await importFiles(ana, less);
    assert.deepEqual(
      await usedOf(first.courseId),
      keys.filter((key) => key !== 'static/lost.js'),
    );
    await world.call('DELETE', `/api/lessons/${own.id}`, { as: ana });
    assert.deepEqual(
      await usedOf(first.courseId),
      ['leaf.png', 'machine.js', 'page.png'].map((name) => `static/${name}`),
    );
    await importFiles(ana, source);
    assert.deepEqual(await usedOf(first.courseId), keys);
  });

  test('keeps the files of the source before until the new one is stored', async () => {
    const source = { ...smallOlx(), 'static/machine.js': 'Stoa cannot run this yet' };
    const first = await importFiles(ana, source);
    const before = await usedOf(first.courseId);
    assert.ok(before.includes('static/machine.js'));
    const other = { ...smallOlx(), 'static/new.js': 'not this time' };
    world.media.failures.push(...Array.from({ length: 20 }, () => new Error('disk full')));
    try {
      const queued = await world.upload(ana, await packed(other));
      await eventually(() => assetsOf(first.courseId).some(({ key }) => key === 'static/new.js'));
      // Under way, tried again and again: what the course is made of now is still the source before.
      assert.deepEqual(await usedOf(first.courseId), before);
      world.media.failures.length = 0;
      await world.finished(ana, queued.body.id);
    } finally {
      world.media.failures.length = 0;
    }
    assert.deepEqual(await usedOf(first.courseId), ['static/leaf.png', 'static/new.js', 'static/page.png']);
  });

  test('costs nothing when it was made free after it was published, whatever its source says', async () => {
    const source = { ...smallMarkdown(), 'course.yaml': 'price: { amount: 4900, currency: BRL }\n' };
    const { courseId } = await importFiles(ana, source);
    const price = async () => (await world.call('GET', `/api/courses/${courseId}`, { as: ana })).body.price;
    assert.deepEqual(await price(), { amount: 4900, currency: 'BRL' });
    await importFiles(ana, source);
    assert.equal((await world.publish(ana, courseId)).status, 200);
    await world.call('PATCH', `/api/courses/${courseId}`, { as: ana, body: { price: null } });
    await importFiles(ana, source);
    assert.equal(await price(), null);
  });

  test('keeps what its instructor decided: address, price and archive', async () => {
    const first = await importFiles(ana, smallOlx());
    const path = `/api/courses/${first.courseId}`;
    const slug = `tea-by-${ana.id.slice(-8)}`;
    await world.call('PATCH', path, { as: ana, body: { slug, price: { amount: 500, currency: 'EUR' } } });
    await world.publish(ana, first.courseId);
    await world.archive(ana, first.courseId);
    await importFiles(ana, smallOlx());
    const { body } = await world.call('GET', path, { as: ana });
    assert.deepEqual([body.slug, body.price, body.state], [slug, { amount: 500, currency: 'EUR' }, 'archived']);
  });

  test('becomes another course when somebody else imports it', async () => {
    const mine = await importFiles(ana, smallOlx());
    const hers = await importFiles(bea, smallOlx());
    assert.notEqual(hers.courseId, mine.courseId);
    assert.notEqual(hers.courseSlug, mine.courseSlug);
    const lessons = new Set((await lessonsOf(ana, mine.courseId)).map(({ id }) => id));
    assert.ok((await lessonsOf(bea, hers.courseId)).every(({ id }) => !lessons.has(id)));
    assert.equal((await world.importOf(bea, mine.id)).body.code, 'import_not_found');
    const list = (await world.call('GET', '/api/courses/imports', { as: bea })).body;
    assert.deepEqual(
      list.items.map((item: { id: string }) => item.id),
      [hers.id],
    );
  });

  test('is listed page by page, newest first', async () => {
    const ids = Array.from({ length: 5 }, () => systemIds.id());
    for (const id of ids) {
      // Two at the same instant are told apart by their ids.
      await world.db.pool.query(
        "insert into imports (id, instructor_id, instructor_name, source_name, created_at) values ($1, $2, 'Ana', 'x', '2026-01-02T03:04:05Z')",
        [id, ana.id],
      );
    }
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const path = `/api/courses/imports?limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await world.call('GET', path, { as: ana });
      seen.push(...body.items.map((item: { id: string }) => item.id));
      if (!body.nextCursor) break;
      cursor = encodeURIComponent(body.nextCursor);
    }
    assert.deepEqual(seen, ids.sort().reverse());
    await world.db.pool.query('delete from imports where id = any($1)', [ids]);
  });
});

describe('an uploaded Markdown course', () => {
  test('is recognized and stored in its languages', async () => {
    const done = await importFiles(ana, smallMarkdown());
    assert.deepEqual([done.state, done.format], ['succeeded', 'markdown'], JSON.stringify(done.error));
    assert.deepEqual(await outlineOf(ana, done.courseId), [['Start', ['Flour', 'Water']]]);
    assert.deepEqual(await outlineOf(ana, done.courseId, 'pt-BR'), [['Start', ['Farinha', 'Water']]]);
    const [flour, water] = await lessonsOf(ana, done.courseId);
    const { body } = await world.call('GET', `/api/lessons/${flour?.id}`, { as: ana });
    assert.equal(Object.keys(body.assets).length, 1);
    assert.ok(JSON.stringify(body.content).includes(`lesson:${water?.id}`));
    assert.deepEqual(
      assetsOf(done.courseId).map((asset) => asset.visibility),
      ['enrolled'],
    );
    const course = await world.call('GET', `/api/courses/${done.courseId}`, { as: ana, locale: 'pt-BR' });
    assert.equal(course.body.title, 'Pão em casa');
  });

  test('may be named as such, in the query or in the form', async () => {
    const both = { ...smallMarkdown(), '1-start/1-flour/course.xml': '<course url_name="x" org="o" course="c"/>' };
    assert.equal((await importFiles(ana, both, '?format=markdown')).format, 'markdown');
    const content = await packed(both);
    const queued = await world.upload(ana, content, { fields: { format: 'markdown' } });
    assert.equal((await world.finished(ana, queued.body.id)).format, 'markdown');
    const wrong = await world.upload(ana, content, { fields: { format: 'scorm' } });
    assert.deepEqual([wrong.status, wrong.body.errors[0].pointer], [400, '/format']);
  });
});

describe('an upload that is not a course', () => {
  test('is refused at the door when it is empty, too large, or no file at all', async () => {
    const before = new Set(await filesLeft());
    const empty = await world.upload(ana, Buffer.alloc(0));
    assert.deepEqual([empty.status, empty.body.code], [422, 'import_file_missing']);
    const large = await world.upload(ana, Buffer.alloc(300 * 1024, 1));
    assert.deepEqual([large.status, large.body.code], [413, 'payload_too_large']);
    const form = await world.call('POST', '/api/courses/imports', {
      as: ana,
      body: Buffer.from('--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n'),
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    assert.deepEqual([form.status, form.body.code], [422, 'import_file_missing']);
    for (const type of ['application/gzip', 'application/json']) {
      const other = await world.call('POST', '/api/courses/imports', {
        as: ana,
        body: '{}',
        headers: { 'content-type': type },
      });
      assert.deepEqual([other.status, other.body.code], [415, 'unsupported_media_type'], type);
    }
    const cut = await world.call('POST', '/api/courses/imports', {
      as: ana,
      body: Buffer.from('--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc'),
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    assert.deepEqual([cut.status, cut.body.code], [400, 'import_upload_broken']);
    assert.equal((await world.upload(await person(), Buffer.from('x'))).status, 403);
    assert.deepEqual(
      (await filesLeft()).filter((name) => !before.has(name)),
      [],
    );
  });

  test('fails with a code, a reason in the language of the person, and nothing left on disk', async () => {
    const pack = tar.pack();
    pack.entry({ name: '../../evil' }, 'x');
    pack.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of pack.pipe(createGzip())) chunks.push(chunk);
    const refused: [content: Buffer, code: string][] = [
      [Buffer.concat(chunks), 'archive_unsafe'],
      [Buffer.from('not an archive'), 'archive_unreadable'],
      [await packed({ 'notes.txt': 'nothing to learn' }), 'source_not_a_course'],
    ];
    for (const [content, code] of refused) {
      const queued = await world.upload(ana, content);
      const done = await world.finished(ana, queued.body.id);
      assert.deepEqual([done.state, done.error?.code, done.courseId], ['failed', code, null]);
      assert.ok(done.error.detail);
      const path = `/api/courses/imports/${queued.body.id}`;
      const titles = await Promise.all(
        ['en', 'pt-BR', 'es'].map(
          async (locale) => (await world.call('GET', path, { as: ana, locale })).body.error.title,
        ),
      );
      assert.equal(new Set(titles).size, 3);
      await eventually(async () => !(await filesLeft()).some((name) => name.startsWith(queued.body.id)));
    }
    assert.deepEqual((await world.call('GET', '/api/courses/mine', { as: ana })).body.items, []);
  });

  test('that needs too much time or memory is given up, and this thread goes on meanwhile', async () => {
    const path = await world.folderOf(smallOlx());
    const source = { path, format: null, workFolder: join(path, 'work') };
    await assert.rejects(readSource(source, { seconds: 0.02, memoryMb: 256 }), { code: 'import_too_slow' });
    await assert.rejects(readSource(source, { seconds: 60, memoryMb: 4 }), { code: 'import_too_heavy' });
    // A hundred files of deeply nested elements: work for whoever reads them.
    const heavy: Record<string, string | Buffer> = smallOlx();
    const names = Array.from({ length: 100 }, (_, n) => `heavy${n}`);
    heavy['vertical/read.xml'] =
      `<vertical display_name="Heavy">${names.map((name) => `<html url_name="${name}"/>`).join('')}</vertical>`;
    for (const name of names) {
      heavy[`html/${name}.xml`] = `<html filename="${name}"/>`;
      heavy[`html/${name}.html`] = `${'<div><b>'.repeat(2000)}x`;
    }
    const heavyFolder = await world.folderOf(heavy);
    const [own, all] = [process.threadCpuUsage(), process.cpuUsage()];
    const course = await readSource({ ...source, path: heavyFolder }, { seconds: 120, memoryMb: 512 });
    const spent = ({ user, system }: { user: number; system: number }) => user + system;
    const share = spent(process.threadCpuUsage(own)) / spent(process.cpuUsage(all));
    assert.equal(course.modules.length, 2);
    assert.ok(share < 0.3, `this thread did ${Math.round(share * 100)} % of the work`);
  });
});

describe('an import that is disturbed', () => {
  test('is run again by the queue after a failure half-way, and leaves one complete course', async () => {
    world.media.failures.push(new Error('the disk of media is full'));
    const done = await importFiles(ana, smallOlx());
    assert.equal(done.state, 'succeeded');
    assert.equal(world.media.failures.length, 0);
    assert.deepEqual(
      assetsOf(done.courseId).map(({ key, complete }) => [key, complete]),
      [
        ['static/leaf.png', true],
        ['static/page.png', true],
      ],
    );
    assert.equal((await lessonsOf(ana, done.courseId)).length, 3);
    const { rows } = await world.db.pool.query('select attempts from imports where id = $1', [done.id]);
    assert.equal(rows[0].attempts, 2);
    await eventually(async () => !(await filesLeft()).some((name) => name.startsWith(done.id)));
  });

  test('tells the person when the queue gives up, and keeps the upload for an operator', async () => {
    world.media.failures.push(...Array.from({ length: 2 }, () => new Error('media is out')));
    const queued = await world.upload(ana, await packed(smallOlx()));
    await eventually(() => world.media.failures.length === 1, 20_000);
    await world.db.pool.query('update imports set attempts = 3 where id = $1', [queued.body.id]);
    const done = await world.finished(ana, queued.body.id);
    assert.deepEqual([done.state, done.error.code], ['failed', 'import_interrupted']);
    assert.match(done.error.title, /our side/);
    assert.ok((await filesLeft()).includes(`${queued.body.id}.upload`));
    // The queue still has tries left here; an operator's replay does the same.
    const replayed = await eventually(async () => {
      const { body } = await world.importOf(ana, queued.body.id);
      return body.state === 'succeeded' ? body : undefined;
    }, 30_000);
    assert.deepEqual([replayed.error, replayed.summary.failed], [null, 0]);
  });

  test('says which file media refused and imports the rest', async () => {
    world.media.tooLarge.add('leaf.png');
    try {
      const done = await importFiles(ana, smallOlx());
      assert.equal(done.state, 'succeeded');
      const line = done.items.find((item: Line) => item.source === 'static/leaf.png');
      assert.equal(line.outcome, 'failed');
      assert.match(line.note, /refused/);
      assert.equal(done.summary.total, done.items.length);
      const [first] = await lessonsOf(ana, done.courseId);
      const { body } = await world.call('GET', `/api/lessons/${first?.id}`, { as: ana });
      const shown = body.content.content.find((block: { type: string }) => block.type === 'unsupported');
      assert.equal(shown.attrs.note, 'The source does not contain this file.');
      const portuguese = await world.call('GET', `/api/lessons/${first?.id}`, { as: ana, locale: 'pt-BR' });
      assert.match(JSON.stringify(portuguese.body.content), /Este arquivo não veio com o curso original\./);
    } finally {
      world.media.tooLarge.clear();
    }
  });

  test('waits while another process imports into the same course', async () => {
    const folder = await world.folderOf(smallOlx());
    const second = await startTestPlatform([courses, ...world.contexts], { databaseUrl: world.platform.databaseUrl });
    const from = world.media.begun.length;
    world.media.pauseMs = 150;
    try {
      const [a, b] = await Promise.all([world.importFolder(ana, folder), world.importFolder(ana, folder)]);
      assert.deepEqual([a.state, b.state, a.courseId], ['succeeded', 'succeeded', b.courseId]);
      const begun = world.media.begun.slice(from);
      assert.deepEqual(begun, ['static/leaf.png', 'static/page.png', 'static/leaf.png', 'static/page.png']);
      assert.equal((await lessonsOf(ana, a.courseId)).length, 3);
      assert.equal(problemsOf(a.courseId).length, 2);
    } finally {
      world.media.pauseMs = 0;
      await second.close();
    }
  });
});

describe('the sweep', () => {
  test('removes what imports left behind and keeps what is needed', async () => {
    const folder = join(world.platform.home, 'imports');
    const waiting = systemIds.id();
    await world.db.pool.query(
      "insert into imports (id, instructor_id, instructor_name, source_name) values ($1, $2, 'Ana', 'x')",
      [waiting, ana.id],
    );
    const forgotten = systemIds.id();
    await world.db.pool.query(
      "insert into imports (id, instructor_id, instructor_name, source_name, created_at) values ($1, $2, 'Ana', 'x', now() - interval '8 days')",
      [forgotten, ana.id],
    );
    const stray = systemIds.id();
    const names = [`${waiting}.upload`, `${forgotten}.upload`, `${stray}.upload`, 'something-else'];
    for (const name of names) await writeFile(join(folder, name), 'x');
    const clock = manualClock(new Date());
    const sweep = sweepImports({ db: world.db, home: world.platform.home, clock });
    await sweep();
    const young = await filesLeft();
    assert.ok(names.every((name) => young.includes(name)));
    for (const name of names) await utimes(join(folder, name), new Date(), new Date());
    clock.advance(2 * 3_600_000);
    await world.db.pool.query("update imports set finished_at = now() - interval '8 days' where id = $1", [forgotten]);
    await sweep();
    const left = await filesLeft();
    assert.deepEqual(
      names.filter((name) => left.includes(name)),
      [`${waiting}.upload`, 'something-else'],
    );
    assert.equal((await world.importOf(ana, forgotten)).body.error.code, 'import_interrupted');
    await sweepImports({ db: world.db, home: join(folder, 'nowhere'), clock })();
  });
});

describe('an import of a folder', () => {
  test('publishes when it is told to, and is for the platform alone', async () => {
    const folder = await world.folderOf(smallOlx());
    const done = await world.importFolder(ana, folder, { publish: true });
    const { body } = await world.call('GET', `/api/courses/${done.courseId}`);
    assert.deepEqual([body.state, body.summary], ['published', 'Four short lessons about tea.']);
    assert.deepEqual(
      (await world.eventsOf(done.courseId)).map(({ type }) => type),
      ['published'],
    );
    const missing = await world.importFolder(ana, join(folder, 'absent'));
    assert.deepEqual([missing.state, missing.error.code], ['failed', 'source_missing']);
    const client = world.platform.host.client(CoursesService);
    const request = { format: 'olx', folder, instructorId: ana.id, instructorName: 'Ana', publish: true };
    const user = { kind: 'user', userId: ana.id, roles: ana.roles, email: '', emailVerified: true, name: '' } as const;
    await assert.rejects(client.importFolder(request, { ...serviceCtx('test'), actor: user }), { code: 'not_allowed' });
    await assert.rejects(client.importFolder({ ...request, format: 'scorm' }, serviceCtx('test')), {
      code: 'validation_failed',
    });
  });

  test('gives a course without words on its page a summary of its title', async () => {
    const files = smallOlx();
    delete files['about/overview.html'];
    const done = await world.importFolder(ana, await world.folderOf(files), { publish: true });
    const { body } = await world.call('GET', `/api/courses/${done.courseId}`);
    assert.deepEqual([body.state, body.summary], ['published', 'Tea and water']);
  });
});
