import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { testWithAll } from '../../../../scripts/only-with-all.ts';
import { axe, startBrowser } from './harness.ts';
import { type RunningPlatform, startPlatform } from './platform.ts';

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

const pages = [
  '/console',
  '/console/users',
  '/console/jobs',
  '/console/dead-letters',
  '/console/mailbox',
  '/console/templates',
  '/console/templates/welcome?language=es',
  '/console/templates/purchase?language=pt-BR',
  '/console/delivery-log',
  '/console/suppressions',
  '/console/webhooks',
  '/console/audit',
  '/console/audit?of=replays',
];

// The other languages. In English, in light at 1280 px and in dark at 320 px, every-page.test.ts looks at these pages.
for (const [locale, width, colorScheme] of [
  ['/pt-BR', 1280, 'light'],
  ['/es', 320, 'light'],
] as const) {
  testWithAll(`every console page is whole at ${width} px, ${colorScheme}, in ${locale.slice(1)}`, async () => {
    const { page, complaints, close } = await platform.open(browser, 'admin', {
      viewport: { width, height: 800 },
      colorScheme,
    });
    for (const path of pages) {
      const answer = await page.goto(`${platform.url}${locale}${path}`);
      assert.equal(answer?.status(), 200, path);
      await page.locator('h1').waitFor();
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(excess, 0, `${path} scrolls sideways`);
      assert.deepEqual(await axe(page), [], path);
    }
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('somebody without the role is refused, and a stranger is asked to sign in', async () => {
  const learner = await platform.open(browser, 'student');
  const answer = await learner.page.goto(`${platform.url}/console`);
  assert.equal(answer?.status(), 403);
  await learner.close();
  const stranger = await browser.newPage();
  await stranger.goto(`${platform.url}/console/users`);
  assert.match(stranger.url(), /sign-in/);
  await stranger.close();
});

testWithAll(
  'a list whose address the API refuses is shown from its beginning, with what it is narrowed to',
  async () => {
    const leads = async (who: 'admin' | 'instructor', lists: string[], locale = '') => {
      const { page, complaints, close } = await platform.open(browser, who);
      for (const list of lists) {
        const [path, search] = list.split('?');
        const asked = new URLSearchParams(search);
        const answer = await page.goto(
          `${platform.url}${locale}${path}?${new URLSearchParams([...asked, ...refused])}`,
        );
        assert.equal(answer?.status(), 200, list);
        assert.equal(page.url(), `${platform.url}${locale}${list}`);
        await page.locator('h1').waitFor();
      }
      assert.deepEqual(complaints, []);
      await close();
    };
    const refused = [
      ['page', '2'],
      ['cursor', 'garbage'],
    ];
    const lists = ['users', 'mailbox', 'delivery-log', 'suppressions', 'orders', 'subscriptions', 'instalments'];
    const logs = ['accounts', 'payments', 'replays'].map((log) => `/console/audit?of=${log}`);
    await leads(
      'admin',
      [...lists, 'coupons', 'payouts'].map((name) => `/console/${name}`),
    );
    await leads('admin', logs);
    await leads('admin', ['/console/orders?q=nobody%40example.com'], '/pt-BR');
    await leads('instructor', ['/studio', '/studio/bundles', '/studio/instalments'], '/es');
  },
);

test('an administrator gives a role after confirming, and the audit log has it', async () => {
  const { page, close } = await platform.open(browser, 'admin');
  const { name, email } = platform.account('student');
  await page.goto(`${platform.url}/console/users?q=${encodeURIComponent(email)}`);
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Change roles' }).click();
  await page.getByRole('checkbox', { name: /^Supplier/ }).check();
  await page.getByRole('button', { name: 'Change roles' }).click();
  const confirm = page.getByRole('alertdialog');
  await confirm.getByText('Gains: Supplier.').waitFor();
  await confirm.getByRole('button', { name: 'Change roles' }).click();
  await page.getByText(`Roles of ${name} changed`).waitFor();
  await page.locator('p').getByText('Supplier').waitFor();
  await page.getByText('Changed roles or access').waitFor();
  await page.getByRole('link', { name: 'All entries' }).click();
  await page.waitForURL(/\/console\/audit\?subject=/);
  await page.getByText('Changed roles or access').waitFor();
  await close();
});

testWithAll('one person: locked out by guesses, helped, suspended with a reason, restored', async () => {
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const known = { email: 'locked@people.example', password: 'four unrelated words here' };
  const person = { ...known, name: 'Lena Locked' };
  const call = (path: string, body: object) =>
    fetch(`${platform.url}/api/auth/${path}`, { ...json, body: JSON.stringify(body) });
  assert.equal((await call('register', person)).status, 201);
  for (let n = 0; n < 10; n += 1) {
    const headers = { ...json.headers, 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
    const body = JSON.stringify({ email: person.email, password: `guess ${n}` });
    await fetch(`${platform.url}/api/auth/login`, { ...json, headers, body });
  }
  const { page, complaints, close } = await platform.open(browser, 'admin');
  await page.goto(`${platform.url}/console/users?q=lena`);
  await page.getByRole('link', { name: person.name, exact: true }).click();
  await page.getByText('Too many wrong passwords').waitFor();
  await page.getByText('Firefox on Linux').first().waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'Allow new tries' }).click();
  await page.getByText('No wrong password in the last 15 minutes.').waitFor();
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByText('Nowhere.').waitFor();
  await page.getByLabel('Reason').fill('Shared the account with a class');
  await page.getByRole('button', { name: 'Suspend the account' }).click();
  await page.getByText('Shared the account with a class').first().waitFor();
  assert.deepEqual(await axe(page), []);
  assert.equal((await call('login', known)).status, 403);
  await page.getByLabel('Reason').fill('Promised not to do it again');
  await page.getByRole('button', { name: 'Restore the account' }).click();
  await page.getByText('The account is open.').waitFor();
  await page.getByText('Allowed new tries').waitFor();
  assert.equal((await call('login', known)).status, 200);
  await page.getByRole('link', { name: 'Orders', exact: true }).last().click();
  await page.waitForURL(/\/console\/orders\?q=/);
  assert.deepEqual(complaints, []);
  await close();
});

testWithAll(
  'an event that was parked is looked into, fails again while its cause stays, and passes when it is gone',
  async () => {
    const enrollment = await platform.host.database('enrollment').connect();
    await enrollment.query('alter table people rename to people_away');
    const { page, close } = await platform.open(browser, 'admin');
    try {
      await page.goto(`${platform.url}/account`);
      await page.getByLabel('Name', { exact: true }).fill('Ada Parked');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Saved', { exact: true }).waitFor();
      await page.goto(`${platform.url}/console/dead-letters`);
      // The page looks again by itself.
      await page.getByRole('row', { name: /UserUpdated|user\.updated/i }).waitFor({ timeout: 30_000 });
      await page
        .getByRole('button', { name: /^Payload of/ })
        .first()
        .click();
      await page.getByRole('dialog').getByText('Ada Parked').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click();
      await page.getByText(/failed again/).waitFor();
      await page.keyboard.press('Escape');
    } finally {
      await enrollment.query('alter table people_away rename to people');
      enrollment.release();
    }
    await page
      .getByRole('button', { name: /^Try again: / })
      .first()
      .click();
    await page.getByText(/went through/).waitFor();
    await page.getByRole('heading', { name: 'Nothing is parked' }).waitFor();
    await page.goto(`${platform.url}/console/audit`);
    await page.getByRole('link', { name: 'Tried again' }).click();
    await page.waitForURL(/of=replays/);
    const replays = page.getByRole('row').filter({ hasText: /UserUpdated|user\.updated/i });
    assert.equal(await replays.count(), 2, 'both tries are on record');
    assert.deepEqual(await axe(page), []);
    await close();
  },
);

test('a mail is shown as it was sent without running anything, and its link can be followed', async () => {
  const { page, complaints, close } = await platform.open(browser, 'admin');
  await page.goto(`${platform.url}/console/mailbox`);
  await page.locator('tbody a').first().click();
  await page.waitForURL(/mailbox\/[0-9a-f-]+$/);
  const frame = page.locator('iframe');
  await frame.contentFrame().locator('a').first().waitFor();
  const source = `${platform.url}${await frame.getAttribute('src')}`;
  const document = await page.request.get(source);
  const policy = document.headers()['content-security-policy'] ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /sandbox/);
  assert.doesNotMatch(policy, /allow-scripts|allow-same-origin/);
  assert.equal(document.headers()['x-frame-options'], 'SAMEORIGIN');
  await page.getByRole('tab', { name: 'Plain text' }).click();
  await page.getByRole('tabpanel', { name: 'Plain text' }).locator('a').first().waitFor();
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(complaints, []);
  await close();
});
