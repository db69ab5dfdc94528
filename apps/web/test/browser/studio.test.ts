import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { packFolder, sharedData, writeSmallCourse } from '../../../server/test/source-course.ts';
import { axe, openPage, startBrowser } from './harness.ts';
import { type RunningPlatform, startPlatform } from './platform.ts';

let platform: RunningPlatform;
let browser: Browser;
let work: string;
before(async () => {
  work = await mkdtemp(join(tmpdir(), 'stoa-studio-'));
  platform = await startPlatform();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await platform?.close();
  await rm(work, { recursive: true, force: true });
});

/** One pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Uploads an archive on the import page and waits until its report or its refusal is there. */
async function importArchive(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.goto(`${platform.url}/studio/imports`);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/gzip', buffer });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.waitForURL(/\/studio\/imports\/[0-9a-f-]+$/, { timeout: 60_000 });
  await page.reload();
  await page
    .getByRole('heading', { name: 'Piece by piece' })
    .or(page.getByRole('link', { name: 'Import another file' }))
    .first()
    .waitFor({ timeout: 120_000 });
}

/** A page of the instructor on which no script runs. */
async function openWithoutScripts() {
  const signedIn = await platform.open(browser, 'instructor');
  const storageState = await signedIn.page.context().storageState();
  await signedIn.close();
  return openPage(browser, { javaScriptEnabled: false, storageState });
}

/** Writes an archive to disk, for uploads too large to hand over in memory. */
async function fileOf(name: string, content: Buffer): Promise<string> {
  const path = join(work, name);
  await writeFile(path, content);
  return path;
}

// Each language, both widths, both schemes, without the time that every combination would take. In English every-page.test.ts
// looks at all but the report of an import, in light at 1280 px and in dark at 320 px.
for (const [locale, width, colorScheme] of [
  ['', 320, 'dark'],
  ['/pt-BR', 1280, 'light'],
  ['/es', 320, 'light'],
] as const) {
  test(`studio pages are whole at ${width} px, ${colorScheme}, in ${locale.slice(1) || 'en'}`, async () => {
    const { page, complaints, close } = await platform.open(browser, 'instructor', {
      viewport: { width, height: 800 },
      colorScheme,
    });
    const visit = async (path: string) => {
      await page.goto(path);
      await page.locator('h1').waitFor();
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(excess, 0, `${path} scrolls sideways`);
      assert.deepEqual(await axe(page), [], path);
    };
    const hrefOf = async (selector: string) =>
      `${platform.url}${(await page.locator(selector).first().getAttribute('href')) ?? ''}`;
    if (locale !== '') {
      await visit(`${platform.url}${locale}/studio`);
      await visit(await hrefOf('a[href*="/studio/courses/"]'));
      await visit(`${platform.url}${locale}/studio/imports`);
    } else await page.goto(`${platform.url}/studio/imports`);
    await visit(await hrefOf('tbody a[href*="/studio/imports/"]'));
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('an archive of more than 10 MB is imported, its report is filtered and taken along, its lessons open', async () => {
  const { page, complaints, close } = await platform.open(browser, 'instructor');
  const folder = await writeSmallCourse(join(work, 'small'), 'Leaves');
  await mkdir(join(folder, 'static'), { recursive: true });
  // Not compressible, and above what Next would buffer of a body.
  await writeFile(join(folder, 'static', 'large.pdf'), Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(12e6)]));
  const archive = await fileOf('leaves.tar.gz', await packFolder(folder));
  await page.goto(`${platform.url}/studio/imports`);
  await page.locator('input[type=file]').setInputFiles(archive);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.waitForURL(/\/studio\/imports\/[0-9a-f-]+$/, { timeout: 60_000 });
  await page.reload();
  await page.getByRole('heading', { name: 'Piece by piece' }).waitFor({ timeout: 120_000 });
  assert.deepEqual(await axe(page), []);
  await page.getByLabel('Search source, note or type').fill('large.pdf');
  await page
    .getByRole('status')
    .filter({ hasText: /^1 of 1 shown$/ })
    .waitFor();
  // Pieces are found by the titles their author gave, and stand there with them.
  await page.getByLabel('Search source, note or type').fill(' › ');
  await page
    .getByRole('rowheader')
    .filter({ hasText: /\S › \S.*\.xml/ })
    .first()
    .waitFor();
  await page.getByLabel('Search source, note or type').fill('no piece is called this');
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
  await page.getByRole('button', { name: 'Show all' }).click();
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Report as CSV' }).click(),
  ]);
  const lines = (await readFile(await csv.path(), 'utf8')).trim().split('\r\n');
  const [json] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Report as JSON' }).click(),
  ]);
  const report: { items: unknown[]; summary: { total: number } } = JSON.parse(
    await readFile(await json.path(), 'utf8'),
  );
  assert.equal(lines.length, report.items.length + 1);
  assert.equal(report.summary.total, report.items.length);
  // By its title, which the page learns a moment after the import is done.
  const lesson = page
    .getByRole('table', { name: 'Piece by piece' })
    .getByRole('link', { name: /^(?!Open the lesson of)/ })
    .first();
  const title = (await lesson.textContent()) ?? '';
  await lesson.click();
  await page.waitForURL(/\/learn\/[^/]+\/[0-9a-f-]+$/);
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('what is no course is refused in words a person can act on, in three languages', async () => {
  const { page, close } = await platform.open(browser, 'instructor');
  await importArchive(page, 'holiday.tar.gz', Buffer.from('not an archive at all'));
  await page.getByText('This file cannot be opened').waitFor();
  const { pathname } = new URL(page.url());
  await page.goto(`${platform.url}/pt-BR${pathname}`);
  await page.getByText('Não foi possível abrir este arquivo').waitFor();
  await page.goto(`${platform.url}/es${pathname}`);
  await page.getByText('No se puede abrir este archivo').waitFor();
  assert.deepEqual(await axe(page), []);
  await close();
});

test('two people edit one course: the second sees both versions and loses nothing', async () => {
  const { page, close } = await platform.open(browser, 'instructor');
  await page.goto(`${platform.url}/studio`);
  await page.getByRole('link', { name: 'Write clearly at work', exact: true }).click();
  await page.waitForURL(/\/studio\/courses\//);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByLabel('Summary').fill('Changed in the other window.');
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await other.getByText('Saved', { exact: true }).waitFor();
  await page.getByLabel('Summary').fill('Mine, written with care.');
  await page.getByLabel('Price in').selectOption('BRL');
  await page.getByLabel('Price', { exact: true }).fill('R$ 1.299,90');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Somebody else changed this course while you were editing').waitFor();
  await page.getByText('Changed in the other window.').waitFor();
  assert.deepEqual(await axe(page), []);
  assert.equal(await page.getByLabel('Summary').inputValue(), 'Mine, written with care.');
  await page.getByRole('button', { name: 'Save mine' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.reload();
  assert.equal(await page.getByLabel('Summary').inputValue(), 'Mine, written with care.');
  assert.equal(await page.getByLabel('Price', { exact: true }).inputValue(), '1299.90');
  await close();
});

test('a course is edited without scripts, and what is refused is said and kept', async () => {
  const ask = await platform.as(platform.account('instructor'));
  const made = await ask('/api/courses', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ title: 'Read by lamplight', language: 'en', price: { amount: 4900, currency: 'BRL' } }),
  });
  assert.equal(made.status, 201);
  const { page, close } = await openWithoutScripts();
  await page.goto(`${platform.url}/studio`);
  await page.getByRole('link', { name: 'Read by lamplight', exact: true }).click();
  await page.getByLabel('Summary').fill('Written where no script runs.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  assert.equal(await page.getByLabel('Summary').inputValue(), 'Written where no script runs.');
  await page.getByLabel('Price', { exact: true }).fill('much');
  await page.getByLabel('Summary').fill('Kept although the price is not a price.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('[aria-invalid=true]').first().waitFor();
  assert.equal(await page.getByLabel('Summary').inputValue(), 'Kept although the price is not a price.');
  assert.equal(await page.getByLabel('Price', { exact: true }).inputValue(), 'much');
  await close();
});

test('a course made by hand gets a picture while its words are being written, and everybody sees it', async () => {
  const { page, complaints, close } = await platform.open(browser, 'instructor');
  await page.goto(`${platform.url}/studio`);
  await page.getByRole('link', { name: 'Write clearly at work', exact: true }).click();
  await page.getByLabel('Summary').fill('Written around a picture.');
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    page.getByLabel('Choose a picture, or drop it here').setInputFiles({ name, mimeType, buffer });
  await choose('words.png', 'image/png', Buffer.from('only words'));
  await page.getByText('This file is not a picture that browsers show').waitFor();
  const again = page.locator('input[type=file]').first();
  await again.setInputFiles({ name: 'cover.png', mimeType: 'image/png', buffer: picture });
  await page.getByRole('button', { name: 'Remove picture' }).waitFor();
  assert.equal(await page.getByLabel('Summary').inputValue(), 'Written around a picture.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  assert.deepEqual(await axe(page), []);
  const stranger = await openPage(browser);
  const shown = () => stranger.page.locator('article', { hasText: 'Written around a picture.' }).locator('img').count();
  await stranger.page.goto(`${platform.url}/courses`);
  assert.equal(await shown(), 1);
  await page.getByRole('button', { name: 'Remove picture' }).click();
  await page.getByRole('button', { name: 'Remove picture' }).waitFor({ state: 'detached' });
  // What the person sent as no picture is on record as refused, and nothing else is.
  assert.deepEqual(
    complaints.filter((complaint) => !complaint.includes('422')),
    [],
  );
  await stranger.close();
  await close();
});

test('modules are moved by keyboard and renamed while the course is being written, and without scripts too', async () => {
  const { page, complaints, close } = await platform.open(browser, 'instructor');
  await page.goto(`${platform.url}/studio`);
  await page.getByRole('link', { name: 'Write clearly at work', exact: true }).click();
  await page.waitForURL(/\/studio\/courses\//);
  const orderOn = (on: Page) =>
    on
      .getByRole('button', { name: /^Move .* down$/ })
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
  const [first = '', second = '', ...others] = await orderOn(page);
  assert.ok(second, 'a course of two modules or more');
  const title = first.slice('Move '.length, -' down'.length);
  await page.getByLabel('Summary').fill('Begun before the modules moved.');
  await page.getByRole('button', { name: first, exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(`${title} is now number 2 of ${others.length + 2}.`).waitFor();
  assert.deepEqual(await orderOn(page), [second, first, ...others]);
  await page.waitForFunction(
    (moved) => document.activeElement?.getAttribute('aria-label')?.startsWith(`Move ${moved} `),
    title,
  );
  await page.getByText(`Rename: ${title}`).click();
  await page.getByRole('textbox', { name: 'Title' }).last().waitFor();
  const field = page.locator('details[open] input[name=title]');
  await field.fill('Named anew');
  await page.getByRole('button', { name: `Save the title of ${title}` }).click();
  await page.getByRole('button', { name: 'Move Named anew up' }).waitFor();
  assert.deepEqual(await axe(page), []);
  // What moved is no conflict with what is being written.
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved', { exact: true }).first().waitFor();
  assert.equal(await page.getByText('Somebody else changed this course').count(), 0);
  assert.deepEqual(complaints, []);
  const plain = await openPage(browser, {
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  await plain.page.goto(page.url());
  await plain.page.getByRole('button', { name: 'Move Named anew up' }).click();
  await plain.page.locator('button[aria-label="Move Named anew up"]:disabled').waitFor();
  assert.equal((await orderOn(plain.page))[0], 'Move Named anew down');
  await plain.close();
  await close();
});

/** A second of silence: 8 bits, 8000 samples. */
function silence(): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + 8000, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(8000, 40);
  return Buffer.concat([head, Buffer.alloc(8000, 128)]);
}

test('a recording that is sent becomes a lesson that plays; what only calls itself a film is refused', async () => {
  const { page, close } = await platform.open(browser, 'instructor');
  await page.goto(`${platform.url}/studio`);
  await page.getByRole('link', { name: 'Write clearly at work', exact: true }).click();
  await page.waitForURL(/\/studio\/courses\//);
  const form = page.getByRole('form', { name: 'Add a lesson from a file' });
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    form.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
  const add = form.getByRole('button', { name: 'Add lesson' });
  await choose('film.mp4', 'video/mp4', Buffer.from('<script>alert(1)</script>'));
  await add.click();
  await form.getByText('Lessons cannot show this kind of file').waitFor();
  await choose('Read aloud.wav', 'audio/wav', silence());
  assert.deepEqual(await axe(page), []);
  await form.getByLabel('Title of the lesson').fill('Read aloud');
  await form.getByLabel('Module', { exact: true }).fill('Heard');
  await add.click();
  await page.getByText('The lesson is in the course.').waitFor();
  await page.getByRole('link', { name: 'Read aloud', exact: true }).click();
  await page.waitForURL(/\/learn\/[^/]+\/[0-9a-f-]+$/);
  await page.getByRole('heading', { level: 1, name: 'Read aloud' }).waitFor();
  const seconds = await page.locator('audio').evaluate(async (audio) => {
    if (!(audio instanceof HTMLAudioElement)) throw new Error('no audio');
    audio.load();
    await new Promise((resolve, reject) => {
      audio.addEventListener('loadedmetadata', resolve);
      audio.addEventListener('error', () => reject(new Error(audio.error?.message)));
    });
    return audio.duration;
  });
  assert.equal(seconds, 1);
  await close();
});

type ListedCourse = { id: string; slug: string; title: string };
type Outline = { modules: { lessons: { id: string; kind: string }[] }[] };
type Assets = { assets: Record<string, { url: string; contentType: string }> };

/** A new lesson of a demo course, by its API, and the pages of it. */
async function newLesson(title: string) {
  const ask = await platform.as(platform.account('instructor'));
  const { items }: { items: ListedCourse[] } = await (await ask('/api/courses/mine')).json();
  const course = items.find((one) => one.title === 'Write clearly at work') ?? assert.fail('no such course');
  const answer = await ask(`/api/courses/${course.id}/lessons`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ title, module: 'Made in the studio', markdown: 'Read this first.' }),
  });
  assert.equal(answer.status, 201);
  const { id }: { id: string } = await answer.json();
  return { studio: `/studio/courses/${course.id}/lessons/${id}`, learn: `/learn/${course.slug}/${id}`, course };
}

/** The film of the demo world. */
async function film(): Promise<Buffer> {
  const ask = await platform.as(platform.account('instructor'));
  const { items }: { items: ListedCourse[] } = await (await ask('/api/courses/mine')).json();
  for (const { id } of items) {
    const outline: Outline = await (await ask(`/api/courses/${id}/lessons`)).json();
    const lesson = outline.modules.flatMap((module) => module.lessons).find(({ kind }) => kind === 'video');
    if (!lesson) continue;
    const { assets }: Assets = await (await ask(`/api/lessons/${lesson.id}`)).json();
    const asset = Object.values(assets).find(({ contentType }) => contentType.startsWith('video/'));
    if (asset) return Buffer.from(await (await fetch(new URL(asset.url, platform.url))).arrayBuffer());
  }
  assert.fail('no demo course has a film');
}

const said = Buffer.from('WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nHello\n');

test('a lesson is given a film, captions, a poster and another film, and the player shows them', async () => {
  const { studio, learn, course } = await newLesson('Watch');
  const { page, complaints, close } = await platform.open(browser, 'instructor');
  await page.goto(`${platform.url}/studio/courses/${course.id}`);
  await page.getByRole('link', { name: 'Edit Watch', exact: true }).click();
  await page.waitForURL(`${platform.url}${studio}`);
  const send = async (form: string, file: { name: string; mimeType: string; buffer: Buffer }) => {
    const button = page.getByRole('button', { name: form, exact: true });
    const around = page.locator('form').filter({ has: button });
    await around.locator('input[type=file]').setInputFiles(file);
    await button.click();
  };
  const bytes = await film();
  await page.getByRole('button', { name: 'Add file', exact: true }).click();
  await page.getByText('Choose a file first.').waitFor();
  await send('Add file', { name: 'one.mp4', mimeType: 'video/mp4', buffer: bytes });
  await page.getByText('Video · one.mp4').waitFor();

  await page.getByText('Add captions: Watch').click();
  await send('Save captions', { name: 'a.txt', mimeType: 'text/plain', buffer: said });
  await page.getByText('Captions are a WebVTT or SubRip file').waitFor();
  await page.getByLabel('Language of the captions').selectOption('pt-BR');
  const subRip = Buffer.from('1\r\n00:00:00,000 --> 00:00:02,000\r\nHello\r\n');
  await send('Save captions', { name: 'a.srt', mimeType: 'application/x-subrip', buffer: subRip });
  const remove = page.getByRole('button', { name: 'Remove the captions in Português (Brasil)' });
  await remove.waitFor();
  await page.getByText('Set the poster: Watch').click();
  await send('Save poster', { name: 'p.png', mimeType: 'image/png', buffer: picture });
  await page.getByRole('button', { name: 'Remove poster' }).waitFor();
  await page.getByText('Use another file: Watch').click();
  // The same film with an empty box at its end, so that it is another file.
  const other = Buffer.concat([bytes, Buffer.from('00000008', 'hex'), Buffer.from('free')]);
  await send('Use this file', { name: 'two.mp4', mimeType: 'video/mp4', buffer: other });
  await page.getByText('Video · two.mp4').waitFor();
  assert.deepEqual(await axe(page), []);

  const player = await page.context().newPage();
  await player.goto(`${platform.url}${learn}`);
  await player.getByText('Read this first.').waitFor();
  const shown = await player.locator('video').evaluate(async (video) => {
    if (!(video instanceof HTMLVideoElement)) throw new Error('no film');
    const [track] = video.querySelectorAll('track');
    const captions = await (await fetch(track?.src ?? '')).text();
    const poster = await fetch(video.poster);
    return { language: track?.srclang, captions, poster: poster.headers.get('content-type') };
  });
  assert.deepEqual(shown, { language: 'pt-BR', captions: said.toString(), poster: 'image/png' });
  await player.close();

  await remove.click();
  await remove.waitFor({ state: 'detached' });
  await page.waitForFunction(
    () => document.activeElement?.getAttribute('aria-label') === 'Captions and poster of Watch',
  );
  await page.getByRole('button', { name: 'Remove poster' }).click();
  await page.getByRole('button', { name: 'Remove poster' }).waitFor({ state: 'detached' });
  assert.deepEqual(
    complaints.filter((complaint) => !complaint.includes('422')),
    [],
  );
  await close();
});

test('a text lesson is written, refused in words where something would be lost, and changed around its file', async () => {
  const { page, complaints, close } = await platform.open(browser, 'instructor');
  await page.goto(`${platform.url}/studio`);
  await page.getByRole('link', { name: 'Write clearly at work', exact: true }).click();
  await page.getByRole('link', { name: 'Write a lesson', exact: true }).click();
  await page.waitForURL(/\/lessons\/new$/);
  await page.getByLabel('Title of the lesson').fill('Short sentences');
  await page.getByLabel('Module', { exact: true }).fill('Made in the studio');
  await page.getByLabel('Text', { exact: true }).fill('## Why\n\nSee [this](notes.md).\n\n- one\n- two');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('"notes.md" is no web address').first().waitFor();
  assert.deepEqual(await axe(page), []);
  assert.match(await page.getByLabel('Text', { exact: true }).inputValue(), /^## Why/);
  await page.getByLabel('Text', { exact: true }).fill('## Why\n\nSee [this](https://example.org/).\n\n- one\n- two');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The lesson is saved.').waitFor();
  const lessonPage = new URL(page.url()).pathname;
  await page.getByRole('link', { name: 'View lesson' }).click();
  await page.getByRole('heading', { level: 2, name: 'Why' }).waitFor();
  assert.equal(await page.locator('.prose-stoa li').count(), 2);

  await page.goto(`${platform.url}${lessonPage}`);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'Read aloud.wav', mimeType: 'audio/wav', buffer: silence() });
  await page.getByRole('button', { name: 'Add file', exact: true }).click();
  await page.getByText('Audio · Read aloud.wav').waitFor();
  await page.getByRole('link', { name: 'Edit the text' }).click();
  const text = page.getByLabel('Text', { exact: true });
  await text.waitFor();
  assert.match(await text.inputValue(), /!\[Audio: Short sentences\]\(kept:1\)\n$/);
  await text.fill('![Audio](kept:1)\n\nRead it **aloud**.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The lesson is saved.').waitFor();
  await page.getByText('Audio · Read aloud.wav').waitFor();
  await page.getByRole('link', { name: 'View lesson' }).click();
  await page.locator('.prose-stoa strong', { hasText: 'aloud' }).waitFor();
  assert.equal(await page.locator('.prose-stoa audio').count(), 1);
  assert.equal(await page.getByRole('heading', { level: 2, name: 'Why' }).count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});

test('files and texts of lessons are given without scripts, and what is refused is said', async () => {
  const { studio, course } = await newLesson('Without scripts');
  const { page, close } = await openWithoutScripts();
  await page.goto(`${platform.url}/pt-BR${studio}`);
  const send = async (form: string, file: { name: string; mimeType: string; buffer: Buffer } | null) => {
    const button = page.getByRole('button', { name: form, exact: true });
    const around = page.locator('form').filter({ has: button });
    if (file) await around.locator('input[type=file]').setInputFiles(file);
    await button.click();
  };
  await send('Adicionar arquivo', null);
  await page.getByRole('alert').getByText('Escolha um arquivo.').waitFor();
  // Above what Next would buffer of a body.
  const large = Buffer.concat([
    await film(),
    Buffer.from('00b71b00', 'hex'),
    Buffer.from('free'),
    Buffer.alloc(11_999_992),
  ]);
  await send('Adicionar arquivo', { name: 'um.mp4', mimeType: 'video/mp4', buffer: large });
  await page.getByText('A aula foi salva.').waitFor();
  await page.getByText('Vídeo · um.mp4').waitFor();
  await page.getByText('Adicionar legendas: Without scripts').click();
  await page.getByLabel('Idioma das legendas').selectOption('es');
  await send('Salvar legendas', { name: 'a.vtt', mimeType: 'text/vtt', buffer: Buffer.from('1\n00:00 no') });
  await page.getByRole('alert').getByText('As legendas são um arquivo WebVTT').waitFor();
  await page.getByText('Adicionar legendas: Without scripts').click();
  await page.getByLabel('Idioma das legendas').selectOption('es');
  await send('Salvar legendas', { name: 'a.vtt', mimeType: 'text/vtt', buffer: said });
  await page.getByText('A aula foi salva.').waitFor();
  const remove = page.getByRole('button', { name: 'Remover as legendas em Español' });
  await remove.click();
  await remove.waitFor({ state: 'detached' });
  assert.match(await page.content(), /A aula não tem mais essa parte\./);

  await page.getByRole('link', { name: 'Editar o texto' }).click();
  await page.getByLabel('Texto', { exact: true }).fill('Sem [script](x.md).');
  await page.getByRole('button', { name: 'Salvar', exact: true }).click();
  await page.getByText('"x.md" não é um endereço da web').first().waitFor();
  assert.equal(await page.getByLabel('Texto', { exact: true }).inputValue(), 'Sem [script](x.md).');
  await page.getByLabel('Texto', { exact: true }).fill('Sem script.\n\n![Vídeo](kept:1)');
  await page.getByRole('button', { name: 'Salvar', exact: true }).click();
  await page.getByText('A aula foi salva.').waitFor();
  await page.getByText('Vídeo · um.mp4').waitFor();

  await page.goto(`${platform.url}/pt-BR/studio/courses/${course.id}`);
  await page.getByLabel('Título da aula').fill('Um filme só');
  await send('Adicionar aula', { name: 'um.html', mimeType: 'text/html', buffer: said });
  const refusal = page.getByRole('alert').filter({ hasText: 'Não foi possível adicionar a aula' });
  await refusal.getByText('As aulas não mostram este tipo de arquivo').waitFor();
  await page.getByLabel('Título da aula').fill('Um filme só');
  await page.getByLabel('Módulo', { exact: true }).fill('Vistos');
  await send('Adicionar aula', { name: 'dois.mp4', mimeType: 'video/mp4', buffer: large });
  await page.getByRole('heading', { level: 1, name: 'Um filme só' }).waitFor();
  await page.getByText('A aula foi salva.').waitFor();
  await page.getByText('Vídeo · dois.mp4').waitFor();
  // What a page is told through its address nobody else can write.
  await page.goto(`${platform.url}/pt-BR${studio}?told=something`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await page.getByText('A aula foi salva.').count(), 0);
  await close();
});

test('two people write one lesson: the second sees both texts, loses nothing of either, and chooses', async () => {
  const { studio } = await newLesson('Written by two');
  const lesson = studio.split('/').at(-1);
  const ask = await platform.as(platform.account('instructor'));
  const stored = async (): Promise<{ version: number; markdown: string }> =>
    (await ask(`/api/lessons/${lesson}/text`)).json();
  const saveElsewhere = async (markdown: string) => {
    const { version } = await stored();
    const answer = await ask(`/api/lessons/${lesson}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': `"${version}"` },
      body: JSON.stringify({ markdown }),
    });
    assert.equal(answer.status, 200);
  };
  const giveElsewhere = async (name: string) => {
    const body = new FormData();
    body.set('file', new File([new Uint8Array(silence()), name], name, { type: 'audio/wav' }));
    assert.equal((await ask(`/api/lessons/${lesson}/file`, { method: 'PUT', body })).status, 200);
  };
  await giveElsewhere('one.wav');
  const { page, complaints, close } = await platform.open(browser, 'instructor');
  const write = async (words: string, at = page) => {
    await at.goto(`${platform.url}${studio}/text`);
    const text = at.getByLabel('Text', { exact: true });
    await text.fill((await text.inputValue()).replace('Read this first.', words));
  };
  const save = (at = page) => at.getByRole('button', { name: 'Save', exact: true }).click();
  const conflict = 'Somebody else changed this lesson while you were writing';

  await write('Mine.');
  await giveElsewhere('two.wav');
  await saveElsewhere((await stored()).markdown.replace('Read this first.', 'Theirs.'));
  await save();
  await page.getByText(conflict).waitFor();
  assert.deepEqual(await axe(page), []);
  await page
    .getByText('Put at the end of your text, because it is new in the lesson: Audio: Written by two.')
    .waitFor();
  const mine = 'Mine.\n\n![Audio: Written by two](kept:1)\n\n![Audio: Written by two](kept:2)';
  assert.equal(await page.getByLabel('Text', { exact: true }).inputValue(), mine);
  assert.match(await page.getByLabel('Text saved meanwhile').inputValue(), /^Theirs\./);
  await page.getByRole('button', { name: 'Go on with theirs' }).click();
  assert.match(await page.getByLabel('Text', { exact: true }).inputValue(), /^Theirs\./);
  assert.equal(await page.getByLabel('Your text').inputValue(), mine);
  // Refused with both in the form, and still neither is lost.
  await page.getByLabel('Text', { exact: true }).fill('See [this](notes.md).');
  await save();
  await page.getByText('"notes.md" is no web address').first().waitFor();
  assert.equal(await page.getByLabel('Your text').inputValue(), mine);
  await page.getByRole('button', { name: 'Go on with mine' }).click();
  await page.getByRole('button', { name: 'Save mine' }).click();
  await page.getByText('The lesson is saved.').waitFor();
  assert.equal((await stored()).markdown.trim(), mine);
  await page.getByText('Audio · two.wav').waitFor();

  // What is no change of the words is no conflict.
  await saveElsewhere('Read this first.');
  await write('Mine again.');
  await ask(`/api/lessons/${lesson}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ preview: true }),
  });
  await save();
  await page.getByText('The lesson is saved.').waitFor();
  assert.equal((await stored()).markdown, 'Mine again.\n');

  await saveElsewhere('Read this first.');
  const plain = await openWithoutScripts();
  await write('Mine by lamplight.', plain.page);
  await saveElsewhere('Theirs again.');
  await save(plain.page);
  await plain.page.getByText(conflict).waitFor();
  assert.equal(await plain.page.getByLabel('Text saved meanwhile').inputValue(), 'Theirs again.\n');
  await plain.page.getByRole('button', { name: 'Save mine' }).click();
  await plain.page.getByText('The lesson is saved.').waitFor();
  assert.equal((await stored()).markdown, 'Mine by lamplight.\n');
  await plain.close();
  assert.deepEqual(complaints, []);
  await close();
});

test('the forms of a lesson are whole at 320 px in the dark, in Portuguese', async () => {
  const { studio, course } = await newLesson('Umapalavramuitocompridasemnenhumespaçoparaquebrar');
  const { page, complaints, close } = await platform.open(browser, 'instructor', {
    viewport: { width: 320, height: 800 },
    colorScheme: 'dark',
  });
  const judge = async (name: string) => {
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(excess, 0, `${name} scrolls sideways`);
    assert.deepEqual(await axe(page), [], name);
  };
  await page.goto(`${platform.url}/pt-BR${studio}`);
  await page.locator('input[type=file]').setInputFiles({ name: 'um.mp4', mimeType: 'video/mp4', buffer: await film() });
  await page.getByRole('button', { name: 'Adicionar arquivo', exact: true }).click();
  await page.getByText('Vídeo · um.mp4').waitFor();
  for (const summary of await page.locator('main summary').all()) await summary.click();
  await judge('the page of a lesson');
  await page.goto(`${platform.url}/pt-BR${studio}/text`);
  await page.getByText('Títulos, listas e links').click();
  await judge('the text of a lesson');
  await page.goto(`${platform.url}/pt-BR/studio/courses/${course.id}/lessons/new`);
  await page.getByText('Títulos, listas e links').click();
  await judge('a new lesson');
  await page.getByLabel('Título da aula').fill(' ');
  await page.getByRole('button', { name: 'Salvar', exact: true }).click();
  await page.getByRole('alert').getByText('Dê um título à aula.').waitFor();
  await judge('a refused lesson');
  assert.deepEqual(complaints, []);
  await close();
});

test('a course leaves the catalogue after one question and comes back with Undo', async () => {
  const { page, close } = await platform.open(browser, 'instructor');
  await page.goto(`${platform.url}/studio`);
  await page.getByRole('button', { name: 'Archive Read an electricity bill' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click();
  await page.getByRole('button', { name: 'Publish Read an electricity bill' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Archive Read an electricity bill' }).waitFor();
  await close();
});

test('the course is edited in its own language, whatever language the page is in', async () => {
  const { page, close } = await platform.open(browser, 'instructor');
  await page.goto(`${platform.url}/pt-BR/studio`);
  await page
    .locator('li', { hasText: /lessons|aulas/ })
    .first()
    .getByRole('link')
    .first()
    .click();
  await page.waitForURL(/\/studio\/courses\//);
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const original: { title: string } = await (
    await page.request.get(`${platform.url}/api/courses/${id}`, { headers: { 'accept-language': 'en' } })
  ).json();
  assert.equal(await page.locator('#course-title').inputValue(), original.title);
  await close();
});

test('the real Open edX course arrives with every piece accounted for', async (t) => {
  const folder = join(sharedData, 'olx-demo-course', 'demo-course', 'course');
  if (!existsSync(folder)) {
    t.skip(`shared data absent: ${folder}`);
    return;
  }
  const { page, complaints, close } = await platform.open(browser, 'instructor');
  await importArchive(page, 'demo-course.tar.gz', await packFolder(folder));
  await page.getByRole('heading', { name: 'Piece by piece' }).waitFor();
  await page.getByRole('row', { name: /^problem \d/ }).waitFor();
  const pieces = await page.getByRole('region', { name: 'Loss report' }).locator('dd').first().textContent();
  assert.ok(Number(pieces) >= 318, `${pieces} pieces, and the course has 318 blocks of content alone`);
  await page.getByText(`100 of ${pieces} shown`).waitFor();
  await page.getByLabel('Outcome', { exact: true }).selectOption('failed');
  await page
    .getByText(/\d+ of \d+ shown|Nothing matches/)
    .first()
    .waitFor();
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(complaints, []);
  await close();
});
