import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { takesAll } from '../../../../scripts/only-with-all.ts';
import {
  isGradable,
  packFolder,
  readSourceCourse,
  rightAnswers,
  type SourceCourse,
  sharedData,
  wrongAnswers,
} from '../../../server/test/source-course.ts';
import { axe, openPage, startBrowser, type WatchedPage } from './harness.ts';
import { type RunningPlatform, signIn, startPlatform } from './platform.ts';

/**
 * The whole way of a learner through a course that comes from a real Open edX export, in a browser: sign up, find,
 * enroll, study all of it, leave and go on elsewhere, get problems wrong and right, complete, show the certificate.
 */
const folder = join(sharedData, 'olx-demo-course', 'demo-course');
const there = existsSync(folder);
const absent = `shared data absent: ${folder} (set STOA_SHARED_DATA)`;
const email = `joana-${randomUUID()}@example.com`;
const password = 'seven quiet columns';

type Outline = { modules: { lessons: { id: string; title: string; completion: string }[] }[] };
type Progress = { lessons: { id: string; state: string }[] };
type Ask = Awaited<ReturnType<RunningPlatform['as']>>;
/** Problems as the API shows them to their learner. */
type Problems = { items: (Parameters<typeof rightAnswers>[1] & { id: string; problem: { gradable: boolean } })[] };

let platform: RunningPlatform;
let browser: Browser;
let source: SourceCourse;
let learner: WatchedPage;
let slug: string;
let courseId: string;
let outline: Outline['modules'][number]['lessons'];

before(async () => {
  if (!there) return;
  platform = await startPlatform();
  browser = await startBrowser();
  source = await readSourceCourse(folder, 'olx');
  ({ courseId, slug } = await importAndPublish());
  learner = await openPage(browser, { viewport: { width: 1280, height: 900 } });
});
after(async () => {
  await browser?.close();
  await platform?.close();
});

const at = (path: string) => `${platform.url}${path}`;
const truths = () => source.truth.modules.flatMap((module) => module.lessons);
/** Complaints that are ours: videos of the export play from YouTube, which answers nobody here. */
const ours = (complaints: readonly string[]) =>
  complaints.filter((line) => !/youtube|net::ERR|Failed to load resource/i.test(line));

async function importAndPublish(): Promise<{ courseId: string; slug: string }> {
  const instructor = await platform.as(platform.account('instructor'));
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(await packFolder(folder))]), 'demo-course.tar.gz');
  const queued = await instructor('/api/courses/imports?format=olx', { method: 'POST', body: form });
  const { id }: { id: string } = await queued.json();
  const until = Date.now() + 180_000;
  for (;;) {
    const done: { state: string; courseId: string | null } = await (
      await instructor(`/api/courses/imports/${id}`)
    ).json();
    if (done.state === 'succeeded' && done.courseId) {
      await instructor(`/api/courses/${done.courseId}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ summary: 'Everything this kind of course can hold.' }),
      });
      const published = await instructor(`/api/courses/${done.courseId}/publish`, { method: 'POST' });
      const course: { slug: string } = await published.json();
      return { courseId: done.courseId, slug: course.slug };
    }
    if (done.state === 'failed' || Date.now() > until) throw new Error(`the import ended as ${done.state}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

test('a stranger finds the imported course, signs up and lands in its first lesson', async (t) => {
  if (!there) return t.skip(absent);
  const { page } = learner;
  await page.goto(at('/courses'));
  await page.getByPlaceholder('Topic, skill or title').fill(source.truth.title);
  await page.locator('main').getByRole('button', { name: 'Search' }).click();
  await page.locator('main article').getByRole('link', { name: source.truth.title }).first().click();
  await page.waitForURL((url) => url.pathname === `/courses/${slug}`);
  await page.getByRole('button', { name: 'Enroll for free' }).click();
  await page.waitForURL(/\/sign-in/);
  await page.getByRole('main').getByRole('link', { name: 'Create account' }).click();
  await page.locator('input[name=name]').fill('Joana Prates');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.locator('main form button[type=submit]').first().click();
  await page.getByRole('heading', { level: 1, name: truths()[0]?.title ?? '' }).waitFor({ timeout: 60_000 });
  const answer = await (await platform.as({ email, password }))(`/api/courses/${courseId}/lessons`);
  const { modules }: Outline = await answer.json();
  outline = modules.flatMap((module) => module.lessons);
  assert.equal(outline.length, truths().length);
});

/** Which lessons are studied in the page, by their place: all of them, or some of each kind and the ends. */
function studiedInPages(): Set<number> {
  const places = [...truths().keys()];
  if (takesAll) return new Set(places);
  const withProblems = places.filter((place) =>
    truths()[place]?.problems.some(({ definition }) => isGradable(definition)),
  );
  const half = Math.floor(places.length / 2);
  return new Set([0, 1, half, half + 1, places.length - 1, ...withProblems.slice(0, 3)]);
}

/** Completes a lesson as a page would have it completed, its problems solved. */
async function studyThroughApi(ask: Ask, place: number): Promise<void> {
  const { id, title, completion } = outline[place] ?? assert.fail(`no lesson ${place}`);
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const answer = await ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, `${title}: ${answer.status} ${await answer.text()}`);
  };
  const { items }: Problems = await (await ask(`/api/lessons/${id}/problems`)).json();
  for (const [index, { definition }] of (truths()[place]?.problems ?? []).entries()) {
    const shown = items[index];
    if (!shown?.problem.gradable || !isGradable(definition)) continue;
    await post(`/api/problems/${shown.id}/attempts`, { answers: rightAnswers(definition, shown) });
  }
  if (completion !== 'passed') return post(`/api/progress/lessons/${id}`, { state: 'completed' });
  const isCompleted = async () => {
    const { lessons }: Progress = await (await ask(`/api/progress/courses/${courseId}`)).json();
    return lessons.some((lesson) => lesson.id === id && lesson.state === 'completed');
  };
  for (let tries = 0; !(await isCompleted()); tries += 1) {
    assert.ok(tries < 100, `${title} is not passed`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const studied = takesAll ? 'every lesson is studied, every problem graded' : 'lessons are studied, problems graded';
test(`${studied} in the page, and the way goes on where it was left`, async (t) => {
  if (!there) return t.skip(absent);
  const ask = await platform.as({ email, password });
  const inPages = studiedInPages();
  let { page } = learner;
  let solved = 0;
  let missed = 0;
  const findings: string[] = [];
  for (const [index, { id, title }] of outline.entries()) {
    if (index === Math.floor(outline.length / 2)) {
      assert.deepEqual(ours(learner.complaints), []);
      await learner.close();
      // Another device: what was left is where to go on.
      learner = await openPage(browser, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
      ({ page } = learner);
      await signIn(learner, { url: platform.url, email, password });
      await page.goto(at('/learn'));
      await page
        .getByRole('link', { name: /^Continue/ })
        .first()
        .click();
      await page.waitForURL(
        (url) => url.pathname.endsWith(outline[index - 1]?.id ?? 'nowhere') || url.pathname.endsWith(id),
      );
    }
    if (!inPages.has(index)) {
      await studyThroughApi(ask, index);
      continue;
    }
    await page.goto(at(`/learn/${slug}/${id}`), { waitUntil: 'domcontentloaded' });
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    assert.equal((await page.getByRole('heading', { level: 1 }).first().textContent())?.trim(), title.trim());
    if ((await page.title()) === '') findings.push(`${title}: the page has no title`);
    // Around the lessons is the same on all of them: it is looked at with the first on each device.
    const isFirst = index === 0 || index === Math.floor(outline.length / 2);
    for (const finding of await axe(page, isFirst ? undefined : 'main')) findings.push(`${title}: ${finding}`);

    const definitions = truths()[index]?.problems ?? [];
    if (definitions.length > 0) {
      const { items }: Problems = await (await ask(`/api/lessons/${id}/problems`)).json();
      assert.equal(items.length, definitions.length, title);
      for (const [place, { definition }] of definitions.entries()) {
        const shown = items[place];
        if (!shown?.problem.gradable || !isGradable(definition)) continue;
        const card = page
          .locator('main article article')
          .filter({ has: page.locator(`input[name=problem][value="${shown.id}"]`) });
        const wrong = wrongAnswers(definition, shown);
        const answers = Object.values(wrong).some((one) => (Array.isArray(one) ? one.length > 0 : one !== ''));
        if (answers && (definition.maxAttempts === null || definition.maxAttempts > 1)) {
          await fill(card, wrong);
          await card.getByRole('button', { name: /^Check/ }).click();
          await card
            .getByText(/^(Not right yet|Partly right|Not right)/)
            .first()
            .waitFor();
          assert.equal(await card.getByText('Solved', { exact: true }).count(), 0, definition.title);
          missed += 1;
        }
        await fill(card, rightAnswers(definition, shown));
        await card.getByRole('button', { name: /^Check/ }).click();
        await card.getByText('Solved', { exact: true }).waitFor();
        solved += 1;
      }
    }
    const complete = page.getByRole('button', { name: 'Mark as complete' });
    const finished = page
      .getByText('You completed this lesson')
      .or(page.getByRole('heading', { name: 'You completed the course' }));
    await complete.or(finished).first().waitFor();
    if ((await finished.count()) === 0) await complete.click();
    await finished.first().waitFor();
  }
  assert.deepEqual(findings, []);
  assert.ok(solved >= (takesAll ? 15 : 3), `${solved} problems were solved in the page`);
  assert.ok(missed >= (takesAll ? 10 : 2), `${missed} problems were answered wrongly first`);
  await page.getByRole('heading', { name: 'You completed the course' }).waitFor();
});

test('the certificate of the imported course is there for anyone to verify', async (t) => {
  if (!there) return t.skip(absent);
  const { page } = learner;
  const link = page.getByRole('link', { name: 'Download PDF' }).first();
  const pdf = await page.context().request.get(at((await link.getAttribute('href')) ?? ''));
  assert.equal(pdf.status(), 200);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
  await page.getByRole('link', { name: 'See your certificate' }).click();
  await page.getByRole('heading', { level: 1, name: 'Joana Prates' }).waitFor();
  const stranger: { page: Page; close: () => Promise<void> } = await openPage(browser);
  await stranger.page.goto(page.url());
  await stranger.page.getByText('This certificate is genuine').waitFor();
  await stranger.page.getByText(source.truth.title).first().waitFor();
  await stranger.close();
  assert.deepEqual(ours(learner.complaints), []);
});

/** Puts answers into a problem's form, by the ids of its responses and choices. */
async function fill(card: ReturnType<Page['locator']>, answers: Record<string, string | string[] | number>) {
  for (const [id, answer] of Object.entries(answers)) {
    const field = card.locator(`[name="answer:${id}"]`);
    const type = await field
      .first()
      .evaluate((element) =>
        element instanceof HTMLSelectElement ? 'select' : element instanceof HTMLInputElement ? element.type : 'text',
      );
    if (type === 'select') await field.selectOption(String(answer));
    else if (type === 'radio') await card.locator(`[name="answer:${id}"][value="${answer}"]`).check();
    else if (type === 'checkbox')
      for (const box of await field.all())
        await box.setChecked(
          [answer]
            .flat()
            .map(String)
            .includes((await box.getAttribute('value')) ?? ''),
        );
    else await field.fill(String(answer));
  }
}
