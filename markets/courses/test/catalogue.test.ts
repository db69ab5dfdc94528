import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { UserDeleted, UserUpdated } from '@stoa/contracts';
import { encodeCursor } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { startWorld, type World } from './world.ts';

let world: World;
let ana: Person;
let bea: Person;
const list = async (query: string, options: { locale?: string } = {}) =>
  (await world.call('GET', `/api/courses?${query}`, options)).body;
const titles = async (query: string, options: { locale?: string } = {}): Promise<string[]> =>
  (await list(query, options)).items.map((course: { title: string }) => course.title);

before(async () => {
  world = await startWorld();
  ana = await person({ roles: ['instructor'], name: 'Ana Conceição' });
  bea = await person({ roles: ['instructor'], name: 'Bea' });
  await world.publishedCourse(ana, {
    title: 'Redação que convence',
    language: 'pt-BR',
    category: 'work',
    level: 'beginner',
  });
  await world.publishedCourse(ana, {
    title: 'Save 100% on nothing',
    category: 'energy',
    price: { amount: 4900, currency: 'BRL' },
  });
  await world.publishedCourse(bea, { title: 'Drive with less fuel', category: 'mobility', level: 'advanced' });
  await world.createCourse(bea, { title: 'A draft about fuel' });
  const old = await world.publishedCourse(bea, { title: 'Old fuel' });
  await world.archive(bea, old.id);
});
after(() => world.close());

describe('the catalogue', () => {
  test('shows published courses only, newest first', async () => {
    assert.deepEqual(await titles(''), ['Drive with less fuel', 'Save 100% on nothing', 'Redação que convence']);
    assert.deepEqual(await titles('q=fuel'), ['Drive with less fuel']);
  });

  test('combines category, level, language and price', async () => {
    assert.deepEqual(await titles('category=energy'), ['Save 100% on nothing']);
    assert.deepEqual(await titles('level=advanced'), ['Drive with less fuel']);
    assert.deepEqual(await titles('language=pt-BR'), ['Redação que convence']);
    assert.deepEqual(await titles('price=paid'), ['Save 100% on nothing']);
    assert.deepEqual(await titles('price=free&language=en'), ['Drive with less fuel']);
    assert.deepEqual(await titles('category=energy&level=advanced'), []);
  });

  test('finds words without their accents, in title, summary and the name of who teaches', async () => {
    assert.deepEqual(await titles('q=redacao'), ['Redação que convence']);
    assert.deepEqual(await titles('q=REDAÇÃO+conceicao'), ['Redação que convence']);
    assert.deepEqual(await titles('q=pay+fuel'), ['Drive with less fuel']);
    assert.deepEqual(await titles('q=fuel+nothing'), []);
  });

  test('takes %, _ and backslash for what they are', async () => {
    assert.deepEqual(await titles(`q=${encodeURIComponent('100%')}`), ['Save 100% on nothing']);
    assert.deepEqual(await titles(`q=${encodeURIComponent('%')}`), ['Save 100% on nothing']);
    assert.deepEqual(await titles('q=f_el'), []);
    assert.deepEqual(await titles(`q=${encodeURIComponent('\\')}`), []);
  });

  test('shows titles in the language of the reader where the course has them', async () => {
    const { id } = await world.publishedCourse(bea, { title: 'Water', category: 'life' });
    const translations = { 'pt-BR': { title: 'Água', summary: 'Sobre água.' } };
    await world.db.pool.query("update courses set translations = $2, languages = '{pt-BR}' where id = $1", [
      id,
      JSON.stringify(translations),
    ]);
    assert.deepEqual(await titles('category=life', { locale: 'pt-BR' }), ['Água']);
    assert.deepEqual(await titles('category=life', { locale: 'es' }), ['Water']);
    assert.deepEqual(await titles('category=life&language=pt-BR'), ['Water']);
    const shown = (await world.call('GET', `/api/courses/${id}`, { locale: 'pt-BR' })).body;
    assert.deepEqual([shown.title, shown.shownIn, shown.languages], ['Água', 'pt-BR', ['en', 'pt-BR']]);
  });

  test('names its categories in the language of the reader', async () => {
    const { body } = await world.call('GET', '/api/categories', { locale: 'pt-BR' });
    assert.equal(
      body.items.find((item: { slug: string }) => item.slug === 'energy').name,
      'Energia em casa e no trabalho',
    );
  });

  test('walks over every course that was there once, while others arrive', async () => {
    for (let n = 0; n < 12; n += 1) await world.publishedCourse(ana, { title: `Knots ${n}` });
    // Courses published in the same instant are told apart by their ids.
    await world.db.pool.query("update courses set published_at = now() where title like 'Knots %'");
    const before = new Set(await titles('q=knots&limit=100'));
    assert.equal(before.size, 12);
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await list(`q=knots&limit=5${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map((course: { title: string }) => course.title));
      await world.publishedCourse(bea, { title: 'Knots, newer' });
      if (!page.nextCursor) break;
      cursor = encodeURIComponent(page.nextCursor);
    }
    assert.deepEqual(seen.filter((title) => before.has(title)).sort(), [...before].sort());
  });

  test('refuses a cursor that is not its own', async () => {
    const own = (await world.call('GET', '/api/courses/mine?limit=1', { as: ana })).body.nextCursor;
    assert.ok(own);
    const hostile = [
      own,
      'nonsense',
      encodeCursor(['2026-01-01T00:00:00Z', 'x']),
      encodeCursor(['catalogue', 'yesterday', '00000000-0000-0000-0000-000000000000']),
      encodeCursor(['catalogue', '2026-02-31T00:00:00Z', '00000000-0000-0000-0000-000000000000']),
      encodeCursor(['catalogue', '2026-01-01T00:00:00Z', 'not an id']),
      encodeCursor(['catalogue', 7, 7]),
    ];
    for (const cursor of hostile) {
      const answer = await world.call('GET', `/api/courses?cursor=${encodeURIComponent(cursor)}`);
      assert.equal(answer.status, 400, cursor);
      assert.equal(answer.body.errors[0].pointer, '/cursor');
    }
  });

  test('lists the own courses of an instructor, in every state and page by page', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await world.call('GET', `/api/courses/mine?limit=3${cursor && `&cursor=${cursor}`}`, {
        as: bea,
      });
      seen.push(...body.items.map((course: { state: string; id: string }) => `${course.state} ${course.id}`));
      if (!body.nextCursor) break;
      cursor = encodeURIComponent(body.nextCursor);
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual([...new Set(seen.map((line) => line.split(' ')[0]))].sort(), ['archived', 'draft', 'published']);
    assert.equal((await world.call('GET', '/api/courses/mine')).status, 401);
    assert.equal((await world.call('GET', '/api/courses/mine', { as: await person() })).status, 403);
  });

  test('of an instructor who asked to be forgotten leaves the catalogue, and stays with its learners without the name', async () => {
    const noa = await person({ roles: ['instructor'], name: 'Noa Reyes' });
    const student = await person();
    const course = await world.publishedCourse(noa, { title: 'Splices at sea', language: 'pt-BR' });
    const draft = await world.createCourse(noa, { title: 'Splices on land' });
    const old = await world.publishedCourse(noa, { title: 'Splices of old' });
    await world.archive(noa, old.id);
    const { body: queued } = await world.upload(noa, Buffer.from('no course'), { name: 'noa-reyes.tar.gz' });
    world.enroll(student.id, course.id);
    await world.happen(UserDeleted, noa.id, { userId: noa.id });
    assert.deepEqual(await titles('q=splices'), []);
    const shown = (await world.call('GET', `/api/courses/${course.slug}`)).body;
    assert.deepEqual([shown.state, shown.instructors[0].name], ['archived', 'Autoria anônima']);
    assert.equal((await world.call('GET', `/api/courses/${old.slug}`)).body.instructors[0].name, 'Anonymous author');
    assert.equal((await world.call('GET', `/api/lessons/${course.lessonId}`, { as: student })).status, 200);
    const said = await world.eventsOf(course.id);
    assert.deepEqual(
      said.slice(-2).map(({ type }) => type),
      ['published', 'archived'],
    );
    assert.equal(said.at(-2)?.data.course.instructorName, 'Autoria anônima');
    assert.deepEqual(await world.eventsOf(draft.id), []);
    const left = await world.db.pool.query(
      "select to_jsonb(c)::text as line from courses c where to_jsonb(c)::text ~* 'reyes' union all select to_jsonb(i)::text from imports i where id = $1 or to_jsonb(i)::text ~* 'reyes'",
      [queued.id],
    );
    assert.deepEqual(left.rows, []);
    const admin = await person({ roles: ['admin'] });
    assert.equal((await world.call('GET', `/api/courses/${draft.id}`, { as: admin })).body.state, 'archived');
  });

  test('is found under the new name of who teaches, and tells others', async () => {
    const dora = await person({ roles: ['instructor'], name: 'Dora Before' });
    const course = await world.publishedCourse(dora, { title: 'Chess openings' });
    const draft = await world.createCourse(dora, { title: 'Chess endings' });
    await world.happen(UserUpdated, dora.id, { userId: dora.id, name: 'Dora Después' });
    assert.deepEqual(await titles('q=dora+despues'), ['Chess openings']);
    assert.deepEqual(await titles('q=dora+before'), []);
    assert.equal((await list('q=chess')).items[0].instructors[0].name, 'Dora Después');
    const last = (await world.eventsOf(course.id)).at(-1);
    assert.equal(last?.data.course.instructorName, 'Dora Después');
    assert.deepEqual(await world.eventsOf(draft.id), []);
    const { length } = await world.eventsOf(course.id);
    await world.happen(UserUpdated, dora.id, { userId: dora.id, name: 'Dora Después' });
    assert.equal((await world.eventsOf(course.id)).length, length);
  });
});

describe('a catalogue of thousands', () => {
  /** Every title that a walk through the pages of a query gives. */
  const walk = async (query: string): Promise<string[]> => {
    const found: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await list(`${query}&limit=90${cursor}`);
      found.push(...page.items.map(({ title }: { title: string }) => title));
      if (!page.nextCursor) return found;
      cursor = `&cursor=${page.nextCursor}`;
    }
  };

  test('shows what passes all filters, however rare it is among the newest', async () => {
    // 1500 that are newer than all the others, every third of them in two languages, every second one priced.
    await world.db.pool.query(
      `insert into courses (id, slug, title, language, languages, category, level, price_amount, price_currency, state, instructor_id,
         instructor_name, search_text, published_at)
       select gen_random_uuid(), 'many-' || n, 'Many ' || n, 'en', case when n % 3 = 0 then '{es}' else '{}' end::text[], 'teaching',
         'intermediate', case when n % 2 = 0 then 100 end, case when n % 2 = 0 then 'BRL' end, 'published', $1, 'Ana', 'many',
         now() + interval '1 second' * n
       from generate_series(1, 1500) n`,
      [ana.id],
    );
    const many = (passes: (n: number) => boolean) =>
      Array.from({ length: 1500 }, (_, n) => 1500 - n)
        .filter(passes)
        .map((n) => `Many ${n}`);
    assert.deepEqual(await titles('category=work&level=beginner'), ['Redação que convence']);
    assert.deepEqual(await titles('category=work&language=pt-BR&price=free'), ['Redação que convence']);
    assert.deepEqual(await titles('language=pt-BR&level=beginner&q=convence'), ['Redação que convence']);
    assert.deepEqual(await titles('price=paid&category=energy'), ['Save 100% on nothing']);
    assert.deepEqual(await titles('price=paid&language=es&level=advanced'), []);
    // Of several words, whichever of them is the rare one.
    assert.deepEqual(await titles('q=que%20convence'), ['Redação que convence']);
    assert.deepEqual(await titles('q=convence%20que%20redacao%20r'), ['Redação que convence']);
    assert.deepEqual(await titles('q=convence%20many'), []);
    const all = 'category=teaching&level=intermediate';
    assert.deepEqual(
      await walk(`${all}&price=paid`),
      many((n) => n % 2 === 0),
    );
    assert.deepEqual(
      await walk(`${all}&price=free&language=es`),
      many((n) => n % 6 === 3),
    );
    assert.deepEqual(
      await walk('language=es&q=many'),
      many((n) => n % 3 === 0),
    );
    assert.deepEqual(
      (await walk(all)).slice(0, 1500),
      many(() => true),
    );
  });
});
