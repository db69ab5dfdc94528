import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { testWithAll } from '../../../../scripts/only-with-all.ts';
import { axe, hydrated, openPage, refusalIsSeen, startBrowser } from './harness.ts';
import { type RunningPlatform, signIn, startPlatform } from './platform.ts';

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

const pages = ['/account', '/account/security', '/account/notifications', '/account/data'];

// The other languages. In English, in light at 1280 px and in dark at 320 px, every-page.test.ts looks at these pages.
for (const [locale, width, colorScheme] of [
  ['/pt-BR', 1280, 'light'],
  ['/es', 320, 'light'],
] as const) {
  testWithAll(`every account page is whole at ${width} px, ${colorScheme}, in ${locale.slice(1)}`, async () => {
    const { page, complaints, close } = await platform.open(browser, 'instructor', {
      viewport: { width, height: 800 },
      colorScheme,
    });
    for (const path of pages) {
      await page.goto(`${platform.url}${locale}${path}`);
      await page.locator('h1').waitFor();
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(excess, 0, `${path} scrolls sideways`);
      await page.waitForFunction(() => {
        const current = document.querySelector('main')?.parentElement?.querySelector('nav [aria-current="page"]');
        const { left = 0, right = 0 } = current?.getBoundingClientRect() ?? {};
        const strip = current?.closest('nav')?.getBoundingClientRect();
        return strip && left >= strip.left - 1 && right <= strip.right + 1;
      });
      assert.equal(await page.evaluate(() => scrollX + scrollY), 0, `${path} is shown from its beginning`);
      assert.deepEqual(await axe(page), [], path);
    }
    assert.deepEqual(complaints, []);
    await close();
  });
}

/** Registers through the API: a person whose account a test may ruin. */
async function register(name: string) {
  const email = `${name.toLowerCase().replace(/\W/g, '.')}@people.example`;
  const password = 'four unrelated words here';
  const answer = await fetch(`${platform.url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, name }),
  });
  assert.equal(answer.status, 201);
  const { accessToken }: { accessToken: string } = await answer.json();
  return { email, password, name, accessToken };
}

test('name, zone and language are saved, and the page continues in the new language', async () => {
  const person = await register('Mia Save');
  const watched = await openPage(browser);
  const { page } = watched;
  await signIn(watched, { url: platform.url, ...person });
  await page.goto(`${platform.url}/account`);
  await page.getByLabel('Name', { exact: true }).fill(' ');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('#profile-name-error').waitFor();
  await refusalIsSeen(page);
  await page.getByLabel('Name', { exact: true }).fill('Mia Kept');
  await page.getByLabel('Time zone').selectOption('America/Sao_Paulo');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.reload();
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Mia Kept');
  assert.equal(await page.getByLabel('Time zone').inputValue(), 'America/Sao_Paulo');
  await page.getByRole('button', { name: 'Account of Mia Kept' }).waitFor();
  await page.getByLabel('Language', { exact: true }).selectOption('pt-BR');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/\/pt-BR\/account$/);
  await page.getByRole('heading', { name: 'Perfil' }).waitFor();
  await page.getByText('Não verificado').waitFor();
  await page.getByRole('button', { name: 'Reenviar o e-mail' }).click();
  await page.getByText('Enviado.').waitFor();

  // Signed out in another tab: the page says so, keeps what was typed, and leads to signing in and back.
  const save = page.getByRole('button', { name: 'Salvar', exact: true });
  await hydrated(save);
  await page.context().clearCookies();
  await page.getByLabel('Nome', { exact: true }).fill('Mia Late');
  await save.click();
  await refusalIsSeen(page);
  const said = page.getByRole('main').getByRole('alert');
  assert.equal(await said.textContent(), 'Entre na sua conta para continuar.Entrar');
  assert.equal(await page.getByLabel('Nome', { exact: true }).inputValue(), 'Mia Late');
  assert.deepEqual(await axe(page), []);
  await said.getByRole('link', { name: 'Entrar' }).click();
  await page.locator('input[name=email]').fill(person.email);
  await page.locator('input[name=password]').fill(person.password);
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL(/\/pt-BR\/account$/);
  await watched.close();
});

test('a wrong current password is said beside its field, a right one ends the other sessions', async () => {
  const person = await register('Rui Lock');
  const other = await openPage(browser);
  await signIn(other, { url: platform.url, ...person });
  const watched = await openPage(browser);
  const { page } = watched;
  await signIn(watched, { url: platform.url, ...person });
  await page.goto(`${platform.url}/account/security`);
  await page.getByText('This device').waitFor();
  await page.getByLabel('Current password').fill('not this one at all');
  await page.getByLabel('New password').fill('seven quiet rivers bend');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.locator('#current-password-error').waitFor();
  await refusalIsSeen(page);
  await page.getByLabel('Current password').fill(person.password);
  await page.getByLabel('New password').fill('seven quiet rivers bend');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Password changed.').waitFor();
  assert.equal(await page.getByRole('button', { name: /^End the session/ }).count(), 0);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL(`${platform.url}/`);
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
  await watched.close();
  await other.close();
});

testWithAll('the address changes by a link to the new one, and the old one takes the account back', async () => {
  const person = await register('Lia Moves');
  const watched = await openPage(browser);
  const { page } = watched;
  await signIn(watched, { url: platform.url, ...person });
  await page.goto(`${platform.url}/account`);
  const wanted = 'lia@new.example';
  const ask = async (password: string) => {
    await page.getByLabel('New address').fill(wanted);
    await page.getByLabel('Your password').fill(password);
    await page.getByRole('button', { name: 'Send a link to the new address' }).click();
  };
  await page.getByText('Change the address').click();
  assert.deepEqual(await axe(page), []);
  await ask('not this one at all');
  await page.locator('#email-password-error').waitFor();
  await refusalIsSeen(page);
  await ask(person.password);
  await page.getByText(`Waiting for ${wanted}`).waitFor();
  assert.deepEqual(await axe(page), []);
  const { link: confirm } = await platform.mail({ to: wanted, kind: 'change-email' });
  await page.goto(confirm ?? '');
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'Use this address' }).click();
  await page.getByText('Your address is changed.').waitFor();
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.getByText(wanted, { exact: true }).waitFor();
  const { link: back } = await platform.mail({ to: person.email, kind: 'email-changed' });
  await page.goto(back ?? '');
  assert.deepEqual(await axe(page), []);
  await page.getByLabel('New password').fill('password');
  await page.getByRole('button', { name: 'Take the account back' }).click();
  await page.getByText('too easy to guess').first().waitFor();
  await page.getByLabel('New password').fill('seven quiet rivers bend');
  await page.getByRole('button', { name: 'Take the account back' }).click();
  await page.getByText('The account is yours again.').waitFor();
  const answer = await fetch(`${platform.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: person.email, password: 'seven quiet rivers bend' }),
  });
  assert.equal(answer.status, 200);
  await watched.close();
});

testWithAll('what is switched off stays off, and messages about security cannot be', async () => {
  const person = await register('Ana Quiet');
  const watched = await openPage(browser);
  const { page } = watched;
  await signIn(watched, { url: platform.url, ...person });
  await page.goto(`${platform.url}/account/notifications`);
  const choice = page.getByRole('checkbox', { name: 'Course enrollment: E-mail' });
  await choice.uncheck();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  assert.equal(await choice.isChecked(), false);
  await page.reload();
  assert.equal(await choice.isChecked(), false);
  assert.equal(
    await page
      .getByRole('row', { name: /Password reset/ })
      .getByRole('checkbox')
      .count(),
    0,
  );
  await watched.close();
});

testWithAll('mails that are only news end by the link in them, without signing in', async () => {
  const person = await register('Nora News');
  const { link } = await platform.mail({ to: person.email, kind: 'welcome' });
  const { page, complaints, close } = await openPage(browser, { viewport: { width: 360, height: 800 } });
  await page.goto(link ?? '');
  await page.getByText('of the kind “Welcome”').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'Stop these e-mails' }).click();
  await page.getByText('You no longer get e-mails of the kind “Welcome”.').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'Let them come again' }).click();
  await page.getByRole('button', { name: 'Stop these e-mails' }).waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('the data come as a file, and the account is deleted on proof of the password', async () => {
  const person = await register('Leo Gone');
  const watched = await openPage(browser);
  const { page } = watched;
  await signIn(watched, { url: platform.url, ...person });
  await page.goto(`${platform.url}/account/data`);
  // Nobody stands before the platform here: where somebody says they come from is not believed, on pages either.
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.9' });
  await page.getByRole('button', { name: 'Prepare a copy' }).click();
  await platform.mail({ to: person.email, kind: 'data-export' });
  const { rows } = await platform.host
    .database('identity')
    .pool.query("select ip from audit_entries where action = 'data.export_requested' order by at desc limit 1");
  assert.match(rows[0].ip, /^(::ffff:)?127\.0\.0\.1$|^::1$/);
  await page.setExtraHTTPHeaders({});
  // The page looks again by itself while the copy is being gathered.
  const save = page.getByRole('button', { name: 'Download my data' });
  await save.waitFor();
  assert.deepEqual(await axe(page), []);
  const word = page.locator('#export-password');
  await word.fill('wrong words for sure');
  await save.click();
  await page.locator('#export-password-error').getByText('That is not your current password.').waitFor();
  await refusalIsSeen(page);
  assert.deepEqual(await axe(page), []);
  await word.fill(person.password);
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  await page.locator('#export-password-error').waitFor({ state: 'detached' });
  assert.match(download.suggestedFilename(), /^stoa-\d{4}-\d\d-\d\d\.json$/);
  const exported: { contexts: Record<string, { account?: { account: { email: string } }[] }> } = JSON.parse(
    await readFile(await download.path(), 'utf8'),
  );
  assert.equal(exported.contexts.identity?.account?.[0]?.account.email, person.email);
  assert.equal(Object.keys(exported.contexts).length, 6);
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'Delete my account' }).click();
  const asked = page.getByRole('dialog');
  await asked.getByLabel('Your password').fill('wrong words for sure');
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await page.locator('#delete-password-error').waitFor();
  await asked.getByLabel('Your password').fill(person.password);
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await page.waitForURL(`${platform.url}/`);
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
  await watched.close();
});

test('without scripts the data are asked for and saved too, and a refusal is in the reader’s language', async () => {
  const person = await register('Nina Plain');
  const watched = await openPage(browser);
  await signIn(watched, { url: platform.url, ...person });
  const storageState = await watched.page.context().storageState();
  await watched.close();
  const { page, close } = await openPage(browser, {
    javaScriptEnabled: false,
    storageState,
    viewport: { width: 320, height: 800 },
  });
  await page.goto(`${platform.url}/pt-BR/account/data`);
  await page.getByRole('button', { name: 'Preparar uma cópia' }).click();
  await platform.mail({ to: person.email, kind: 'data-export' });
  await page.goto(`${platform.url}/pt-BR/account/data`);
  const save = page.getByRole('button', { name: 'Baixar meus dados' });
  await page.getByLabel('Sua senha').fill('uma senha errada');
  await save.click();
  await page.getByRole('link', { name: 'Essa não é a sua senha atual.' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/pt-BR/account/data');
  await page.getByLabel('Sua senha').fill(person.password);
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  const exported: { userId: string } = JSON.parse(await readFile(await download.path(), 'utf8'));
  assert.ok(exported.userId);
  await close();
});

test('the bell rings while the page is open, in every tab, and remembers what was read', async () => {
  const person = await register('Bia Bell');
  const watched = await openPage(browser);
  const { page, complaints } = watched;
  await signIn(watched, { url: platform.url, ...person });
  await page.goto(`${platform.url}/`);
  await page.getByRole('button', { name: 'Notifications', exact: true }).click();
  await page.getByText('Nothing new').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('Escape');
  const second = await page.context().newPage();
  await second.goto(`${platform.url}/account`);
  await second.getByRole('button', { name: 'Notifications', exact: true }).waitFor();

  const { items }: { items: { id: string; price: unknown }[] } = await (
    await fetch(`${platform.url}/api/courses?price=free`)
  ).json();
  const enrolled = await fetch(`${platform.url}/api/courses/${items[0]?.id}/enrollments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.accessToken}`, 'content-type': 'application/json' },
    body: '{}',
  });
  assert.ok(enrolled.ok, await enrolled.text());
  await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
  await second.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor();
  const row = page.locator('[data-notification]');
  await row.waitFor();
  await page.keyboard.press('ArrowDown');
  assert.ok(await row.evaluate((element) => element === document.activeElement), 'the arrow key goes to the first one');
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: /^Mark read:/ }).click();
  await second.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  await page.getByRole('button', { name: /^Mark unread:/ }).click();
  await page.getByRole('button', { name: 'Mark all read' }).click();
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  await row.click();
  await page.waitForURL(/\/learn\//);
  assert.deepEqual(complaints, []);
  await watched.close();
});
