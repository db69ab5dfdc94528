import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Block } from '@stoa/contracts/document';
import { everyBlock } from '@stoa/contracts/document-tree';
import { isGradable, type ProblemDefinition } from '@stoa/contracts/problem';
import { z } from 'zod';
import { plainText } from '../src/import/document-text.ts';
import type { ImportedLesson } from '../src/import/imported-course.ts';
import { type MarkdownCourse, readMarkdownCourse } from '../src/import/markdown/read-markdown-course.ts';
import { openFolder } from '../src/import/source-tree.ts';

const shared = process.env.STOA_SHARED_DATA ?? join(import.meta.dirname, '../../../../shared/data');
const folder = join(shared, 'markdown-course');
const absent = !existsSync(join(folder, 'expected.json'));

const quizCounts = z.object({ path: z.string(), quizzes: z.number(), questions: z.number(), answers: z.number() });
const Lesson = z.object({
  dir: z.string(),
  readme: z.string(),
  title: z.string(),
  words: z.number(),
  code_blocks: z.number(),
  readme_pt_BR: z.string().nullable(),
  pt_BR: z.object({ title: z.string(), words: z.number(), code_blocks: z.number() }).optional(),
});
const Link = z.object({ file: z.string(), kind: z.enum(['link', 'image']), target: z.string() });
const Expected = z.object({
  totals: z.object({
    lessons: z.number(),
    sections: z.number(),
    lessons_without_pt_BR: z.array(z.string()),
    lessons_without_assignment: z.array(z.string()),
  }),
  quizzes: z.object({ en: quizCounts, 'pt-BR': quizCounts }),
  sections: z.array(z.object({ dir: z.string(), lessons: z.number() })),
  lessons: z.array(Lesson),
  links: z.object({ missing_in_source: z.array(Link), left_out_here: z.array(Link) }),
});

let once: Promise<{ course: MarkdownCourse; expected: z.infer<typeof Expected> }> | undefined;
const load = (): NonNullable<typeof once> => {
  once ??= (async () => ({
    course: await readMarkdownCourse(openFolder(join(folder, 'course'))),
    expected: Expected.parse(JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8'))),
  }))();
  return once;
};

const lessonsOf = (course: MarkdownCourse): ImportedLesson[] => course.modules.flatMap(({ lessons }) => lessons);
const collapse = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** The lesson's own text, without the assignment that follows it. */
function withoutAssignment(blocks: readonly Block[]): Block[] {
  const end = blocks.findIndex((block) => block.type === 'heading' && block.attrs.id === 'part-assignment');
  return blocks.slice(0, end < 0 ? undefined : end);
}

function responseOf(problem: ProblemDefinition) {
  const part = problem.parts.find(({ type }) => type === 'response');
  assert.ok(part?.type === 'response' && part.response.kind === 'single_choice');
  return part.response;
}

describe('a real repository of lessons in English and Brazilian Portuguese', () => {
  const check = (name: string, body: (loaded: Awaited<ReturnType<typeof load>>) => void | Promise<void>): void => {
    test(name, async (t) => {
      if (absent) {
        t.diagnostic(`not run: ${folder} is absent`);
        t.skip('shared data absent: set STOA_SHARED_DATA to the folder that holds markdown-course');
        return;
      }
      await body(await load());
    });
  };

  check('has its sections and lessons in order, with their titles in both languages', ({ course, expected }) => {
    assert.equal(course.title, 'Web Development for Beginners - A Curriculum');
    assert.equal(course.language, 'en');
    assert.deepEqual(
      course.modules.map(({ sourceKey, lessons }) => ({ dir: sourceKey, lessons: lessons.length })),
      expected.sections.map(({ dir, lessons }) => ({ dir, lessons })),
    );
    assert.deepEqual(
      lessonsOf(course).map(({ sourceKey, title, translations }) => [sourceKey, title, translations['pt-BR']?.title]),
      expected.lessons.map(({ dir, title, pt_BR }) => [
        dir,
        collapse(title),
        pt_BR === undefined ? undefined : collapse(pt_BR.title),
      ]),
    );
    assert.equal(lessonsOf(course).length, expected.totals.lessons);
  });

  check('leaves Portuguese absent exactly where nobody wrote it', ({ course, expected }) => {
    const without = lessonsOf(course).filter(({ translations }) => translations['pt-BR'] === undefined);
    assert.deepEqual(
      without.map(({ sourceKey }) => sourceKey),
      expected.totals.lessons_without_pt_BR,
    );
    assert.equal(without.length, 15);
    assert.deepEqual(Object.keys(course.translations), ['pt-BR']);
  });

  check('keeps every code block of every lesson', ({ course, expected }) => {
    const count = (blocks: readonly Block[]): number =>
      [...everyBlock(withoutAssignment(blocks))].filter(({ type }) => type === 'codeBlock').length;
    for (const [index, lesson] of lessonsOf(course).entries()) {
      const truth = expected.lessons[index];
      assert.equal(count(lesson.content.content), truth?.code_blocks, lesson.sourceKey);
      const portuguese = lesson.translations['pt-BR'];
      if (portuguese) assert.equal(count(portuguese.content.content), truth?.pt_BR?.code_blocks, lesson.sourceKey);
    }
  });

  check('keeps the words: what is missing is markup, addresses and comments', async ({ course, expected }) => {
    const tree = openFolder(join(folder, 'course'));
    let total = 0;
    for (const [index, lesson] of lessonsOf(course).entries()) {
      const truth = expected.lessons[index];
      assert.ok(truth);
      for (const [path, words, content] of [
        [truth.readme, truth.words, lesson.content],
        [truth.readme_pt_BR, truth.pt_BR?.words, lesson.translations['pt-BR']?.content],
      ] as const) {
        if (path === null || content === undefined) continue;
        const source = new TextDecoder().decode(await tree.read(path));
        const tokens = source.split(/\s+/).filter(Boolean);
        assert.equal(tokens.length, words, `${path} has the words that were counted`);
        total += tokens.length;
        const lost = missingWords(
          readableWords(source),
          [lesson.title, lesson.translations['pt-BR']?.title ?? '', allText(content.content)].join(' '),
        );
        assert.ok(lost.length <= 0.01 * tokens.length, `${path} lost ${lost.length}: ${lost.slice(0, 40).join(' ')}`);
      }
    }
    assert.equal(total, 40_209 + 15_937);
  });

  check('places each quiz in its lesson, two per lesson, the last lesson without one', ({ course, expected }) => {
    for (const [index, lesson] of lessonsOf(course).entries()) {
      const quizzes = [...new Set(lesson.problems.map(({ sourceKey }) => sourceKey.split('/')[1]))];
      const number = index + 1;
      assert.deepEqual(quizzes, number === 25 ? [] : [String(2 * number - 1), String(2 * number)], lesson.sourceKey);
      for (const { content } of [lesson, ...Object.values(lesson.translations)]) {
        const shown = content.content.flatMap((block) => (block.type === 'problem' ? [block.attrs.problemId] : []));
        assert.deepEqual(
          shown,
          lesson.problems.map(({ sourceKey }) => sourceKey),
        );
        if (number === 25) continue;
        const first = content.content.findIndex(({ type }) => type === 'problem');
        const last = content.content.findLastIndex(({ type }) => type === 'problem');
        assert.equal(first, 1, 'the quiz before comes first, under its heading');
        assert.ok(last > content.content.length / 3, 'the quiz after comes after the text');
      }
    }
    const quizLines = course.report.filter(({ type }) => type === 'quiz');
    assert.equal(quizLines.length, expected.quizzes.en.quizzes);
    assert.ok(quizLines.every(({ outcome, lessonKey }) => outcome === 'imported' && lessonKey !== null));
  });

  check('has every question and answer, the same right one in both languages', async ({ course, expected }) => {
    const problems = lessonsOf(course).flatMap((lesson) => lesson.problems);
    assert.equal(problems.length, expected.quizzes.en.questions);
    assert.equal(new Set(problems.map(({ sourceKey }) => sourceKey)).size, problems.length);
    let answers = 0;
    let translated = 0;
    for (const { definition, sourceKey } of problems) {
      assert.ok(isGradable(definition));
      const { choices, id } = responseOf(definition);
      answers += choices.length;
      assert.equal(choices.filter(({ correct }) => correct).length, 1, sourceKey);
      const portuguese = definition.translations?.['pt-BR'];
      assert.deepEqual(
        Object.keys(portuguese?.choices ?? {}),
        choices.map((choice) => choice.id),
        sourceKey,
      );
      translated += Object.keys(portuguese?.choices ?? {}).length;
      assert.ok(portuguese?.labels?.[id] !== undefined || portuguese?.prose !== undefined, sourceKey);
    }
    assert.equal(answers, expected.quizzes.en.answers);
    assert.equal(translated, expected.quizzes['pt-BR'].answers);

    const App = z.array(
      z.object({
        quizzes: z.array(
          z.object({
            id: z.number(),
            quiz: z.array(
              z.object({
                questionText: z.string(),
                answerOptions: z.array(z.object({ answerText: z.string(), isCorrect: z.string() })),
              }),
            ),
          }),
        ),
      }),
    );
    for (const language of ['en', 'pt-BR'] as const) {
      const file = join(folder, 'course', expected.quizzes[language].path);
      const [app] = App.parse(JSON.parse(await readFile(file, 'utf8')));
      for (const quiz of app?.quizzes ?? []) {
        for (const [index, question] of quiz.quiz.entries()) {
          const found = problems.find(({ sourceKey }) => sourceKey === `quiz/${quiz.id}/${index + 1}`);
          assert.ok(found);
          const response = responseOf(found.definition);
          const other = found.definition.translations?.[language];
          assert.equal(collapse(other?.labels?.[response.id] ?? response.label), collapse(question.questionText));
          for (const [position, option] of question.answerOptions.entries()) {
            const choice = response.choices[position];
            assert.ok(choice);
            assert.equal(choice.correct, option.isCorrect === 'true');
            assert.equal(
              collapse(plainText(other?.choices?.[choice.id] ?? choice.content)),
              collapse(option.answerText),
            );
          }
        }
      }
    }
  });

  check('reports exactly the shown links and pictures that lead nowhere', ({ course, expected }) => {
    const line = ({ file, kind, target }: z.infer<typeof Link>): string => `${file} ${kind} ${target}`;
    const found = course.report
      .filter(({ type }) => type === 'link' || type === 'image')
      .map(({ source, type, notes }) => `${source} ${type} ${notes[0]?.params.address}`);
    const truth = [...expected.links.missing_in_source, ...expected.links.left_out_here].map(line);
    const leftOver = [...found];
    const unreported = truth.filter((entry) => {
      const index = leftOver.indexOf(entry);
      if (index >= 0) leftOver.splice(index, 1);
      return index < 0;
    });
    assert.deepEqual(leftOver, [], 'nothing is called broken that is not');
    // Not shown, so not broken for anybody: a spare translation, pictures in comments, links in a code sample.
    assert.deepEqual(unreported.toSorted(), [
      '3-terrarium/translations/README.pt.md image ../images/screenshot_gray.png',
      '8-code-editor/1-using-a-code-editor/README.md image ../../sketchnotes/webdev101-vscode-dev.png',
      '8-code-editor/1-using-a-code-editor/assignment.md image ../../sketchnotes/webdev101-vscode-dev.png',
      '8-code-editor/1-using-a-code-editor/assignment.md link github.com/yourGitHubUsername',
      '8-code-editor/1-using-a-code-editor/assignment.md link linkedin.com/yourLinkedInUsername',
    ]);
  });

  check('accounts for every file of the source', async ({ course }) => {
    const sources = new Set(course.report.map(({ source }) => source.split('#')[0]));
    const paths = await openFolder(join(folder, 'course')).list();
    assert.deepEqual(
      paths.filter((path) => !sources.has(path)),
      [],
    );
    const count = (type: string): number => course.report.filter((item) => item.type === type).length;
    assert.equal(count('lesson'), 25);
    assert.equal(count('translation'), 10);
    assert.equal(count('assignment'), 24);
    assert.equal(count('quiz translation'), 48);
    assert.ok(course.report.every(({ outcome, notes }) => outcome === 'imported' || notes.length > 0));
  });

  check('appends the assignment to its lesson', ({ course, expected }) => {
    const without = lessonsOf(course).filter(
      ({ content }) =>
        !content.content.some((block) => block.type === 'heading' && block.attrs.id === 'part-assignment'),
    );
    assert.deepEqual(
      without.map(({ sourceKey }) => sourceKey),
      expected.totals.lessons_without_assignment,
    );
  });

  check('gives an equal course when it is read again', async ({ course }) => {
    const again = await readMarkdownCourse(openFolder(join(folder, 'course')));
    assert.equal(JSON.stringify(again), JSON.stringify(course));
  });
});

/** What a reader of the page reads: comments, addresses, tags and HTML attributes taken out. */
function readableWords(markdown: string): string[] {
  const text = markdown
    .replaceAll('\r', '')
    .replaceAll(/<!--[\s\S]*?-->/g, ' ')
    .replaceAll(/^\[[^\]]*\]\(\S*(?:\/quiz\/\d+|assignment\S*\.md)\)$/gm, ' ')
    .replaceAll(/\]\((?:[^()\s]|\([^()]*\))*(?:\s+"[^"]*")?\)/g, '] ')
    .replaceAll(/^\s*(?:[-*+>]\s+|\d+[.)]\s+)*```.*$/gm, ' ')
    .replaceAll(/^[\s>]*\d+[.)]\s/gm, ' ');
  return wordsOf(text);
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function missingWords(wanted: string[], text: string): string[] {
  const left = new Map<string, number>();
  for (const word of wordsOf(text)) left.set(word, (left.get(word) ?? 0) + 1);
  return wanted.filter((word) => {
    const count = left.get(word) ?? 0;
    if (count > 0) left.set(word, count - 1);
    return count === 0;
  });
}

/** Text of a document with what `plainText` has no word for: alternative texts and titles. */
function allText(blocks: readonly Block[]): string {
  const extra = [...everyBlock(blocks)].map((block) => {
    if (block.type === 'image') return block.attrs.alt;
    if (block.type === 'unsupported' || block.type === 'video') return block.attrs.title;
    return '';
  });
  return `${plainText(blocks)} ${extra.join(' ')}`;
}
