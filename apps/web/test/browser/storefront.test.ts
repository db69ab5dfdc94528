import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { testWithAll } from '../../../../scripts/only-with-all.ts';
import { axe, openPage, scriptBytes, startBrowser } from './harness.ts';
import { type RunningPlatform, startPlatform } from './platform.ts';

let platform: RunningPlatform;
let browser: Browser;
let url: string;

before(async () => {
  platform = await startPlatform();
  url = platform.url;
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await platform?.close();
});

const phone = { viewport: { width: 360, height: 740 } };

// In light, and at 320 px, every-page.test.ts looks at them.
test('home and the API reference have no findings of axe in dark', async () => {
  const { page, complaints, close } = await openPage(browser, { colorScheme: 'dark' });
  for (const path of ['/', '/api-docs']) {
    await page.goto(`${url}${path}`, { waitUntil: 'load' });
    await page
      .locator(path === '/' ? 'article' : '#course_not_found')
      .first()
      .waitFor();
    assert.deepEqual(await axe(page), [], path);
  }
  assert.deepEqual(complaints, []);
  await close();
});

testWithAll('the drawer of a phone leads everywhere, by tap and by keyboard, and fits', async () => {
  const { page, complaints, close } = await openPage(browser, phone);
  await page.goto(url, { waitUntil: 'load' });
  await page.getByRole('button', { name: 'Menu' }).click();
  const drawer = page.locator('[popover]:popover-open');
  assert.deepEqual(await axe(page), []);
  for (const name of ['Courses', 'My learning', 'Verify a certificate', 'Sign in', 'Create account'])
    await drawer.getByRole('link', { name, exact: true }).waitFor();
  assert.equal(await drawer.getByRole('link', { name: 'Studio' }).count(), 0);
  await page.keyboard.press('Escape');
  assert.equal(await drawer.count(), 0);
  await page.keyboard.press('Enter');
  await drawer.getByRole('link', { name: 'Courses' }).click();
  await page.waitForURL(`${url}/courses`);
  assert.equal(await drawer.count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});

testWithAll('studio and console are offered to those who may enter, and to nobody else', async () => {
  const offered = {
    student: [],
    instructor: ['/studio'],
    admin: ['/studio', '/console'],
  } as const;
  for (const role of ['student', 'instructor', 'admin'] as const) {
    const { page, close } = await platform.open(browser, role, phone);
    await page.goto(url);
    const rooms = await page
      .locator('header a[href="/studio"], header a[href="/console"]')
      .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href')))]);
    assert.deepEqual(rooms, offered[role], role);
    // A key pressed before the page's scripts are there is lost: as people do, press it again.
    const option = page.getByRole('option', { name: 'Courses' }).first();
    for (let tries = 0; tries < 10 && !(await option.isVisible()); tries += 1) {
      await page.keyboard.press('Control+k');
      await option.waitFor({ timeout: 2000 }).catch(() => undefined);
    }
    await option.waitFor();
    assert.equal(await page.getByRole('option', { name: 'Studio' }).count(), offered[role].length > 0 ? 1 : 0);
    await close();
  }
});

test('what is chosen and typed in the catalogue before the scripts are there counts', async () => {
  const { page, close } = await openPage(browser);
  let go: () => void = () => undefined;
  const wanted = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await wanted;
    await route.continue();
  });
  await page.goto(`${url}/courses`, { waitUntil: 'commit' });
  await page.getByPlaceholder('Topic, skill or title').fill('bill');
  await page.getByLabel('Price').selectOption('paid');
  go();
  await page.waitForURL((address) => address.searchParams.get('price') === 'paid');
  assert.equal(new URL(page.url()).searchParams.get('q'), 'bill');
  await close();
});

test('another language shows the same page with the same search', async () => {
  const { page, close } = await openPage(browser);
  await page.goto(`${url}/courses?q=bill&level=beginner`, { waitUntil: 'load' });
  await page.getByRole('button', { name: 'Language and appearance' }).click();
  await page.getByRole('link', { name: 'Español' }).click();
  await page.waitForURL('**/es/courses?*');
  const { searchParams } = new URL(page.url());
  assert.deepEqual([searchParams.get('q'), searchParams.get('level')], ['bill', 'beginner']);
  await close();
});

testWithAll('the address in a problem leads to the explanation of its code', async () => {
  const refused = await fetch(`${url}/api/courses/there-is-no-such-course`);
  const problem: { type: string; code: string } = await refused.json();
  const { page, complaints, close } = await openPage(browser);
  await page.goto(`${url}${problem.type}`);
  assert.equal(page.url(), `${url}/api-docs#${problem.code}`);
  const row = page.locator(`#${problem.code}`);
  await row.getByText('This course does not exist.').waitFor();
  assert.ok(await row.evaluate((element) => element.matches(':target')));
  // Every code an operation names is explained, and every operation has its page.
  const described: { paths: Record<string, Record<string, { operationId: string; 'x-errors': string[] }>> } = await (
    await fetch(`${url}/api/openapi.json`)
  ).json();
  const operations = Object.values(described.paths).flatMap((methods) => Object.values(methods));
  const { anchors, links } = await page.evaluate(() => ({
    anchors: [...document.querySelectorAll('main [id]')].map(({ id }) => id),
    links: [...document.querySelectorAll('main li a')].map((link) => link.getAttribute('href')),
  }));
  assert.ok(operations.length > 200, `${operations.length} operations`);
  assert.deepEqual(
    [...new Set(operations.flatMap((operation) => operation['x-errors']))].filter((code) => !anchors.includes(code)),
    [],
  );
  assert.deepEqual(
    operations.map(({ operationId }) => operationId).filter((id) => !links.includes(`/api-docs/${id}`)),
    [],
  );
  await page.getByRole('link', { name: 'Enroll in a course that is free or in my membership' }).click();
  await page.getByRole('heading', { level: 1, name: 'Enroll in a course that is free or in my membership' }).waitFor();
  assert.equal(
    await page.locator('nav [aria-current=page]').first().textContent(),
    'Enroll in a course that is free or in my membership',
  );
  await page.locator('main dl').getByRole('link', { name: problem.code }).click();
  await page.waitForURL(`${url}/api-docs#${problem.code}`);
  await row.getByText('This course does not exist.').waitFor();
  assert.deepEqual(complaints, []);
  const unknown = await page.goto(`${url}/api-docs/there_is_no_such_operation`);
  assert.equal(unknown?.status(), 404);
  await close();
});

test('on paper there is the content alone, dark on white, whatever the screen shows', async () => {
  const { page, close } = await openPage(browser, { colorScheme: 'dark' });
  await page.goto(url, { waitUntil: 'load' });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  assert.equal(await page.locator('header[data-shell]').isVisible(), false);
  const colors = await page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.documentElement);
    return { backgroundColor, color };
  });
  assert.deepEqual(colors, { backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(0, 0, 0)' });
  await close();
});

testWithAll('pages of the storefront need at most 150 kB of script', async () => {
  for (const path of ['/', '/courses', '/courses/read-an-electricity-bill', '/auth/sign-in', '/api-docs']) {
    const { page, close } = await openPage(browser);
    const bytes = await scriptBytes(page, `${url}${path}`);
    console.log(`${path}: ${(bytes / 1024).toFixed(1)} kB of script`);
    assert.ok(bytes <= 150 * 1024, `${path}: ${Math.round(bytes / 1024)} kB`);
    await close();
  }
});

test('what is behind a link is fetched when somebody points at it, and not because it can be seen', async () => {
  const { page, close } = await openPage(browser);
  const ahead: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (searchParams.has('_rsc')) ahead.push(pathname);
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  assert.deepEqual(ahead, []);
  const fetched = page.waitForRequest((request) => request.url().includes('_rsc'));
  await page.locator('header').getByRole('link', { name: 'Courses', exact: true }).hover();
  await fetched;
  assert.deepEqual([...new Set(ahead)], ['/courses']);
  await close();
});

/** What strangers see of a page, and the words of all that comes with it, without the nonce and the stream's numbers of rows. */
async function look(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}${path}`, {
    headers: { accept: 'text/html', 'accept-language': 'en', ...headers },
  });
  const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? assert.fail(path);
  const text = (await answer.text()).replaceAll(nonce, '');
  return {
    nonce,
    html: text.replace(/<script[\s\S]*?<\/script>/g, ''),
    words: new Set(text.split(/[^\w-]+/).filter((word) => !/^[\da-f]{1,3}$/.test(word))),
  };
}

test('pages that strangers share have nothing in them that is made for one', async () => {
  for (const path of [
    '/',
    '/courses',
    '/bundles',
    '/memberships',
    ...(await linksOf('/courses')),
    ...(await linksOf('/bundles')),
  ]) {
    // With a cookie that nobody knows each look is drawn for itself.
    const [one, other] = [await look(path, { cookie: 'a=1' }), await look(path, { cookie: 'a=1' })];
    assert.equal(one.html, other.html, path);
    assert.deepEqual([...one.words.symmetricDifference(other.words)], [], path);
    const [first, second] = [await look(path), await look(path)];
    assert.equal(first.html, one.html, path);
    assert.equal(second.html, one.html, path);
    assert.notEqual(first.nonce, second.nonce);
  }
});

async function linksOf(path: string): Promise<string[]> {
  const { html } = await look(path);
  return [...new Set([...html.matchAll(new RegExp(`href="(${path}/[\\w-]+)"`, 'g'))].map(([, link]) => link ?? ''))];
}

test('strangers see a change of a course the next time they look', async () => {
  const path = '/courses/read-an-electricity-bill';
  const author = await platform.as(platform.account('instructor'));
  const course: { id: string; title: string } = await (await author(`/api${path}`)).json();
  const rename = async (title: string) => {
    const answer = await author(`/api/courses/${course.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title }),
    });
    assert.equal(answer.status, 200, await answer.text());
  };
  for (const title of ['Read any bill', 'Read every bill', course.title]) {
    await rename(title);
    for (const page of [path, '/courses', '/'])
      assert.ok((await look(page)).html.includes(title), `${title} on ${page}`);
  }
});
