import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { axe, startBrowser } from './harness.ts';
import { type RunningPlatform, startPlatform } from './platform.ts';

type Told = { headers: IncomingMessage['headers']; body: string };
let platform: RunningPlatform;
let browser: Browser;
let receiver: Server;
let receiverUrl: string;
const told: Told[] = [];
let status = 204;

before(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      told.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => receiver.once('listening', resolve));
  const address = receiver.address();
  assert.ok(typeof address === 'object' && address);
  receiverUrl = `http://127.0.0.1:${address.port}/stoa`;
  platform = await startPlatform({ environment: { STOA_EGRESS_LOOPBACK: 'true', NOTIFICATIONS_POLL_MS: '200' } });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await platform?.close();
  receiver?.close();
});

const whole = async (page: Page) => {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(excess, 0, `${page.url()} scrolls sideways`);
  assert.deepEqual(await axe(page), [], page.url());
};

test('quiet hours, digest and switches are kept together', async () => {
  const { page, complaints, close } = await platform.open(browser, 'instructor', {
    viewport: { width: 320, height: 800 },
    colorScheme: 'dark',
  });
  await page.goto(`${platform.url}/account/notifications`);
  await page.getByRole('checkbox', { name: 'Sales: Push' }).uncheck();
  await page.getByRole('checkbox', { name: /Leave me alone/ }).check();
  await page.getByLabel('From').fill('21:30');
  await page.getByLabel('To', { exact: true }).fill('06:15');
  await page.getByLabel('Small news by mail').selectOption('weekly');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.reload();
  assert.equal(await page.getByRole('checkbox', { name: 'Sales: Push' }).isChecked(), false);
  assert.equal(await page.getByRole('checkbox', { name: 'Sales: E-mail' }).isChecked(), true);
  assert.equal(await page.getByLabel('From').inputValue(), '21:30');
  assert.equal(await page.getByLabel('Small news by mail').inputValue(), 'weekly');
  await page.getByLabel('From').fill('06:15');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Quiet hours need a beginning and an end that differ.').first().waitFor();
  await whole(page);
  assert.deepEqual(complaints, []);
  await close();
});

test('push is turned on in a browser, with its worker, and off for a device', async () => {
  const { page, complaints, close } = await platform.open(browser, 'instructor', { permissions: ['notifications'] });
  // A browser without a window has no push service and says that notifications are denied, whatever was granted: these
  // parts are played here. Permission, worker, content security policy and everything behind the page are real.
  await page.addInitScript(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
    let current: PushSubscription | null = null;
    const keys = {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    };
    PushManager.prototype.getSubscription = async () => current;
    PushManager.prototype.subscribe = async (options) => {
      if (typeof options?.applicationServerKey !== 'string') throw new Error('no key');
      const endpoint = `https://push.example.com/${options.applicationServerKey.slice(0, 12)}`;
      current = Object.assign(Object.create(PushSubscription.prototype), {
        toJSON: () => ({ endpoint, keys }),
        unsubscribe: async () => {
          current = null;
          return true;
        },
      });
      if (!current) throw new Error('no subscription');
      return current;
    };
  });
  await page.goto(`${platform.url}/account/notifications`);
  await page.getByRole('button', { name: 'Turn on in this browser' }).click();
  await page.getByText('Push messages are on').waitFor();
  const devices = page.getByRole('list', { name: 'Your devices' });
  await devices.getByText('Chrome, Linux').waitFor();
  await whole(page);

  const worker = await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.scriptURL);
  assert.equal(worker, `${platform.url}/push-worker.js`);

  await page.getByRole('button', { name: 'Remove Chrome, Linux' }).click();
  await page.getByText('Chrome, Linux gets no more push messages').waitFor();
  await devices.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Turn off in this browser' }).click();
  await page.getByRole('button', { name: 'Turn on in this browser' }).waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('an administrator previews a template in three languages and every channel', async () => {
  const { page, close } = await platform.open(browser, 'admin');
  for (const [language, subject] of [
    ['en', 'Your purchase: Read a Balance Sheet and 1 more'],
    ['pt-BR', 'Sua compra: Como ler um balanço e mais 1'],
    ['es', 'Tu compra: Cómo leer un balance y 1 más'],
  ]) {
    await page.goto(`${platform.url}/console/templates/purchase?language=${language}`);
    await page.getByText(String(subject)).first().waitFor();
  }
  await page.getByRole('tab', { name: 'Text message' }).click();
  await page.getByText(/Stoa: el pago de/).waitFor();
  await page.getByRole('tab', { name: 'Push' }).click();
  await page.getByRole('tabpanel').getByText('Pago confirmado').waitFor();
  await whole(page);
  await close();
});

test('an operator follows a message through its timeline', async () => {
  const { page, complaints, close } = await platform.open(browser, 'admin', {
    viewport: { width: 320, height: 800 },
    colorScheme: 'dark',
  });
  await page.goto(`${platform.url}/console/delivery-log?channel=email&state=sent`);
  await page.locator('tbody a').first().click();
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  await page.getByText('Put on its way').waitFor();
  await page.getByText('Taken by the provider').waitFor();
  await whole(page);
  await page.getByRole('link', { name: 'Open the mail' }).click();
  await page.getByRole('tab', { name: 'Plain text' }).waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('an administrator adds a webhook, sees its secret once, tests it and redelivers what failed', async () => {
  const { page, complaints, close } = await platform.open(browser, 'admin');
  await page.goto(`${platform.url}/console/webhooks`);
  await page.getByRole('button', { name: 'Add endpoint' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address').fill('https://10.0.0.1/hook');
  await dialog.getByRole('button', { name: 'Add endpoint' }).click();
  await dialog.getByText('Use an https address on the public internet').first().waitFor();
  await dialog.getByLabel('Address').fill(receiverUrl);
  await dialog.getByLabel('Description').fill('The bookkeeping');
  await dialog.getByRole('button', { name: 'Add endpoint' }).click();
  const secret = await dialog.locator('code').textContent();
  assert.match(secret ?? '', /^whsec_/);
  assert.ok(secret);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: receiverUrl }).click();
  await page.getByRole('heading', { name: 'The bookkeeping' }).waitFor();
  assert.ok(!(await page.content()).includes(secret), 'never again');

  status = 410;
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('A test is on its way').waitFor();
  for (let n = 0; n < 50 && told.length === 0; n += 1) await page.waitForTimeout(100);
  const [first] = told;
  const [time, signature] = String(first?.headers['stoa-signature'])
    .split(',')
    .map((part) => part.split('=')[1]);
  assert.equal(signature, createHmac('sha256', secret).update(`${time}.${first?.body}`).digest('hex'));
  await page.waitForTimeout(300);
  await page.reload();
  await page.getByText('It answered that it does not exist any more (410).').waitFor();
  await whole(page);

  status = 204;
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByText('The endpoint is on').waitFor();
  await page.getByRole('button', { name: /^Redeliver stoa/ }).click();
  await page.getByText('The delivery is on its way again').waitFor();
  for (let n = 0; n < 50 && told.length < 2; n += 1) await page.waitForTimeout(100);
  assert.equal(told[1]?.headers['stoa-event-id'], first?.headers['stoa-event-id']);
  await page.waitForTimeout(300);
  await page.reload();
  await page.getByRole('link', { name: /webhook\.pinged/ }).click();
  await page.getByText(/^410, \d+ ms/).waitFor();
  await page.getByText(/^204, \d+ ms/).waitFor();
  await whole(page);

  await page.goBack();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await page.waitForURL(/\/console\/webhooks$/);
  await page.getByText('No endpoint yet').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});
