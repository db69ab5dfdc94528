import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Block, Document } from '@stoa/contracts/document';
import { ExpectedError } from '@stoa/kernel';
import { type Person, person } from '@stoa/kernel/testing';
import { readLessonText, writeLessonText } from '../src/lesson-text.ts';
import { longestText } from '../src/shapes.ts';
import { startWorld, type World } from './world.ts';

const how = { language: 'en', locale: 'en' } as const;
const asset = 'asset:019a0000-0000-7000-8000-000000000001';
const text = (words: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text: words }] });
const doc = (...content: Block[]): Document => ({ type: 'doc', content });
const video: Block = { type: 'video', attrs: { id: 'v', title: 'Take [2]', src: asset, durationSeconds: 4 } };
const box: Block = { type: 'details', attrs: { summary: 'More' }, content: [text('inside')] };

describe('a text of a lesson', () => {
  test('is read as headings, paragraphs, lists and links', () => {
    const written =
      '# Leaves\n\nSome *fall*, see [why](https://example.org/why).\n\n- red\n- gold\n\n1. look\n2. write';
    assert.deepEqual(readLessonText(written, how).content, [
      { type: 'heading', attrs: { level: 2, id: 'leaves' }, content: [{ type: 'text', text: 'Leaves' }] },
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'Some ' },
          { type: 'text', text: 'fall', marks: [{ type: 'italic' }] },
          { type: 'text', text: ', see ' },
          {
            type: 'text',
            text: 'why',
            marks: [{ type: 'link', attrs: { href: 'https://example.org/why' } }],
          },
          { type: 'text', text: '.' },
        ],
      },
      { type: 'bulletList', content: [text('red'), text('gold')].map((one) => ({ type: 'listItem', content: [one] })) },
      {
        type: 'orderedList',
        content: [text('look'), text('write')].map((one) => ({ type: 'listItem', content: [one] })),
      },
    ]);
  });

  test('comes back as it was, whatever Markdown can say', () => {
    const samples = [
      '',
      'Words with * stars, _ lines, [brackets], 1 < 2 > 0 and \\<angles>, `ticks`, 1. numbers and $5 to $10.',
      '**bold** and ***both*** and ~~gone~~ and `code` and [a **bold** link](https://example.org "Title")',
      '**bold*both*bold** plain',
      '<u>under</u> <mark>lit</mark> H<sub>2</sub>O m<sup>2</sup>',
      '## One\n\n### Two\n\n#### Three\n\n[to one](#one)',
      '- a\n  - b\n    1. c\n\n      more of c\n- [x] done\n- [ ] open',
      '3. three\n4. four',
      '> quoted\n>\n> twice',
      '> [!TIP]\n> Look **closely**.\n\n> [!WARNING]\n>\n> - hot',
      '```js\nconst a = "```";\n```\n\n---\n\n$$\nx^2\n$$\n\nand $$y$$ inside',
      '| a | b |\n| --- | --- |\n| **1** | two \\| three |',
      `![A leaf](${asset} "Green")\n\nbeside ![one](${asset}) words`,
      'one line  \nanother line',
      '- a\n- b\n\n<!-- -->\n\nafter',
      '# not a heading: \\# but words\n\n1986\\. A year.\n\n+ plus',
    ];
    for (const sample of samples) {
      const once = readLessonText(sample, how);
      const markdown = writeLessonText(once, how) ?? assert.fail(`not written: ${sample}`);
      assert.deepEqual(readLessonText(markdown, { ...how, before: once }).content.length, once.content.length, sample);
      assert.equal(writeLessonText(readLessonText(markdown, { ...how, before: once }), how), markdown, sample);
      assert.ok(!markdown.includes('kept:'), `${sample} became ${markdown}`);
    }
  });

  test('carries what Markdown cannot say as lines that can be moved and taken out', () => {
    const before = doc(text('first'), video, box, { type: 'problem', attrs: { problemId: 'p' } });
    const markdown = writeLessonText(before, how);
    assert.equal(
      markdown,
      'first\n\n![Video: Take \\[2\\]](kept:1)\n\n![Box to open: More](kept:2)\n\n![Problem](kept:3)\n',
    );
    assert.deepEqual(readLessonText(markdown ?? '', { ...how, before }), before);
    const moved = '![anything](kept:3)\n\n> ![](kept:1)\n\nlast';
    assert.deepEqual(readLessonText(moved, { ...how, before }).content, [
      before.content[3],
      { type: 'blockquote', content: [video] },
      text('last'),
    ]);
    assert.match(writeLessonText(before, { language: 'en', locale: 'pt-BR' }) ?? '', /Vídeo: Take/);
  });

  test('is refused, in words, where something of it would be lost', () => {
    const why = (markdown: string, locale: 'en' | 'pt-BR' | 'es' = 'en', earlier = doc(video)) => {
      try {
        readLessonText(markdown, { language: 'en', locale, before: earlier });
      } catch (error) {
        assert.ok(error instanceof ExpectedError && error.code === 'lesson_text_refused');
        assert.equal(error.errors?.[0]?.pointer, '/markdown');
        return error.errors[0].message;
      }
      return 'taken';
    };
    assert.equal(why('[here](notes/one.md)'), '"notes/one.md" is no web address');
    assert.equal(why('[here](javascript:alert(1))'), '"javascript:alert(1)" is active content or embedded data');
    assert.equal(why('![a](pictures/a.png)', 'pt-BR'), '"pictures/a.png" não é um endereço da web');
    assert.match(why('words ![a](kept:1) words'), /^"kept:1" stands for nothing/);
    assert.match(why('![a](kept:2)', 'es'), /^"kept:2" no corresponde/);
    assert.match(why('<script>alert(1)</script>'), /HTML that lessons do not show/);
    assert.match(why('some <angles>', 'es'), /escribe \\< para/);
    assert.notEqual(why(`${'> '.repeat(60)}deep`), 'taken');
    assert.equal(why('![a](kept:1)'), 'taken');
    assert.equal(why('[a](mailto:ana@example.org) and <https://example.org>[^1]\n\n[^1]: a note'), 'taken');
  });
});

describe('through the API', () => {
  let world: World;
  let ana: Person;
  before(async () => {
    world = await startWorld();
    ana = await person({ roles: ['instructor'], name: 'Ana' });
  });
  after(() => world.close());

  test('a lesson is written, opened, written anew, and not over what somebody else wrote', async () => {
    const course = await world.createCourse(ana);
    const lesson = await world.addLesson(ana, course.id, { title: 'Leaves', markdown: '## Why\n\nThey fall.' });
    assert.deepEqual([lesson.kind, lesson.content.content[1]], ['text', text('They fall.')]);
    const open = async (as?: Person) => world.call('GET', `/api/lessons/${lesson.id}/text`, as ? { as } : {});
    const { body } = await open(ana);
    assert.deepEqual(body, { title: 'Leaves', language: 'en', version: 1, markdown: '## Why\n\nThey fall.\n' });
    const save = (markdown: string, version?: number) =>
      world.call('PATCH', `/api/lessons/${lesson.id}`, {
        as: ana,
        body: { markdown },
        ...(version ? { headers: { 'if-match': `"${version}"` } } : {}),
      });
    const saved = await save('They **fly**.', 1);
    assert.deepEqual([saved.status, saved.body.version], [200, 2], JSON.stringify(saved.body));
    assert.equal((await open(ana)).body.markdown, 'They **fly**.\n');
    assert.equal((await save('Mine.', 1)).body.code, 'edit_conflict');
    const refused = await save('[x](nowhere)');
    assert.deepEqual([refused.body.code, refused.body.errors[0].pointer], ['lesson_text_refused', '/markdown']);
    assert.equal((await save('x'.repeat(longestText + 1))).body.errors[0].pointer, '/markdown');
    assert.equal((await open(await person({ roles: ['instructor'] }))).body.code, 'lesson_not_found');
    assert.equal((await open(await person())).body.code, 'not_allowed');
    assert.equal((await open()).status, 401);
  });

  test('a lesson is given its content once: as a document or as text', async () => {
    const course = await world.createCourse(ana);
    const lesson = await world.addLesson(ana, course.id, { markdown: 'They fall.' });
    const both = { content: doc(text('As a document.')), markdown: 'As text.' };
    const changed = await world.call('PATCH', `/api/lessons/${lesson.id}`, { as: ana, body: both });
    const added = await world.addLesson(ana, course.id, both);
    for (const answer of [changed.body, added])
      assert.deepEqual([answer.code, answer.errors?.[0]?.pointer], ['validation_failed', '/markdown']);
    const { body } = await world.call('GET', `/api/lessons/${lesson.id}`, { as: ana });
    assert.deepEqual([body.version, body.content.content], [1, [text('They fall.')]]);
  });

  test('a line stands for a block of the version the text was made from, and of no other', async () => {
    const course = await world.createCourse(ana);
    const film: Block = { type: 'video', attrs: { id: 'v', title: 'Take 2', src: 'https://example.org/two.mp4' } };
    const lesson = await world.addLesson(ana, course.id, { content: doc(film, box) });
    const save = (body: Record<string, unknown>, match?: string) =>
      world.call('PATCH', `/api/lessons/${lesson.id}`, {
        as: ana,
        body,
        ...(match ? { headers: { 'if-match': match } } : {}),
      });
    const text = 'Watch.\n\n![Video](kept:1)';
    for (const match of [undefined, '*']) {
      const { body } = await save({ markdown: text }, match);
      assert.deepEqual([body.code, body.errors?.[0]?.pointer], ['lesson_text_refused', '/markdown']);
      assert.match(body.errors[0].message, /^"kept:1" stands for nothing/);
    }
    const saved = await save({ markdown: text }, '"1"');
    assert.deepEqual([saved.status, saved.body.content?.content[1]], [200, film]);
    // What the line stood for is gone, and why is said.
    assert.equal((await save({ markdown: 'Only words.' })).status, 200);
    assert.equal((await save({ markdown: text }, '"2"')).body.code, 'edit_conflict');
  });
});
