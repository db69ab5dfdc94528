import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { systemIds } from '@stoa/kernel';
import { startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../../../scripts/chromium.mjs';
import type { Charge, Provider } from '../../src/providers/provider.ts';
import { sandboxContext } from '../providers/sandbox-context.ts';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the sandbox’s page in a browser', () => {
  let platform: TestPlatform;
  let provider: Provider;
  let browser: Browser;
  let shop: Server;
  let origin = '';
  let shopOrigin = '';

  before(async () => {
    // The shop the payer returns to: another origin, as it is behind another domain.
    shop = createServer((request, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<!doctype html><title>Shop</title><h1>Back at ${request.url}</h1>`);
    });
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    const at = shop.address();
    if (!at || typeof at !== 'object') throw new Error('no port');
    shopOrigin = `http://127.0.0.1:${at.port}`;
    const { context, opened } = await sandboxContext();
    platform = await startTestPlatform([context]);
    origin = await platform.host.app.listen({ port: 0, host: '127.0.0.1' });
    const sandbox = opened();
    if (!sandbox.provider) throw new Error('the sandbox is off');
    provider = sandbox.provider;
    browser = await chromium.launch(await findChromium());
  });
  after(async () => {
    await browser?.close();
    await platform?.close();
    shop?.closeAllConnections();
    await new Promise((resolve) => shop?.close(resolve));
  });

  const call = () => ({ idempotencyKey: systemIds.id(), deadline: new Date(Date.now() + 5000) });
  async function charge(given: Partial<Charge> = {}) {
    const made = await provider.create(
      {
        reference: systemIds.id(),
        amount: { amount: 12_990, currency: 'BRL' },
        capture: 'automatic',
        description: 'Cerâmica para iniciantes: do barro ao forno, com tudo o que é preciso saber',
        locale: 'pt-BR',
        payer: { email: 'ana@example.com', name: 'Ana Lima' },
        returnUrl: `${shopOrigin}/orders/1`,
        cancelUrl: `${shopOrigin}/cart`,
        callbackUrl: `${shopOrigin}/webhook`,
        expiresAt: new Date(Date.now() + 3_600_000),
        ...given,
      },
      call(),
    );
    return { made, address: `${origin}/api/sandbox/checkout/${made.providerReference}` };
  }

  async function open(options: { width: number; colorScheme: 'light' | 'dark' }) {
    const page = await browser.newPage({
      viewport: { width: options.width, height: 800 },
      colorScheme: options.colorScheme,
      javaScriptEnabled: true,
    });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    return { page, complaints };
  }

  async function findViolations(page: Page): Promise<string[]> {
    await page.evaluate(axeSource);
    const found: unknown = await page.evaluate(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
         .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))`,
    );
    assert.ok(Array.isArray(found));
    return found.map(String);
  }

  for (const [lang, width, colorScheme] of [
    ['pt-BR', 320, 'dark'],
    ['en', 1280, 'light'],
    ['es', 320, 'light'],
  ] as const) {
    it(`is whole and accessible at ${width} px, ${colorScheme}, in ${lang}`, async () => {
      const { page, complaints } = await open({ width, colorScheme });
      const { made, address } = await charge({ keepMethod: true, capture: 'manual' });
      const look = async (what: string) => {
        const excess: unknown = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        assert.equal(excess, 0, `${what} scrolls sideways`);
        assert.deepEqual(await findViolations(page), [], what);
        if (process.env.STOA_SCREENSHOTS)
          await page.screenshot({
            path: `${process.env.STOA_SCREENSHOTS}/sandbox-${lang}-${what}.png`,
            fullPage: true,
          });
      };
      await page.goto(`${address}?lang=${lang}`);
      assert.equal(await page.getAttribute('html', 'lang'), lang);
      await page.locator('summary').click();
      await look('cards');
      await page.goto(`${address}?lang=${lang}&notice=no_answer`);
      await look('notice');
      await page.locator('input[value=challenge]').check();
      await page.locator('button.first').click();
      await page.locator('button[value=decline]').waitFor();
      await look('question');
      await page.locator('button[value=decline]').click();
      await page.waitForURL(`${shopOrigin}/orders/1`);
      await page.goto(`${address}?lang=${lang}`);
      await look('end');
      assert.equal((await provider.find(made, call()))?.state, 'failed');
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }

  it('is paid with the keyboard alone, and with scripts off', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    const { made, address } = await charge();
    await page.goto(address);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${shopOrigin}/orders/1`);
    assert.equal((await provider.find(made, call()))?.state, 'succeeded');
    await page.close();
  });

  it('leads back to the cart when it is canceled', async () => {
    const { page } = await open({ width: 1280, colorScheme: 'light' });
    const { made, address } = await charge();
    await page.goto(address);
    await page.locator('button[value=cancel]').click();
    await page.waitForURL(`${shopOrigin}/cart`);
    assert.equal((await provider.find(made, call()))?.state, 'canceled');
    await page.close();
  });

  it('is paid once, however many tabs and clicks', async () => {
    const { made, address } = await charge();
    const first = await open({ width: 1280, colorScheme: 'light' });
    const second = await open({ width: 1280, colorScheme: 'light' });
    await first.page.goto(address);
    await second.page.goto(address);
    await first.page.locator('button.first').dblclick();
    await first.page.waitForURL(`${shopOrigin}/orders/1`);
    await second.page.locator('button.first').click();
    await second.page.waitForURL(`${shopOrigin}/orders/1`);
    await second.page.goto(address);
    await second.page.locator('h1', { hasText: 'Pago' }).waitFor();
    const found = await provider.find(made, call());
    assert.equal(found?.captured, 12_990);
    await first.page.close();
    await second.page.close();
  });
});
