import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { testWithAll } from '../../../../scripts/only-with-all.ts';
import { axe, openPage, refusalIsSeen, startBrowser, type WatchedPage } from './harness.ts';
import { type RunningPlatform, signIn, startPlatform } from './platform.ts';

/**
 * Buying in a browser, on the platform as `npm start` runs it, with the sandbox provider through its own page. What was
 * charged is judged by the sandbox's book, never by what a page says.
 */
const course = '/courses/drive-economically-and-safely';
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
const isOrder = (address: URL) => /^(\/pt-BR|\/es)?\/orders\/[\w-]{36}$/.test(address.pathname);
const isSandbox = (address: URL) => address.pathname.startsWith('/api/sandbox/checkout/');
const password = 'four unrelated words here';

async function register(name: string) {
  const email = `${name.toLowerCase().replace(/\W/g, '.')}@buyers.example`;
  const answer = await fetch(at('/api/auth/register'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, name }),
  });
  assert.equal(answer.status, 201, await answer.text());
  return { email, password, name };
}

/** A page of somebody new who is signed in. */
async function buyer(name: string): Promise<WatchedPage & { email: string }> {
  const person = await register(name);
  const watched = await openPage(browser);
  await signIn(watched, { url: platform.url, ...person });
  return { ...watched, email: person.email };
}

/** Fills the form of an account that is made on the way. */
async function makeAccount(page: Page, { name, email }: { name: string; email: string }): Promise<void> {
  await page.waitForURL(/\/register/);
  await page.locator('input[name=name]').fill(name);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.locator('main form button[type=submit]').first().click();
}

/** From the course's page to the sandbox's, signed in. */
async function goToSandbox(page: Page): Promise<void> {
  await page.goto(at(course));
  await page.getByRole('button', { name: 'Buy now' }).click();
  await page.waitForURL('**/checkout');
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.waitForURL(isSandbox);
}

/** What the payer does on the sandbox's page. */
async function choose(page: Page, outcome: string): Promise<void> {
  const card = page.locator(`input[value=${outcome}]`);
  if (!(await card.isVisible())) await page.locator('details summary').click();
  await card.check();
  await page.locator('button.first').click();
}

const orderIn = (page: Page) => /\/orders\/([\w-]{36})/.exec(page.url())?.[1] ?? '';

/** What the sandbox has really taken for an order, and given back. */
async function booked(orderId: string) {
  const db = platform.host.database('payments');
  const { rows } = await db.pool.query<{ charges: number; captures: number; captured: string; refunded: string }>(
    `select count(*)::int as charges, count(*) filter (where c.captured > 0)::int as captures,
       coalesce(sum(c.captured), 0) as captured, coalesce(sum(c.refunded), 0) as refunded
     from attempts a join sandbox_charges c on c.reference = a.id::text where a.order_id = $1`,
    [orderId],
  );
  const [row] = rows;
  assert.ok(row);
  return { ...row, captured: Number(row.captured), refunded: Number(row.refunded) };
}

async function enrolled(email: string): Promise<boolean> {
  const ask = await platform.as({ email, password });
  const { items }: { items: { id: string }[] } = await (await ask('/api/courses?price=paid')).json();
  const outline: { enrolled: boolean } = await (await ask(`/api/courses/${items[0]?.id}/lessons`)).json();
  return outline.enrolled;
}

async function asAdmin(path: string, body: unknown): Promise<void> {
  const ask = await platform.as(platform.account('admin'));
  const answer = await ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, await answer.text());
}

test('a person buys a course and lands in it', async () => {
  const { page, email, complaints, close } = await buyer('Bruna Buys');
  await goToSandbox(page);
  await choose(page, 'succeed');
  await page.waitForURL(isOrder);
  await page.getByText('Paid. Thank you').waitFor();
  const orderId = orderIn(page);
  assert.deepEqual(await booked(orderId), { charges: 1, captures: 1, captured: 4900, refunded: 0 });
  await page.getByRole('link', { name: 'Start learning' }).click();
  await page.getByRole('heading', { level: 1, name: 'Five minutes around the car' }).waitFor();
  assert.equal(await enrolled(email), true);

  await page.goto(at(course));
  await page
    .getByRole('link', { name: 'Start the course' })
    .or(page.getByRole('link', { name: 'Continue' }))
    .waitFor();
  assert.equal(await page.getByRole('button', { name: 'Buy now' }).count(), 0, 'one does not buy what one has');
  await page.getByRole('link', { name: 'Give as a gift' }).waitFor();

  await page.goto(at('/account/orders'));
  await page.getByRole('link', { name: 'Drive economically and safely' }).click();
  await page.waitForURL(isOrder);
  await page.getByText('Invoice INV-', { exact: false }).first().waitFor();
  await page.goto(at('/account/invoices'));
  const invoice = page.getByRole('link', { name: /^Invoice INV-.*PDF/ });
  const address = (await invoice.getAttribute('href')) ?? '';
  const file = await page.request.get(at(address));
  assert.equal(file.headers()['content-type'], 'application/pdf');
  assert.equal((await file.body()).subarray(0, 5).toString(), '%PDF-');
  assert.deepEqual(complaints, []);
  await close();
});

test('a declined payment is explained, tried again, and charged once', async () => {
  const { page, close } = await buyer('Davi Declined');
  await goToSandbox(page);
  await choose(page, 'insufficient_funds');
  await page.getByRole('heading', { name: 'The payment did not go through' }).waitFor();
  await page.getByText('There is not enough money').waitFor();
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.waitForURL(isSandbox);
  await choose(page, 'succeed');
  await page.waitForURL(isOrder);
  await page.getByText('Payment without success').waitFor();
  assert.deepEqual(await booked(orderIn(page)), { charges: 2, captures: 1, captured: 4900, refunded: 0 });
  await close();
});

testWithAll('a bank that asks is answered, and a payment called off is none', async () => {
  const { page, close } = await buyer('Clara Challenge');
  await goToSandbox(page);
  await page.getByRole('button', { name: 'Cancel and go back' }).click();
  await page.getByText('You called off the payment').waitFor();
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.waitForURL(isSandbox);
  await choose(page, 'challenge');
  await page.getByRole('button', { name: 'Yes, confirm' }).click();
  await page.waitForURL(isOrder);
  assert.equal((await booked(orderIn(page))).captures, 1);
  await close();
});

testWithAll('an answer that is lost on the way is asked for again, and nobody pays twice', async () => {
  const { page, close } = await buyer('Laura Late');
  await goToSandbox(page);
  await choose(page, 'late_webhook');
  // The page comes back before the provider has said anything by itself.
  await page.waitForURL(isOrder, { timeout: 20_000 });
  assert.equal((await booked(orderIn(page))).captures, 1);
  await close();
});

testWithAll('the tab is closed in the middle, and the order waits where it was', async () => {
  const { page, close } = await buyer('Tomas Tab');
  await goToSandbox(page);
  const sandbox = page.url();
  const context = page.context();
  await page.close();
  const later = await context.newPage();
  await later.goto(at('/account/orders'));
  await later.getByText('Waiting for payment').waitFor();
  await later.getByRole('link', { name: 'Drive economically and safely' }).click();
  await later.getByRole('link', { name: 'Go to payment' }).click();
  const way = later.getByRole('link', { name: 'Go to the payment page' });
  await way.waitFor();
  assert.equal(await way.getAttribute('href'), sandbox, 'it is the same payment');
  await later.getByText(/\d\d:\d\d left to pay/).waitFor();
  // Paid somewhere else meanwhile: this page notices by itself.
  const other = await context.newPage();
  await other.goto(sandbox);
  await choose(other, 'succeed');
  await later.waitForURL(isOrder, { timeout: 20_000 });
  await later.getByText('Paid. Thank you').waitFor();
  assert.deepEqual(await booked(orderIn(later)), { charges: 1, captures: 1, captured: 4900, refunded: 0 });
  await close();
});

testWithAll('paid in two tabs, it is one order and one charge', async () => {
  const { page, close } = await buyer('Vera Twice');
  const second = await page.context().newPage();
  await page.goto(at(course));
  await page.getByRole('button', { name: 'Buy now' }).click();
  await page.waitForURL('**/checkout');
  await second.goto(at('/checkout'));
  const [pay, payToo] = [page, second].map((one) => one.getByRole('button', { name: /^Pay / }));
  await Promise.all([pay?.click(), payToo?.click()]);
  await Promise.all([page.waitForURL(isSandbox), second.waitForURL(isSandbox)]);
  assert.equal(page.url(), second.url(), 'both tabs lead to the same payment');
  await choose(page, 'succeed');
  await page.waitForURL(isOrder);
  await second.locator('button.first').click();
  await second.waitForURL(isOrder);
  assert.equal(orderIn(page), orderIn(second));
  assert.deepEqual(await booked(orderIn(page)), { charges: 1, captures: 1, captured: 4900, refunded: 0 });
  await page.goto(at('/account/orders'));
  assert.equal(await page.locator('main li').filter({ hasText: 'Drive economically' }).count(), 1);
  await close();
});

test('a refund within the rule gives the money back and takes access away', async () => {
  const { page, email, close } = await buyer('Rita Refund');
  await goToSandbox(page);
  await choose(page, 'succeed');
  await page.waitForURL(isOrder);
  const orderId = orderIn(page);
  assert.equal(await enrolled(email), true);
  await page.getByText('Ask for a refund').click();
  await page.getByLabel('Anything we should know?').fill('I moved to a place without cars.');
  await page.getByRole('button', { name: 'Refund R$49.00' }).click();
  await page.getByText('Refund asked for: R$49.00').waitFor();
  const until = Date.now() + 20_000;
  while ((await booked(orderId)).refunded === 0 && Date.now() < until) await page.waitForTimeout(200);
  assert.deepEqual(await booked(orderId), { charges: 1, captures: 1, captured: 4900, refunded: 4900 });
  // The page notices by itself.
  await page.getByText('Your money has been sent back').waitFor();
  await page.getByText('Access has ended').waitFor();
  await page.getByRole('link', { name: /^Credit note/ }).waitFor();
  while ((await enrolled(email)) && Date.now() < until) await page.waitForTimeout(200);
  assert.equal(await enrolled(email), false);
  await page.goto(at(course));
  await page.getByRole('button', { name: 'Buy now' }).waitFor();
  await close();
});

testWithAll('a guest pays without an account, makes one after, and the course is theirs', async () => {
  const watched = await openPage(browser);
  const { page, complaints } = watched;
  const email = 'gustavo.guest@buyers.example';
  await page.goto(at(course));
  await page.getByRole('button', { name: 'Buy now' }).click();
  await page.waitForURL('**/checkout');
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 664 });
  // To a browser this is an address, to the API it is none. Refused twice, it is said twice.
  for (const round of [1, 2]) {
    await page.getByLabel('E-mail').fill('a@b');
    await page.getByRole('button', { name: /^Pay / }).click();
    await refusalIsSeen(page);
    assert.equal(await page.getByLabel('E-mail').inputValue(), 'a@b', `round ${round}`);
    await page.getByLabel('Name').focus();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  }
  await page.locator('#buyer-email-error').waitFor();
  assert.deepEqual(await axe(page), []);
  if (size) await page.setViewportSize(size);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Name').fill('Gustavo Guest');
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.waitForURL(isSandbox);
  await choose(page, 'succeed');
  await page.waitForURL(isOrder);
  const orderId = orderIn(page);
  await page.getByText('One step is left').waitFor();
  const file = page.getByRole('link', { name: /^Invoice/ });
  const invoice = await page.request.get(at((await file.getAttribute('href')) ?? ''));
  assert.equal(invoice.headers()['content-type'], 'application/pdf');

  // Somebody else learns nothing, not even that the order exists.
  const stranger = await buyer('Sofia Stranger');
  assert.equal((await stranger.page.goto(at(`/orders/${orderId}`)))?.status(), 404);
  await stranger.close();

  // The mail opens it on another device.
  const mail = await platform.mail({ to: email, kind: 'purchase' });
  const link = new RegExp(`https?://\\S+/orders/${orderId}\\?token=[\\w-]+`).exec(mail.text)?.[0];
  assert.ok(link, mail.text);
  const phone = await openPage(browser);
  await phone.page.goto(link);
  await phone.page.getByText('Paid. Thank you').waitFor();
  await phone.close();

  await page.getByRole('button', { name: 'Create account and start' }).click();
  await makeAccount(page, { name: 'Gustavo Guest', email });
  await page.getByRole('heading', { level: 1, name: 'Five minutes around the car' }).waitFor();
  assert.equal(await enrolled(email), true);
  assert.deepEqual(
    complaints.filter((line) => !/422|status of/.test(line)),
    [],
  );
  await page.goto(at(`/orders/${orderId}`));
  await page.getByRole('link', { name: 'Start learning' }).waitFor();
  // Once claimed, the link of the mail opens nothing any more.
  const late = await openPage(browser);
  await late.page.goto(link);
  await late.page.waitForURL(/\/sign-in/);
  await late.close();
  await watched.close();
});

testWithAll('a gift is bought, mailed, and taken up by whoever gets it', async () => {
  const { page, close } = await buyer('Gil Giver');
  await page.goto(at(course));
  await page.getByRole('link', { name: 'Give as a gift' }).click();
  await page.getByLabel('E-mail of the person').fill('nobody');
  await page.getByRole('button', { name: 'Add gift to cart' }).click();
  await page.locator('#gift-email-error').waitFor();
  await refusalIsSeen(page);
  await page.getByLabel('E-mail of the person').fill('nina.friend@buyers.example');
  await page.getByLabel('Message').fill('Happy birthday, Nina.');
  await page.getByRole('button', { name: 'Add gift to cart' }).click();
  await page.getByText('A gift for nina.friend@buyers.example').waitFor();
  await page.getByRole('link', { name: 'Go to checkout' }).click();
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.waitForURL(isSandbox);
  await choose(page, 'succeed');
  await page.waitForURL(isOrder);
  await page.getByText('sent, not opened yet').waitFor();

  const mail = await platform.mail({ to: 'nina.friend@buyers.example', kind: 'gift' });
  assert.match(mail.text, /Gil Giver/);
  const friend = await openPage(browser);
  await friend.page.goto(mail.link ?? '');
  await friend.page.getByRole('heading', { level: 1, name: 'A gift from Gil Giver' }).waitFor();
  await friend.page.getByText('Happy birthday, Nina.').waitFor();
  assert.deepEqual(await axe(friend.page), []);
  await friend.page.getByRole('button', { name: 'Accept the gift' }).click();
  await makeAccount(friend.page, { name: 'Nina Friend', email: 'nina.friend@buyers.example' });
  await friend.page.getByRole('heading', { level: 1, name: 'Five minutes around the car' }).waitFor();
  await friend.page.goto(mail.link ?? '');
  await friend.page.getByText('This gift has been accepted').waitFor();
  await friend.close();
  await page.reload();
  await page.getByText(/accepted/).waitFor();
  await close();
});

testWithAll('seats are bought, given, taken up, and taken back', async () => {
  const { page, close } = await buyer('Sara Seats');
  await page.goto(at(course));
  await page.getByRole('button', { name: 'Buy for a team' }).click();
  await page.getByRole('button', { name: 'One seat more of Drive economically and safely' }).click();
  await page.getByText('R$147.00').first().waitFor();
  await page.getByRole('link', { name: 'Go to checkout' }).click();
  await page.getByRole('button', { name: 'Pay R$147.00' }).click();
  await page.waitForURL(isSandbox);
  await choose(page, 'succeed');
  await page.waitForURL(isOrder);
  await page.getByText('0 of 3 given').waitFor();
  await page.getByLabel('E-mail of the person').fill('carlos.colleague@buyers.example');
  await page.getByRole('button', { name: 'Give seat' }).click();
  await page.getByText('1 of 3 given').waitFor();
  await page.getByLabel('E-mail of the person').fill('carlos.colleague@buyers.example');
  await page.getByRole('button', { name: 'Give seat' }).click();
  await page.locator('p[id^=seat-][id$=-error]').waitFor();
  assert.deepEqual(await axe(page), []);

  const ask = await platform.as({ email: 'sara.seats@buyers.example', password });
  const { items }: { items: { link: string }[] } = await (await ask(`/api/orders/${orderIn(page)}/seats`)).json();
  const colleague = await buyer('Carlos Colleague');
  await colleague.page.goto(items[0]?.link ?? '');
  assert.deepEqual(await axe(colleague.page), []);
  await colleague.page.getByRole('button', { name: 'Take the seat' }).click();
  await colleague.page.getByRole('heading', { level: 1, name: 'Five minutes around the car' }).waitFor();

  await page.reload();
  await page.getByText('Taken', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Take back the seat of carlos.colleague@buyers.example' }).click();
  await page.getByText('0 of 3 given').waitFor();
  const until = Date.now() + 15_000;
  while ((await enrolled(colleague.email)) && Date.now() < until) await page.waitForTimeout(200);
  assert.equal(await enrolled(colleague.email), false);
  await colleague.close();
  await close();
});

testWithAll('a coupon says what it does, or why it does nothing; one for everything needs no payment', async () => {
  await asAdmin('/api/coupons', { code: 'HALF', percent: 5000, scope: 'order', skus: [], minimum: 0 });
  await asAdmin('/api/coupons', { code: 'WHOLE', percent: 10_000, scope: 'order', skus: [], minimum: 0 });
  const { page, email, close } = await buyer('Caio Coupon');
  // The page of the course says what it costs with the code, and takes it along into the cart.
  await page.goto(at(`${course}?coupon=half`));
  const box = page.locator('aside');
  await box.getByText('R$24.50').first().waitFor();
  await box.getByText('Coupon HALF applied').waitFor();
  assert.equal(await box.locator('.line-through').textContent(), 'R$49.00');
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'Buy now' }).click();
  await page.getByRole('button', { name: 'Pay R$24.50' }).waitFor();
  await page.goto(at('/cart'));
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('I have a coupon').waitFor();
  await page.getByRole('button', { name: 'Remove Drive economically and safely' }).click();
  await page.goto(at(course));
  await box.getByText('I have a coupon').click();
  await box.getByLabel('Coupon code').fill('nothing');
  await box.getByRole('button', { name: 'Apply' }).click();
  await box.getByText('NOTHING does not lower this price.').waitFor();
  assert.equal(await box.locator('.line-through').count(), 0);
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.waitForURL('**/cart');
  await page.getByText('I have a coupon').click();
  await page.getByLabel('Coupon code').fill('nothing');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.locator('#coupon-error').waitFor();
  assert.deepEqual(await axe(page), []);
  assert.equal(await page.getByLabel('Coupon code').inputValue(), 'NOTHING', 'what was typed stays');
  await page.getByLabel('Coupon code').fill('half');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Coupon HALF applied').waitFor();
  await page.getByText('R$24.50').last().waitFor();
  await page.getByRole('link', { name: 'Go to checkout' }).click();
  await page.getByRole('button', { name: 'Pay R$24.50' }).waitFor();
  await page.getByRole('complementary').or(page.locator('section')).getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Pay R$49.00' }).waitFor();
  await page.getByText('I have a coupon').click();
  await page.getByLabel('Coupon code').fill('WHOLE');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Complete the order' }).click();
  await page.waitForURL(isOrder);
  assert.equal((await booked(orderIn(page))).charges, 0);
  assert.equal(await enrolled(email), true);
  await close();
});

testWithAll('taxes follow the country, and the amount that is agreed to is the amount that is charged', async () => {
  const day = new Date().toISOString().slice(0, 10);
  await asAdmin('/api/admin/tax-rules', {
    country: 'DE',
    category: '*',
    name: 'USt',
    rate: 1900,
    inclusive: false,
    source: 'For this test alone',
    checkedOn: day,
    validFrom: '2020-01-01',
  });
  const { page, close } = await buyer('Tina Taxes');
  await page.goto(at(course));
  await page.getByRole('button', { name: 'Buy now' }).click();
  await page.getByLabel('Country').selectOption('DE');
  await page.getByText('USt 19%').waitFor();
  await page.getByRole('button', { name: 'Pay R$58.31' }).click();
  await page.waitForURL(isSandbox);
  await choose(page, 'succeed');
  await page.waitForURL(isOrder);
  assert.equal((await booked(orderIn(page))).captured, 5831);
  await close();
});

testWithAll('what is taken out of the cart comes back, and an order given up can be put back into it', async () => {
  const { page, close } = await openPage(browser);
  await page.goto(at(course));
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('button', { name: 'Remove Drive economically and safely' }).click();
  await page.getByRole('heading', { name: 'Nothing in it yet' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('link', { name: 'Go to checkout' }).click();
  await page.getByLabel('E-mail').fill('gabi.gives.up@buyers.example');
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.waitForURL(isSandbox);
  await page.goBack();
  await page.getByRole('button', { name: 'Choose another way to pay' }).click();
  await page.getByRole('heading', { name: 'How do you want to pay?' }).waitFor();
  await page.getByRole('button', { name: 'Give up this order' }).click();
  await page.getByText('This order was cancelled').waitFor();
  await page.getByRole('button', { name: 'Put back into the cart' }).click();
  await page.getByRole('link', { name: 'Go to checkout' }).waitFor();
  await close();
});

test('everything is bought without scripts, too', async () => {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(at(course));
  await page.getByRole('button', { name: 'Buy for a team' }).click();
  await page.getByRole('button', { name: 'One seat fewer' }).click();
  await page.getByRole('link', { name: 'Go to checkout' }).click();
  await page.getByLabel('E-mail').fill('paula.plain@buyers.example');
  await page.getByLabel('Country').selectOption('BR');
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.getByText('The taxes of your country have been added').waitFor();
  assert.equal(await page.getByLabel('E-mail').inputValue(), 'paula.plain@buyers.example');
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.getByRole('link', { name: 'Go to the payment page' }).click();
  await choose(page, 'succeed');
  await page.getByText('Paid. Thank you').waitFor();
  assert.equal((await booked(orderIn(page))).captured, 4900);
  await page.getByLabel('E-mail of the person').fill('pedro.plain@buyers.example');
  await page.getByRole('button', { name: 'Give seat' }).click();
  await page.getByText('1 of 1 given').waitFor();
  await page.getByText('Ask for a refund').click();
  await page.getByRole('button', { name: 'Refund R$49.00' }).click();
  await page
    .getByText(/Refund asked for|Your money has been sent back/)
    .first()
    .waitFor();
  await close();
});

// Each language, both widths, both schemes, without the time that every combination would take.
for (const [locale, width, colorScheme] of [
  ['', 320, 'dark'],
  ['/pt-BR', 1280, 'light'],
  ['/es', 320, 'light'],
] as const) {
  testWithAll(
    `every page of buying is whole at ${width} px, ${colorScheme}, in ${locale.slice(1) || 'en'}`,
    async () => {
      const watched = await openPage(browser, { viewport: { width, height: 800 }, colorScheme });
      const { page, complaints } = watched;
      const look = async (name: string) => {
        assert.deepEqual(await axe(page), [], name);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${name} is ${wide} px too wide`);
      };
      await page.goto(at(`${locale}/cart`));
      await look('empty cart');
      await page.goto(at(`${locale}${course}`));
      await look('course');
      await page.locator('aside input[name=purpose] ~ button').click();
      await page.waitForURL('**/cart');
      await page.goto(at(`${locale}${course}/gift`));
      await look('gift form');
      await page.locator('input[name=email]').fill(`somebody.with.a.long.address.${width}@buyers.example`);
      await page.locator('textarea').fill('Parabéns!');
      await page.locator('main form button[type=submit]').click();
      await page.waitForURL('**/cart');
      await look('cart');
      await page.goto(at(`${locale}/checkout`));
      await look('checkout');
      await page.locator('#buyer-email').fill(`look${width}${colorScheme}@buyers.example`);
      await page.locator('input[name=provider]').first().check();
      await page
        .locator('main form')
        .filter({ has: page.locator('#buyer-email') })
        .locator('button[type=submit]')
        .last()
        .click();
      await page.waitForURL(isSandbox);
      await page.goBack();
      await page.locator('a[href*="/api/sandbox/"]').waitFor();
      await look('waiting');
      await page.locator('a[href*="/api/sandbox/"]').click();
      await choose(page, 'decline');
      await page.locator('input[name=provider]').first().waitFor();
      await look('declined');
      await page
        .locator('form', { has: page.locator('input[name=provider]') })
        .locator('button[type=submit]')
        .click();
      await page.waitForURL(isSandbox);
      await choose(page, 'succeed');
      await page.waitForURL(isOrder);
      await look('order');
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('header[data-shell]').isVisible(), false);
      assert.equal(await page.locator('main form').first().isVisible(), false, 'paper has no forms');
      assert.deepEqual(complaints, []);
      await watched.close();
    },
  );
}

testWithAll('a code is scanned on another device, and the page that shows it goes on by itself', async () => {
  const { page, complaints, close } = await buyer('Quim Scans');
  await page.goto(at(course));
  await page.getByRole('button', { name: 'Buy now' }).click();
  await page.waitForURL('**/checkout');
  await page.locator('input[value=sandbox-code]').check();
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.getByRole('heading', { name: 'Scan to pay with Test code' }).waitFor();
  const code = await page.locator('code').textContent();
  assert.ok(code && isSandbox(new URL(code)), 'the code leads to the page of the sandbox');
  await page.getByRole('img', { name: 'Code to pay with Test code' }).waitFor();
  await page.getByText('left to pay').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.setViewportSize({ width: 320, height: 700 });
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await axe(page), []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);

  // Refused first: the page notices, and another code is shown.
  const phone = await openPage(browser);
  await phone.page.goto(code);
  await choose(phone.page, 'decline');
  await phone.page.getByText('The one that showed the code', { exact: false }).waitFor();
  await page.getByText('The bank declined the payment').waitFor();
  await page.locator('input[value=sandbox-code]').check();
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.locator('code').waitFor();
  const second = (await page.locator('code').textContent()) ?? '';
  assert.notEqual(second, code);
  await phone.page.goto(second);
  assert.deepEqual(await axe(phone.page), []);
  await choose(phone.page, 'succeed');
  await phone.page.getByRole('heading', { name: 'Paid' }).waitFor();
  await page.waitForURL(isOrder);
  await page.getByText('Paid. Thank you').waitFor();
  assert.deepEqual(await booked(orderIn(page)), { charges: 2, captures: 1, captured: 4900, refunded: 0 });
  assert.deepEqual([...complaints, ...phone.complaints], []);
  await phone.close();
  await close();
});

testWithAll('pages of one’s purchases are whole, with and without purchases', async () => {
  const { page, complaints, close } = await buyer('Ines Empty');
  for (const path of ['/account/orders', '/account/invoices']) {
    await page.goto(at(path));
    assert.deepEqual(await axe(page), [], path);
  }
  await goToSandbox(page);
  await choose(page, 'succeed');
  await page.waitForURL(isOrder);
  for (const path of ['/es/account/orders', '/account/invoices']) {
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto(at(path));
    assert.deepEqual(await axe(page), [], path);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path);
  }
  assert.deepEqual(complaints, []);
  await close();
});

testWithAll('what renews itself is listed, paused, gone on with and cancelled', async () => {
  const { page, email, complaints, close } = await buyer('Selma Subscribes');
  await page.goto(at('/account/subscriptions'));
  await page.getByRole('heading', { name: 'No subscriptions' }).waitFor();
  const ask = await platform.as({ email, password });
  const { id }: { id: string } = await (await ask('/api/users/me')).json();
  // One of no market that is here, put where payments keeps them: the page needs no market. `subscribe.test.ts` has a real one.
  await platform.host.database('payments').pool.query(
    `insert into plan_subscriptions (id, buyer_id, buyer_email, locale, sku, title, amount, currency, interval, interval_count,
       state, anchor, periods, period_start, period_end, provider)
     values (gen_random_uuid(), $1, $2, 'en', 'plan:all', 'Every course', 2990, 'BRL', 'month', 1, 'active', now(), 1, now(),
       now() + interval '30 days', 'sandbox')`,
    [id, email],
  );
  await page.reload();
  await page.getByText('R$29.90 per month').waitFor();
  await page.getByText('Renews on').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'Pause Every course' }).click();
  await page.getByText('Paused', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Go on with Every course' }).click();
  await page.getByText('Active', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Cancel Every course' }).click();
  await page.getByText('Ends on').waitFor();
  await page.getByRole('button', { name: 'Go on with Every course' }).click();
  await page.getByText('Renews on').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});
