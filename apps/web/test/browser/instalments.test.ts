import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { axe, openPage, startBrowser, type WatchedPage } from './harness.ts';
import { eventually } from './paid-orders.ts';
import { type RunningPlatform, signIn, startPlatform } from './platform.ts';

/**
 * A course that is paid in parts, in a browser, on the platform as `npm start` runs it: allowed in the studio, agreed to at
 * the checkout, missed, paused, paid and completed. Months go by in the database; what is due then the platform's job does.
 */
const slug = 'drive-economically-and-safely';
const course = `/courses/${slug}`;
const password = 'four unrelated words here';
let platform: RunningPlatform;
let browser: Browser;
before(async () => {
  platform = await startPlatform();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await platform?.close();
});

const at = (path: string) => `${platform.url}${path}`;
const isOrder = (address: URL) => /^\/orders\/[\w-]{36}$/.test(address.pathname);
const isSandbox = (address: URL) => address.pathname.startsWith('/api/sandbox/checkout/');

/** What axe finds at the width and in the scheme that are there, and in the dark on a small phone. */
async function clean(page: Page): Promise<void> {
  assert.deepEqual(await axe(page), [], page.url());
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 320, height: 640 });
  assert.deepEqual(await axe(page), [], `${page.url()} in the dark`);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(excess, 0, `${page.url()} scrolls sideways`);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function person(name: string): Promise<WatchedPage & { email: string }> {
  const email = `${name.toLowerCase().replace(/\W/g, '.')}@parts.example`;
  const answer = await fetch(at('/api/auth/register'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, name }),
  });
  assert.equal(answer.status, 201, await answer.text());
  const watched = await openPage(browser);
  await signIn(watched, { url: platform.url, email, password });
  return { ...watched, email };
}

/** What the payer does on the sandbox's page; ends on the order's page. */
async function pay(page: Page, outcome: string): Promise<void> {
  await page.waitForURL(isSandbox);
  const card = page.locator(`input[value=${outcome}]`);
  if (!(await card.isVisible())) await page.locator('details summary').click();
  await card.check();
  await page.locator('button.first').click();
  await page.waitForURL(isOrder);
}

/** Days go by for one plan, and what is due is done. */
async function pass(id: string, days: number): Promise<void> {
  const { pool } = platform.host.database('payments');
  await pool.query('update instalment_parts set due_at = due_at - make_interval(days => $2) where plan_id = $1', [
    id,
    days,
  ]);
  await pool.query(
    'update instalment_plans set next_try_at = next_try_at - make_interval(days => $2), started_at = started_at - make_interval(days => $2) where id = $1',
    [id, days],
  );
  await pool.query("insert into payments_jobs.job (name, data) values ('collect-instalments', '{}')");
}

/** Loads the page again until it says so: what follows a payment comes by an event. */
async function until(page: Page, path: string, text: string | RegExp): Promise<void> {
  await eventually(`${path} says ${text}`, async () => {
    await page.goto(at(path));
    return (await page.getByText(text).first().isVisible()) || null;
  });
}

/** What of it is shown. */
// biome-ignore lint/performance/useDomNodeTextContent: what is there and hidden does not count
const seen = (part: Locator) => part.innerText();

let buyer: Awaited<ReturnType<typeof person>>;
let plan = '';
const own = () => `/account/instalments/${plan}`;

test('a seller allows three parts with a surcharge, and the course page says what they come to', async () => {
  const { page, complaints, close } = await openPage(browser);
  await signIn({ page }, { url: platform.url, ...platform.account('instructor') });
  const { id } = await (await fetch(at(`/api/courses/${slug}`))).json();
  await page.goto(at(`/studio/courses/${id}`));
  await page.getByLabel('Price in').selectOption('EUR');
  await page.getByLabel('Price', { exact: true }).fill('100.00');
  await page.getByLabel('Payment in parts').selectOption('3');
  await page.getByLabel('Surcharge in percent').fill('2,5');
  await clean(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.reload();
  assert.equal(await page.getByLabel('Surcharge in percent').inputValue(), '2.5');
  assert.deepEqual(complaints, []);
  await close();
  buyer = await person('Paula Parts');
  await until(buyer.page, course, 'or 3 monthly parts of up to €34.17');
  await buyer.page.getByText('€102.50 in total').waitFor();
  await clean(buyer.page);
});

test('the summary of the order says what it costs the way that is chosen, also without scripts', async () => {
  const { page, complaints } = buyer;
  await page.getByRole('button', { name: 'Buy now' }).click();
  await page.waitForURL((address) => address.pathname === '/checkout');
  const summary = page.getByRole('region', { name: 'Your order' });
  const said = page.getByRole('status').filter({ hasText: /today/ });
  const day = '[A-Z][a-z]{2} \\d{1,2}, \\d{4}';
  const atOnce = /Total\s*€100\.00\s/;
  const inParts = new RegExp(
    `Subtotal\\s*€100\\.00\\s*Surcharge for parts\\s*€2\\.50\\s*Total of 3 parts\\s*€102\\.50\\s*Due today\\s*€34\\.17\\s*Then 2 more parts, the last on ${day}\\s`,
  );
  assert.match(await seen(summary), atOnce);
  assert.equal(await said.count(), 0, 'nothing is announced before anything is chosen');
  await page.getByLabel('In 3 monthly parts').check();
  assert.match(await seen(summary), inParts);
  assert.doesNotMatch(await seen(summary), atOnce);
  assert.match(
    await seen(said),
    new RegExp(`^In 3 monthly parts: €34\\.17 today, €102\\.50 in total, the last part on ${day}\\.$`),
  );
  await clean(page);
  await page.getByLabel('All at once').check();
  assert.match(await seen(summary), atOnce);
  assert.doesNotMatch(await seen(summary), /parts/);
  assert.equal(await seen(said), 'All at once: €100.00 today.');
  assert.deepEqual(complaints, []);
  const storageState = await page.context().storageState();
  const plain = await openPage(browser, { javaScriptEnabled: false, storageState });
  await plain.page.goto(at('/checkout'));
  const plainSummary = plain.page.getByRole('region', { name: 'Your order' });
  assert.match(await seen(plainSummary), atOnce);
  await plain.page.getByLabel('In 3 monthly parts').check();
  assert.match(await seen(plainSummary), inParts);
  await plain.close();
});

test('the buyer sees every day and amount before paying, and has the course with the first part', async () => {
  const { page, complaints } = buyer;
  await page.getByLabel('In 3 monthly parts').check();
  await page.getByRole('heading', { name: 'What you pay, and when' }).waitFor();
  await page.getByText('€102.50', { exact: true }).first().waitFor();
  await clean(page);
  await page.getByRole('button', { name: 'Pay €34.17 now' }).click();
  await pay(page, 'succeed_then_decline');
  await page.getByText('This is part 1 of 3 of a purchase paid in parts.').waitFor();
  await clean(page);
  await page.getByRole('link', { name: 'See all parts' }).click();
  await page.waitForURL(/\/account\/instalments\/[\w-]{36}/);
  plan = /instalments\/([\w-]{36})/.exec(page.url())?.[1] ?? '';
  await page.getByText('1 of 3 parts paid').waitFor();
  await page.getByText('On time').waitFor();
  await clean(page);
  await until(page, course, 'Your progress');
  const mail = await platform.mail({ to: buyer.email, kind: 'instalments-started' });
  assert.match(mail.text, /Part 3 of 3: €34\.16/);
  assert.deepEqual(complaints, []);
});

test('a declined card leaves days of grace, then access is paused', async () => {
  const { page, complaints } = buyer;
  await pass(plan, 32);
  await until(page, own(), 'A part has not been paid');
  await page.getByText('You still have access').waitFor();
  await clean(page);
  for (const failures of [2, 3]) {
    await pass(plan, 6);
    await eventually(`${failures} tries`, async () => {
      const { rows } = await platform.host
        .database('payments')
        .pool.query('select 1 from instalment_plans where id = $1 and failures = $2', [plan, failures]);
      return rows.length > 0 || null;
    });
  }
  await pass(plan, 6);
  await until(page, own(), 'Your access is paused');
  await clean(page);
  await until(page, course, 'Buy now');
  assert.match((await platform.mail({ to: buyer.email, kind: 'instalments-paused' })).text, /opens again at once/);
  assert.deepEqual(complaints, []);
});

test('paying the part opens the course at once, and the new card completes the plan', async () => {
  const { page, complaints } = buyer;
  await page.goto(at(own()));
  await page.getByRole('button', { name: 'Pay this part' }).click();
  await page.waitForURL(/\/orders\/[\w-]{36}\/pay/);
  await page.getByRole('button', { name: /^Pay €34\.17/ }).click();
  await pay(page, 'succeed');
  await until(page, course, 'Your progress');
  await pass(plan, 32);
  await until(page, own(), 'All parts are paid');
  await page.getByText('3 of 3 parts paid').waitFor();
  await clean(page);
  assert.match((await platform.mail({ to: buyer.email, kind: 'instalments-completed' })).text, /€102\.50 in total/);
  await page.goto(at('/account/instalments'));
  await page.getByText('Paid in full').waitFor();
  await clean(page);
  assert.deepEqual(complaints, []);
});

test('all that is left is paid at once for less, and support ends what is not wanted any more', async () => {
  const { page, email, complaints, close } = await person('Rui Rest');
  const begin = async () => {
    await page.goto(at(course));
    await page.getByRole('button', { name: 'Buy now' }).click();
    await page.waitForURL((address) => address.pathname === '/checkout');
    await page.getByLabel('In 3 monthly parts').check();
    await page.getByRole('button', { name: 'Pay €34.17 now' }).click();
    await pay(page, 'succeed');
    await page.getByRole('link', { name: 'See all parts' }).click();
    await page.waitForURL(/\/account\/instalments\/[\w-]{36}/);
  };
  await begin();
  const path = new URL(page.url()).pathname;
  await page.getByText('That is €1.67 less').waitFor();
  await page.getByRole('button', { name: 'Pay the rest, €66.66' }).click();
  await page.waitForURL(/\/orders\/[\w-]{36}\/pay/);
  await page.getByRole('button', { name: /^Pay €66\.66/ }).click();
  await pay(page, 'succeed');
  await page.getByText('These are parts 2 to 3 of 3').waitFor();
  await until(page, path, 'All parts are paid');
  assert.deepEqual(complaints, []);
  await close();
  const support = await openPage(browser);
  await signIn(support, { url: platform.url, ...platform.account('admin') });
  await support.page.goto(at('/console/instalments'));
  await support.page.getByText('paula.parts@parts.example').waitFor();
  await clean(support.page);
  const id = path.split('/').at(-1) ?? '';
  await support.page.goto(at(`/console/instalments/${id}`));
  await support.page.getByRole('heading', { name: 'What support can do' }).waitFor();
  await clean(support.page);
  await support.page.getByLabel('What was paid').selectOption('all');
  await support.page.getByLabel('Reason').fill('Asked for by phone');
  await support.page.getByRole('button', { name: 'End it' }).click();
  await support.page.getByText('It has ended.').waitFor();
  await eventually('everything to be back', async () => {
    const { rows } = await platform.host
      .database('payments')
      .pool.query("select 1 from orders where instalment_plan_id = $1 and state = 'refunded'", [id]);
    return rows.length === 2 || null;
  });
  await support.page.goto(at('/console/audit?of=payments'));
  await support.page.getByText('Ended a payment in parts').first().waitFor();
  // Whoever paid deletes their account: support still reads whose it was not.
  const gone = await (await platform.as({ email, password }))('/api/users/me', {
    method: 'DELETE',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
  });
  assert.ok(gone.ok, await gone.text());
  await until(support.page, `/console/instalments/${id}`, /^Deleted account · 3 of 3 parts paid$/);
  await clean(support.page);
  for (const list of ['/console/instalments', '/console/orders']) await until(support.page, list, /^Deleted account$/);
  assert.deepEqual(support.complaints, []);
  await support.close();
  const seller = await openPage(browser);
  await signIn(seller, { url: platform.url, ...platform.account('instructor') });
  await seller.page.goto(at('/studio/instalments'));
  await seller.page.getByText('Paid in full').first().waitFor();
  await clean(seller.page);
  assert.deepEqual(seller.complaints, []);
  await seller.close();
});
