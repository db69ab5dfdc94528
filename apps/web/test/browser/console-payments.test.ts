import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { axe, openPage, startBrowser } from './harness.ts';
import {
  type Bought,
  buy,
  eventually,
  newBuyer,
  order,
  orderIs,
  play,
  type SoldCourse,
  soldCourse,
} from './paid-orders.ts';
import { type RunningPlatform, signIn, startPlatform } from './platform.ts';

let platform: RunningPlatform;
let browser: Browser;
let course: SoldCourse;
let bea: Awaited<ReturnType<typeof newBuyer>>;
let paid: Bought;
before(async () => {
  // PicPay is set up and never called: it is the one without a report, and the one that is switched off.
  const environment = { STOA_PICPAY_TOKEN: 'token', STOA_PICPAY_SELLER_TOKEN: 'seller token' };
  platform = await startPlatform({ environment });
  browser = await startBrowser();
  course = await soldCourse(platform);
  bea = await newBuyer(platform, 'Bea');
  paid = await buy(bea.ask, course);
});
after(async () => {
  await browser?.close();
  await platform?.close();
});

// Each language, both widths, both schemes, without the time that every combination would take. In English every-page.test.ts
// looks at all but two of these pages, in light at 1280 px and in dark at 320 px.
for (const [locale, width, colorScheme] of [
  ['', 320, 'dark'],
  ['/pt-BR', 1280, 'light'],
  ['/es', 320, 'light'],
] as const) {
  test(`payment pages of the console are whole at ${width} px, ${colorScheme}, in ${locale.slice(1) || 'en'}`, async () => {
    const { page, complaints, close } = await platform.open(browser, 'admin', {
      viewport: { width, height: 800 },
      colorScheme,
    });
    const onlyHere = [
      '/console/orders?q=nobody@example.com',
      `/console/orders/${paid.orderId}/refund/${paid.paymentId}`,
    ];
    const pages = [
      '/console/orders',
      `/console/orders/${paid.orderId}`,
      '/console/payments',
      '/console/ledger',
      `/console/ledger/${encodeURIComponent('clearing:sandbox:BRL')}`,
      '/console/payouts',
      '/console/coupons',
      '/console/coupons/new',
      '/console/taxes',
    ];
    for (const path of locale === '' ? onlyHere : [...pages, ...onlyHere]) {
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

test('whoever is not of support is refused, and a stranger is asked to sign in', async () => {
  for (const role of ['student', 'instructor'] as const) {
    const { page, close } = await platform.open(browser, role);
    for (const path of ['/console/orders', `/console/orders/${paid.orderId}`, '/console/ledger', '/console/taxes'])
      assert.equal((await page.goto(`${platform.url}${path}`))?.status(), 403, `${role} ${path}`);
    const csv = await page.request.get(`${platform.url}/bff/api/admin/ledger/trial-balance.csv`);
    assert.equal(csv.status(), 403);
    await close();
  }
  const { page, close } = await openPage(browser);
  await page.goto(`${platform.url}/console/orders`);
  assert.match(page.url(), /sign-in/);
  await close();
});

test('an order is found by its number, its buyer and its state, and shows what was heard about its payment', async () => {
  const { page, complaints, close } = await platform.open(browser, 'admin');
  await page.goto(`${platform.url}/console/orders`);
  await page.getByLabel('Order number, id or e-mail address').fill(bea.email);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.waitForURL(/q=/);
  await page.getByRole('navigation', { name: 'Filter by state' }).getByRole('link', { name: 'Expired' }).click();
  await page.getByRole('heading', { name: 'No orders here' }).waitFor();
  await page.getByRole('navigation', { name: 'Filter by state' }).getByRole('link', { name: 'Paid' }).click();
  await page.getByRole('link', { name: paid.number }).click();
  await page.waitForURL(new RegExp(`/console/orders/${paid.orderId}$`));
  const timeline = page.getByRole('list', { name: 'What was heard about this payment' });
  await timeline.getByText('Answer to our call').first().waitFor();
  await timeline.getByText('Webhook from sandbox').first().waitFor();
  await timeline.getByText('Payment: Paid').first().waitFor();
  await timeline.getByText('Changed the payment').first().waitFor();
  await page.getByRole('region', { name: 'In the books' }).getByText(/^Sale/).first().waitFor();
  const invoice = await page.request.get(
    `${platform.url}${await page.getByRole('link', { name: /^Invoice / }).getAttribute('href')}`,
  );
  assert.equal(invoice.headers()['content-type'], 'application/pdf');
  assert.deepEqual(complaints, []);
  await close();
});

test('many orders are walked through page by page, each once', async () => {
  const { page, close } = await platform.open(browser, 'admin');
  const carla = await newBuyer(platform, 'Carla');
  const made = new Set<string>();
  for (let count = 0; count < 51; count++) {
    const answer = await carla.ask('/api/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lines: [{ sku: `course:${course.id}`, quantity: 1 }] }),
    });
    assert.equal(answer.status, 201);
    const { number }: { number: string } = await answer.json();
    made.add(number);
  }
  await page.goto(`${platform.url}/console/orders?q=${encodeURIComponent(carla.email)}`);
  const numbers = async () => page.locator('tbody th[scope=row]').allTextContents();
  const first = await numbers();
  assert.equal(first.length, 50);
  await page.getByRole('link', { name: 'Next page' }).click();
  await page.waitForURL(/cursor=/);
  await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
  const all = [...first, ...(await numbers())];
  assert.deepEqual(new Set(all), made);
  assert.equal(all.length, made.size);
  await close();
});

test('a part goes back and access stays; then the rest goes back and access ends, without scripts', async () => {
  const learner = await newBuyer(platform, 'Davi');
  const bought = await buy(learner.ask, course);
  const isEnrolled = async () => {
    const list: { items: { courseId?: string; course?: { id: string }; state?: string }[] } = await (
      await learner.ask('/api/enrollments')
    ).json();
    return list.items.some((item) => (item.courseId ?? item.course?.id) === course.id);
  };
  await eventually('the buyer may study', async () => (await isEnrolled()) || null);

  const operator = await platform.open(browser, 'admin');
  const { page } = operator;
  await page.goto(`${platform.url}/console/orders/${bought.orderId}`);
  await page.getByRole('link', { name: 'Refund', exact: true }).click();
  await page.waitForURL(/\/refund\//);
  await page.getByRole('radio', { name: /^An amount/ }).check();
  await page.getByLabel('Amount in BRL').fill('900');
  await page.getByRole('button', { name: 'Review refund' }).click();
  await page.getByText('At most R$49.00 can go back.').first().waitFor();
  assert.equal(await page.getByLabel('Amount in BRL').inputValue(), '900');
  await page.getByLabel('Amount in BRL').fill('9,00');
  await page.getByRole('radio', { name: /^Keep it/ }).check();
  await page.getByLabel('Reason').selectOption('goodwill');
  await page.getByLabel('Note for your colleagues').fill('A lesson was missing');
  await page.getByRole('button', { name: 'Review refund' }).click();
  await page.getByText('Send R$9.00 back?').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'Refund R$9.00' }).click();
  await page.waitForURL(/refunded=/);
  await page.getByText('The refund of R$9.00 is on its way.').waitFor();
  await orderIs(learner.ask, bought.orderId, 'partially_refunded');
  await page.reload();
  await page.getByText('A lesson was missing').waitFor();
  assert.equal(await isEnrolled(), true);
  const storageState = await page.context().storageState();
  await operator.close();

  const plain = await openPage(browser, { javaScriptEnabled: false, storageState });
  await plain.page.goto(`${platform.url}/console/orders/${bought.orderId}/refund/${bought.paymentId}`);
  await plain.page.getByText('Everything that is left: R$40.00').waitFor();
  await plain.page.getByRole('button', { name: 'Review refund' }).click();
  await plain.page.getByText('Send R$40.00 back?').waitFor();
  await plain.page.getByRole('button', { name: 'Change' }).click();
  await plain.page.getByRole('button', { name: 'Review refund' }).click();
  await plain.page.getByRole('button', { name: 'Refund R$40.00' }).click();
  await plain.page.getByText('The refund of R$40.00 is on its way.').waitFor();
  await orderIs(learner.ask, bought.orderId, 'refunded');
  await eventually('access is gone', async () => !(await isEnrolled()) || null);
  await plain.page.goto(`${platform.url}/console/orders/${bought.orderId}`);
  await plain.page.getByText('Taken away').waitFor();
  await plain.page
    .getByRole('link', { name: /^Credit note / })
    .first()
    .waitFor();
  assert.equal(await plain.page.getByRole('link', { name: 'Refund', exact: true }).count(), 0);
  await plain.close();
});

test('an order that waits is cancelled after one question', async () => {
  const eva = await newBuyer(platform, 'Eva');
  const open = await order(eva.ask, course);
  const { page, close } = await platform.open(browser, 'admin');
  await page.goto(`${platform.url}/console/orders/${open.orderId}`);
  await page.getByRole('button', { name: 'Ask the provider' }).click();
  await page.getByText('The provider is being asked.').first().waitFor();
  await page.getByRole('link', { name: 'Cancel order' }).click();
  await page.getByText(`Cancel order ${open.number}?`).waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'Yes, cancel it' }).click();
  await page.getByText('by an operator').waitFor();
  await orderIs(eva.ask, open.orderId, 'cancelled');
  await close();
});

test('a payment that was declined says why, and the provider’s health counts it', async () => {
  const fabio = await newBuyer(platform, 'Fabio');
  const bought = await order(fabio.ask, course);
  await play(fabio.ask, bought.paymentId, 'decline');
  const { page, close } = await platform.open(browser, 'admin');
  await eventually('the payment has failed', async () => {
    await page.goto(`${platform.url}/console/orders/${bought.orderId}`);
    return (await page.getByText('Payment: Failed').count()) > 0 || null;
  });
  await page.getByText('Why it failed').waitFor();
  await page.goto(`${platform.url}/console/payments`);
  const row = page.getByRole('row', { name: /^sandbox / });
  await row.getByText('Available').waitFor();
  await row.getByText('Calls go through').waitFor();
  await page
    .getByRole('row', { name: /^stripe/ })
    .getByText(/Missing settings: .*STRIPE/)
    .waitFor();
  await page.getByRole('heading', { name: 'Everything fits' }).waitFor();
  await close();
});

test('a provider is switched off with a reason and on again, and one without a report is said to have none', async () => {
  const { page, complaints, close } = await platform.open(browser, 'admin');
  const offer = async () => {
    const { items }: { items: { name: string; unavailable: string | null }[] } = await (
      await fetch(`${platform.url}/api/payments/providers`)
    ).json();
    return items.find(({ name }) => name === 'picpay')?.unavailable;
  };
  await page.goto(`${platform.url}/console/payments`);
  await page.getByText('picpay gives no report').waitFor();
  const row = page.getByRole('row', { name: /^picpay / });
  await row.getByText('None: compare by hand').waitFor();
  const compared = page.getByLabel('Provider', { exact: true }).locator('option');
  assert.ok(!(await compared.allTextContents()).includes('picpay'), 'what has no report cannot be compared');
  await row.getByRole('button', { name: 'Switch off picpay' }).click();
  const question = page.getByRole('dialog');
  await question.getByText('saved cards wait until it is on again', { exact: false }).waitFor();
  assert.deepEqual(await axe(page), []);
  await question.getByRole('button', { name: 'Keep it on' }).click();
  assert.equal(await offer(), null);
  await row.getByRole('button', { name: 'Switch off picpay' }).click();
  await question.getByLabel('Why, for your colleagues').fill('Their app is down since noon.');
  await question.getByRole('button', { name: 'Switch off', exact: true }).click();
  await page.getByText('picpay is switched off.').waitFor();
  await row.getByText('Switched off', { exact: true }).waitFor();
  await row.getByText('Their app is down since noon.').waitFor();
  assert.equal(await offer(), 'switched_off');
  assert.deepEqual(await axe(page), []);
  const admin = await platform.open(browser, 'admin');
  await admin.page.goto(`${platform.url}/console/audit?of=payments`);
  await admin.page.getByText('Switched a payment provider off or on').first().waitFor();
  await admin.close();
  await row.getByRole('button', { name: 'Switch on picpay' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Switch on', exact: true }).click();
  await row.getByText('Available').waitFor();
  assert.equal(await offer(), null);
  assert.deepEqual(complaints, []);
  await close();
});

test('evidence nobody believed is on the list of what does not fit until somebody has looked at it', async () => {
  const db = await platform.host.database('payments').connect();
  await db.query(
    `insert into evidence (provider, evidence_id, attempt_id, order_id, source, type, said, outcome, flagged)
     values ('sandbox', 'test-wrong-amount', $1, $2, 'webhook', 'charge.succeeded', $3, 'wrong_amount', true)`,
    [
      paid.paymentId,
      paid.orderId,
      JSON.stringify({ about: 'charge', report: { state: 'succeeded', amount: { amount: 1, currency: 'BRL' } } }),
    ],
  );
  db.release();
  const { page, close } = await platform.open(browser, 'admin');
  await page.goto(`${platform.url}/console/payments`);
  const row = page.getByRole('row', { name: /Not believed: another amount/ });
  await row.getByRole('link', { name: /^Open order/ }).click();
  await page.waitForURL(/\/console\/orders\//);
  await page.getByText('Not believed: another amount').waitFor();
  await page.getByRole('button', { name: 'Mark as looked at' }).click();
  await page.getByText('Looked at', { exact: true }).waitFor();
  await page.goto(`${platform.url}/console/payments`);
  await page.getByRole('heading', { name: 'Everything fits' }).waitFor();
  await close();
});

test('the books balance, are whole, and go along as CSV; an account leads to its orders', async () => {
  const { page, close } = await platform.open(browser, 'admin');
  await page.goto(`${platform.url}/console/ledger`);
  await page.getByText('The books are whole').waitFor();
  await page.getByText('BRL balances').waitFor();
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ]);
  const lines = (await readFile(await csv.path(), 'utf8')).trim().split('\r\n');
  assert.equal(lines[0], 'account,kind,holder,currency,debit,credit,balance');
  // Every account is in the file; on the page the settled buyers are one line.
  const settled = lines.filter((line) => /^buyer:.*,0\.00$/.test(line)).length;
  assert.ok(settled > 0);
  assert.equal(await page.locator('tbody tr').count(), lines.length - 1 - settled + 1);
  await page.getByRole('row', { name: /^Buyers, settled/ }).waitFor();
  await page
    .getByRole('row', { name: /^Owed by the provider/ })
    .getByRole('link')
    .click();
  await page.getByRole('heading', { name: 'Owed by the provider' }).waitFor();
  await page.getByRole('link', { name: paid.number }).first().click();
  await page.waitForURL(/\/console\/orders\//);
  for (const path of [
    '/console/ledger/nothing:nobody:BRL',
    `/console/orders/${paid.paymentId}`,
    '/console/orders/none',
    '/console/mailbox/none',
  ])
    assert.equal((await page.goto(`${platform.url}${path}`))?.status(), 404, path);
  await close();
});

test('a coupon of the platform is made, refused when its code is taken, used and switched off', async () => {
  const { page, complaints, close } = await platform.open(browser, 'admin');
  await page.goto(`${platform.url}/console/coupons`);
  await page.getByRole('link', { name: 'Make a coupon' }).first().click();
  await page.waitForURL(/\/new$/);
  await page.getByLabel('Code').fill('spring10');
  await page.getByLabel('How much').fill('ten');
  await page.getByLabel('Uses in all').fill('5');
  await page.getByRole('button', { name: 'Make a coupon' }).click();
  await page.getByText('A percentage between 0.01 and 100.').first().waitFor();
  assert.deepEqual(await axe(page), []);
  assert.equal(await page.getByLabel('Code').inputValue(), 'spring10');
  await page.getByLabel('How much').fill('10');
  await page.getByRole('button', { name: 'Make a coupon' }).click();
  await page.getByText('SPRING10 is ready to use.').waitFor();
  const gil = await newBuyer(platform, 'Gil');
  await buy(gil.ask, course, { coupon: 'SPRING10' });
  await page.goto(`${platform.url}/console/coupons`);
  await page.getByText('1 of 5').waitFor();
  await page.goto(`${platform.url}/console/coupons/new`);
  await page.getByLabel('Code').fill('SPRING10');
  await page.getByLabel('How much').fill('20');
  await page.getByRole('button', { name: 'Make a coupon' }).click();
  await page.getByText('There is already a coupon with this code.').first().waitFor();
  await page.goto(`${platform.url}/console/coupons`);
  await page.getByRole('button', { name: 'Switch off SPRING10' }).click();
  await page.getByText('SPRING10 is off.').waitFor();
  await page.getByRole('button', { name: 'Switch on SPRING10' }).waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('an administrator adds a tax rule with its source and ends it', async () => {
  const { page, complaints, close } = await platform.open(browser, 'admin');
  await page.goto(`${platform.url}/console/taxes`);
  await page.getByLabel('Country').fill('de');
  await page.getByLabel('Name on the invoice').fill('USt.');
  await page.getByLabel('Rate in percent').fill('190');
  await page.getByLabel('Source').fill('https://www.gesetze-im-internet.de/ustg_1980/__12.html');
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByText('A rate between 0 and 100').first().waitFor();
  await page.getByLabel('Rate in percent').fill('19');
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const row = page.getByRole('row', { name: /^Germany/ });
  await row.getByText('19%').waitFor();
  await row.getByRole('link', { name: /gesetze-im-internet/ }).waitFor();
  await row.getByText('Open').first().click();
  await row.getByLabel('First day without it').fill('2030-01-01');
  await row.getByRole('button', { name: 'End' }).click();
  await row.getByText('Jan 1, 2030').waitFor();
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(complaints, []);
  await close();
});

test('support, without being an administrator, gives back a part of one item and takes access', async () => {
  const buyer = await newBuyer(platform, 'Hugo');
  const bought = await buy(buyer.ask, course);
  const helper = await newBuyer(platform, 'Sara');
  const admin = await platform.as(platform.account('admin'));
  const { id }: { id: string } = await (await helper.ask('/api/users/me')).json();
  const changed = await admin(`/api/admin/users/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ roles: ['support'] }),
  });
  assert.equal(changed.status, 200);
  const opened = await openPage(browser);
  const { page, complaints, close } = opened;
  await signIn(opened, { url: platform.url, email: helper.email, password: helper.password });
  await page.goto(`${platform.url}/console/taxes`);
  await page.getByText('Administrators add and end rules.').waitFor();
  await page.goto(`${platform.url}/console/orders/${bought.orderId}/refund/${bought.paymentId}`);
  await page.getByRole('radio', { name: /^Items/ }).check();
  await page.getByRole('button', { name: 'Review refund' }).click();
  await page.getByText('Tick at least one item.').first().waitFor();
  await page.getByRole('checkbox', { name: course.title }).check();
  await page.getByLabel(`Amount for ${course.title}, in BRL`).fill('12.34');
  await page.getByRole('button', { name: 'Review refund' }).click();
  await page.getByRole('button', { name: 'Refund R$12.34' }).click();
  await page.getByText('The refund of R$12.34 is on its way.').waitFor();
  await orderIs(buyer.ask, bought.orderId, 'partially_refunded');
  await page.reload();
  await page.getByText('Taken away').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('a dispute is opened, won and lost, and the console shows each with its evidence', async () => {
  const db = platform.host.database('payments');
  const people = { won: await newBuyer(platform, 'Iris'), lost: await newBuyer(platform, 'Joel') };
  const operator = await platform.open(browser, 'admin');
  const { page, complaints } = operator;
  for (const end of ['won', 'lost'] as const) {
    const { ask } = people[end];
    const bought = await buy(ask, course);
    const { rows } = await db.pool.query<{ reference: string }>(
      'select provider_reference as reference from attempts where id = $1',
      [bought.paymentId],
    );
    const bank = async (outcome: string) => {
      const answer = await ask(`/api/sandbox/payments/${rows[0]?.reference}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ outcome }),
      });
      assert.equal(answer.status, 200, await answer.text());
    };
    await bank('dispute');
    await eventually('the dispute is on the list of what needs a look', async () => {
      await page.goto(`${platform.url}/console/payments`);
      return (await page.getByRole('row', { name: /Open dispute/ }).count()) > 0 || null;
    });
    assert.deepEqual(await axe(page), []);
    await page
      .getByRole('row', { name: /Open dispute/ })
      .getByRole('link', { name: /^Open order/ })
      .click();
    await page.waitForURL(new RegExp(`/console/orders/${bought.orderId}$`));
    const disputes = page.getByRole('table', { name: 'Disputes' });
    await disputes.getByText('open', { exact: true }).waitFor();
    const timeline = page.getByRole('list', { name: 'What was heard about this payment' });
    await timeline.getByText(/Dispute: open/).waitFor();
    await bank(`dispute_${end}`);
    await eventually(`the dispute is ${end}`, async () => {
      await page.reload();
      // Both are read for one page, and one of them may have been a moment too early.
      const told = await timeline.getByText(new RegExp(`Dispute: ${end}`)).count();
      return (told > 0 && (await disputes.getByText(end, { exact: true }).count()) > 0) || null;
    });
    assert.deepEqual(await axe(page), []);
    await orderIs(ask, bought.orderId, end === 'won' ? 'paid' : 'refunded');
    assert.equal(await page.getByText('Taken away').count(), end === 'won' ? 0 : 1);
  }
  await page.goto(`${platform.url}/console/payments`);
  await page.getByRole('heading', { name: 'What does not fit' }).waitFor();
  assert.equal(await page.getByRole('row', { name: /Open dispute/ }).count(), 0);
  assert.deepEqual(complaints, []);
  await operator.close();
});

test('a report that does not fit the books is on the list until it does', async () => {
  const db = platform.host.database('payments');
  const { page, complaints, close } = await platform.open(browser, 'admin');
  const compare = async () => {
    await page.goto(`${platform.url}/console/payments`);
    await page.getByLabel('Day (UTC)').fill(new Date().toISOString().slice(0, 10));
    await page.getByLabel('Provider', { exact: true }).selectOption('sandbox');
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
  };
  const change = (by: number) =>
    db.pool.query(
      `update sandbox_transactions set amount = amount + $2 where kind = 'charge' and charge = (
         select provider_reference from attempts where id = $1)`,
      [paid.paymentId, by],
    );
  await change(1);
  await compare();
  await page.getByText(/rows compared; one does not fit\./).waitFor();
  await page.reload();
  const row = page.getByRole('row', { name: /Payment differs from the report/ });
  await row.getByText('R$49.01').waitFor();
  assert.deepEqual(await axe(page), []);
  await change(-1);
  await compare();
  await page.getByText(/rows compared; everything fits\./).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Compare with a provider’s report' }).waitFor();
  assert.equal(await row.count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});

test('books that somebody changed in the database say so, and which transaction it is', async () => {
  const db = platform.host.database('payments');
  const touch = async (by: string) => {
    await db.pool.query('alter table ledger_transactions disable trigger append_only');
    const { rows } = await db.pool.query<{ id: string }>(
      `update ledger_transactions set occurred_at = occurred_at + $1::interval
       where id = (select id from ledger_transactions where key = 'sale:' || $2) returning id`,
      [by, paid.orderId],
    );
    await db.pool.query('alter table ledger_transactions enable trigger append_only');
    return rows[0]?.id ?? assert.fail('no such transaction');
  };
  const { page, complaints, close } = await platform.open(browser, 'admin');
  const changed = await touch('1 hour');
  await page.goto(`${platform.url}/console/ledger`);
  await page.getByText('The chain of the books is broken').waitFor();
  await page.getByText('Stop payouts and compare with a backup.').waitFor();
  await page.getByText(`${changed}: the hash does not fit the content`).waitFor();
  assert.deepEqual(await axe(page), []);
  await touch('-1 hour');
  await page.reload();
  await page.getByText('The books are whole').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});
