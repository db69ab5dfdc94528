import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Block, Document } from '@stoa/contracts/document';
import { ProblemDefinition } from '@stoa/contracts/problem';
import fc from 'fast-check';
import { plainText } from '../src/import/document-text.ts';
import type { ImportedLesson } from '../src/import/imported-course.ts';
import { type MarkdownCourse, readMarkdownCourse } from '../src/import/markdown/read-markdown-course.ts';
import { sayNotes } from '../src/import/notes.ts';
import { memoryTree } from './markdown-memory-tree.ts';

const read = (files: Record<string, string | Uint8Array>): Promise<MarkdownCourse> =>
  readMarkdownCourse(memoryTree({ 'README.md': '# Course\n', ...files }));

function firstLesson(course: MarkdownCourse): ImportedLesson {
  const lesson = course.modules[0]?.lessons[0];
  assert.ok(lesson);
  return lesson;
}

async function blocksOf(markdown: string, files: Record<string, string> = {}): Promise<Block[]> {
  const course = await read({ '1-a/1-b/README.md': `# Lesson\n\n${markdown}`, ...files });
  const { content } = firstLesson(course).content;
  assert.ok(Document.safeParse(firstLesson(course).content).success);
  return content;
}

const linesOf = (course: MarkdownCourse, source: string): string[] =>
  course.report
    .filter((item) => item.source === source)
    .map(({ outcome, notes }) => `${outcome}: ${sayNotes(notes, 'en')}`);

describe('the text of a Markdown lesson', () => {
  test('gives its first H1 to the title and keeps other headings from level two on', async () => {
    const course = await read({ '1-a/1-b/README.md': 'Lead\n\n# The title\n\n# Second\n\n### Third\n' });
    assert.equal(firstLesson(course).title, 'The title');
    assert.deepEqual(firstLesson(course).content.content, [
      { type: 'paragraph', content: [{ type: 'text', text: 'Lead' }] },
      { type: 'heading', attrs: { level: 2, id: 'second' }, content: [{ type: 'text', text: 'Second' }] },
      { type: 'heading', attrs: { level: 3, id: 'third' }, content: [{ type: 'text', text: 'Third' }] },
    ]);
  });

  test('keeps tables, task lists, code with its language and math', async () => {
    const blocks = await blocksOf(
      '| a | b |\n|---|---|\n| 1 | `2` |\n\n- [x] done\n- [ ] open\n\n```ts\nlet a = 1;\n```\n\n$$\nx^2\n$$\n\nCosts $5 to $10.\n',
    );
    assert.deepEqual(
      blocks.map(({ type }) => type),
      ['table', 'bulletList', 'codeBlock', 'mathBlock', 'paragraph'],
    );
    const list = blocks[1];
    assert.ok(list?.type === 'bulletList');
    assert.deepEqual(
      list.content.map(({ attrs }) => attrs?.checked),
      [true, false],
    );
    assert.deepEqual(blocks[2], { type: 'codeBlock', attrs: { language: 'ts' }, text: 'let a = 1;' });
    assert.equal(plainText(blocks.slice(4)), 'Costs $5 to $10.');
  });

  test('turns callouts, footnotes and details into what they mean', async () => {
    const blocks = await blocksOf(
      '> [!WARNING]\n> Hot.\n\nText[^1].\n\n<details>\n<summary>More</summary>\n\n- *inside*\n\n</details>\n\n[^1]: The note.\n',
    );
    assert.deepEqual(blocks[0], {
      type: 'callout',
      attrs: { tone: 'warning' },
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hot.' }] }],
    });
    const details = blocks.find(({ type }) => type === 'details');
    assert.ok(details?.type === 'details');
    assert.equal(details.attrs.summary, 'More');
    assert.equal(details.content[0]?.type, 'bulletList');
    assert.match(plainText(blocks), /Text\[1\]\.[\s\S]*Notes\nThe note\./);
  });

  test('reads Windows line ends and a byte order mark like any other file', async () => {
    const lines = '---\ntitle: Named\n---\n# H\n\n- one\n- two\n';
    const unix = await read({ '1-a/1-b/README.md': lines });
    const windows = await read({ '1-a/1-b/README.md': `\uFEFF${lines.replaceAll('\n', '\r\n')}` });
    assert.deepEqual(firstLesson(windows), firstLesson(unix));
    assert.equal(firstLesson(windows).title, 'Named');
  });

  test('shows pictures and files of the source, and links other lessons by their key', async () => {
    const course = await read({
      '1-a/1-b/README.md':
        '# B\n\n![A chart](../img/chart.png "Chart")\n\nSee [next](../2-c/README.md#part), [next in Portuguese](../2-c/translations/README.pt.md), [the sheet](/files/sheet%201.pdf) and [the section](..).\n',
      '1-a/2-c/README.md': '# C\n',
      '1-a/2-c/translations/README.pt.md': '# Cê\n',
      '1-a/README.md': '# A\n',
      '1-a/img/chart.png': 'png',
      'files/sheet 1.pdf': 'pdf',
    });
    const [image, paragraph] = firstLesson(course).content.content;
    assert.deepEqual(image, {
      type: 'image',
      attrs: { src: 'asset:1-a/img/chart.png', alt: 'A chart', caption: 'Chart' },
    });
    assert.ok(paragraph?.type === 'paragraph');
    const hrefs = (paragraph.content ?? []).flatMap((inline) =>
      inline.type === 'text'
        ? (inline.marks ?? []).flatMap((mark) => (mark.type === 'link' ? [mark.attrs.href] : []))
        : [],
    );
    assert.deepEqual(hrefs, ['lesson:1-a/2-c', 'lesson:1-a/2-c', 'asset:files/sheet 1.pdf', '#top']);
    assert.deepEqual(
      course.files.map(({ path, contentType, bytes }) => [path, contentType, bytes]),
      [
        ['1-a/img/chart.png', 'image/png', 3],
        ['files/sheet 1.pdf', 'application/pdf', 3],
      ],
    );
    assert.ok(course.report.every(({ outcome }) => outcome !== 'failed'));
  });

  test('turns a linked YouTube picture into the video and leaves badges of the course page out', async () => {
    const course = await read({
      'README.md':
        '[![build](https://ci.example/b.svg)](https://ci.example)\n\n# Course\n\nWhat this course is about, in a sentence.\n',
      '1-a/1-b/README.md':
        '# B\n\n[![Watch](https://img.youtube.com/vi/abcdefghijk/0.jpg)](https://www.youtube.com/watch?v=abcdefghijk)\n',
    });
    assert.deepEqual(firstLesson(course).content.content, [
      { type: 'video', attrs: { id: 'video-1', title: 'Watch', src: 'youtube:abcdefghijk' } },
    ]);
    assert.equal(course.summary, 'What this course is about, in a sentence.');
    assert.deepEqual(linesOf(course, 'README.md'), ['converted: badges of the repository were left out']);
  });
});

describe('hostile Markdown', () => {
  test('has nothing left that could run', async () => {
    const blocks = await blocksOf(
      [
        '<script>alert(1)</script>',
        '',
        '<img src=x onerror=alert(2)>',
        '',
        '[a](javascript:alert(3)) [b](JaVaScRiPt:alert) [c](data:text/html,x) [d](vbscript:x) [e](file:///etc/passwd)',
        '',
        'in <script>alert(4)</script> line <b onclick="alert(5)">bold</b> <a href="javascript:alert(6)">f</a>',
        '',
        '![g](javascript:alert(7)) and ![h](data:image/svg+xml,x) <iframe src="javascript:alert(8)"></iframe>',
        '',
        '<svg onload=alert(9)><script>alert(10)</script></svg>',
        '',
        '<details ontoggle=alert(11)><summary><img src=x onerror=alert(12)>Sum</summary>',
        '',
        'inner',
        '',
        '</details>',
      ].join('\n'),
    );
    const json = JSON.stringify(blocks);
    assert.doesNotMatch(
      json,
      /onerror|onclick|onload|ontoggle|<script|"(?:src|href)":"(?:javascript|data|vbscript|file)/i,
    );
    assert.doesNotMatch(json, /alert\((?:1|2|4|5|6|8|9|10|11|12)\)/);
    assert.match(plainText(blocks), /in\s+line\s+bold\s+f/);
  });

  test('reports each link it takes away, with the reason', async () => {
    const course = await read({
      '1-a/1-b/README.md': '# B\n\n[a](javascript:x) [b](../../../../etc/passwd) [c](gone.md) [d](#nowhere)\n',
    });
    assert.deepEqual(linesOf(course, '1-a/1-b/README.md'), [
      'imported: ',
      'converted: "javascript:x" is active content or embedded data; its text was kept',
      'converted: "../../../../etc/passwd" leads out of the source; its text was kept',
      'converted: "gone.md" leads to nothing in the source; its text was kept',
      'converted: "#nowhere" leads to no heading of this text; its text was kept',
    ]);
  });

  test('refuses text nested to hurt the parser and imports the lessons beside it', async () => {
    const started = performance.now();
    const course = await read({
      '1-a/1-quotes/README.md': '>'.repeat(100_000),
      '1-a/2-lists/README.md': Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}- a`).join('\n'),
      '1-a/3-brackets/README.md': '['.repeat(200_000),
      '1-a/4-large/README.md': 'word '.repeat(200_000),
      '1-a/5-good/README.md': '# Good\n\n[back](../1-quotes/README.md)\n',
    });
    assert.ok(performance.now() - started < 5000, 'it takes no time to refuse');
    assert.deepEqual(
      course.modules[0]?.lessons.map(({ title }) => title),
      ['Good'],
    );
    for (const name of ['1-quotes', '2-lists', '3-brackets', '4-large']) {
      assert.match(linesOf(course, `1-a/${name}/README.md`).join(), /^failed: ./, name);
    }
    assert.deepEqual(linesOf(course, '1-a/5-good/README.md'), [
      'imported: ',
      'converted: "../1-quotes/README.md" leads to a lesson that could not be read; its text was kept',
    ]);
    assert.ok(course.report.every(({ lessonKey }) => lessonKey === null || lessonKey === '1-a/5-good'));
  });

  test('of any other making gives a valid document and one line in the report', async () => {
    const pieces =
      '# |## |> |> [!NOTE]\n> |- |1. |- [ ] |\n|\n\n|    |```|```js\n|`|*|**|_|~~|[|](|)|![|]|[^1]|[^1]: |$$|\n---\n|\\|&amp;|\u0000|\ud800|a|word |' +
      '<b>|</b>|<br>|<script>|</script>|<details>|<summary>|</summary>|</details>|<!--|-->|<img src=x>|<a href="javascript:x">|' +
      'javascript:x|https://example.org/|//host|#a|../x|/quiz/1|| a | b |\n|---|---|\n|';
    const piece = fc.constantFrom(...pieces.split('|'), '|', '| a | b |\n|---|---|\n| 1 | 2 |\n');
    const text = fc.array(piece, { maxLength: 80 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (markdown) => {
        const course = await read({ '1-a/1-b/README.md': markdown });
        const { content } = firstLesson(course);
        assert.ok(Document.safeParse(content).success);
        assert.doesNotMatch(JSON.stringify(content), /"(?:src|href)":"(?!https:|asset:|lesson:|#)/);
        assert.equal(course.report.filter(({ type }) => type === 'lesson').length, 1);
        assert.notEqual(course.report.find(({ type }) => type === 'lesson')?.outcome, 'failed');
      }),
      { numRuns: 500 },
    );
  });

  test('keeps text that is only nested deep, flattened', async () => {
    const course = await read({
      '1-a/1-b/README.md': `# B\n\n${'> '.repeat(30)}${'*a **b '.repeat(60)}c${'** *'.repeat(60)}\n`,
    });
    assert.ok(Document.safeParse(firstLesson(course).content).success);
    assert.match(plainText(firstLesson(course).content.content), /a b/);
  });

  test('keeps a lesson whose settings are broken and says which', async () => {
    const course = await read({
      '1-a/1-b/README.md': '---\ntitle: [unclosed\n---\n# From the text\n',
      '1-a/2-c/README.md': '---\nkind: dance\nduration: soon\ntitle: Named\n---\nText\n',
      '1-a/3-d/README.md': `---\na: &a [x, x]\n${Array.from({ length: 60 }, (_, i) => `b${i}: [*a, *a, *a]`).join('\n')}\n---\n# Bomb\n`,
    });
    assert.deepEqual(
      course.modules[0]?.lessons.map(({ title, kind }) => [title, kind]),
      [
        ['From the text', null],
        ['Named', null],
        ['Bomb', null],
      ],
    );
    assert.match(
      linesOf(course, '1-a/1-b/README.md').join(),
      /^converted: the settings were ignored, because their YAML cannot be read at line 2, column 17: ./,
    );
    assert.match(linesOf(course, '1-a/2-c/README.md').join(), /"kind" was ignored: .*; setting "duration" was ignored/);
    assert.match(linesOf(course, '1-a/3-d/README.md').join(), /^converted: the settings were ignored/);
  });

  test('imports the lesson of a broken quiz and says what is wrong with it', async () => {
    const course = await read({
      '1-a/1-b/README.md': '# B\n',
      '1-a/1-b/quiz.json': '[{"title": "Q", ',
      '1-a/2-c/README.md': '# C\n',
      '1-a/2-c/quiz.json': JSON.stringify([
        {
          title: 'Q',
          questions: [
            { text: 'No right one?', choices: [{ text: 'a' }, { text: 'b' }] },
            { text: 'Bad pattern?', kind: 'text', answers: [{ value: '(', match: 'pattern' }] },
            {
              text: 'Fine?',
              choices: [
                { text: 'yes', correct: true },
                { text: 'no', correct: 'false' },
              ],
            },
            'nonsense',
          ],
        },
      ]),
    });
    assert.match(linesOf(course, '1-a/1-b/quiz.json').join(), /^failed: the quiz file could not be read: ./);
    const [line] = linesOf(course, '1-a/2-c/quiz.json#1');
    assert.match(
      line ?? '',
      /^converted: question 1: left out, no choice is marked as right; question 2: left out, the pattern "\(" is not valid; question 4: left out/,
    );
    const problems = course.modules[0]?.lessons[1]?.problems ?? [];
    assert.deepEqual(
      problems.map(({ sourceKey }) => sourceKey),
      ['1-a/2-c/quiz/1/3'],
    );
  });
});

describe('the layout of a Markdown course', () => {
  test('orders by number, takes unnumbered lesson folders and leaves material folders alone', async () => {
    const course = await read({
      '10-last/1-x/README.md': '# X\n',
      '2-game/README.md': '# Game\n',
      '2-game/build-it/README.md': '# Build it\n',
      '2-game/solution/README.md': '# Solution\n',
      '3-alone/README.md': '# Alone\n',
      '3-alone/images/README.md': '# Pictures\n',
    });
    assert.deepEqual(
      course.modules.map(({ title, lessons }) => [title, lessons.map((lesson) => lesson.title)]),
      [
        ['Game', ['Build it']],
        ['Alone', ['Alone']],
        ['Last', ['X']],
      ],
    );
    assert.match(linesOf(course, '2-game/solution/README.md').join(), /^raw: not shown/);
  });

  test('gives the same course from an archive that wraps everything in one folder', async () => {
    const files = { 'README.md': '# Course\n', '1-a/1-b/README.md': '# B\n\n![p](p.png)\n', '1-a/1-b/p.png': 'png' };
    const wrapped = Object.fromEntries(Object.entries(files).map(([path, text]) => [`course-main/${path}`, text]));
    const [plain, archive] = [await read(files), await readMarkdownCourse(memoryTree(wrapped))];
    assert.equal(JSON.stringify(archive), JSON.stringify(plain));
    const bytes = await Array.fromAsync(archive.files[0]?.open() ?? []);
    assert.equal(new TextDecoder().decode(bytes[0]), 'png');
  });

  test('refuses a folder without lessons', async () => {
    await assert.rejects(read({ 'notes.txt': 'x' }), { code: 'source_not_a_course' });
  });

  test('makes one module of a repository whose sections are all single lessons', async () => {
    const course = await read({ '01-a/README.md': '# A\n', '02-b/README.md': '# B\n', '03-c.md': '# C\n' });
    assert.deepEqual(
      course.modules.map(({ title, lessons }) => [title, lessons.map(({ sourceKey }) => sourceKey)]),
      [['Course', ['01-a', '02-b', '03-c']]],
    );
  });

  test('reads translations beside the file and in a folder, `pt` meaning Brazil unless told otherwise', async () => {
    const files = {
      'README.md': '# Course\n',
      '1-a/1-b/README.md': '# B\n',
      '1-a/1-b/README.es.md': '# Bé\n',
      '1-a/1-b/translations/README.pt.md': '# Bê\n',
      '1-a/1-b/translations/README.zh-cn.md': '# 乙\n',
      '1-a/1-b/README.old.md': '# Old\n',
    };
    const course = await read(files);
    assert.deepEqual(Object.keys(firstLesson(course).translations), ['es', 'pt-BR', 'zh-CN']);
    assert.match(linesOf(course, '1-a/1-b/README.old.md').join(), /^raw/);
    const portugal = await readMarkdownCourse(memoryTree(files), { languageAliases: { pt: 'pt-PT' } });
    assert.deepEqual(Object.keys(firstLesson(portugal).translations), ['es', 'pt-PT', 'zh-CN']);
  });

  test('shows the assignment in the source language where its translation is missing, and says so', async () => {
    const course = await read({
      '1-a/1-b/README.md': '# B\n\nText\n\n## Homework\n\n[Do it](assignment.md)\n',
      '1-a/1-b/README.es.md': '# Be\n\nTexto\n',
      '1-a/1-b/assignment.md': '# Build a thing\n\n## Steps\n',
    });
    const lesson = firstLesson(course);
    assert.equal(plainText(lesson.content.content), 'Text\nHomework: Build a thing\nSteps');
    assert.equal(plainText(lesson.translations.es?.content.content ?? []), 'Texto\nTarea: Build a thing\nSteps');
    assert.deepEqual(linesOf(course, '1-a/1-b/README.es.md'), [
      'converted: the assignment has no es text and is shown in en',
    ]);
  });

  test('reads the settings of the authored layout', async () => {
    const course = await read({
      'course.yaml':
        'id: my-course\ntitle: Mine\nlanguage: en\nlevel: beginner\ncategory: work\noutcomes: [Do it]\ninstructors: [Ana]\nprice: { amount: 4900, currency: BRL }\ncover: cover.svg\ncertificate: false\n',
      'README.pt-BR.md': '---\ntitle: Meu\nsummary: Resumo.\noutcomes: [Fazer]\n---\nTexto.\n',
      'cover.svg': '<svg/>',
      '01-a/01-watch.md':
        '---\ntitle: Watch\nvideo: ../media/v.mp4\nduration: 3m\nmediaDuration: 45s\ncaptions: { en: ../media/v.en.vtt, pt-BR: ../media/v.pt-BR.vtt }\n---\nBelow.\n',
      '01-a/01-watch.pt-BR.md': '---\ntitle: Assista\n---\nAbaixo.\n',
      '01-a/02-read.md': '---\nid: reading\nkind: file\nfile: { path: sheet.pdf, name: The sheet }\n---\n# Read\n',
      '01-a/sheet.pdf': 'pdf',
      'media/v.mp4': 'mp4',
      'media/v.en.vtt': 'WEBVTT',
      'media/v.pt-BR.vtt': 'WEBVTT',
    });
    assert.deepEqual(
      [course.sourceKey, course.title, course.outcomes, course.instructors, course.coverPath],
      ['my-course', 'Mine', ['Do it'], ['Ana'], 'cover.svg'],
    );
    assert.deepEqual(course.settings, {
      level: 'beginner',
      category: 'work',
      price: { amount: 4900, currency: 'BRL' },
      certificate: false,
      outcomes: { 'pt-BR': ['Fazer'] },
    });
    assert.equal(course.translations['pt-BR']?.title, 'Meu');
    const [watch, reading] = course.modules[0]?.lessons ?? [];
    assert.equal(watch?.kind, 'video');
    assert.equal(watch.durationSeconds, 180);
    assert.deepEqual(watch.translations['pt-BR']?.content.content[0], {
      type: 'video',
      attrs: {
        id: 'video-1',
        title: 'Assista',
        src: 'asset:media/v.mp4',
        durationSeconds: 45,
        captions: [
          { language: 'en', label: 'English', src: 'asset:media/v.en.vtt' },
          { language: 'pt-BR', label: 'Português (Brasil)', src: 'asset:media/v.pt-BR.vtt' },
        ],
      },
    });
    assert.equal(reading?.sourceKey, 'reading');
    assert.deepEqual(reading.content.content, [
      { type: 'file', attrs: { src: 'asset:01-a/sheet.pdf', name: 'The sheet' } },
    ]);
    assert.ok(course.report.every(({ outcome }) => outcome === 'imported'));
  });
});

describe('quizzes of the authored layout', () => {
  const quiz = [
    {
      title: 'All kinds',
      questions: [
        {
          id: 'one',
          text: 'One?',
          hint: 'Think.',
          solution: 'Because *so*.',
          choices: [{ text: 'a', correct: true, feedback: 'Yes.' }, { text: 'b' }],
        },
        {
          id: 'many',
          kind: 'multiple_choice',
          partialCredit: 'each',
          text: 'Many?',
          choices: [{ text: 'a', correct: true }, { text: 'b', correct: true }, { text: 'c' }],
        },
        { id: 'drop', kind: 'dropdown', text: 'Drop?', choices: [{ text: 'a', correct: true }, { text: 'b' }] },
        { id: 'number', kind: 'numerical', text: 'How **much**?', answer: 84, tolerance: '2%', unit: 'kWh' },
        {
          id: 'word',
          kind: 'text',
          text: 'Word?',
          answers: ['brake', { value: 'brak(e|ing)', match: 'pattern' }],
          wrongAnswers: [{ value: 'horn', feedback: 'No.' }],
        },
      ],
    },
  ];
  const spanish = [
    {
      title: 'De todo',
      questions: [
        { id: 'many', text: '¿Muchos?', choices: [{ text: 'A' }, { text: 'B' }, { text: 'C' }] },
        {
          id: 'one',
          text: '¿Uno?',
          hint: 'Piensa.',
          solution: 'Porque sí.',
          choices: [{ text: 'A', feedback: 'Sí.' }, { text: 'B' }],
        },
        {
          id: 'drop',
          text: '¿Cuál?',
          choices: [
            { text: 'A', correct: false },
            { text: 'B', correct: true },
          ],
        },
        { id: 'number', text: '¿Cuánto?' },
        { id: 'word', text: '¿Palabra?', answers: ['freno'], wrongAnswers: [{ value: 'bocina', feedback: 'No es.' }] },
      ],
    },
  ];

  test('read all five kinds and match translations by id', async () => {
    const course = await read({
      '01-a/01-b/README.md': '# B\n\nText\n',
      '01-a/01-b/quiz.json': JSON.stringify(quiz),
      '01-a/01-b/quiz.es.json': JSON.stringify(spanish),
    });
    const { problems, content } = firstLesson(course);
    assert.deepEqual(
      problems.map(({ sourceKey }) => sourceKey),
      ['one', 'many', 'drop', 'number', 'word'].map((id) => `01-a/01-b/quiz/1/${id}`),
    );
    for (const { definition } of problems) assert.ok(ProblemDefinition.safeParse(definition).success);
    assert.deepEqual(
      content.content.map(({ type }) => type),
      ['paragraph', 'heading', 'problem', 'problem', 'problem', 'problem', 'problem'],
    );
    const responses = problems.map(({ definition }) => definition.parts.find(({ type }) => type === 'response'));
    assert.deepEqual(
      responses.map((part) => (part?.type === 'response' ? part.response.kind : null)),
      ['single_choice', 'multiple_choice', 'dropdown', 'numerical', 'text'],
    );
    const [one, , drop, number, word] = problems.map(({ definition }) => definition);
    assert.deepEqual(one?.hints, ['Think.']);
    assert.deepEqual(one?.translations?.es, {
      title: 'De todo · 1',
      labels: { r1: '¿Uno?' },
      choices: {
        c1: [{ type: 'paragraph', content: [{ type: 'text', text: 'A' }] }],
        c2: [{ type: 'paragraph', content: [{ type: 'text', text: 'B' }] }],
      },
      feedback: { c1: 'Sí.' },
      hints: ['Piensa.'],
      solution: [{ type: 'paragraph', content: [{ type: 'text', text: 'Porque sí.' }] }],
    });
    assert.equal(drop?.translations, undefined, 'a translation with another right answer is not taken');
    assert.equal(number?.parts[0]?.type, 'prose', 'a question with markup is prose above an empty label');
    assert.ok(number?.translations?.es?.prose?.['0']);
    const text = word?.parts[0];
    assert.ok(text?.type === 'response' && text.response.kind === 'text');
    assert.deepEqual(
      text.response.answers.map(({ value }) => value),
      ['brake', 'brak(e|ing)', 'freno'],
    );
    assert.deepEqual(
      text.response.wrongAnswers?.map(({ value }) => value),
      ['horn', 'bocina'],
    );
    assert.deepEqual(word?.translations?.es?.feedback, { 'r1:wrong:0': 'No es.' });
    assert.deepEqual(linesOf(course, '01-a/01-b/quiz.es.json#1'), [
      'converted: question 3: shown in the source language, its translation marks another choice as right',
    ]);
  });

  test('of a quiz app go to the lesson that links them, else by their number, and keep their texts as they stand', async () => {
    const question = {
      questionText: 'Is <b> a *tag*?',
      answerOptions: [
        { answerText: 'true', isCorrect: 'true' },
        { answerText: '1. false', isCorrect: 'false' },
      ],
    };
    const course = await read({
      '1-a/1-b/README.md': '# B\n\n## Pre-lecture\n\n[Quiz](https://quiz.example/quiz/2)\n\n## Text\n',
      '1-a/2-c/README.md': '# C\n',
      'quiz-app/src/assets/translations/en.json': JSON.stringify([
        { title: 'App', quizzes: [1, 2, 3, 9].map((id) => ({ id, title: `Q${id}`, quiz: [question] })) },
      ]),
    });
    const [first, second] = course.modules[0]?.lessons ?? [];
    assert.deepEqual(
      first?.problems.map(({ sourceKey }) => sourceKey),
      ['quiz/1/1', 'quiz/2/1'],
    );
    assert.deepEqual(
      second?.problems.map(({ sourceKey }) => sourceKey),
      ['quiz/3/1'],
    );
    assert.equal(plainText(first.content.content), 'Q1\nText\nPre-lecture');
    assert.match(linesOf(course, 'quiz-app/src/assets/translations/en.json#9').join(), /^raw: not shown/);
    const part = first.problems[0]?.definition.parts[0];
    assert.ok(part?.type === 'response' && part.response.kind === 'single_choice');
    assert.equal(part.response.label, 'Is <b> a *tag*?');
    assert.equal(plainText(part.response.choices[1]?.content ?? []), '1. false');
  });
});
