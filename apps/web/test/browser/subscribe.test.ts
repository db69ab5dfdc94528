import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { axe, openPage, startBrowser, type WatchedPage } from './harness.ts';
import { eventually, orderIs, play, post } from './paid-orders.ts';
import { type RunningPlatform, signIn, startPlatform } from './platform.ts';

/**
 * A membership in a browser, on the platform as `npm start` runs it: from the demo world's offer to its end, with the
 * sandbox provider through its own page. Months go by in the database; what is due then is done by the platform's job.
 */
const course = '/courses/drive-economically-and-safely';
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

async function clean(page: Page): Promise<void> {
  assert.deepEqual(await axe(page), [], page.url());
}

async function subscriber(name: string): Promise<WatchedPage & { email: string }> {
  const email = `${name.toLowerCase().replace(/\W/g, '.')}@members.example`;
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
  await choose(page, outcome);
  await page.waitForURL(isOrder);
}

async function choose(page: Page, outcome: string): Promise<void> {
  await page.waitForURL(isSandbox);
  const card = page.locator(`input[value=${outcome}]`);
  if (!(await card.isVisible())) await page.locator('details summary').click();
  await card.check();
  await page.locator('button.first').click();
}

/** Keeps a method with nothing to pay, from the subscription's page to the provider's and back. */
async function keep(page: Page, { button, outcome }: { button: string; outcome: string }): Promise<void> {
  await page.goto(at(own()));
  await page.getByText('Nothing is charged now.').waitFor();
  await page.getByRole('button', { name: button }).click();
  await page.getByText('One step is left at Test payment').waitFor();
  await clean(page);
  await page.getByRole('link', { name: 'Continue with Test payment' }).click();
  await choose(page, outcome);
  await page.waitForURL((address) => address.pathname === own() && address.searchParams.has('setup'));
}

/** Days go by for one subscription, and what is due is done. */
async function pass(id: string, days: number): Promise<void> {
  const { pool } = platform.host.database('payments');
  await pool.query(
    `update plan_subscriptions set anchor = anchor - make_interval(days => $2), period_start = period_start - make_interval(days => $2),
       period_end = period_end - make_interval(days => $2), next_try_at = next_try_at - make_interval(days => $2) where id = $1`,
    [id, days],
  );
  await pool.query("insert into payments_jobs.job (name, data) values ('renew-subscriptions', '{}')");
}

/** Loads the page again until it says so: what follows a payment comes by an event. */
async function until(page: Page, path: string, text: string | RegExp): Promise<void> {
  await eventually(`${path} says ${text}`, async () => {
    await page.goto(at(path));
    return (await page.getByText(text).first().isVisible()) || null;
  });
}

let member: Awaited<ReturnType<typeof subscriber>>;
let subscription = '';
const own = () => `/account/subscriptions/${subscription}`;

test('a trial begins without a card and opens every course of the membership', async () => {
  member = await subscriber('Marta Member');
  const { page, complaints } = member;
  await page.goto(at(course));
  await page.getByRole('heading', { name: 'Also in a membership' }).waitFor();
  await page.getByRole('link', { name: 'Everyday skills club' }).click();
  await page.getByRole('heading', { level: 1, name: 'Everyday skills club' }).waitFor();
  await page.getByText('7 days free, then R$14.90 per month').waitFor();
  await clean(page);
  await page.getByRole('link', { name: 'Subscribe monthly' }).click();
  await page.getByRole('heading', { level: 1, name: 'Subscribe' }).waitFor();
  await page.getByText('First charge').waitFor();
  await clean(page);
  await page.getByRole('button', { name: 'Start free trial' }).click();
  await page.waitForURL(/\/account\/subscriptions\/[\w-]{36}/);
  subscription = /subscriptions\/([\w-]{36})/.exec(page.url())?.[1] ?? '';
  await page.getByText('Trial', { exact: true }).waitFor();
  await page.getByText('None is kept.').waitFor();
  await clean(page);
  await page.goto(at('/learn'));
  await page.getByRole('heading', { name: 'Your membership is open: choose a first course' }).waitFor();
  await clean(page);
  await page.getByRole('link', { name: 'See the courses: Everyday skills club' }).waitFor();
  await until(page, course, 'Included in your membership');
  await page.getByText('Lessons with a lock open as soon as you open the course').waitFor();
  await clean(page);
  await page.getByRole('button', { name: 'Open the course' }).click();
  await page.getByRole('heading', { level: 1, name: 'Five minutes around the car' }).waitFor();
  const mail = await platform.mail({ to: member.email, kind: 'subscription' });
  assert.match(mail.text, /Everyday skills club, monthly/);
  assert.ok(mail.text.includes(at('/account/subscriptions')), mail.text);
  assert.deepEqual(complaints, []);
});

test('a card that is refused where it should be kept keeps nothing, and says so', async () => {
  const { page, complaints } = member;
  await keep(page, { button: 'Keep a method: Test payment', outcome: 'decline' });
  await page.getByText('No method was kept').waitFor();
  await page.getByText('None is kept.').waitFor();
  await clean(page);
  assert.deepEqual(complaints, []);
});

test('a trial that is over closes the course until it is paid', async () => {
  const { page, complaints } = member;
  await pass(subscription, 8);
  await until(page, own(), 'Your last renewal was not paid');
  await page.getByText('Your trial is over').waitFor();
  await clean(page);
  await until(page, course, 'Buy now');
  const mail = await platform.mail({ to: member.email, kind: 'dunning' });
  assert.ok(mail.text.includes('Everyday skills club, monthly'), mail.text);
  await page.goto(at(own()));
  await page.getByRole('link', { name: 'Pay now with a new method' }).click();
  await page.getByRole('button', { name: /^Pay R\$14\.90/ }).click();
  await pay(page, 'succeed_then_decline');
  await until(page, own(), 'Active');
  await until(page, course, 'Your progress');
  assert.deepEqual(complaints, []);
});

test('a card that fails at the renewal leaves days of grace, and another one mends it', async () => {
  const { page, email, complaints } = member;
  // Of the trial that was over.
  const before = await platform.mail({ to: email, kind: 'dunning' });
  await pass(subscription, 32);
  await until(page, own(), 'You still have access for now');
  const mail = await eventually('a second mail about it', async () => {
    const newest = await platform.mail({ to: email, kind: 'dunning' });
    return newest.id === before.id ? null : newest;
  });
  assert.notEqual(mail.text, before.text);
  assert.match(mail.text, /R\$\s?14\.90/);
  await page.goto(at(course));
  await page.getByText('Your progress').first().waitFor();
  await page.goto(at(own()));
  await page.getByRole('link', { name: 'Pay now with a new method' }).click();
  await page.getByRole('button', { name: /^Pay R\$14\.90/ }).click();
  await pay(page, 'succeed');
  await until(page, own(), 'Next charge');
  await page.getByText('Active', { exact: true }).waitFor();
  await page.getByText('4242').waitFor();
  await clean(page);
  // And the new card is the one that renews it.
  await pass(subscription, 32);
  await eventually('it renews itself', async () => {
    const { rows } = await platform.host
      .database('payments')
      .pool.query("select 1 from orders where subscription_id = $1 and state = 'paid' and total > 0", [subscription]);
    return rows.length === 3 || null;
  });
  assert.deepEqual(complaints, []);
});

test('the plan is changed for the difference, and the end comes with the period', async () => {
  const { page, email, complaints } = member;
  await page.goto(at(own()));
  await page.getByRole('link', { name: 'See what Yearly costs' }).click();
  await page.getByRole('heading', { name: 'Change to Everyday skills club, yearly' }).waitFor();
  await page.getByText('Not used yet').waitFor();
  await clean(page);
  await page.getByRole('button', { name: /^Change and pay R\$1\d\d\.\d\d/ }).click();
  await page.waitForURL(/\/orders\//);
  await until(page, own(), 'R$149.00 per year');
  await page.getByRole('button', { name: 'Cancel Everyday skills club, yearly' }).click();
  await page.getByText('Ends on').waitFor();
  await page.getByRole('button', { name: 'Go on with Everyday skills club, yearly' }).click();
  await page.getByText('Ends on').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Cancel Everyday skills club, yearly' }).click();
  await page.getByText('Ends on').waitFor();
  await page.goto(at(course));
  await page.getByText('Your progress').first().waitFor();
  await pass(subscription, 370);
  await until(page, own(), 'Ended on');
  await page.getByRole('link', { name: 'Subscribe again' }).waitFor();
  await clean(page);
  await until(page, course, 'Buy now');
  await eventually('the mail of the end', async () => {
    const { subject } = await platform.mail({ to: email, kind: 'subscription' });
    return subject.includes('has ended') || null;
  });
  assert.deepEqual(complaints, []);
});

test('who comes back has no second trial, pays at once, and is where they were', async () => {
  const { page, complaints } = member;
  await page.goto(at('/memberships'));
  await clean(page);
  await page.getByRole('link', { name: 'Everyday skills club' }).click();
  await page.getByRole('link', { name: 'Subscribe monthly' }).click();
  await page.getByRole('button', { name: 'Subscribe for R$14.90' }).waitFor();
  await page.getByText('Next charge').waitFor();
  await clean(page);
  await page.getByRole('button', { name: 'Subscribe for R$14.90' }).click();
  await pay(page, 'succeed');
  await until(page, course, 'Your progress');
  assert.deepEqual(complaints, []);
});

test('another card is kept with nothing to pay', async () => {
  const { page, complaints } = member;
  await page.goto(at('/account/subscriptions'));
  await page.getByRole('link', { name: 'Everyday skills club, monthly' }).first().click();
  await page.waitForURL(/subscriptions\/[\w-]{36}/);
  subscription = /subscriptions\/([\w-]{36})/.exec(page.url())?.[1] ?? '';
  await keep(page, { button: 'Keep another method: Test payment', outcome: 'succeed' });
  await page.getByText('The new payment method is kept').waitFor();
  await page.getByText('4242').waitFor();
  await clean(page);
  assert.deepEqual(complaints, []);
});

test('the seller sees what it brings, and support every step of it', async () => {
  const studio = await platform.open(browser, 'instructor');
  await studio.page.goto(at('/studio/memberships'));
  await studio.page.getByText('R$14.90').first().waitFor();
  await clean(studio.page);
  await studio.page.getByRole('link', { name: 'Edit Everyday skills club' }).click();
  await studio.page.getByLabel('Price per month').fill('19.90');
  await clean(studio.page);
  await studio.page.getByRole('button', { name: 'Save' }).click();
  await studio.page.getByText('R$19.90 per month').waitFor();
  await studio.page.goto(at('/studio/memberships/new'));
  await clean(studio.page);
  assert.deepEqual(studio.complaints, []);
  await studio.close();

  const support = await platform.open(browser, 'admin', { colorScheme: 'dark', viewport: { width: 360, height: 800 } });
  await support.page.goto(at('/console/subscriptions?state=canceled'));
  await clean(support.page);
  await support.page.getByRole('link', { name: 'Everyday skills club, yearly' }).click();
  await support.page.getByText('Cancellation taken back').waitFor();
  await clean(support.page);
  await support.page.goto(at('/console/subscriptions?state=active'));
  await support.page.getByRole('link', { name: 'Everyday skills club, monthly' }).click();
  await support.page.getByLabel('Note').fill('Asked for by phone');
  await support.page.getByRole('button', { name: 'Cancel now' }).click();
  await support.page.getByText('Asked for by phone').waitFor();
  assert.ok(await support.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(support.complaints, []);
  await support.close();
});

test('whoever subscribed reads that its seller has left, and support does', async () => {
  const { page, email, complaints, close } = member;
  // Bought once more, past the pages: they are those of the beginning.
  const ask = await platform.as({ email, password });
  const { rows: plans } = await platform.host
    .database('payments')
    .pool.query<{ sku: string }>('select sku from plan_subscriptions where id = $1', [subscription]);
  const begun = await eventually('what support ended is heard of', async () => {
    const answer = await post(ask, '/api/subscriptions', { sku: plans[0]?.sku, provider: 'sandbox' });
    return answer.status === 201 ? answer : null;
  });
  subscription = String(begun.body.id);
  const orderId = String(begun.body.openOrderId);
  const ordered: { payments: { id: string }[] } = await (await ask(`/api/orders/${orderId}`)).json();
  await play(ask, ordered.payments.at(-1)?.id ?? '', 'succeed');
  await orderIs(ask, orderId, 'paid');
  await until(page, own(), 'Next charge');

  const seller = platform.account('instructor');
  const gone = await (await platform.as(seller))('/api/users/me', {
    method: 'DELETE',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: seller.password }),
  });
  assert.ok(gone.ok, await gone.text());
  await eventually('payments has heard of it', async () => {
    const { rows } = await platform.host
      .database('payments')
      .pool.query('select 1 from plan_subscriptions where id = $1 and seller_left_at is not null', [subscription]);
    return rows.length === 1 || null;
  });
  await pass(subscription, 0);
  await until(page, own(), 'Ends on');
  await page.getByText('Nobody offers this any more').waitFor();
  await page.getByText('what you have paid for stays open until its end').waitFor();
  for (const name of [/^Go on with/, /^Cancel Everyday/, /^Pause/, /^Keep/, /^Pay with/])
    assert.equal(await page.getByRole('button', { name }).count(), 0, String(name));
  await clean(page);
  const mail = await platform.mail({ to: email, kind: 'subscription' });
  assert.match(mail.subject, /is no longer offered/);
  assert.deepEqual(complaints, []);

  const support = await platform.open(browser, 'admin', { colorScheme: 'dark', viewport: { width: 360, height: 800 } });
  const looked = `/console/subscriptions/${subscription}`;
  await support.page.goto(at(looked));
  await support.page.getByText('Its seller deleted their account').waitFor();
  await support.page.getByText('it ends with the period that is paid').waitFor();
  await clean(support.page);
  assert.ok(await support.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await pass(subscription, 32);
  await until(page, own(), 'Ended on');
  assert.equal(await page.getByText('Nobody offers this any more').count(), 0, 'what is over needs no warning');
  await clean(page);
  await support.page.goto(at(looked));
  await support.page.getByText('It ended because nobody sells it any more').waitFor();
  const deleted = await ask('/api/users/me', {
    method: 'DELETE',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
  });
  assert.ok(deleted.ok, await deleted.text());
  await until(support.page, looked, /^Deleted account · /);
  await until(support.page, '/console/subscriptions', /^Deleted account$/);
  assert.deepEqual(support.complaints, []);
  await support.close();
  await close();
});
