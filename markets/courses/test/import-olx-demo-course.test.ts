import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { Document } from '@stoa/contracts/document';
import { isGradable, ProblemDefinition } from '@stoa/contracts/problem';
import tar from 'tar-stream';
import { z } from 'zod';
import type { ImportedCourse } from '../src/import/imported-course.ts';
import { sayNotes } from '../src/import/notes.ts';
import { readOlx } from '../src/import/read-olx.ts';
import { openArchive, openFolder } from '../src/import/source-tree.ts';
import { kindOfDocument } from '../src/lesson-kind.ts';

/**
 * The importer against a real course whose true counts are known (`expected.json`, computed by walking the source).
 * The data is not part of this repository; STOA_SHARED_DATA says where it is.
 */
const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const shared = resolve(repository, process.env.STOA_SHARED_DATA ?? '../shared/data');
const folder = join(shared, 'olx-demo-course');

type OutlineNode =
  | string
  | { type: string; url_name: string; display_name?: string | null | undefined; children: OutlineNode[] };
const OutlineNode: z.ZodType<OutlineNode> = z.union([
  z.string(),
  z.object({
    type: z.string(),
    url_name: z.string(),
    display_name: z.string().nullish(),
    children: z.array(z.lazy(() => OutlineNode)),
  }),
]);
const Expected = z.object({
  course: z.object({
    key: z.string(),
    display_name: z.string(),
    chapters: z.number(),
    verticals: z.number(),
    graded_sequentials: z.number(),
    leaf_blocks_total: z.number(),
    blocks_by_type: z.record(z.string(), z.number()),
    leaf_blocks_per_chapter: z.array(z.object({ display_name: z.string(), verticals: z.number(), leaves: z.number() })),
  }),
  problems: z.object({
    each: z.array(
      z.object({
        url_name: z.string(),
        display_name: z.string().nullable(),
        response_types: z.array(z.string()),
        responses: z.number(),
        solution: z.boolean(),
        hints: z.number(),
      }),
    ),
  }),
  videos: z.object({
    each: z.array(
      z.object({
        url_name: z.string(),
        youtube: z.string().nullable(),
        html5_sources: z.array(z.string()),
        transcripts: z.array(z.tuple([z.string(), z.string()])),
      }),
    ),
  }),
  static: z.object({
    files_included: z.number(),
    distinct_references: z.number(),
    references_where_the_file_has_spaces_and_the_link_underscores: z.array(z.tuple([z.string(), z.string()])),
    references_missing_here_because_excluded: z.array(z.string()),
  }),
  jump_to_id_links: z.object({ resolvable: z.number() }),
  policy_overrides: z.object({ course_image_in_policy_json: z.string() }),
  library: z.object({ key: z.string(), display_name: z.string(), problems: z.number() }),
  outline: OutlineNode,
});
type Expected = z.infer<typeof Expected>;

let loaded: Promise<{ course: ImportedCourse; expected: Expected; processorMs: number }> | undefined;
function load() {
  loaded ??= (async () => {
    const expected = Expected.parse(JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')));
    const before = process.cpuUsage();
    const course = await readOlx(openFolder(folder));
    const { user, system } = process.cpuUsage(before);
    return { course, expected, processorMs: (user + system) / 1000 };
  })();
  return loaded;
}

function withDemoCourse(name: string, check: (loaded: Awaited<ReturnType<typeof load>>) => void | Promise<void>) {
  test(name, async (t: TestContext) => {
    if (!existsSync(join(folder, 'expected.json'))) {
      t.skip(`shared data absent: ${folder} (set STOA_SHARED_DATA)`);
      return;
    }
    await check(await load());
  });
}

const lessonsOf = (course: ImportedCourse) => course.modules.flatMap(({ lessons }) => lessons);
const leavesOf = (course: ImportedCourse) => course.report.filter(({ lessonKey }) => lessonKey !== null);
const keyOf = (source: string) => (source.split('#').at(-1) ?? '').replace(/^.*\//, '').replace(/\.xml$/, '');
const childrenOf = (node: OutlineNode) => (typeof node === 'string' ? [] : node.children);
const nameOf = (node: OutlineNode) => (typeof node === 'string' ? '' : (node.display_name ?? ''));
const oneSpace = (text: string) => text.replace(/\s+/g, ' ').trim();

function nodesOf(value: unknown, type: string): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap((one) => nodesOf(one, type));
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap((one) => nodesOf(one, type));
  return 'type' in value && value.type === type ? [{ ...value }, ...inner] : inner;
}

withDemoCourse('the course keeps its key, title, language, summary, description and cover', ({ course, expected }) => {
  assert.equal(course.sourceKey, expected.course.key);
  assert.equal(course.title, expected.course.display_name);
  assert.equal(course.language, 'en');
  assert.match(course.summary, /^Explore Open edX® capabilities/);
  assert.ok(nodesOf(course.description, 'heading').length >= 3);
  assert.equal(course.coverPath, `static/${expected.policy_overrides.course_image_in_policy_json}`);
});

withDemoCourse('every chapter, sequential and vertical stands in its place with its title', ({ course, expected }) => {
  const chapters = childrenOf(expected.outline);
  assert.equal(course.modules.length, expected.course.chapters);
  assert.deepEqual(
    course.modules.map(({ title }) => title),
    chapters.map(nameOf),
  );
  const wanted = chapters.map((chapter) =>
    childrenOf(chapter).flatMap((sequential) =>
      childrenOf(sequential).map((vertical) => [oneSpace(nameOf(sequential)), oneSpace(nameOf(vertical))]),
    ),
  );
  const got = course.modules.map(({ lessons }) => lessons.map(({ path, title }) => [...path, title]));
  assert.deepEqual(got, wanted);
  assert.equal(lessonsOf(course).length, expected.course.verticals);
});

withDemoCourse('the report has one item for each leaf block, in the order of the outline', ({ course, expected }) => {
  const wanted: [string, string][] = [];
  const collect = (node: OutlineNode, lesson: string) => {
    if (typeof node === 'string') wanted.push([node, lesson]);
    else for (const child of node.children) collect(child, node.type === 'vertical' ? node.url_name : lesson);
  };
  collect(expected.outline, '');
  const got = leavesOf(course).map(({ type, source, lessonKey }) => [`${type}:${keyOf(source)}`, lessonKey]);
  assert.equal(got.length, expected.course.leaf_blocks_total);
  assert.deepEqual(got, wanted);
});

withDemoCourse('every leaf says where its author finds it, with the titles of the outline', ({ course, expected }) => {
  const wanted: string[][] = [];
  const collect = (node: OutlineNode, above: string[]) => {
    if (typeof node === 'string') wanted.push(above);
    else
      for (const child of node.children) collect(child, [...above, ...(nameOf(node) ? [oneSpace(nameOf(node))] : [])]);
  };
  collect(expected.outline, []);
  const paths = leavesOf(course).map(({ path = [] }) => path);
  assert.deepEqual(
    paths.map((path, index) => path.slice(0, wanted[index]?.length)),
    wanted,
  );
  assert.ok(paths.filter((path, index) => path.length > (wanted[index]?.length ?? 0)).length > 200, 'titles of leaves');
  const picture = course.report.find(
    ({ type, outcome, path }) => type === 'static' && outcome === 'imported' && path?.length,
  );
  assert.equal(picture?.path?.[0], expected.course.display_name, 'a file is where it is shown first');
});

withDemoCourse('leaves are counted right by type and by chapter', ({ course, expected }) => {
  const containers = new Set(['course', 'chapter', 'sequential', 'vertical', 'library_content']);
  const byType = Object.entries(expected.course.blocks_by_type).filter(([type]) => !containers.has(type));
  for (const [type, count] of byType) {
    assert.equal(leavesOf(course).filter((item) => item.type === type).length, count, type);
  }
  for (const [at, chapter] of expected.course.leaf_blocks_per_chapter.entries()) {
    const keys = new Set(course.modules[at]?.lessons.map(({ sourceKey }) => sourceKey));
    assert.equal(keys.size, chapter.verticals);
    assert.equal(leavesOf(course).filter(({ lessonKey }) => keys.has(lessonKey ?? '')).length, chapter.leaves);
  }
});

withDemoCourse('no leaf fails, and every change has a reason', ({ course }) => {
  for (const { source, outcome, notes } of leavesOf(course)) {
    const note = sayNotes(notes, 'en');
    assert.notEqual(outcome, 'failed', `${source}: ${note}`);
    assert.equal(note === '', outcome === 'imported', `${source}: ${outcome} with note "${note}"`);
  }
  const drawn = leavesOf(course).filter(({ notes }) => sayNotes(notes, 'en').includes('draws 2 of 6'));
  assert.equal(drawn.length, 6);
});

withDemoCourse('every document and problem is valid, and keys are unique', ({ course }) => {
  Document.parse(course.description);
  for (const { content } of lessonsOf(course)) Document.parse(content);
  for (const { problems } of lessonsOf(course))
    for (const { definition } of problems) ProblemDefinition.parse(definition);
  for (const keys of [
    lessonsOf(course).map(({ sourceKey }) => sourceKey),
    lessonsOf(course).flatMap(({ problems }) => problems.map(({ sourceKey }) => sourceKey)),
    course.files.map(({ path }) => path),
  ]) {
    assert.equal(new Set(keys).size, keys.length);
  }
});

const gradableKinds: Record<string, string> = {
  multiplechoiceresponse: 'single_choice',
  choiceresponse: 'multiple_choice',
  optionresponse: 'dropdown',
  numericalresponse: 'numerical',
  stringresponse: 'text',
};

withDemoCourse('each problem has its responses, hints and solution', ({ course, expected }) => {
  const problems = new Map(
    lessonsOf(course).flatMap((lesson) => lesson.problems.map((one) => [one.sourceKey, one.definition])),
  );
  assert.equal(problems.size, expected.problems.each.length);
  for (const wanted of expected.problems.each) {
    const problem = problems.get(wanted.url_name);
    assert.ok(problem, wanted.url_name);
    const responses = problem.parts.flatMap((part) => (part.type === 'response' ? [part.response] : []));
    assert.equal(responses.length, wanted.responses, wanted.url_name);
    const kinds = new Set(responses.map((one) => (one.kind === 'ungradable' ? one.sourceKind : one.kind)));
    for (const type of wanted.response_types) {
      assert.ok(kinds.has(type) || kinds.has(gradableKinds[type] ?? ''), `${wanted.url_name}: ${type}`);
    }
    assert.equal(problem.hints.length, wanted.hints, wanted.url_name);
    assert.equal(problem.solution !== undefined, wanted.solution, wanted.url_name);
    if (wanted.display_name !== null) assert.equal(problem.title, wanted.display_name);
    assert.match(problem.raw?.source ?? '', /^<problem/);
  }
  const gradable = [...problems.values()].filter(isGradable);
  // 21 of the machine-gradable types less the one whose answer is a variable of a Python script.
  assert.equal(gradable.length, 20);
});

withDemoCourse('answers of known problems are read exactly', ({ course }) => {
  const problem = (key: string) => {
    const found = lessonsOf(course)
      .flatMap(({ problems }) => problems)
      .find(({ sourceKey }) => sourceKey === key);
    return found?.definition.parts.flatMap((part) => (part.type === 'response' ? [part.response] : []))[0];
  };
  const five = problem('3b8100660f3947c198e0a9b35f7c6cf6');
  assert.ok(five?.kind === 'numerical');
  assert.deepEqual(five.answers, [{ value: 600, tolerance: { kind: 'absolute', amount: 5 }, credit: 1 }]);
  const roots = problem('9f898b5307d841fcb03f5ee4eb206a9a');
  assert.ok(roots?.kind === 'numerical');
  assert.deepEqual(
    roots.answers.map((one) => ['value' in one && one.value, one.credit]),
    [
      [2, 1],
      [1, 0.5],
    ],
  );
  const dwarfs = problem('3e5a945f54374fc7ababadc080660f2d');
  assert.ok(dwarfs?.kind === 'text');
  assert.deepEqual(
    dwarfs.answers.map(({ value }) => value),
    ['Doc', 'Sleepy', 'Dopey', 'Grumpy', 'Happy', 'Bashful', 'Sneezy'],
  );
  assert.equal(dwarfs.caseSensitive, false);
  const word = problem('330956aa9c304a0a8e944d3caac15494');
  assert.ok(word?.kind === 'text');
  assert.deepEqual(word.answers, [{ match: 'pattern', value: '..bble', credit: 1 }]);
  const facts = problem('0135258373e648f2b57a80ae06bade61');
  assert.ok(facts?.kind === 'multiple_choice');
  assert.deepEqual(
    facts.choices.map(({ correct }) => correct),
    [false, true, false, true, true],
  );
  assert.match(facts.choices[0]?.feedback ?? '', /^Bats actually/);
  assert.match(facts.choices[1]?.feedbackUnselected ?? '', /^One of the true facts/);
});

withDemoCourse('videos keep their source, and transcripts become WebVTT captions', async ({ course, expected }) => {
  const videos = new Map(
    nodesOf(
      lessonsOf(course).map(({ content }) => content),
      'video',
    ).map((node) => {
      const attrs = z
        .object({
          id: z.string(),
          src: z.string(),
          captions: z.array(z.object({ language: z.string(), src: z.string() })).default([]),
        })
        .parse(node.attrs);
      return [attrs.id, attrs];
    }),
  );
  assert.equal(videos.size, expected.videos.each.length);
  for (const wanted of expected.videos.each) {
    const video = videos.get(wanted.url_name);
    assert.ok(video, wanted.url_name);
    assert.equal(video.src, wanted.youtube === null ? wanted.html5_sources[0] : `youtube:${wanted.youtube}`);
    assert.deepEqual(
      video.captions.map(({ language, src }) => [language, src]),
      wanted.transcripts.map(([language, name]) => [language, `asset:static/${name.replace(/\.srt$/, '.vtt')}`]),
    );
    for (const { src } of video.captions) {
      const file = course.files.find(({ path }) => `asset:${path}` === src);
      assert.ok(file, src);
      const vtt = (await buffer(file.open())).toString();
      assert.match(vtt, /^WEBVTT\n\n00:00:\d\d\.\d{3} --> /);
      assert.equal(Buffer.byteLength(vtt), file.bytes);
    }
  }
});

withDemoCourse(
  'every static file is reported once, missing ones too, and every asset in a lesson opens',
  async ({ course, expected }) => {
    const items = course.report.filter(({ type }) => type === 'static');
    const missing = items
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ source }) => source.slice('static/'.length));
    assert.deepEqual(missing.sort(), [...expected.static.references_missing_here_because_excluded].sort());
    assert.equal(items.length, expected.static.files_included + missing.length);
    const referred = items.filter(
      ({ outcome, notes }) =>
        outcome === 'imported' || outcome === 'converted' || notes.some(({ code }) => code === 'used_by_unshown'),
    );
    // The true counts know of `/static/` links only: not of transcripts (named without a path), the cover, and two
    // files addressed by their asset key.
    const others = expected.videos.each.flatMap(({ transcripts }) => transcripts).length + 1 + 2;
    assert.equal(referred.length + missing.length, expected.static.distinct_references + others);
    for (const [, file] of expected.static.references_where_the_file_has_spaces_and_the_link_underscores) {
      assert.ok(
        referred.some(({ source }) => source === `static/${file}`),
        file,
      );
    }
    const paths = new Set(course.files.map(({ path }) => path));
    const text = JSON.stringify(lessonsOf(course));
    const assets = new Set([...text.matchAll(/"asset:([^"]+)"/g)].map((match) => match[1] ?? ''));
    for (const asset of assets) assert.ok(paths.has(asset), asset);
    assert.ok(assets.size >= 45);
    for (const file of course.files.filter(({ path }) => assets.has(path)).slice(0, 10)) {
      assert.equal((await buffer(file.open())).length, file.bytes, file.path);
    }
  },
);

withDemoCourse('links between lessons lead to lessons of the course', ({ course, expected }) => {
  const keys = new Set(lessonsOf(course).map(({ sourceKey }) => sourceKey));
  const links = [
    ...JSON.stringify(lessonsOf(course).map(({ content }) => content)).matchAll(/"href":"lesson:([^"]+)"/g),
  ];
  assert.equal(links.length, expected.jump_to_id_links.resolvable);
  for (const [, key] of links) assert.ok(keys.has(key ?? ''), key);
});

withDemoCourse('graded sequentials make graded lessons, and kinds follow the content', ({ course, expected }) => {
  const graded = new Set(
    lessonsOf(course)
      .filter((lesson) => lesson.graded)
      .map(({ path }) => path.join('/')),
  );
  assert.equal(graded.size, expected.course.graded_sequentials);
  assert.ok(lessonsOf(course).every(({ durationSeconds }) => durationSeconds > 0));
  const titlesOf = (kind: string) =>
    lessonsOf(course).flatMap(({ title, content }) => (kindOfDocument(content) === kind ? [title] : []));
  assert.ok(titlesOf('video').length > 0);
  // Lessons of problems with a few words around them, and long ones with a problem in them.
  assert.ok(titlesOf('quiz').includes('Dropdown Problems'));
  assert.ok(titlesOf('quiz').includes('Numerical Input Problems'));
  assert.ok(titlesOf('text').includes('Annotation'));
});

withDemoCourse('nothing active is in what learners get', ({ course }) => {
  const shown = [
    course.description,
    ...lessonsOf(course).flatMap(({ content, problems }) => [
      content,
      ...problems.map(({ definition: { raw: _kept, ...definition } }) => ({
        ...definition,
        parts: definition.parts.filter((part) => part.type === 'prose' || part.response.kind !== 'ungradable'),
      })),
    ]),
  ];
  const text = JSON.stringify(shown);
  assert.doesNotMatch(text, /javascript:[^\s"]/i);
  assert.doesNotMatch(text, /"(?:src|href)":"(?!https?:|mailto:|tel:|asset:|lesson:|#|youtube:)/);
});

withDemoCourse('the library beside the course is kept and reported', ({ course, expected }) => {
  const items = course.report.filter(({ type }) => type === 'library');
  assert.deepEqual(
    items.map(({ outcome }) => outcome),
    ['raw'],
  );
  const kept = course.files.filter(({ path }) => path.startsWith('olx/library/'));
  assert.equal(kept.length, expected.library.problems);
});

withDemoCourse('a library alone is imported as one lesson of problems', async ({ expected }) => {
  const library = await readOlx(openFolder(join(folder, 'demo-content-library')));
  assert.equal(library.sourceKey, expected.library.key);
  assert.equal(library.title, expected.library.display_name);
  assert.deepEqual(
    lessonsOf(library).map(({ content, problems }) => [kindOfDocument(content), problems.length]),
    [['quiz', expected.library.problems]],
  );
});

withDemoCourse('secrets of the course settings stay out', ({ course }) => {
  assert.doesNotMatch(JSON.stringify(course), /codeboard_secret|REDACTED-SECRET/);
});

withDemoCourse('importing twice gives the same result', async ({ course }) => {
  const again = await readOlx(openFolder(folder));
  assert.deepEqual(JSON.parse(JSON.stringify(again)), JSON.parse(JSON.stringify(course)));
});

withDemoCourse('the course packed as tar.gz gives the same as its folder', async ({ course }) => {
  const into = await mkdtemp(join(tmpdir(), 'stoa-olx-archive-'));
  try {
    const folderTree = openFolder(folder);
    const pack = tar.pack();
    const packing = (async () => {
      for (const path of await folderTree.list()) {
        pack.entry({ name: path }, Buffer.from(await folderTree.read(path, 64 * 1024 * 1024)));
      }
      pack.finalize();
    })();
    const [tree] = await Promise.all([openArchive(pack.pipe(createGzip({ level: 1 })), { into }), packing]);
    const unpacked = await readOlx(tree);
    assert.deepEqual(JSON.parse(JSON.stringify(unpacked)), JSON.parse(JSON.stringify(course)));
  } finally {
    await rm(into, { recursive: true, force: true });
  }
});

// Of the processor: the time of the clock is also that of whoever else is at work.
withDemoCourse('the whole course is read within three seconds', ({ processorMs }) => {
  assert.ok(processorMs < 3000, `${Math.round(processorMs)} ms`);
});
