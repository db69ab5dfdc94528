import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { testWithAll } from '../../../../scripts/only-with-all.ts';
import { axe, openPage, type RunningWeb, scriptBytes, startBrowser, startWeb } from './harness.ts';

let web: RunningWeb;
let browser: Browser;

before(async () => {
  web = await startWeb({ api: async () => Response.json({ items: [] }) });
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await web?.close();
});

const inShort = [
  [1280, 'light'],
  [320, 'dark'],
] as const;
// What every-page.test.ts does not see: a shop with nothing in it, another language, refused forms. The page of all components
// is looked at in every way.
const pages = [
  ['/pt-BR', inShort],
  ['/es/design', [...inShort, [1280, 'dark'], [320, 'light']]],
  ['/sign-in?interaction=abc&error=invalid_credentials&email=ana%40example.com', inShort],
  ['/register?interaction=abc&error=invalid_email,password_refused', inShort],
  ['/consent?interaction=abc&client=Reader&scope=openid%20email', inShort],
  ['/forgot-password?sent=1', inShort],
] as const;

for (const [path, ways] of pages) {
  const testPage = path === '/pt-BR' ? test : testWithAll;
  testPage(`${path} has no findings of axe, nothing refused by the policy, and does not scroll sideways`, async () => {
    const { page, complaints, close } = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(`${web.url}${path}`, { waitUntil: 'load' });
    for (const [width, colorScheme] of ways) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(excess, 0, `px too wide, in ${colorScheme} at ${width} px`);
      assert.deepEqual(await axe(page), [], `${colorScheme} at ${width} px`);
    }
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('overlays open, close and speak without breaking the policy', async () => {
  const { page, complaints, close } = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  await page.goto(`${web.url}/design`, { waitUntil: 'networkidle' });
  const overlays = page.getByRole('region', { name: 'Overlays' });
  await overlays.getByRole('button', { name: 'Open a dialog' }).click();
  await page.getByRole('dialog').waitFor();
  await page.waitForTimeout(300);
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('Escape');
  await overlays.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).waitFor();
  await page.keyboard.press('Escape');
  await overlays.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('The lesson was archived').waitFor();
  await overlays.getByRole('button', { name: 'Actions' }).focus();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Go to a page or do something').fill('cour');
  await page.getByRole('option', { name: 'Courses' }).first().waitFor();
  await page.keyboard.press('Escape');
  await overlays.locator('button:focus[aria-label=Actions]').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await overlays.locator('button:focus[aria-label=Actions]').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('the chosen appearance and language stay, without a flash, on the next page', async () => {
  const { page, close } = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  await page.goto(`${web.url}/design`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Language and appearance' }).click();
  await page.getByText('Dark', { exact: true }).click();
  await page.getByRole('link', { name: 'Português (Brasil)' }).click();
  await page.waitForURL('**/pt-BR/design');
  const response = await page.goto(`${web.url}/`);
  assert.match((await response?.text()) ?? '', /<html lang="pt-BR" class="[^"]* dark"/);
  await close();
});

test('an unknown address answers 404, and an issuer that is down is explained', async () => {
  const unknown = await fetch(`${web.url}/nothing/here`, { headers: { 'accept-language': 'en' } });
  assert.equal(unknown.status, 404);
  const account = await openPage(browser);
  await account.page.goto(`${web.url}/auth/sign-in?returnTo=%2Faccount`);
  // The API of this test is no issuer.
  assert.match(account.page.url(), /\/sign-in\/problem\?reason=unavailable$/);
  await account.close();
});

test('a change through the BFF from another origin is refused before it reaches the API', async () => {
  const response = await fetch(`${web.url}/bff/api/courses`, { method: 'POST', body: '{}' });
  assert.equal(response.status, 403);
});

test('the home page needs at most 150 kB of script', async () => {
  const { page, close } = await openPage(browser);
  const bytes = await scriptBytes(page, `${web.url}/`);
  assert.ok(bytes <= 150 * 1024, `${Math.round(bytes / 1024)} kB`);
  await close();
});
