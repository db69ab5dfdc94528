import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { testWithAll } from '../../../../scripts/only-with-all.ts';
import { packFolder, sharedData, writeSmallCourse } from '../../../server/test/source-course.ts';
import { axe, hydrated, openPage, refusalIsSeen, startBrowser } from './harness.ts';
import { type RunningPlatform, startPlatform } from './platform.ts';
import { picture, testLessons } from './studio-lessons.ts';

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
  testWithAll(`studio pages are whole at ${width} px, ${colorScheme}, in ${locale.slice(1) || 'en'}`, async () => {
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
      await visit(await hrefOf('li a[href*="/studio/courses/"]'));
      await visit(`${platform.url}${locale}/studio/courses/new`);
      await visit(`${platform.url}${locale}/studio/imports`);
    } else await page.goto(`${platform.url}/studio/imports`);
    await visit(await hrefOf('tbody a[href*="/studio/imports/"]'));
    assert.deepEqual(complaints, []);
    await close();
  });
}

testWithAll(
  'an archive of more than 10 MB is imported, its report is filtered and taken along, its lessons open',
  async () => {
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
  },
);

testWithAll('what is no course is refused in words a person can act on, in three languages', async () => {
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

test('a course is shown as it was stored after it is saved, and as it was typed after it is refused', async () => {
  const ask = await platform.as(platform.account('instructor'));
  const made = await ask('/api/courses', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ title: 'Read twice', language: 'en', price: { amount: 4900, currency: 'BRL' } }),
  });
  const { id }: { id: string } = await made.json();
  const { page, complaints, close } = await platform.open(browser, 'instructor');
  await page.goto(`${platform.url}/studio/courses/${id}`);
  const price = page.getByLabel('Price', { exact: true });
  const outcomes = page.locator('textarea[name=outcomes]');
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await hydrated(save);
  await price.fill('USD 5');
  await outcomes.fill('  One \n\n  Two');
  await save.click();
  await refusalIsSeen(page);
  assert.equal(await price.inputValue(), 'USD 5', 'another currency is no amount of this one');
  assert.equal(await outcomes.inputValue(), '  One \n\n  Two');
  await price.fill('R$ 1,299.9');
  await save.click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[name=amount]')?.value === '1299.90');
  assert.equal(await outcomes.inputValue(), 'One\nTwo');
  assert.deepEqual(complaints, []);
  await close();
});

testWithAll('a title without a place to end a line wraps on a phone', async () => {
  const title = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(4);
  const course = await draftOf(title);
  const { page, complaints, close } = await platform.open(browser, 'instructor', {
    viewport: { width: 320, height: 800 },
  });
  for (const path of [
    `/studio/courses/${course.id}`,
    `/studio/courses/${course.id}/lessons/${course.lesson}`,
    `/studio/courses/${course.id}/lessons/${course.lesson}/text`,
    '/studio/bundles/new',
    '/studio/memberships/new',
  ]) {
    await page.goto(`${platform.url}${path}`);
    await page.getByText(title).first().waitFor();
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(excess, 0, `${path} scrolls sideways`);
  }
  assert.deepEqual(complaints, []);
  await close();
});

/** A course with a price and one lesson, published, all of them by this title. */
async function draftOf(title: string): Promise<{ id: string; lesson: string }> {
  const ask = await platform.as(platform.account('instructor'));
  const send = async (path: string, body?: object): Promise<{ id: string }> => {
    const answer = await ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    assert.ok(answer.ok, `${path} answered ${answer.status}`);
    return answer.json();
  };
  const price = { amount: 4900, currency: 'BRL' };
  const { id } = await send('/api/courses', { title, language: 'en', summary: title, price });
  const lesson = await send(`/api/courses/${id}/lessons`, { title, module: title, markdown: 'Read this.' });
  return { id, lesson: lesson.id };
}

test('a course is edited without scripts, and what is refused is said and kept', async () => {
  const ask = await platform.as(platform.account('instructor'));
  const made = await ask('/api/courses', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ title: 'Read by lamplight', language: 'en', price: { amount: 4900, currency: 'BRL' } }),
  });
  assert.equal(made.status, 201);
  const { page, close } = await platform.open(browser, 'instructor', { javaScriptEnabled: false });
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
  // A price goes, and comes back: no field waits for another one.
  const price = page.getByLabel('Price', { exact: true });
  const saveWith = async (currency: string, amount: string) => {
    await page.getByLabel('Price in').selectOption(currency);
    await price.fill(amount);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
  };
  // What it cost until now may stand there.
  await saveWith('', '49.00');
  await page.getByText('Saved', { exact: true }).waitFor();
  // Not reloaded: that would send the form once more.
  await page.goto(page.url());
  await saveWith('', '59,90');
  await page.getByText('Choose a currency for the price, or leave the price empty.').first().waitFor();
  assert.equal(await price.inputValue(), '59,90');
  await page.getByLabel('Payment in parts').selectOption('3');
  await saveWith('EUR', '59,90');
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.goto(page.url());
  assert.equal(await price.inputValue(), '59.90');
  assert.equal(await page.getByLabel('Payment in parts').inputValue(), '3');
  await close();
});

for (const javaScriptEnabled of [true, false]) {
  test(`a course is begun with its title ${javaScriptEnabled ? 'and' : 'without scripts, and'} leads to its first lesson`, async () => {
    const { page, complaints, close } = await platform.open(browser, 'instructor', { javaScriptEnabled });
    const title = `How tides work, ${javaScriptEnabled ? 'with' : 'without'} scripts`;
    await page.goto(`${platform.url}/studio`);
    await page.getByRole('link', { name: 'New course' }).click();
    await page.getByLabel('Summary').fill('The sea comes and goes twice a day.');
    await page.getByRole('button', { name: 'Start the course' }).click();
    await page.getByText('Give the course a title.').first().waitFor();
    assert.equal(await page.getByLabel('Summary').inputValue(), 'The sea comes and goes twice a day.');
    await page.getByLabel('Title').fill(title);
    await page.getByLabel('Language', { exact: true }).selectOption('es');
    await page.getByRole('button', { name: 'Start the course' }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByText('This course has no lessons yet.').waitFor();
    await page.getByText('Draft', { exact: true }).first().waitFor();
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const author = await platform.as(platform.account('instructor'));
    const course: { title: string; language: string; summary: string } = await (
      await author(`/api/courses/${id}`)
    ).json();
    assert.deepEqual([course.title, course.language], [title, 'es']);
    assert.equal(course.summary, 'The sea comes and goes twice a day.');
    await page.getByRole('link', { name: 'Write a lesson' }).click();
    await page.getByRole('heading', { level: 1, name: 'Write a lesson' }).waitFor();
    if (javaScriptEnabled) assert.deepEqual(complaints, []);
    await close();
  });
}

testWithAll(
  'a course made by hand gets a picture while its words are being written, and everybody sees it',
  async () => {
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
    const shown = () =>
      stranger.page.locator('article', { hasText: 'Written around a picture.' }).locator('img').count();
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
  },
);

testWithAll(
  'modules are moved by keyboard and renamed while the course is being written, and without scripts too',
  async () => {
    const { page, complaints, close } = await platform.open(browser, 'instructor');
    await page.goto(`${platform.url}/studio`);
    await page.getByRole('link', { name: 'Write clearly at work', exact: true }).click();
    await page.waitForURL(/\/studio\/courses\//);
    const orderOn = (on: Page) =>
      on
        .getByRole('button', { name: /^Move (?!lesson ).* down$/ })
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
    await field.fill('Named first');
    await field.press('Enter');
    await page.getByRole('button', { name: 'Move Named first up' }).waitFor();
    assert.equal(await field.evaluate((node) => node === document.activeElement), true, 'the focus is where it was');
    await field.fill('Named anew');
    await page.getByRole('button', { name: 'Save the title of Named first' }).click();
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
  },
);

testLessons(() => ({ platform, browser }));

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

testWithAll('the course is edited in its own language, whatever language the page is in', async () => {
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

testWithAll('the real Open edX course arrives with every piece accounted for', async (t) => {
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
