import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { Document } from '@stoa/contracts/document';
import { person } from '@stoa/kernel/testing';
import { z } from 'zod';
import { assetPathsIn } from '../src/rewrite-document.ts';
import { startWorld } from './world.ts';

const repository = resolve(import.meta.dirname, '../../..');
const shared = resolve(repository, process.env.STOA_SHARED_DATA ?? '../shared/data');
const folder = join(shared, 'olx-demo-course');

type OutlineNode = string | { type: string; display_name?: string | null | undefined; children: OutlineNode[] };
const OutlineNode: z.ZodType<OutlineNode> = z.union([
  z.string(),
  z.object({
    type: z.string(),
    display_name: z.string().nullish(),
    children: z.array(z.lazy(() => OutlineNode)),
  }),
]);
const Expected = z.object({
  course: z.object({ chapters: z.number(), verticals: z.number(), leaf_blocks_total: z.number() }),
  outline: OutlineNode,
});
const Content = z.object({ id: z.string(), content: Document });

/** Display names of the nodes of a type below a node, in order, with single blanks as a page shows them. */
function namesOf(node: OutlineNode, type: string): string[] {
  if (typeof node === 'string') return [];
  if (node.type === type) return [(node.display_name ?? '').replace(/\s+/g, ' ')];
  return node.children.flatMap((child) => namesOf(child, type));
}

test('the demo course of Open edX is stored whole, twice the same', async (t) => {
  if (!existsSync(join(folder, 'expected.json'))) {
    t.skip(`shared data absent: ${folder}`);
    return;
  }
  const expected = Expected.parse(JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')));
  const world = await startWorld();
  try {
    const ana = await person({ roles: ['instructor'], name: 'Ana' });
    const read = async () => {
      const done = await world.importFolder(ana, join(folder, 'demo-course'), { publish: true });
      assert.deepEqual([done.state, done.error], ['succeeded', null]);
      const path = `/api/courses/${done.courseId}/lessons`;
      const { modules } = (await world.call('GET', path, { as: ana })).body;
      return { done, modules };
    };
    const { done, modules } = await read();
    type Shown = { title: string; lessons: { id: string; title: string; path: string[] }[] };
    const lessons = modules.flatMap((module: Shown) => module.lessons);
    assert.deepEqual([modules.length, lessons.length], [expected.course.chapters, expected.course.verticals]);
    assert.deepEqual(
      modules.map((module: Shown) => module.title),
      namesOf(expected.outline, 'chapter'),
    );
    assert.deepEqual(
      lessons.map((lesson: { title: string }) => lesson.title),
      namesOf(expected.outline, 'vertical'),
    );
    const paths = lessons.map((lesson: { path: string[] }) => lesson.path[0]);
    assert.deepEqual([...new Set(paths)], [...new Set(namesOf(expected.outline, 'sequential'))]);

    const leaves = done.items.filter((item: { lessonId: string | null }) => item.lessonId !== null);
    assert.equal(leaves.length, expected.course.leaf_blocks_total);
    for (const { source, path } of leaves) assert.ok(path.length >= 4, `${source}: ${path.join(' › ')}`);
    const ungraded = done.items.filter(
      ({ type, outcome }: { type: string; outcome: string }) => type === 'problem' && outcome === 'raw',
    );
    for (const { source } of ungraded) assert.match(source, /\.xml/, 'a problem is named by its file');
    const ids = new Set(lessons.map((lesson: { id: string }) => lesson.id));
    assert.ok(leaves.every((item: { lessonId: string }) => ids.has(item.lessonId)));

    const problems = new Set([...world.problems.values()].map(({ id }) => id));
    let shownProblems = 0;
    for (const { id } of lessons) {
      const { body } = await world.call('GET', `/api/lessons/${id}`, { as: ana });
      const { content } = Content.parse({ id: body.id, content: body.content });
      for (const asset of assetPathsIn(content)) assert.ok(body.assets[asset], `${body.title}: asset:${asset}`);
      const text = JSON.stringify(content);
      for (const [, target = ''] of text.matchAll(/"lesson:([^"#]*)/g)) assert.ok(ids.has(target), target);
      for (const [, problem = ''] of text.matchAll(/"problemId":"([^"]*)"/g)) {
        assert.ok(problems.has(problem), problem);
        shownProblems += 1;
      }
      assert.doesNotMatch(text, /asset:static|javascript:|"<script/);
    }
    assert.equal(shownProblems, problems.size);
    for (const { definition } of world.problems.values()) {
      for (const [, asset = ''] of JSON.stringify({ ...definition, raw: null }).matchAll(/"asset:([^"]*)"/g)) {
        assert.ok(world.media.assets.has(asset), asset);
      }
    }

    const again = await read();
    assert.deepEqual(again.modules, modules);
    assert.equal([...world.problems.values()].filter((problem) => !problem.retired).length, problems.size);
  } finally {
    await world.close();
  }
});
