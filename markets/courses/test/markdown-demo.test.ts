import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Block } from '@stoa/contracts/document';
import { isGradable, type ProblemDefinition } from '@stoa/contracts/problem';
import { plainText } from '../src/import/document-text.ts';
import { type MarkdownCourse, readMarkdownCourse } from '../src/import/markdown/read-markdown-course.ts';
import { openFolder } from '../src/import/source-tree.ts';

const folder = join(import.meta.dirname, '../../../demo/courses');
const slugs = ['drive-economically-and-safely', 'read-an-electricity-bill', 'write-clearly-at-work'];
const languages = ['es', 'pt-BR'];

const read = (slug: string): Promise<MarkdownCourse> => readMarkdownCourse(openFolder(join(folder, slug)));

function shapeOf(blocks: readonly Block[]): string[] {
  return blocks.map(({ type }) => type);
}

/** Everything in a problem that a reader of another language would miss if it were not translated. */
function assertTranslated(definition: ProblemDefinition, language: string, where: string): void {
  const translation = definition.translations?.[language];
  assert.ok(translation, `${where} in ${language}`);
  assert.equal(translation.hints?.length, definition.hints.length, `${where}: hints in ${language}`);
  assert.ok(translation.solution, `${where}: solution in ${language}`);
  for (const part of definition.parts) {
    if (part.type === 'prose') continue;
    const { response } = part;
    if (response.label !== '') assert.ok(translation.labels?.[response.id], `${where}: question in ${language}`);
    if (!('choices' in response)) continue;
    for (const choice of response.choices) {
      assert.ok(
        plainText(translation.choices?.[choice.id] ?? []) !== '',
        `${where}: choice ${choice.id} in ${language}`,
      );
      if (choice.feedback !== undefined) {
        assert.ok(translation.feedback?.[choice.id], `${where}: feedback of ${choice.id} in ${language}`);
      }
    }
  }
}

describe('the demo world', () => {
  test('consists of three courses, one of them priced', async () => {
    assert.deepEqual((await readdir(folder)).toSorted(), slugs);
    const courses = await Promise.all(slugs.map(read));
    assert.deepEqual(
      courses.map(({ settings }) => settings.price),
      [{ amount: 4900, currency: 'BRL' }, null, null],
    );
    assert.equal(new Set(courses.map(({ sourceKey }) => sourceKey)).size, 3);
  });

  test('uses every kind of question the machine can grade, and the kinds of lesson a newcomer should see', async () => {
    const lessons = (await Promise.all(slugs.map(read))).flatMap(({ modules }) =>
      modules.flatMap((module) => module.lessons),
    );
    const kinds = lessons.flatMap(({ problems }) =>
      problems.flatMap(({ definition }) =>
        definition.parts.flatMap((part) => (part.type === 'response' ? [part.response.kind] : [])),
      ),
    );
    assert.deepEqual([...new Set(kinds)].toSorted(), [
      'dropdown',
      'multiple_choice',
      'numerical',
      'single_choice',
      'text',
    ]);
    assert.deepEqual([...new Set(lessons.map(({ kind }) => kind))].toSorted(), [
      'file',
      'link',
      'quiz',
      'text',
      'video',
    ]);
  });

  for (const slug of slugs) {
    test(`${slug} is imported without any loss`, async () => {
      const { report, settings } = await read(slug);
      assert.deepEqual(
        report.filter(({ outcome }) => outcome !== 'imported'),
        [],
      );
      assert.ok(settings.level !== null && settings.category !== null);
    });

    test(`${slug} is complete in three languages`, async () => {
      const course = await read(slug);
      assert.deepEqual(Object.keys(course.translations).toSorted(), languages);
      for (const language of languages) {
        const text = course.translations[language];
        assert.ok(text?.title && text.summary && text.description?.content.length, language);
        assert.equal(course.settings.outcomes[language]?.length, course.outcomes.length, language);
      }
      for (const module of course.modules) {
        assert.deepEqual(Object.keys(module.translations).toSorted(), languages, module.title);
        for (const lesson of module.lessons) {
          assert.deepEqual(Object.keys(lesson.translations).toSorted(), languages, lesson.title);
          for (const [language, { title, content }] of Object.entries(lesson.translations)) {
            assert.notEqual(title, lesson.title, language);
            assert.deepEqual(
              shapeOf(content.content),
              shapeOf(lesson.content.content),
              `${lesson.title} in ${language}`,
            );
          }
        }
      }
    });

    test(`${slug} has two quizzes, gradable and translated, with hints and solutions`, async () => {
      const course = await read(slug);
      const quizzes = course.modules.flatMap(({ lessons }) => lessons).filter(({ kind }) => kind === 'quiz');
      assert.deepEqual(
        quizzes.map(({ graded }) => graded),
        [false, true],
      );
      for (const { sourceKey, definition } of quizzes.flatMap(({ problems }) => problems)) {
        assert.ok(isGradable(definition), sourceKey);
        assert.ok(definition.hints.length > 0 && definition.solution !== undefined, sourceKey);
        for (const language of languages) assertTranslated(definition, language, sourceKey);
      }
    });
  }

  test('brings a film with captions in three languages, small enough to live in the repository', async () => {
    const course = await read('read-an-electricity-bill');
    const lesson = course.modules.flatMap(({ lessons }) => lessons).find(({ kind }) => kind === 'video');
    const video = lesson?.content.content[0];
    assert.ok(video?.type === 'video');
    assert.deepEqual(
      video.attrs.captions?.map(({ language }) => language),
      ['en', 'pt-BR', 'es'],
    );
    const film = course.files.find(({ path }) => `asset:${path}` === video.attrs.src);
    assert.ok(film !== undefined && film.contentType === 'video/mp4' && film.bytes < 3 * 1024 * 1024);
    const tree = openFolder(join(folder, 'read-an-electricity-bill'));
    for (const { src, language } of video.attrs.captions ?? []) {
      const captions = new TextDecoder().decode(await tree.read(src.slice('asset:'.length)));
      assert.match(captions, /^WEBVTT\n\n/, language);
      const ends = [...captions.matchAll(/--> 00:00:(\d\d\.\d{3})/g)].map((match) => Number(match[1]));
      assert.ok(ends.length >= 8 && ends.every((end) => end <= (video.attrs.durationSeconds ?? 0)), language);
    }
  });
});
