import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { testWithAll } from '../../../../scripts/only-with-all.ts';
import { axe, hydrated, openPage, scriptBytes, startBrowser, type WatchedPage } from './harness.ts';
import { type RunningPlatform, startPlatform } from './platform.ts';

/**
 * A person's whole way through a course, in a browser, on the platform as `npm start` runs it: find, enroll, read,
 * watch, solve, complete, show the certificate to a stranger.
 */
const course = '/courses/read-an-electricity-bill';
let platform: RunningPlatform;
let browser: Browser;
let learner: WatchedPage;
let page: Page;

before(async () => {
  platform = await startPlatform();
  browser = await startBrowser();
  learner = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  ({ page } = learner);
});
after(async () => {
  await browser?.close();
  await platform?.close();
});

const at = (path: string) => `${platform.url}${path}`;
const lesson = (name: string) => page.getByRole('navigation', { name: /^Outline of/ }).getByRole('link', { name });
const heading = (name: string) => page.getByRole('heading', { level: 1, name });
const problem = (name: string) =>
  page.locator('main article article').filter({ has: page.getByRole('heading', { name }) });

async function check(form: Locator): Promise<void> {
  await form.getByRole('button', { name: /^Check/ }).click();
}

test('the catalogue is searched and narrowed, with and without scripts', async () => {
  await page.goto(at('/courses'));
  await page.getByPlaceholder('Topic, skill or title').fill('electricity');
  await page.locator('main').getByRole('button', { name: 'Search' }).click();
  await heading('Courses for “electricity”').waitFor();
  assert.equal(await page.locator('main article').count(), 1);
  await page.getByLabel('Price').selectOption('paid');
  await page.getByRole('heading', { name: 'No course fits' }).waitFor();
  await page.getByRole('link', { name: 'Remove filter: Paid' }).click();
  await page.locator('main article').waitFor();
  assert.equal(await page.getByLabel('Price').inputValue(), '', 'the field follows the filter that was taken off');

  const plain = await openPage(browser, { javaScriptEnabled: false });
  await plain.page.goto(at('/courses'));
  await plain.page.getByPlaceholder('Topic, skill or title').fill('driv');
  await plain.page.locator('main').getByRole('button', { name: 'Search' }).click();
  await plain.page.getByRole('link', { name: 'Drive economically and safely' }).click();
  await plain.page.getByRole('button', { name: 'Buy now' }).waitFor();
  assert.equal(await plain.page.getByRole('button', { name: /enroll/i }).count(), 0);
  await plain.close();
});

test('a stranger presses Enroll, makes an account, and lands in the first lesson', async () => {
  await page.goto(at(course));
  await page.getByRole('button', { name: 'Enroll for free' }).click();
  await page.waitForURL(/\/sign-in/);
  await page.getByRole('main').getByRole('link', { name: 'Create account' }).click();
  await page.locator('input[name=name]').fill('Marta Oliveira');
  await page.locator('input[name=email]').fill(`marta-${randomUUID()}@example.com`);
  await page.locator('input[name=password]').fill('seven quiet columns');
  await page.locator('main form button[type=submit]').first().click();
  await heading('Watts, hours and kilowatt-hours').waitFor();
  assert.match(new URL(page.url()).pathname, /^\/learn\/read-an-electricity-bill\//);
});

testWithAll('whoever was signed out in another tab is told so, and led to sign in', async () => {
  const storageState = await page.context().storageState();
  const { page: other, close } = await openPage(browser, { storageState });
  // The first look at a lesson draws it again once it is told; signed out by then, one would see the preview instead.
  const told = other.waitForResponse((response) => response.url().includes('/bff/api/progress/lessons/'));
  await other.goto(page.url());
  await told;
  await other.reload();
  const mark = other.getByRole('button', { name: 'Mark as complete' });
  await hydrated(mark);
  await other.context().clearCookies();
  await mark.click();
  const refusal = other.getByRole('main').getByRole('alert');
  await refusal.getByRole('link', { name: 'Sign in' }).waitFor();
  assert.equal(await refusal.textContent(), 'Sign in to continue.Sign in');
  await close();
});

testWithAll('whoever was signed out and has no scripts signs in, and is back in the lesson', async () => {
  const storageState = await page.context().storageState();
  const plain = await openPage(browser, { javaScriptEnabled: false, storageState });
  await plain.page.goto(page.url());
  await plain.page.context().clearCookies();
  await plain.page.getByRole('button', { name: 'Mark as complete' }).click();
  await plain.page.waitForURL(/\/sign-in\?interaction=/);
  const { email, password } = platform.account('student');
  await plain.page.locator('input[name=email]').fill(email);
  await plain.page.locator('input[name=password]').fill(password);
  await plain.page.locator('main button[type=submit]').click();
  await plain.page.waitForURL(page.url());
  await plain.close();
});

test('a lesson to read is completed by word, without a reload', async () => {
  const mark = page.getByRole('button', { name: 'Mark as complete' });
  await hydrated(mark);
  await mark.click();
  await page.locator('p:focus').getByText('You completed this lesson').waitFor();
  await page.getByText('1 of 7 lessons completed').first().waitFor();
  assert.equal(await lesson('Watts, hours').getByRole('img', { name: 'Completed' }).count(), 1);
});

test('keys lead to the next lesson and list what else they do', async () => {
  await page.keyboard.press('n');
  await heading('From watts to the bill').waitFor();
  await page.keyboard.press('?');
  const list = page.getByRole('dialog');
  await list.getByText('Back 10 seconds').waitFor();
  assert.equal(await page.getByRole('dialog').count(), 1);
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
});

testWithAll('the outline is one stop of the Tab key, and its arrows reach every lesson', async () => {
  const outline = page.getByRole('navigation', { name: /^Outline of/ });
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const hint = outline.getByText('through the outline');
  await outline.getByRole('link', { name: 'Course page' }).focus();
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'From watts to the bill', 'the lesson on screen');
  assert.equal(await hint.isVisible(), true, 'the keys are told to whoever came by the keyboard');
  assert.match((await page.locator(':focus').getAttribute('aria-describedby')) ?? '', /./);
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.closest('main') !== null), true, 'the lesson is next');
  assert.equal(await hint.isVisible(), false);

  await page.keyboard.press('Shift+Tab');
  assert.equal(await focused(), 'From watts to the bill');
  await page.keyboard.press('ArrowUp');
  assert.match(await focused(), /^Watts, hours and kilowatt-hours/);
  await page.keyboard.press('ArrowLeft');
  const module = outline.locator('details').first();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'SUMMARY');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await module.getAttribute('open'), null);
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'SUMMARY', 'closed lessons are passed');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  assert.equal(await module.getAttribute('open'), '');
  await page.keyboard.press('ArrowRight');
  assert.match(await focused(), /^Watts, hours and kilowatt-hours/);
  await page.keyboard.press('Home');
  const reached = new Set<string>();
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press('ArrowRight');
    const at = await page.evaluate(() => document.activeElement?.getAttribute('href') ?? null);
    if (at) reached.add(at);
    await page.keyboard.press('ArrowDown');
    const below = await page.evaluate(() => document.activeElement?.getAttribute('href') ?? null);
    if (below) reached.add(below);
  }
  assert.equal(reached.size, 7, 'every lesson can be reached');
  await module.locator('summary').click();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'SUMMARY');
  await module.locator('summary').click();
  await lesson('From watts to the bill').focus();
  await page.keyboard.press('Enter');
  await heading('From watts to the bill').waitFor();

  const plain = await openPage(browser, {
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  await plain.page.goto(page.url());
  assert.equal(await plain.page.locator('nav [tabindex]').count(), 0, 'without scripts every link is its own stop');
  await plain.close();
});

test('a video resumes where it was left, and watching it completes the lesson', async () => {
  const video = page.locator('video');
  await video.evaluate(
    (element: HTMLVideoElement) =>
      element.readyState >= 1 || new Promise((resolve) => element.addEventListener('loadedmetadata', resolve)),
  );
  assert.equal(await video.evaluate((element: HTMLVideoElement) => element.controls), false, 'our own controls');
  assert.equal(await page.getByLabel('Captions').inputValue(), 'en', 'captions in the language of the page');
  await page.getByLabel('Speed').selectOption('2');
  const told = page.waitForResponse(
    (response) =>
      response.url().includes('/bff/api/progress/lessons/') &&
      (response.request().postData() ?? '').includes('watched'),
  );
  await page.getByRole('button', { name: 'Play' }).first().click();
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 5);
  await page.keyboard.press('k');
  assert.equal((await told).status(), 200);
  assert.equal(await video.evaluate((element: HTMLVideoElement) => element.paused), true);

  await page.reload();
  const claims: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/progress/lessons/') && /"completed"/.test(request.postData() ?? ''))
      claims.push(request.url());
  });
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 4);
  assert.equal(await page.getByLabel('Speed').inputValue(), '2', 'the speed is kept for the person');
  await page
    .getByRole('button', { name: /^(Play|Go on)/ })
    .first()
    .click();
  await page.getByText('You completed this lesson').waitFor({ timeout: 150_000 });
  await page.getByText('2 of 7 lessons completed').first().waitFor();
  assert.deepEqual(claims, [], 'what was watched completed it, not the word of the page');
});

test('problems answer at once, keep what was typed, and complete the lesson when all are solved', async () => {
  await lesson('Check: units').click();
  await heading('Check: units').waitFor();

  const first = problem('Units · 1');
  await check(first);
  await first.getByText('Answer at least one part').waitFor();
  const said = await first.getByRole('alert').textContent();
  assert.match(said ?? '', /not counted\.$/, 'nothing for support: one can act on it');
  await first.getByLabel('Power, in watts').check();
  await check(first);
  await first.getByText('Watts say how fast energy is used').waitFor();
  assert.equal(await first.getByLabel('Power, in watts').isChecked(), true, 'the answer stays');
  await first.getByRole('button', { name: 'Show a hint' }).click();
  await first.getByText('It has to do with how long things run.').waitFor();
  await first.getByLabel('Energy, in kilowatt-hours').check();
  await first.getByText('You changed your answer since attempt 1').waitFor();
  await check(first);
  await first.getByText('Solved', { exact: true }).waitFor();
  assert.match(
    (await first.getByRole('status').textContent()) ?? '',
    /Attempt 2 graded\. 1 of 1 part right\. Problem solved\./,
  );

  const second = problem('Units · 2');
  await second.getByRole('textbox').fill('ninety');
  await check(second);
  await second.getByText('This is not a number').waitFor();
  assert.equal(await second.getByRole('textbox').inputValue(), 'ninety');
  await second.getByRole('textbox').fill('90000');
  await check(second);
  await second.getByText('Those are watt-hours').waitFor();
  await second.getByRole('textbox').fill('90');
  await second.getByRole('textbox').press('Enter');
  await second.getByText('Solved', { exact: true }).waitFor();

  const third = problem('Units · 3');
  await third.getByRole('combobox').selectOption({ label: 'Electric shower, 20 minutes a day' });
  await check(third);
  await third.getByText('Solved', { exact: true }).waitFor();

  const fourth = problem('Units · 4');
  for (const name of ['A weak appliance that always runs', 'Half the time means half the energy', '1 kWh is 1000 Wh']) {
    await fourth.getByLabel(name).check();
  }
  await check(fourth);
  await page.getByText('You completed this lesson').waitFor();
  await page.getByText('3 of 7 lessons completed').first().waitFor();
});

test('a problem is solved without scripts, too', async () => {
  const state = await page.context().storageState();
  const plain = await openPage(browser, { javaScriptEnabled: false, storageState: state });
  await plain.page.goto(at('/learn/read-an-electricity-bill'));
  await plain.page.getByRole('link', { name: 'Final check: read this bill' }).first().click();
  await plain.page.getByRole('heading', { level: 1, name: 'Final check: read this bill' }).waitFor();
  const first = plain.page
    .locator('main article article')
    .filter({ has: plain.page.getByRole('heading', { name: 'Read this bill · 1' }) });
  await first.getByRole('textbox').fill('200');
  const lessonUrl = plain.page.url();
  const cookies = await plain.page.context().cookies();
  await plain.page.context().clearCookies();
  await check(first);
  await plain.page.waitForURL(/\/sign-in\?interaction=/);
  await plain.page.context().addCookies(cookies);
  await plain.page.goto(lessonUrl);
  await first.getByRole('textbox').fill('200');
  await check(first);
  await plain.page.locator('main').getByText('Solved', { exact: true }).waitFor();
  await plain.close();
});

test('the last lesson ends the course, and the certificate is there for anyone to verify', async () => {
  for (const [index, name] of ['The four parts of a bill', 'Your meter diary', 'Where tariffs come from'].entries()) {
    await page.goto(at('/learn/read-an-electricity-bill'));
    await lesson(name).click();
    await heading(name).waitFor();
    await page.getByRole('button', { name: 'Mark as complete' }).click();
    await page
      .getByText(`${4 + index} of 7 lessons completed`)
      .first()
      .waitFor();
  }
  await lesson('Final check').click();
  await heading('Final check: read this bill').waitFor();
  const answers = ['', '200', '', 'kWh'];
  for (const [index, answer] of answers.entries()) {
    const one = problem(`Read this bill · ${index + 1}`);
    if (index === 0) continue;
    if (answer) await one.getByRole('textbox').fill(answer);
    else await one.getByLabel('The total divided by the kWh').check();
    await check(one);
    await one.getByText('Solved', { exact: true }).waitFor();
  }
  await page.getByRole('heading', { name: 'You completed the course' }).waitFor();
  await page.getByText('7 of 7 lessons completed').first().waitFor();
  const size = page.viewportSize();
  for (const width of [718, 1047]) {
    await page.setViewportSize({ width, height: 740 });
    await page.emulateMedia({ media: 'print' });
    assert.equal((await page.getByRole('main').boundingBox())?.width, width, 'on paper the lesson has all of it');
    for (const name of ['This course', 'You completed the course']) {
      assert.equal(await page.getByRole('region', { name }).count(), 0, `${name} is not for paper`);
    }
  }
  await page.emulateMedia({ media: null });
  if (size) await page.setViewportSize(size);

  const pdf = await page
    .context()
    .request.get(at((await page.getByRole('link', { name: 'Download PDF' }).getAttribute('href')) ?? ''));
  assert.equal(pdf.status(), 200);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');

  await page.getByRole('link', { name: 'See your certificate' }).click();
  await heading('Marta Oliveira').waitFor();
  const address = page.url();
  const stranger = await openPage(browser);
  await stranger.page.goto(address);
  await stranger.page.getByText('This certificate is genuine').waitFor();
  await stranger.page.getByRole('heading', { level: 1, name: 'Marta Oliveira' }).waitFor();
  assert.equal(await stranger.page.getByRole('link', { name: 'Download PDF' }).count(), 0);

  const code = decodeURIComponent(new URL(address).pathname.split('/').at(-1) ?? '');
  await stranger.page.goto(at('/certificates/verify'));
  await stranger.page.getByLabel('Verification code').fill(code.toLowerCase().replaceAll('-', ' '));
  await stranger.page.getByRole('button', { name: 'Verify' }).click();
  await stranger.page.getByText('This certificate is genuine').waitFor();
  assert.equal((await stranger.page.goto(at('/certificates/AAAAA-AAAAA-AAAAAA-AAAAA-AAAAA')))?.status(), 404);
  await stranger.page.getByRole('heading', { name: 'There is no certificate with this code' }).waitFor();
  await stranger.close();
  assert.deepEqual(
    learner.complaints.filter((line) => !line.includes('status of 4')),
    [],
  );
});

testWithAll('a certificate without a name says why, and its name is not made up', async () => {
  const { pool } = platform.host.database('enrollment');
  const { rows } = await pool.query('select id, code, holder_name from certificates limit 1');
  const [certificate] = rows;
  const stranger = await openPage(browser);
  await pool.query("update certificates set holder_name = '' where id = $1", [certificate.id]);
  await stranger.page.goto(at(`/certificates/${certificate.code}`));
  await stranger.page.getByRole('heading', { level: 1, name: 'The holder gave no name' }).waitFor();
  assert.deepEqual(await axe(stranger.page), []);
  assert.equal(await stranger.page.getByRole('link', { name: 'Add your name' }).count(), 0);
  await stranger.close();
  await page.goto(at(`/certificates/${certificate.code}`));
  await page.getByRole('link', { name: 'Add your name' }).click();
  await page.waitForURL((url) => url.pathname === '/account');
  await page.locator('main input[name=name]').fill('Marta O. Prates');
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page
      .locator('main form')
      .filter({ has: page.locator('input[name=name]') })
      .locator('button[type=submit]')
      .click(),
  ]);
  // The certificate learns of it a moment later.
  const named = page.getByRole('heading', { level: 1, name: 'Marta O. Prates' });
  for (let asked = 0; asked < 40 && (await named.count()) === 0; asked += 1) {
    await page.waitForTimeout(250);
    await page.goto(at(`/certificates/${certificate.code}`));
  }
  await named.waitFor({ timeout: 1000 });
  assert.equal(await page.getByRole('link', { name: 'Add your name' }).count(), 0);
  await pool.query('update certificates set holder_name = $2 where id = $1', [certificate.id, certificate.holder_name]);
});

test('my learning shows what was completed', async () => {
  await page.goto(at('/learn'));
  await page.getByRole('link', { name: 'Certificate of Read an electricity bill', exact: true }).waitFor();
});

testWithAll('closed lessons say why, previews are open, unknown ones are not found', async () => {
  const { page: visitor, close } = await openPage(browser);
  await visitor.goto(at('/courses/drive-economically-and-safely'));
  await visitor.getByRole('link', { name: 'Read a preview lesson' }).click();
  await visitor.getByText('You are reading a preview').waitFor();
  await visitor.getByRole('navigation', { name: 'Other lessons' }).getByRole('link', { name: /^Next/ }).click();
  await visitor.getByText('Buy the course to open this lesson.').first().waitFor();
  const nothingThere = 'There is nothing at this address · Stoa';
  for (const path of ['/no-such-page', '/courses/no-such-course', '/learn/no-such-course']) {
    assert.equal((await visitor.goto(at(path), { waitUntil: 'networkidle' }))?.status(), 404, path);
    assert.equal(await visitor.title(), nothingThere, path);
  }
  const noIds = ['/gifts/nope', '/seats/nope', `/courses/${'a'.repeat(300)}`, '/courses/%00x', '/certificates/%00x'];
  for (const path of [
    `/learn/read-an-electricity-bill/${randomUUID()}`,
    '/learn/read-an-electricity-bill/nope',
    ...noIds,
  ])
    assert.equal((await visitor.goto(at(path)))?.status(), 404, path);
  await close();
});

test('search engines get addresses, languages, facts and a picture', async () => {
  const { page: visitor, close } = await openPage(browser);
  await visitor.goto(at(`/pt-BR${course}`));
  const attribute = (selector: string, name: string) => visitor.locator(selector).first().getAttribute(name);
  assert.equal(await attribute('link[rel=canonical]', 'href'), at(`/pt-BR${course}`));
  assert.equal(await attribute('link[hreflang=es]', 'href'), at(`/es${course}`));
  assert.equal(await attribute('link[hreflang=x-default]', 'href'), at(course));
  const facts: unknown = JSON.parse((await visitor.locator('script[type="application/ld+json"]').textContent()) ?? '');
  assert.ok(typeof facts === 'object' && facts !== null && '@type' in facts && facts['@type'] === 'Course');
  const picture = await visitor.request.get((await attribute('meta[property="og:image"]', 'content')) ?? '');
  assert.equal(picture.headers()['content-type'], 'image/png');
  const map = await (await visitor.request.get(at('/sitemap.xml'))).text();
  assert.ok(map.includes(`<loc>${at(course)}</loc>`));
  assert.match(await (await visitor.request.get(at('/robots.txt'))).text(), /Sitemap: /);
  await close();
});

testWithAll('no page has an accessibility finding, an overflow at 320 px, or a complaint of the browser', async () => {
  const state = await page.context().storageState();
  await page.goto(at('/learn/read-an-electricity-bill'));
  const links = await page
    .getByRole('navigation', { name: /^Outline of/ })
    .locator('a[href*="/learn/"]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  await page.goto(at('/learn'));
  const certificate =
    (await page
      .getByRole('link', { name: 'Certificate of Read an electricity bill', exact: true })
      .getAttribute('href')) ?? '';
  // Nothing is different here from what every-page.test.ts sees, in light at 1280 px and in dark at 320 px.
  const seenElsewhere = ['/courses', '/certificates/verify'];
  const paths = [
    ...seenElsewhere,
    course,
    '/learn',
    '/courses?q=zzz',
    '/courses/drive-economically-and-safely',
    certificate,
    ...links,
  ];
  const findings: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    const watched = await openPage(browser, { colorScheme: scheme, storageState: state, reducedMotion: 'reduce' });
    for (const path of paths) {
      const widths = seenElsewhere.includes(path) ? [scheme === 'light' ? 320 : 1280] : [320, 1280];
      for (const width of widths) {
        await watched.page.setViewportSize({ width, height: 800 });
        // Wider is the same page, as when a phone is turned.
        if (width === widths[0]) await watched.page.goto(at(path), { waitUntil: 'load' });
        const wider = await watched.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (wider > 0) findings.push(`${path} ${width}: ${wider} px too wide`);
        findings.push(...(await axe(watched.page)).map((line) => `${path} ${scheme} ${width}: ${line}`));
      }
    }
    findings.push(...watched.complaints);
    await watched.close();
  }
  assert.deepEqual(findings, []);
});

testWithAll('the shop window carries at most 150 kB of script', async () => {
  for (const path of ['/courses', course, '/certificates/verify']) {
    const visitor = await openPage(browser);
    const bytes = await scriptBytes(visitor.page, at(path));
    assert.ok(bytes <= 150_000, `${path}: ${bytes} bytes`);
    await visitor.close();
  }
});
