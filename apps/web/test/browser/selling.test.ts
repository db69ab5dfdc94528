import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { axe, openPage, startBrowser } from './harness.ts';
import { eventually, newBuyer, orderIs, play } from './paid-orders.ts';
import { type RunningPlatform, signIn, startPlatform } from './platform.ts';

/** Wish list, bundles and seats in a browser, on the platform as `npm start` runs it. */
let platform: RunningPlatform;
let browser: Browser;
let courses: { id: string; slug: string; title: string }[];
before(async () => {
  // One of its own: the courses of the demo world get other prices here.
  platform = await startPlatform({ environment: {} });
  browser = await startBrowser();
  const ask = await platform.as(platform.account('instructor'));
  const { items } = await (await ask('/api/courses/mine')).json();
  courses = items;
  // All three cost the same, so that a bundle of them is possible.
  for (const { id } of courses)
    await change(ask, `/api/courses/${id}`, 'PATCH', { price: { amount: 6000, currency: 'BRL' } });
});
after(async () => {
  await browser?.close();
  await platform?.close();
});

type Ask = Awaited<ReturnType<RunningPlatform['as']>>;
const at = (path: string) => `${platform.url}${path}`;
async function change(ask: Ask, path: string, method: string, body: unknown = {}) {
  const answer = await ask(path, {
    method,
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}
const hearts = (page: Page) => page.locator('article button[aria-pressed]');

test('a guest’s wishes follow them into their account, show what became of the price, and move to the cart', async () => {
  const { page, complaints, close } = await openPage(browser);
  await page.goto(at('/courses'));
  await hearts(page).first().click();
  await page.locator('article button[aria-pressed=true]').waitFor();
  await page.goto(at('/wish-list'));
  assert.equal(await page.locator('main li h2').count(), 1);
  const title = await page.locator('main li h2').textContent();
  assert.deepEqual(await axe(page), []);
  const wished = courses.find((one) => one.title === title) ?? assert.fail(`no course ${title}`);
  const teach = await platform.as(platform.account('instructor'));
  await change(teach, `/api/courses/${wished.id}`, 'PATCH', { price: { amount: 4500, currency: 'BRL' } });

  const buyer = await newBuyer(platform, 'wisher');
  await signIn({ page }, { url: platform.url, ...buyer });
  assert.ok(!(await page.context().cookies()).some(({ name }) => name === 'stoa_wishes'), 'the browser has forgotten');
  await page.goto(at('/wish-list'));
  await page.getByText('Price dropped').waitFor();
  await page.getByRole('button', { name: `Move to cart: ${title}` }).click();
  await page.waitForURL('**/cart');
  assert.equal(await page.locator('main li h2').textContent(), title);
  await page.goto(at('/wish-list'));
  await page.getByText('Nothing kept yet').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('an instructor gives a bundle words in every language and a picture, and everybody finds it', async () => {
  const teacher = await openPage(browser);
  await signIn(teacher, { url: platform.url, ...platform.account('instructor') });
  await teacher.page.goto(at('/studio/bundles/new'));
  await teacher.page.locator('#bundle-title').fill('Two to begin with');
  await teacher.page.locator('#bundle-summary').fill('Start here');
  await teacher.page.locator('#bundle-description').fill('First words.\n\nThen more.');
  await teacher.page.getByText('Português (Brasil)', { exact: true }).last().click();
  await teacher.page.locator('#bundle-title-pt-BR').fill('Dois para começar');
  await teacher.page.locator('input[name^=course-]').nth(0).check();
  await teacher.page.locator('input[name^=course-]').nth(1).check();
  await teacher.page.getByLabel('Price').fill('90.00');
  await teacher.page.getByRole('button', { name: 'Save' }).click();
  await teacher.page.waitForURL('**/studio/bundles');
  await teacher.page.getByRole('link', { name: 'Edit Two to begin with' }).click();
  await teacher.page.waitForURL(/studio\/bundles\/[0-9a-f-]+$/);
  await teacher.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'cover.png', mimeType: 'image/png', buffer: picture });
  await teacher.page.getByRole('button', { name: 'Remove picture' }).waitFor();
  assert.equal(await teacher.page.locator('#bundle-title-pt-BR').inputValue(), 'Dois para começar');
  assert.deepEqual(await axe(teacher.page), []);
  await teacher.page.goto(at('/studio/bundles'));
  await teacher.page.getByRole('button', { name: 'Publish Two to begin with' }).click();
  await teacher.page.getByRole('button', { name: 'Archive Two to begin with' }).waitFor();
  assert.deepEqual(teacher.complaints, []);
  await teacher.close();

  const { page, complaints, close } = await openPage(browser);
  await page.goto(at('/'));
  await page.getByRole('navigation').getByRole('link', { name: 'Bundles' }).first().click();
  await page.waitForURL('**/bundles');
  assert.deepEqual(await axe(page), []);
  assert.equal(await page.getByRole('search').filter({ hasText: 'Language' }).count(), 0, 'no search over one page');
  await page.getByRole('link', { name: 'Two to begin with' }).click();
  await page.waitForURL('**/bundles/two-to-begin-with');
  await page.getByText('Then more.').waitFor();
  assert.deepEqual(await axe(page), []);
  const said = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '');
  assert.deepEqual([said['@type'], said.offers.price, said.offers.includesObject.length], ['Product', '90.00', 2]);
  const shown = await page.request.get(said.image);
  assert.deepEqual([shown.status(), shown.headers()['content-type']], [200, 'image/png']);
  await page.goto(at('/pt-BR/bundles?q=comecar'));
  await page.getByRole('link', { name: 'Dois para começar' }).waitFor();
  assert.equal(await page.locator('h3[lang]').count(), 0, 'in the language of the page');
  await page.goto(at('/es/bundles?q=nothing+like+it'));
  await page.getByText('Ningún paquete encaja').waitFor();
  assert.deepEqual(await axe(page), []);
  const sitemap = await (await page.request.get(at('/sitemap.xml'))).text();
  assert.ok(sitemap.includes('/bundles/two-to-begin-with') && sitemap.includes('/pt-BR/bundles/two-to-begin-with'));

  // Whoever has one of them is told so, and pays for the other alone.
  const buyer = await newBuyer(platform, 'halfway');
  const ask = await platform.as(buyer);
  const { items } = await (await ask('/api/bundles?q=begin')).json();
  const first = items[0].courses[0].id;
  const order = await change(ask, '/api/orders', 'POST', { lines: [{ sku: `course:${first}` }] });
  const payment = await change(ask, `/api/orders/${order.id}/payments`, 'POST', { provider: 'sandbox' });
  await play(ask, payment.id, 'succeed');
  await orderIs(ask, order.id, 'paid');
  await eventually('the course is theirs', async () => {
    const outline = await (await ask(`/api/courses/${first}/lessons`)).json();
    return outline.enrolled || null;
  });
  await page.context().clearCookies();
  await signIn({ page }, { url: platform.url, ...buyer });
  await page.goto(at('/bundles/two-to-begin-with'));
  await page.getByText('You own 1 of 2', { exact: true }).waitFor();
  await page.getByText('You own 1 of these 2 courses').waitFor();
  await page.getByText('R$45.00').or(page.getByText('R$ 45.00')).first().waitFor();
  assert.deepEqual(await axe(page), []);
  // Somebody else’s seat is in a bundle, not in a course.
  const seats = await change(ask, '/api/orders', 'POST', {
    lines: [{ sku: `bundle:${items[0].id}`, quantity: 2, seats: true }],
  });
  const paid = await change(ask, `/api/orders/${seats.id}/payments`, 'POST', { provider: 'sandbox' });
  await play(ask, paid.id, 'succeed');
  await orderIs(ask, seats.id, 'paid');
  const { lines } = await (await ask(`/api/orders/${seats.id}`)).json();
  const { link } = await change(ask, `/api/orders/${seats.id}/seats`, 'POST', {
    lineId: lines[0].id,
    email: 'somebody@example.org',
  });
  await page.goto(link);
  await page.getByText('Somebody bought this bundle of courses for their team').waitFor();
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(complaints, []);
  // Not there for the tests that follow.
  const teach = await platform.as(platform.account('instructor'));
  await change(teach, `/api/bundles/${items[0].id}/archive`, 'POST');
  await close();
});

test('an instructor makes a bundle, a buyer has all of it after paying once, and none of it after a refund', async () => {
  const teacher = await openPage(browser);
  await signIn(teacher, { url: platform.url, ...platform.account('instructor') });
  await teacher.page.goto(at('/studio/bundles/new'));
  assert.deepEqual(await axe(teacher.page), []);
  await teacher.page.locator('#bundle-title').fill('All three');
  for (const box of await teacher.page.locator('input[name^=course-]').all()) await box.check();
  await teacher.page.getByLabel('Price').fill('99.00');
  await teacher.page.getByRole('button', { name: 'Save' }).click();
  await teacher.page.waitForURL('**/studio/bundles');
  await teacher.page.getByRole('button', { name: 'Publish All three' }).click();
  await teacher.page.getByRole('button', { name: 'Archive All three' }).waitFor();
  assert.deepEqual(teacher.complaints, []);
  await teacher.close();

  const buyer = await newBuyer(platform, 'bundler');
  const { page, complaints, close } = await openPage(browser);
  await signIn({ page }, { url: platform.url, ...buyer });
  await page.goto(at(`/courses/${courses[0]?.slug}`));
  await page.getByRole('link', { name: 'All three' }).click();
  await page.waitForURL('**/bundles/all-three');
  assert.deepEqual(await axe(page), []);
  await page.getByText('You save').waitFor();

  const ask = await platform.as(buyer);
  const { items } = await (await ask('/api/bundles')).json();
  const order = await change(ask, '/api/orders', 'POST', { lines: [{ sku: `bundle:${items[0].id}` }] });
  const payment = await change(ask, `/api/orders/${order.id}/payments`, 'POST', { provider: 'sandbox' });
  await play(ask, payment.id, 'succeed');
  await orderIs(ask, order.id, 'paid');
  const open = async () => {
    const outlines = await Promise.all(courses.map(async ({ id }) => (await ask(`/api/courses/${id}/lessons`)).json()));
    return outlines.filter(({ enrolled }) => enrolled).length;
  };
  await eventually('every course is open', async () => ((await open()) === 3 ? true : null));
  await page.goto(at(`/orders/${order.id}`));
  assert.equal(await page.locator('main ul.list-disc a').count(), 3);
  await page.goto(at('/bundles/all-three'));
  await page.getByText('You have every course of this bundle').waitFor();
  await change(ask, `/api/payments/${payment.id}/refunds`, 'POST', {});
  await orderIs(ask, order.id, 'refunded');
  await eventually('no course is open', async () => ((await open()) === 0 ? true : null));
  assert.deepEqual(complaints, []);
  await close();
});
