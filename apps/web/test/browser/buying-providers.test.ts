import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Simulator } from '../../../../platform/payments/test/providers/simulators/server.ts';
import { startSimulator } from '../../../../platform/payments/test/providers/simulators/start-simulator.ts';
import { axe, openPage, startBrowser } from './harness.ts';
import { type RunningPlatform, startPlatform } from './platform.ts';

/** Buying a course with each provider, in a browser, against simulators that keep their own books. */
const course = '/courses/drive-economically-and-safely';
const names = ['stripe', 'paypal', 'picpay', 'pix'] as const;
type Name = (typeof names)[number];
const simulators = new Map<Name, Simulator>();
let platform: RunningPlatform;
let browser: Browser;
before(async () => {
  const webhookUrl = (name: Name) => () => `${platform.url}/api/webhooks/${name}`;
  for (const name of names) simulators.set(name, await startSimulator(name, { webhookUrl: webhookUrl(name) }));
  const settings = [...simulators.values()].map((simulator) => simulator.settings);
  platform = await startPlatform({ environment: Object.assign({}, ...settings) });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  try {
    await platform?.close();
  } finally {
    for (const simulator of simulators.values()) await simulator.close();
  }
});

const isOrder = (address: URL) => /^\/orders\/[\w-]{36}$/.test(address.pathname);

function simulatorOf(name: Name): Simulator {
  const simulator = simulators.get(name);
  assert.ok(simulator, name);
  return simulator;
}

/** The newest charge of a simulator. */
function charge(name: Name) {
  const entry = simulatorOf(name).book().at(-1);
  assert.ok(entry, `${name} has a charge`);
  return entry;
}

/** To the checkout as a guest, with a way to pay chosen. */
async function checkout(page: Page, name: Name): Promise<void> {
  await page.goto(`${platform.url}${course}`);
  await page.getByRole('button', { name: 'Buy now' }).click();
  await page.getByLabel('E-mail').fill(`with.${name}@buyers.example`);
  await page.locator('#buyer-name').fill('Marina Alves');
  await page.locator(`input[name=provider][value=${name}]`).check();
}

/** Asks for the money back on the page of the order; the provider's book says that it went, the page notices by itself. */
async function giveBack(page: Page, name: Name): Promise<void> {
  const paid = charge(name);
  await page.getByText('Ask for a refund').click();
  await page.getByRole('button', { name: 'Refund R$49.00' }).click();
  await page.getByText('Your money has been sent back').waitFor();
  await page.getByText('Access has ended').waitFor();
  await page.getByRole('link', { name: /^Credit note/ }).waitFor();
  const book = simulatorOf(name).book();
  const given = book.find(({ reference }) => reference === paid.reference);
  assert.deepEqual([given?.captured, given?.refunded, given?.refunds.length], [4900, 4900, 1]);
}

for (const name of ['stripe', 'paypal'] as const) {
  test(`a course is paid on the page of ${name}, and given back`, async () => {
    const { page, close } = await openPage(browser);
    await checkout(page, name);
    await page.getByRole('button', { name: /^Pay / }).click();
    await page.waitForURL((address) => address.pathname.startsWith('/_pay/'));
    simulatorOf(name).webhooks('lost');
    await page.locator('button[value=pay]').click();
    // No report of the provider arrives: the platform asks by itself when the payer is back.
    await page.waitForURL(isOrder, { timeout: 25_000 });
    simulatorOf(name).webhooks('prompt');
    await page.getByText('Paid. Thank you').waitFor();
    assert.equal(charge(name).captured, 4900);
    assert.equal(simulatorOf(name).book().length, 1);
    await giveBack(page, name);
    await close();
  });
}

for (const name of ['pix', 'picpay'] as const) {
  test(`a course is paid by the code of ${name}, and given back, and the page notices both`, async () => {
    const { page, complaints, close } = await openPage(browser, {
      viewport: { width: 360, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await checkout(page, name);
    if (name === 'picpay') {
      await page.getByRole('button', { name: /^Pay / }).click();
      await page.locator('#picpay-document-error').waitFor();
      assert.deepEqual(await axe(page), []);
      await page.getByLabel('CPF or CNPJ').fill('52998224725');
      assert.equal(await page.getByLabel('CPF or CNPJ').inputValue(), '529.982.247-25');
    } else {
      assert.equal(await page.getByLabel('CPF or CNPJ').isVisible(), false, 'asked for only where it is needed');
    }
    await page.getByRole('button', { name: /^Pay / }).click();
    const code = page.getByRole('img', { name: /^Code to pay with/ });
    await code.waitFor();
    await page.getByText(/\d\d:\d\d left to pay/).waitFor();
    assert.deepEqual(await axe(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.getByRole('button', { name: 'Copy code' }).click();
    await page.getByText('Copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await page.locator('code').textContent());
    if (name === 'pix') assert.match(copied, /^000201.*br\.gov\.bcb\.pix/i);

    // The tab is closed and opened again: the same code.
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await code.waitFor();
    assert.equal(await page.locator('code').textContent(), copied);
    simulatorOf(name).act(charge(name).reference, 'pay');
    await page.waitForURL(isOrder, { timeout: 25_000 });
    await page.getByText('Paid. Thank you').waitFor();
    assert.equal(charge(name).captured, 4900);
    await giveBack(page, name);
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('what PayPal declines is explained, tried again, and charged once', async () => {
  const { page, close } = await openPage(browser);
  const before = simulatorOf('paypal').book().length;
  await checkout(page, 'paypal');
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.waitForURL((address) => address.pathname.startsWith('/_pay/'));
  await page.locator('button[value=decline]').click();
  await page.getByRole('heading', { name: 'The payment did not go through' }).waitFor({ timeout: 25_000 });
  await page.getByText('Nothing was charged.', { exact: false }).first().waitFor();
  assert.deepEqual(await axe(page), []);
  await page.locator('input[name=provider][value=paypal]').check();
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.waitForURL((address) => address.pathname.startsWith('/_pay/'));
  await page.locator('button[value=pay]').click();
  await page.waitForURL(isOrder, { timeout: 25_000 });
  await page.getByText('Paid. Thank you').waitFor();
  const made = simulatorOf('paypal').book().slice(before);
  assert.deepEqual(
    made.map(({ captured }) => captured),
    [0, 4900],
  );
  await close();
});

test('a card that Stripe’s page declines is followed by another one there, and charged once', async () => {
  const { page, close } = await openPage(browser);
  const before = simulatorOf('stripe').book().length;
  await checkout(page, 'stripe');
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.waitForURL((address) => address.pathname.startsWith('/_pay/'));
  const there = page.url();
  await page.locator('button[value=decline]').click();
  await page.goto(there);
  await page.locator('button[value=pay]').click();
  await page.waitForURL(isOrder, { timeout: 25_000 });
  await page.getByText('Paid. Thank you').waitFor();
  const made = simulatorOf('stripe').book().slice(before);
  assert.deepEqual(
    made.map(({ captured }) => captured),
    [4900],
  );
  await close();
});

test('a way to pay is given up for another one, and only that one is charged', async () => {
  const { page, close } = await openPage(browser);
  await checkout(page, 'pix');
  const before = simulatorOf('pix').book().length;
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.getByRole('img', { name: /^Code to pay with/ }).waitFor();
  await page.getByRole('button', { name: 'Choose another way to pay' }).click();
  await page.getByRole('heading', { name: 'How do you want to pay?' }).waitFor();
  await page.locator('input[name=provider][value=stripe]').check();
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.waitForURL((address) => address.pathname.startsWith('/_pay/'));
  await page.locator('button[value=pay]').click();
  await page.waitForURL(isOrder, { timeout: 25_000 });
  assert.equal(simulatorOf('pix').book().length, before + 1);
  assert.equal(charge('pix').captured, 0);
  assert.equal(charge('stripe').captured, 4900);
  await close();
});

test('a bank that gives no answer is asked again, and the page says so', async () => {
  const { page, close } = await openPage(browser);
  await checkout(page, 'stripe');
  const before = simulatorOf('stripe').book().length;
  simulatorOf('stripe').fail('reset_after', { operation: 'create', times: 1 });
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.waitForURL((address) => address.pathname.startsWith('/_pay/') || address.pathname.endsWith('/pay'));
  await page
    .waitForURL((address) => address.pathname.startsWith('/_pay/'), { timeout: 60_000 })
    .catch(async () => {
      await page.getByRole('link', { name: 'Go to the payment page' }).click();
    });
  await page.locator('button[value=pay]').click();
  await page.waitForURL(isOrder, { timeout: 25_000 });
  assert.equal(simulatorOf('stripe').book().length, before + 1, 'what was made and not answered for is found again');
  await close();
});
