import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { axe, openPage, startBrowser } from './harness.ts';
import { buy, newBuyer, orderIs, type SoldCourse, soldCourse } from './paid-orders.ts';
import { type RunningPlatform, startPlatform } from './platform.ts';

let platform: RunningPlatform;
let browser: Browser;
let course: SoldCourse;
before(async () => {
  // What is earned can be paid out at once: the holding period is the business of the payments' own tests.
  platform = await startPlatform({ environment: { STOA_PAYOUT_HOLD_DAYS: '0' } });
  browser = await startBrowser();
  course = await soldCourse(platform);
});
after(async () => {
  await browser?.close();
  await platform?.close();
});

const pages = ['/studio/sales', '/studio/statement', '/studio/coupons', '/studio/coupons/new'];

test('an instructor who has sold nothing is told what to do next', async () => {
  const { page, complaints, close } = await platform.open(browser, 'instructor');
  await page.goto(`${platform.url}/studio/sales`);
  await page.getByRole('heading', { name: 'Nothing sold yet' }).waitFor();
  await page.goto(`${platform.url}/studio/statement`);
  await page.getByRole('heading', { name: 'Nothing booked yet' }).waitFor();
  await page.goto(`${platform.url}/studio/coupons`);
  await page.getByRole('heading', { name: 'No coupons yet' }).waitFor();
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(complaints, []);
  await close();
});

test('what is sold and refunded shows in the month, in the list and in the statement, to the cent', async () => {
  const ines = await newBuyer(platform, 'Ines');
  const joao = await newBuyer(platform, 'Joao');
  await buy(ines.ask, course);
  const second = await buy(joao.ask, course);
  const operator = await platform.as(platform.account('admin'));
  const refunded = await operator(`/api/payments/${second.paymentId}/refunds`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  assert.equal(refunded.status, 202);
  await orderIs(joao.ask, second.orderId, 'refunded');

  const { page, complaints, close } = await platform.open(browser, 'instructor');
  await page.goto(`${platform.url}/studio/sales`);
  const month = page.getByRole('region', { name: 'By month and course' }).locator('tbody tr').first();
  // 4900 each, 70 % of it the seller's, one of two given back.
  assert.deepEqual(
    (await month.locator('td').allTextContents()).map((text) => text.trim()),
    [course.title, '2', 'R$98.00', 'R$49.00', 'R$34.30'],
  );
  const each = page.getByRole('region', { name: 'Every sale' });
  assert.equal(await each.locator('tbody tr').count(), 2);
  assert.equal(await page.getByText(joao.email).count(), 0);
  await page.getByRole('link', { name: 'Open statement' }).click();
  await page.waitForURL(/\/studio\/statement/);
  const owed = page.locator('dl > div').filter({ hasText: 'Owed to you now' });
  await owed.getByText('R$34.30').waitFor();
  await page
    .getByRole('row', { name: /Refund to the buyer/ })
    .getByText('-R$34.30')
    .waitFor();
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ]);
  const lines = (await readFile(await csv.path(), 'utf8')).trim().split('\r\n');
  assert.equal(lines[0], 'at,kind,order,title,amount,currency');
  assert.equal(lines.length, 4);
  assert.deepEqual(complaints, []);
  await close();
});

test('a coupon for one course is made without scripts, and its price is what buyers pay', async () => {
  const signedIn = await platform.open(browser, 'instructor');
  const storageState = await signedIn.page.context().storageState();
  await signedIn.close();
  const { page, close } = await openPage(browser, { javaScriptEnabled: false, storageState });
  await page.goto(`${platform.url}/studio/coupons/new`);
  await page.getByLabel('Code').fill('friends');
  await page.getByRole('radio', { name: 'A fixed amount' }).check();
  await page.getByLabel('How much').fill('9,00');
  await page.getByRole('checkbox', { name: course.title }).check();
  await page.getByLabel('From').fill('2030-05-02');
  await page.getByLabel('Last day').fill('2030-05-01');
  await page.getByRole('button', { name: 'Make a coupon' }).click();
  await page.getByText('The last day is before the first.').first().waitFor();
  assert.equal(await page.getByRole('checkbox', { name: course.title }).isChecked(), true);
  await page.getByLabel('From').fill('');
  await page.getByLabel('Last day').fill('2030-05-01');
  await page.getByRole('button', { name: 'Make a coupon' }).click();
  await page.getByText('FRIENDS is ready to use.').waitFor();
  const row = page.getByRole('row', { name: /^FRIENDS/ });
  await row.getByText('R$9.00').waitFor();
  await row.getByRole('link', { name: course.title }).click();
  await page.waitForURL((address) => address.pathname.startsWith('/courses/') && address.search === '?coupon=FRIENDS');
  await page.goto(`${platform.url}/studio/coupons`);
  const katia = await newBuyer(platform, 'Katia');
  const bought = await buy(katia.ask, course, { coupon: 'FRIENDS' });
  const paid: { total: { amount: number } } = await (await katia.ask(`/api/orders/${bought.orderId}`)).json();
  assert.equal(paid.total.amount, course.price.amount - 900);
  await page.goto(`${platform.url}/studio/coupons`);
  await row.getByRole('button', { name: 'Switch off FRIENDS' }).click();
  await row.getByText('Off', { exact: true }).waitFor();
  await close();
});

test('a seller says where, an administrator pays out, and both see it', async () => {
  const seller = await platform.open(browser, 'instructor');
  await seller.page.goto(`${platform.url}/studio/statement`);
  await seller.page.getByLabel('Key or account number').fill('ines@example.com');
  await seller.page.getByLabel('Name of the holder').fill('Inês Carvalho');
  await seller.page.getByRole('button', { name: 'Save' }).click();
  await seller.page.getByText('Saved. The next payout goes there.').first().waitFor();

  const { page, complaints, close } = await platform.open(browser, 'admin');
  await page.goto(`${platform.url}/console/payouts`);
  await page.getByRole('heading', { name: 'No payouts yet' }).waitFor();
  await page.getByRole('button', { name: 'Make payouts now' }).click();
  await page.getByText('One payout was made.').first().waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'File for the bank' }).click(),
  ]);
  assert.match(await readFile(await file.path(), 'utf8'), /Inês Carvalho,pix,ines@example.com/);
  await page.locator('summary').click();
  await page.getByLabel('Bank’s reference').fill('E2E-1');
  await page.getByRole('button', { name: 'The bank has sent it' }).click();
  await page.getByRole('cell', { name: 'E2E-1' }).waitFor();
  assert.deepEqual(await axe(page), []);

  await seller.page.reload();
  await seller.page.getByRole('row', { name: /Paid to you/ }).waitFor();

  // The bank sends it back: it is owed again, and the next payout takes it up.
  await page.reload();
  await page.locator('summary').click();
  await page.getByRole('button', { name: 'It did not arrive' }).click();
  await page.getByText('Failed', { exact: true }).waitFor();
  assert.deepEqual(await axe(page), []);
  await seller.page.reload();
  await seller.page.getByRole('row', { name: /Payout that did not arrive/ }).waitFor();
  await page.getByRole('button', { name: 'Make payouts now' }).click();
  await page.getByText('One payout was made.').first().waitFor();
  assert.deepEqual(complaints, []);
  await close();
  assert.deepEqual(seller.complaints, []);
  await seller.close();
});

test('learners have no sales, and operators find the coupons of all in the console', async () => {
  const learner = await platform.open(browser, 'student');
  for (const path of pages) assert.equal((await learner.page.goto(`${platform.url}${path}`))?.status(), 403, path);
  await learner.close();
  const { page, close } = await platform.open(browser, 'admin');
  await page.goto(`${platform.url}/studio/coupons`);
  assert.match(page.url(), /\/console\/coupons$/);
  await page.getByRole('row', { name: /^FRIENDS/ }).waitFor();
  await close();
});

// The other languages. In English, in light at 1280 px and in dark at 320 px, every-page.test.ts looks at these pages.
for (const [locale, width, colorScheme] of [
  ['/pt-BR', 1280, 'light'],
  ['/es', 320, 'light'],
] as const) {
  test(`every sales page of the studio is whole at ${width} px, ${colorScheme}, in ${locale.slice(1)}`, async () => {
    const { page, complaints, close } = await platform.open(browser, 'instructor', {
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
