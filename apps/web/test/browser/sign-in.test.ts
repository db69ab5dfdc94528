import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { testWithAll } from '../../../../scripts/only-with-all.ts';
import { themeCookie } from '../../src/design/theme.ts';
import { readSession, type Session, writeSession } from '../../src/session/session-cookie.ts';
import { axe, openPage, refusalIsSeen, startBrowser } from './harness.ts';
import { type RunningPlatform, sessionSecret, startPlatform, webClientSecret } from './platform.ts';

let platform: RunningPlatform;
let browser: Browser;
let url: string;

before(async () => {
  platform = await startPlatform();
  url = platform.url;
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await platform?.close();
});

const password = 'olive ladder quartz 52';
let count = 0;
/** A person nobody has met. */
const somebody = () => {
  count += 1;
  return { name: `Marta Lima ${count}`, email: `marta${count}@example.com`, password };
};

/** Fills in and sends the form of registration that is open. */
async function register(page: Page, who: { name: string; email: string; password: string }): Promise<void> {
  await page.locator('input[name=name]').fill(who.name);
  await page.locator('input[name=email]').fill(who.email);
  await page.locator('input[name=password]').fill(who.password);
  await page.locator('main button[type=submit]').click();
}

/** Fills in and sends the form of signing in that is open. */
async function signIn(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.locator('input[name=email]').fill(who.email);
  await page.locator('input[name=password]').fill(who.password);
  await page.locator('main button[type=submit]').click();
}

const accountButton = (page: Page) => page.locator('header button[aria-label*="Marta"]');
const isSignedIn = async (page: Page) => {
  await page.goto(`${url}/courses`);
  return (await accountButton(page).count()) === 1;
};

test('a new person registers, keeps what they typed when the password is refused, and lands where they wanted to go', async () => {
  const { page, complaints, close } = await openPage(browser);
  const person = somebody();
  await page.goto(`${url}/courses`);
  await page.locator('header').getByRole('link', { name: 'Create account' }).click();
  await page.waitForURL('**/register?interaction=*');
  await register(page, { ...person, password: 'password1' });
  await page.getByText('This password is too easy to guess').first().waitFor();
  assert.equal(await page.locator('input[name=name]').inputValue(), person.name);
  assert.equal(await page.locator('input[name=email]').inputValue(), person.email);
  assert.equal(await page.locator('input[name=password]').inputValue(), '');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'alert');
  assert.deepEqual(await axe(page), []);
  await register(page, person);
  await page.waitForURL(`${url}/courses`);
  await accountButton(page).waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

testWithAll('the mailed link confirms an address once', async () => {
  const { page, close } = await openPage(browser);
  const person = somebody();
  await page.goto(`${url}/auth/sign-in?screen=register&returnTo=/design`);
  await register(page, person);
  await page.waitForURL(`${url}/design`);
  const { link } = await platform.mail({ to: person.email, kind: 'verify-email' });
  assert.ok(link);
  await page.goto(link);
  assert.deepEqual(await axe(page), []);
  // Twice, as some people press everything.
  await page.getByRole('button', { name: 'Confirm' }).dblclick();
  await page.getByText('Your e-mail address is confirmed.').waitFor();
  const me: { emailVerified: boolean } = await (await page.request.get(`${url}/bff/api/users/me`)).json();
  assert.equal(me.emailVerified, true);
  await page.goto(link);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('This link was already used or is too old.').first().waitFor();
  await refusalIsSeen(page);
  assert.deepEqual(await axe(page), []);
  await page.getByRole('link', { name: 'Go to your account' }).click();
  await page.waitForURL(`${url}/account`);
  // Who is not signed in comes there by signing in.
  await page.context().clearCookies();
  await page.goto(link);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await signIn(page, person);
  await page.waitForURL(`${url}/account`);
  await close();
});

test('a wrong password is explained without saying who has an account, and signing out ends it everywhere', async () => {
  const { page, complaints, close } = await openPage(browser);
  const learner = platform.account('student');
  for (const email of [learner.email, 'nobody@example.com']) {
    await page.goto(`${url}/auth/sign-in`);
    await signIn(page, { email, password: 'not the right one 1' });
    await page.getByText('E-mail or password is not right.').first().waitFor();
    assert.equal(await page.locator('input[name=email]').inputValue(), email);
  }
  await page.goto(`${url}/account`);
  await page.waitForURL('**/sign-in?interaction=*');
  await signIn(page, learner);
  await page.waitForURL(`${url}/account`);
  await page.getByRole('button', { name: `Account of ${learner.name}` }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await page.waitForURL(`${url}/`);
  await page.locator('header').getByRole('link', { name: 'Sign in' }).first().waitFor();
  // The issuer has forgotten them, too: it asks again.
  await page.goto(`${url}/account`);
  await page.waitForURL('**/sign-in?interaction=*');
  // What the bell asks while the session ends is refused, as it must be; the browser notes it.
  assert.deepEqual(
    complaints.filter((line) => !line.includes('status of 401')),
    [],
  );
  await close();
});

test('a forgotten password is replaced through a mail, and sessions from before end', async () => {
  const person = somebody();
  const before = await openPage(browser);
  await before.page.goto(`${url}/auth/sign-in?screen=register&returnTo=/courses`);
  await register(before.page, person);
  await before.page.waitForURL(`${url}/courses`);

  const { page, complaints, close } = await openPage(browser);
  await page.goto(`${url}/auth/sign-in`);
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.waitForURL('**/forgot-password');
  await page.locator('input[name=email]').fill(person.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText('Look in your inbox').waitFor();
  const { link } = await platform.mail({ to: person.email, kind: 'reset-password' });
  assert.ok(link);
  await page.goto(link);
  assert.deepEqual(await axe(page), []);
  await page.locator('input[name=password]').fill('password1');
  await page.getByRole('button', { name: 'Save the new password' }).click();
  await page.getByText('This password is too easy to guess').first().waitFor();
  await refusalIsSeen(page);
  // The page is drawn again, for another reason: what was refused is not said twice.
  await page.locator('input[name=password]').fill('password1');
  await page.context().addCookies([{ name: themeCookie, value: 'dark', url }]);
  await page.evaluate('next.router.refresh()');
  await page.waitForFunction(() => document.documentElement.classList.contains('dark'));
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'password');
  await page.getByRole('button', { name: 'Save the new password' }).click();
  await refusalIsSeen(page);
  const newPassword = 'walnut pier comet 19';
  await page.locator('input[name=password]').fill(newPassword);
  await page.getByRole('button', { name: 'Save the new password' }).click();
  await page.getByText('Your password is changed.').waitFor();

  await endToken(before.page.context());
  assert.equal(await isSignedIn(before.page), false, 'the session from before still works');
  await before.close();

  await page.getByRole('link', { name: 'Sign in' }).click();
  await signIn(page, person);
  await page.getByText('E-mail or password is not right.').first().waitFor();
  await signIn(page, { ...person, password: newPassword });
  await accountButton(page).waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('another application gets what a person allows, and nothing when they do not', async () => {
  const heard: string[] = [];
  const application: Server = createServer((request, response) => {
    if (request.url?.startsWith('/cb')) heard.push(request.url);
    response.setHeader('content-type', 'text/html').end('<title>Reader</title>read');
  });
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  const address = application.address();
  assert.ok(typeof address === 'object' && address);
  const redirect = `http://127.0.0.1:${address.port}/cb`;
  const db = platform.host.database('identity');
  await db.pool.query('insert into oidc_clients (id, name, redirect_uris) values ($1, $2, $3)', [
    'reader',
    'Quiet Reader',
    [redirect],
  ]);
  const verifier = randomBytes(32).toString('base64url');
  const start = `${url}/oidc/auth?${new URLSearchParams({
    client_id: 'reader',
    redirect_uri: redirect,
    response_type: 'code',
    scope: 'openid profile email',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: 'of-the-reader',
  })}`;
  application.unref();
  const { page, complaints, close } = await openPage(browser);
  await page.goto(start);
  await signIn(page, platform.account('student'));
  await page.waitForURL('**/consent?*');
  await page.getByRole('heading', { name: 'Quiet Reader wants to use your account' }).waitFor();
  await page.getByText('See your e-mail address').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: 'Do not allow' }).click();
  await page.waitForURL(`${redirect}?*`);
  assert.match(page.url(), /error=access_denied/);

  await page.goto(start);
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await page.waitForURL(`${redirect}?*`);
  const code = new URL(page.url()).searchParams.get('code');
  assert.ok(code, page.url());
  const tokens = await fetch(`${url}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'reader',
      code,
      redirect_uri: redirect,
      code_verifier: verifier,
    }),
  });
  assert.equal(tokens.status, 200);
  assert.equal(heard.length, 2);
  assert.deepEqual(complaints, []);
  await close();
  application.closeAllConnections();
  application.close();
});

/** The session the browser holds. */
async function sessionOf(context: BrowserContext): Promise<Session> {
  const jar = new Map((await context.cookies()).map(({ name, value }) => [name, { value }]));
  const session = await readSession(jar, { secret: sessionSecret, secure: false });
  assert.ok(session, 'nobody is signed in');
  return session;
}

async function keep(context: BrowserContext, session: Session): Promise<void> {
  const changes = await writeSession(session, { secret: sessionSecret, secure: false });
  await context.addCookies(
    changes.flatMap(({ name, value }) => (value ? [{ name, value, url, httpOnly: true, sameSite: 'Lax' }] : [])),
  );
}

/** Brings the end of the access token near, as five minutes would. */
async function endToken(context: BrowserContext): Promise<Session> {
  const session = await sessionOf(context);
  await keep(context, { ...session, expiresAt: Date.now() + 5000 });
  return session;
}

test('a token about to end is exchanged once, however many requests arrive with it', async () => {
  const { page, close } = await openPage(browser);
  await page.goto(`${url}/auth/sign-in?returnTo=/courses`);
  await signIn(page, platform.account('student'));
  await page.waitForURL(`${url}/courses`);
  const old = await endToken(page.context());
  const answers = await Promise.all(Array.from({ length: 6 }, () => page.request.get(`${url}/bff/api/users/me`)));
  assert.deepEqual([...new Set(answers.map((answer) => answer.status()))], [200]);
  const fresh = await sessionOf(page.context());
  assert.notEqual(fresh.accessToken, old.accessToken);
  assert.notEqual(fresh.refreshToken, old.refreshToken);
  assert.ok(fresh.expiresAt > Date.now() + 200_000);

  // What another process of the web would send, which shares nothing with this one but the cookie.
  const other = await fetch(`${url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`stoa-web:${webClientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: old.refreshToken ?? '' }),
  });
  assert.equal(other.status, 200, await other.clone().text());
  // And the session this browser has still goes on afterwards.
  await endToken(page.context());
  assert.equal((await page.request.get(`${url}/bff/api/users/me`)).status(), 200);
  assert.notEqual((await sessionOf(page.context())).refreshToken, fresh.refreshToken);

  // A refresh token the issuer does not know signs the person out and shows them the page, not an error.
  await keep(page.context(), { ...fresh, refreshToken: 'forged', expiresAt: Date.now() });
  const answer = await page.goto(`${url}/courses`);
  assert.equal(answer?.status(), 200);
  await page.locator('header').getByRole('link', { name: 'Sign in' }).first().waitFor();
  await close();
});

testWithAll('two tabs sign in side by side, and the session of one is that of the other', async () => {
  const { page: first, close } = await openPage(browser);
  const second = await first.context().newPage();
  await first.goto(`${url}/auth/sign-in?returnTo=/courses`);
  await second.goto(`${url}/auth/sign-in?returnTo=/design`);
  await signIn(first, platform.account('student'));
  await first.waitForURL(`${url}/courses`);
  await signIn(second, platform.account('student'));
  await second.waitForURL(`${url}/design`);
  await first.getByRole('button', { name: `Account of ${platform.account('student').name}` }).click();
  await first.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await first.waitForURL(`${url}/`);
  await second.goto(`${url}/account`);
  await second.waitForURL('**/sign-in?interaction=*');
  await close();
});

testWithAll('the step back to a finished sign-in explains itself', async () => {
  const { page, close } = await openPage(browser);
  await page.goto(`${url}/auth/sign-in?returnTo=/courses`);
  const form = page.url();
  await signIn(page, platform.account('student'));
  await page.waitForURL(`${url}/courses`);
  await page.goto(form);
  await signIn(page, platform.account('student'));
  await page.waitForURL('**/sign-in/problem?reason=expired');
  await page.getByRole('link', { name: 'Start again' }).click();
  await page.waitForURL(`${url}/`);
  await close();
});

test('without JavaScript a person registers, signs out and signs in', async () => {
  const { page, close } = await openPage(browser, { javaScriptEnabled: false });
  const person = somebody();
  await page.goto(`${url}/courses`);
  await page.locator('header').getByRole('link', { name: 'Create account' }).click();
  await register(page, { ...person, password: 'password1' });
  await page.getByText('This password is too easy to guess').first().waitFor();
  assert.equal(await page.locator('input[name=email]').inputValue(), person.email);
  await register(page, person);
  await page.waitForURL(`${url}/courses`);
  await accountButton(page).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  // Without scripts the issuer's form does not send itself.
  await page.waitForURL('**/oidc/logout?*');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL(`${url}/`);
  await page.goto(`${url}/account`);
  await signIn(page, person);
  await page.waitForURL(`${url}/account`);
  const { link } = await platform.mail({ to: person.email, kind: 'verify-email' });
  await page.goto(link ?? '');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Your e-mail address is confirmed.').waitFor();
  await close();
});

testWithAll('keys alone are enough to register', async () => {
  const { page, close } = await openPage(browser, { viewport: { width: 1280, height: 800 } });
  const person = somebody();
  await page.goto(`${url}/courses`, { waitUntil: 'networkidle' });
  const reach = async (name: string) => {
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab');
      const text = await page.evaluate(() => {
        const at = document.activeElement;
        const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : at?.textContent;
        return label?.trim();
      });
      if (text === name) return;
    }
    assert.fail(`Tab does not reach ${name}`);
  };
  await reach('Create account');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/register?interaction=*');
  await reach('Your name');
  await page.keyboard.type(person.name);
  await reach('E-mail');
  await page.keyboard.type(person.email);
  await reach('Password');
  await page.keyboard.type(person.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/courses`);
  await accountButton(page).waitFor();
  await close();
});

testWithAll(
  'language, appearance and zone of the account come along to another device, and what is chosen there stays',
  async () => {
    const here = await openPage(browser, { timezoneId: 'America/Sao_Paulo' });
    const person = somebody();
    await here.page.goto(`${url}/auth/sign-in?screen=register&returnTo=/account`);
    await register(here.page, person);
    await here.page.waitForURL(`${url}/account`);
    assert.equal(await here.page.getByLabel('Time zone').inputValue(), 'America/Sao_Paulo');
    await Promise.all([
      here.page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.ok()),
      here.page.locator('#appearance').getByText('Dark', { exact: true }).click(),
    ]);
    await here.page.getByLabel('Language', { exact: true }).selectOption('pt-BR');
    await here.page.getByRole('button', { name: 'Save', exact: true }).click();
    await here.page.waitForURL(`${url}/pt-BR/account`);
    await here.close();

    const there = await openPage(browser, { locale: 'en', colorScheme: 'light' });
    const { page } = there;
    await page.goto(`${url}/auth/sign-in?returnTo=/account`);
    await signIn(page, person);
    await page.waitForURL(`${url}/pt-BR/account`);
    assert.match((await page.locator('html').getAttribute('class')) ?? '', /\bdark\b/);
    // One switch in the header and one on the page: each shows it, and none takes that for a choice of this device.
    await page.locator('#appearance').getByText('Escuro', { exact: true }).waitFor();
    const shown = await page
      .locator('input[type=radio][value=dark]')
      .evaluateAll((all) => all.map((one) => one.matches(':checked')));
    assert.deepEqual(shown, [true, true]);
    // Chosen on this device alone, as the switch in the header does.
    await page.context().clearCookies({ name: /session/ });
    await page.context().addCookies([{ name: 'stoa_theme', value: 'light', url }]);
    // The issuer still knows who it is: no form this time.
    await page.goto(`${url}/auth/sign-in?returnTo=/courses`);
    await page.waitForURL(`${url}/pt-BR/courses`);
    assert.match((await page.locator('html').getAttribute('class')) ?? '', /\blight\b/);
    await there.close();
  },
);

const languages = [
  { locale: 'pt-BR', refused: 'senha', confirm: 'Confirmar', prefix: '/pt-BR' },
  { locale: 'es', refused: 'contraseña', confirm: 'Confirmar', prefix: '/es' },
] as const;
for (const { locale, refused, confirm, prefix } of languages) {
  testWithAll(`getting in speaks ${locale} from the form to the mail`, async () => {
    const { page, complaints, close } = await openPage(browser, { locale });
    const person = somebody();
    await page.goto(`${url}/auth/sign-in?screen=register&returnTo=${prefix}/courses`);
    await page.waitForURL(`**${prefix}/register?interaction=*`);
    await register(page, { ...person, password: 'password1' });
    // Next keeps an alert of its own at the end of the page, for announcing routes.
    assert.match((await page.getByRole('alert').first().textContent()) ?? '', new RegExp(refused));
    assert.equal(await page.locator('html').getAttribute('lang'), locale);
    await register(page, person);
    await page.waitForURL(`${url}${prefix}/courses`);
    const mail = await platform.mail({ to: person.email, kind: 'verify-email' });
    assert.equal(mail.locale, locale);
    await page.goto(mail.link ?? '');
    await page.getByRole('button', { name: confirm }).click();
    await page.waitForURL(`**${prefix}/verify-email?done=1`);
    assert.deepEqual(complaints, []);
    await close();
  });
}
