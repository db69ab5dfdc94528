import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePort } from '@stoa/kernel/testing';
import { z } from 'zod';
import { type Account, type Api, openApi, signIn } from './api-client.ts';
import {
  makeHome,
  makeWorld,
  operator as operatorLogin,
  type PlatformProcess,
  startProcess,
  type World,
} from './platform-process.ts';
import { assertInvariants } from './quiet.ts';
import { readSourceCourse, sharedData, writeSmallCourse } from './source-course.ts';
import { theWholePath } from './the-whole-path.ts';

/** A node of the expected outline: course, chapter, sequential, vertical. */
function Named<T extends z.ZodType>(child: T) {
  return z.object({ display_name: z.string(), children: z.array(child) });
}
const Expected = z.object({
  course: z.object({ leaf_blocks_total: z.number(), chapters: z.number(), verticals: z.number() }),
  outline: Named(Named(Named(Named(z.unknown())))),
});
const MarkdownExpected = z.object({
  totals: z.object({ lessons: z.number(), lessons_without_pt_BR: z.array(z.string()) }),
});

let world: World;
let database: Awaited<ReturnType<World['copy']>>;
let home: Awaited<ReturnType<typeof makeHome>>;
let platform: PlatformProcess;
let api: Api;
let operator: Account;

before(async () => {
  world = await makeWorld();
  database = await world.copy();
  home = await makeHome();
  platform = await startProcess({ databaseUrl: database.url, home: home.path, port: await freePort() });
  api = openApi(platform.url, { remember: true });
  operator = await signIn(api, operatorLogin);
});
after(async () => {
  try {
    await platform?.stop();
    await assertInvariants(database.url, 'in the end');
  } finally {
    await database?.drop();
    await world?.close();
    await home?.remove();
  }
});

/** Runs in a file when the data of the steering repository is there; says so when it is not. */
function withShared(t: { skip: (why: string) => void }, folder: string): boolean {
  if (existsSync(join(sharedData, folder, 'expected.json'))) return true;
  t.skip(`shared data absent: ${join(sharedData, folder)} (set STOA_SHARED_DATA)`);
  return false;
}

describe('from sign-up to certificate through the API alone', () => {
  it('works with a small Open edX course', async () => {
    const folder = await writeSmallCourse(join(home.path, 'small-course'));
    const source = await readSourceCourse(folder, 'olx');
    const found = await theWholePath({ api, operator, source, locale: 'es', tag: 'small' });
    assert.deepEqual(
      found.problems.map(({ gradable, score }) => [gradable, score]),
      Array(5).fill([true, 1]),
    );
    assert.ok(found.problems.every(({ wrongScore }) => wrongScore !== null));
    assert.deepEqual(
      found.outline.flatMap((module) => module.lessons),
      [
        'Look around / What tea is (text, viewed)',
        'Look around / Watch it brew (video, watched)',
        'Exam / Five questions (quiz, passed)',
        'The end / Farewell (text, viewed)',
      ],
    );
  });

  it('works with the Open edX demo course, with every leaf block accounted for', async (t) => {
    if (!withShared(t, 'olx-demo-course')) return;
    const folder = join(sharedData, 'olx-demo-course', 'demo-course');
    const expected = Expected.parse(
      JSON.parse(await readFile(join(sharedData, 'olx-demo-course', 'expected.json'), 'utf8')),
    );
    const source = await readSourceCourse(folder, 'olx');
    const found = await theWholePath({ api, operator, source, locale: 'pt-BR', tag: 'olx' });
    assert.equal(
      source.truth.report.filter((item) => item.lessonKey !== null).length,
      expected.course.leaf_blocks_total,
    );
    assert.equal(found.outline.length, expected.course.chapters);
    assert.equal(found.lessons.length, expected.course.verticals);
    const tidy = (name: string) => name.replace(/\s+/g, ' ').trim();
    assert.deepEqual(
      found.outline.map(({ title, lessons }) => [title, lessons.map((lesson) => lesson.replace(/ \(\w+, \w+\)$/, ''))]),
      expected.outline.children.map((chapter) => [
        chapter.display_name,
        chapter.children.flatMap((sequential) =>
          sequential.children.map((vertical) => `${tidy(sequential.display_name)} / ${tidy(vertical.display_name)}`),
        ),
      ]),
      'chapters, sequentials and verticals stand in the order of the export',
    );
    assert.ok(found.problems.filter((problem) => problem.gradable).length >= 15);
    assert.deepEqual(
      found.problems.filter((problem) => problem.gradable && problem.score !== 1),
      [],
    );
  });

  it('works with a Markdown course in English and Brazilian Portuguese, each lesson in the best language it has', async (t) => {
    if (!withShared(t, 'markdown-course')) return;
    const expected = MarkdownExpected.parse(
      JSON.parse(await readFile(join(sharedData, 'markdown-course', 'expected.json'), 'utf8')),
    );
    const source = await readSourceCourse(join(sharedData, 'markdown-course', 'course'), 'markdown');
    const found = await theWholePath({
      api,
      operator,
      source,
      locale: 'pt-BR',
      tag: 'markdown',
      files: false,
      wrongEvery: 5,
    });
    const portuguese = found.lessons.filter((lesson) => lesson.language === 'pt-BR').length;
    const translated = expected.totals.lessons - expected.totals.lessons_without_pt_BR.length;
    assert.ok(portuguese >= translated, `${portuguese} lessons in Portuguese, ${translated} at the least`);
    assert.ok(found.lessons.some((lesson) => lesson.language === 'en'));
    const english = await api.call('GET', '/api/courses?language=en&limit=100');
    assert.ok(english.body.items.some((item: { title: string }) => item.title === source.truth.title));
  });

  it('says nothing active in any answer', () => {
    assert.ok(api.seen.length > 100);
    for (const text of api.seen) {
      walk(JSON.parse(text), [], (value, path) => {
        const where = path.join('.');
        // Text nodes and code show markup as text, a report quotes its source, and mails are written by us.
        if (['text', 'html', 'note'].includes(path.at(-1) ?? '')) return;
        assert.doesNotMatch(value, /^\s*(javascript|vbscript|data|blob):/i, where);
        assert.doesNotMatch(
          value,
          /<(script|iframe|object|embed)\b|\bon(click|load|error)\s*=/i,
          `${where}: ${value.slice(0, 200)}`,
        );
      });
    }
  });
});

function walk(value: unknown, path: string[], visit: (text: string, path: string[]) => void): void {
  if (typeof value === 'string') visit(value, path);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key], visit);
}
