import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { freePort, startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { identity, webClientSecret } from '../src/index.ts';
import { duringChange, duringEnding } from './accounts.ts';
import { openBrowser, pkce } from './browser.ts';

let platform: TestPlatform;
let origin: string;
let secret: string;

before(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  platform = await startTestPlatform([identity], {
    ownIssuer: true,
    publicUrl: origin,
    settings: { STOA_RATE_LIMIT: '0' },
  });
  await platform.host.app.listen({ port, host: '127.0.0.1' });
  secret = webClientSecret({ settings: {}, home: platform.home });
});
after(() => platform.close());

const Tokens = z.object({
  access_token: z.string().default(''),
  id_token: z.string().default(''),
  refresh_token: z.string().default(''),
  expires_in: z.number().optional(),
});

type Start = { client?: string; redirect?: string; scope?: string; challenge?: string; extra?: Record<string, string> };

function authorizePath({ client = 'stoa-web', redirect, scope, challenge, extra }: Start): string {
  return `/oidc/auth?${new URLSearchParams({
    client_id: client,
    redirect_uri: redirect ?? `${origin}/auth/callback`,
    response_type: 'code',
    scope: scope ?? 'openid profile email offline_access',
    state: 'state-1',
    nonce: 'nonce-1',
    ...(challenge ? { code_challenge: challenge, code_challenge_method: 'S256' } : {}),
    ...extra,
  })}`;
}

async function token(form: Record<string, string>, client = `stoa-web:${secret}`) {
  const response = await fetch(`${origin}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(client).toString('base64')}` },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: Tokens.parse(await response.json()) };
}

async function account(email: string) {
  const registered = await platform.call('POST', '/api/auth/register', {
    body: { email, password: 'vento quieto na serra', name: 'Ana Souza' },
  });
  assert.equal(registered.status, 201);
  return registered.body;
}

/** Goes through the whole flow up to the code. */
async function signIn(email: string, browser = openBrowser(origin)) {
  const { verifier, challenge } = pkce();
  const started = await browser.get(authorizePath({ challenge }));
  assert.equal(started.status, 303, started.text);
  const interaction = new URL(started.location, origin).pathname;
  const page = await browser.get(interaction);
  assert.match(page.location, /^\/sign-in\?interaction=/);
  const posted = await browser.post(`${interaction}/login`, { email, password: 'vento quieto na serra' });
  assert.equal(posted.status, 303, posted.text);
  const resumed = await browser.get(posted.location);
  const callback = new URL(resumed.location, origin);
  assert.equal(callback.pathname, '/auth/callback', resumed.location + resumed.text);
  assert.equal(callback.searchParams.get('state'), 'state-1');
  return { browser, verifier, code: callback.searchParams.get('code') ?? '' };
}

async function exchange(code: string, verifier: string) {
  return token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: `${origin}/auth/callback`,
    code_verifier: verifier,
  });
}

test('the discovery document names the issuer at the root and its endpoints below /oidc', async () => {
  const answer = await fetch(`${origin}/.well-known/openid-configuration`);
  const document = z.record(z.string(), z.unknown()).parse(await answer.json());
  assert.equal(document.issuer, origin);
  assert.equal(document.authorization_endpoint, `${origin}/oidc/auth`);
  assert.equal(document.token_endpoint, `${origin}/oidc/token`);
  assert.equal(document.jwks_uri, `${origin}/.well-known/jwks.json`);
  assert.equal(document.userinfo_endpoint, `${origin}/oidc/userinfo`);
  assert.deepEqual(document.code_challenge_methods_supported, ['S256']);
  assert.deepEqual(document.response_types_supported, ['code']);
});

test('our web signs a person in by code and PKCE and gets the same kind of token as the API gives', async () => {
  const registered = await account('oidc@example.com');
  const { code, verifier } = await signIn('oidc@example.com');
  const { status, body } = await exchange(code, verifier);
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.expires_in, 300);
  assert.equal(decodeProtectedHeader(body.access_token).typ, 'at+jwt');
  assert.equal(decodeProtectedHeader(body.access_token).alg, 'ES256');
  const claims = decodeJwt(body.access_token);
  const own = decodeJwt(registered.accessToken);
  for (const name of ['iss', 'aud', 'sub', 'email', 'email_verified', 'name', 'locale'])
    assert.deepEqual(claims[name], own[name], name);
  assert.deepEqual(claims.roles, ['student']);
  const actor = await platform.host.verifyToken(body.access_token);
  assert.equal(actor.kind === 'user' && actor.userId, registered.user.id);
  const identityToken = decodeJwt(body.id_token);
  assert.equal(identityToken.nonce, 'nonce-1');
  assert.equal(identityToken.aud, 'stoa-web');
  assert.equal(identityToken.email, 'oidc@example.com');
  const info = await fetch(`${origin}/oidc/userinfo`, { headers: { authorization: `Bearer ${body.access_token}` } });
  assert.equal(z.object({ sub: z.string() }).parse(await info.json()).sub, registered.user.id);
});

test('refresh tokens of the provider rotate, and one used again after the grace period ends the grant', async () => {
  await account('rotate@example.com');
  const { code, verifier } = await signIn('rotate@example.com');
  const first = (await exchange(code, verifier)).body.refresh_token;
  const second = await token({ grant_type: 'refresh_token', refresh_token: first });
  assert.equal(second.status, 200, JSON.stringify(second.body));
  assert.notEqual(second.body.refresh_token, first);
  await platform.host
    .database('identity')
    .pool.query(
      "update oidc_payloads set consumed_at = consumed_at - interval '1 minute' where consumed_at is not null",
    );
  const reused = await token({ grant_type: 'refresh_token', refresh_token: first });
  assert.equal(reused.status, 400);
  const dead = await token({ grant_type: 'refresh_token', refresh_token: second.body.refresh_token });
  assert.equal(dead.status, 400, JSON.stringify(dead.body));
});

test('a refresh token used again ends the sign-in it came from, and no other device of its person', async () => {
  const registered = await account('family@example.com');
  const signedIn = async () => {
    const { browser, code, verifier } = await signIn('family@example.com');
    return { browser, ...(await exchange(code, verifier)).body };
  };
  const refreshed = (refresh_token: string) => token({ grant_type: 'refresh_token', refresh_token });
  const [stolen, other] = [await signedIn(), await signedIn()];
  const family = [stolen.refresh_token];
  for (let n = 0; n < 3; n += 1) family.push((await refreshed(family.at(-1) ?? '')).body.refresh_token);
  await platform.host
    .database('identity')
    .pool.query(
      "update oidc_payloads set consumed_at = consumed_at - interval '1 minute' where consumed_at is not null",
    );
  assert.equal((await refreshed(family[1] ?? '')).status, 400);
  for (const [n, one] of family.entries()) assert.equal((await refreshed(one)).status, 400, `token ${n} of the family`);

  const next = await refreshed(other.refresh_token);
  assert.equal(next.status, 200, 'the other browser');
  assert.equal((await refreshed(next.body.refresh_token)).status, 200);
  const silent = await other.browser.get(authorizePath({ challenge: pkce().challenge }));
  assert.match(silent.location, /\/auth\/callback\?code=/, 'and its session');
  const program = await platform.call('POST', '/api/auth/refresh', { body: { refreshToken: registered.refreshToken } });
  assert.equal(program.status, 200, 'the program that signed in by the API');
  const { rows } = await platform.host
    .database('identity')
    .pool.query('select session_endings as n from users where id = $1', [registered.user.id]);
  assert.equal(rows[0].n, 0);
});

test('a code works once, and only with its verifier', async () => {
  await account('code@example.com');
  const { code, verifier } = await signIn('code@example.com');
  assert.equal((await exchange(code, pkce().verifier)).status, 400);
  const again = await signIn('code@example.com');
  assert.equal((await exchange(again.code, again.verifier)).status, 200);
  assert.equal((await exchange(again.code, again.verifier)).status, 400);
  assert.notEqual(code, verifier);
});

test('a request without PKCE, or with a redirect address that is not exactly the registered one, goes nowhere', async () => {
  const browser = openBrowser(origin);
  const noPkce = await browser.get(authorizePath({}));
  assert.match(noPkce.location, /error=invalid_request/);
  for (const redirect of [`${origin}/auth/callback/`, `${origin}/auth/callback?x=1`, 'https://evil.example/callback']) {
    const answer = await browser.get(authorizePath({ redirect, challenge: pkce().challenge }));
    assert.match(answer.location, /\/sign-in\/problem\?reason=refused$/, redirect);
  }
});

/** How many rows the provider keeps of anybody. */
async function keptRows(): Promise<number> {
  const { rows } = await platform.host.database('identity').pool.query('select count(*)::int as n from oidc_payloads');
  return rows[0].n;
}

test('a request that carries more than anybody needs is refused as the protocol says, and none of it is kept', async () => {
  const browser = openBrowser(origin);
  const { challenge } = pkce();
  const before = await keptRows();
  const long = 'x'.repeat(2049);
  const tooMuch: Record<string, Record<string, string>> = {
    'bytes, not letters': { state: 'é'.repeat(1025) },
    'all together': Object.fromEntries(
      ['state', 'nonce', 'login_hint', 'ui_locales'].map((name) => [name, 'x'.repeat(2000)]),
    ),
  };
  for (const name of ['state', 'nonce', 'login_hint', 'ui_locales', 'acr_values', 'screen_hint'])
    tooMuch[name] = { [name]: long };
  for (const [what, extra] of Object.entries(tooMuch)) {
    const answer = await browser.get(authorizePath({ challenge, extra }));
    const { pathname, searchParams } = new URL(answer.location, origin);
    assert.deepEqual([pathname, searchParams.get('error')], ['/auth/callback', 'invalid_request'], what);
    assert.match(searchParams.get('error_description') ?? '', /too long/, what);
    assert.equal(searchParams.get('state'), extra.state ?? 'state-1', what);
  }
  const elsewhere = authorizePath({ challenge, redirect: 'https://evil.example/callback', extra: { state: long } });
  assert.match((await browser.get(elsewhere)).location, /\/sign-in\/problem\?reason=refused$/);
  assert.equal(await keptRows(), before);

  await account('long-state@example.com');
  const state = 'x'.repeat(2048);
  const started = await browser.get(authorizePath({ challenge, extra: { state } }));
  const form = { email: 'long-state@example.com', password: 'vento quieto na serra' };
  const resumed = await browser.get((await browser.post(`${started.location}/login`, form)).location);
  assert.equal(new URL(resumed.location, origin).searchParams.get('state'), state, 'what is allowed comes back whole');
});

test('asking to sign out with more than anybody needs leaves nothing behind either', async () => {
  const before = await keptRows();
  const answer = await openBrowser(origin).get(`/oidc/logout?state=${'x'.repeat(2049)}`);
  assert.match(answer.location, /\/sign-in\/problem\?reason=refused$/);
  assert.equal(await keptRows(), before);
});

test('a wrong password returns to the page with a code and what was typed, never the password', async () => {
  await account('wrong@example.com');
  const browser = openBrowser(origin);
  const started = await browser.get(authorizePath({ challenge: pkce().challenge }));
  const posted = await browser.post(`${started.location}/login`, {
    email: 'wrong@example.com',
    password: 'not this one',
  });
  const page = new URL(posted.location, origin);
  assert.equal(posted.status, 303);
  assert.equal(page.pathname, '/sign-in');
  assert.equal(page.searchParams.get('error'), 'invalid_credentials');
  assert.equal(page.searchParams.get('email'), 'wrong@example.com');
  assert.ok(!posted.location.includes('not+this'));
});

test('a person registers inside the flow and is signed in by it', async () => {
  const browser = openBrowser(origin);
  const { verifier, challenge } = pkce();
  const started = await browser.get(
    authorizePath({ challenge, extra: { screen_hint: 'register', ui_locales: 'pt-BR' } }),
  );
  assert.match((await browser.get(started.location)).location, /^\/register\?interaction=/);
  const refused = await browser.post(`${started.location}/register`, {
    email: 'flow@example.com',
    password: 'password123',
    name: 'Rui',
  });
  assert.match(refused.location, /^\/register\?.*error=password_refused.*email=flow%40example.com.*name=Rui/);
  const posted = await browser.post(`${started.location}/register`, {
    email: 'flow@example.com',
    password: 'nuvem de papel azul',
    name: 'Rui',
  });
  const resumed = await browser.get(posted.location);
  const code = new URL(resumed.location, origin).searchParams.get('code') ?? '';
  const { body } = await exchange(code, verifier);
  assert.equal(decodeJwt(body.access_token).locale, 'pt-BR');
});

test('a form from another site, or from a browser that did not start the sign-in, is refused', async () => {
  await account('csrf@example.com');
  const browser = openBrowser(origin);
  const started = await browser.get(authorizePath({ challenge: pkce().challenge }));
  const form = { email: 'csrf@example.com', password: 'vento quieto na serra' };
  const foreign = await browser.post(`${started.location}/login`, form, {
    origin: 'https://evil.example',
    'sec-fetch-site': 'cross-site',
  });
  assert.equal(foreign.status, 403);
  const stranger = await openBrowser(origin).post(`${started.location}/login`, form);
  assert.match(stranger.location, /\/sign-in\/problem\?reason=expired/);
});

test('the pages may ask what an interaction is about', async () => {
  const browser = openBrowser(origin);
  const started = await browser.get(
    authorizePath({
      challenge: pkce().challenge,
      extra: { login_hint: 'a@example.com', ui_locales: 'es pt' },
      scope: 'openid profile email',
    }),
  );
  const details = await browser.get(started.location, { accept: 'application/json' });
  assert.deepEqual(JSON.parse(details.text), {
    id: started.location.split('/').at(-1),
    prompt: 'login',
    client: { id: 'stoa-web', name: 'Stoa' },
    leadsTo: origin,
    scopes: ['openid', 'profile', 'email'],
    loginHint: 'a@example.com',
    locale: 'es',
  });
  assert.equal((await browser.get('/oidc/interaction/unknown', { accept: 'application/json' })).status, 404);
});

test('another application gets only what the person consents to', async () => {
  await account('consent@example.com');
  await platform.host
    .database('identity')
    .pool.query(
      `insert into oidc_clients (id, name, redirect_uris) values ('reader', 'Reader app', '{https://reader.example/cb}')`,
    );
  const { browser } = await signIn('consent@example.com');
  const { verifier, challenge } = pkce();
  const redirect = 'https://reader.example/cb';
  const started = await browser.get(authorizePath({ client: 'reader', redirect, scope: 'openid profile', challenge }));
  assert.match(started.location, /^\/oidc\/interaction\//, started.location);
  const page = await browser.get(started.location);
  assert.match(page.location, /^\/consent\?interaction=.*client=Reader\+app&scope=openid\+profile$/);
  const posted = await browser.post(`${started.location}/consent`, {});
  const resumed = await browser.get(posted.location);
  assert.match(resumed.location, /^https:\/\/reader\.example\/cb\?code=/);
  const response = await fetch(`${origin}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'reader',
      code: new URL(resumed.location).searchParams.get('code') ?? '',
      redirect_uri: redirect,
      code_verifier: verifier,
    }),
  });
  const body = Tokens.parse(await response.json());
  assert.equal(response.status, 200);
  assert.equal(body.refresh_token, '');

  const declined = await browser.get(
    authorizePath({ client: 'reader', redirect, scope: 'openid email', challenge: pkce().challenge }),
  );
  const aborted = await browser.post(`${declined.location}/abort`, {});
  assert.match((await browser.get(aborted.location)).location, /error=access_denied/);
});

test('signing out at the provider ends its session and the refresh tokens of our web', async () => {
  await account('logout@example.com');
  const { browser, code, verifier } = await signIn('logout@example.com');
  const tokens = (await exchange(code, verifier)).body;
  const page = await browser.get(
    `/oidc/logout?${new URLSearchParams({ id_token_hint: tokens.id_token, post_logout_redirect_uri: `${origin}/` })}`,
  );
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'nonce-/);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const done = await browser.post('/oidc/logout/confirm', { xsrf, logout: 'yes' });
  assert.equal(done.location, `${origin}/`);
  const refreshed = await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
  assert.equal(refreshed.status, 400);
  const again = await browser.get(authorizePath({ challenge: pkce().challenge }));
  assert.match(again.location, /^\/oidc\/interaction\//);
});

test('what is kept of a browser that nobody is signed in with goes within the hour', async () => {
  const anonymous = async () => {
    const { rows } = await platform.host.database('identity').pool.query(
      `select extract(epoch from expires_at - created_at)::int as seconds from oidc_payloads
         where model = 'Session' and account_id is null`,
    );
    return rows.map(({ seconds }) => seconds);
  };
  const before = await anonymous();
  const browser = openBrowser(origin);
  assert.match((await browser.get('/oidc/logout')).text, /xsrf/);
  const after = await anonymous();
  assert.equal(after.length, before.length + 1);
  for (const seconds of after) assert.ok(seconds <= 3600, `${seconds} s`);
  await account('after-logout@example.com');
  await signIn('after-logout@example.com', browser);
  const { rows } = await platform.host.database('identity').pool.query(
    `select extract(epoch from max(expires_at) - now()) / 86400 as days from oidc_payloads
     where model = 'Session' and account_id is not null`,
  );
  assert.ok(Number(rows[0].days) > 29, 'a sign-in lasts as long as ever');
});

test('what the database keeps of sessions, codes and refresh tokens opens nothing', async () => {
  await account('leak@example.com');
  const { browser, code, verifier } = await signIn('leak@example.com');
  const tokens = (await exchange(code, verifier)).body;
  // An interaction begun with a session must not carry the session's id either.
  await browser.get(authorizePath({ challenge: pkce().challenge, extra: { prompt: 'login' } }));
  const { rows } = await platform.host
    .database('identity')
    .pool.query('select payload::text, sealed_id from oidc_payloads');
  const dump = JSON.stringify(rows);
  const sessionIds = [...browser.cookies]
    .filter(([key]) => key.startsWith('stoa_issuer '))
    .map(([, { value }]) => value);
  assert.equal(sessionIds.length, 1);
  for (const secretValue of [code, tokens.refresh_token, ...sessionIds]) assert.ok(!dump.includes(secretValue));
});

test('browser sessions are listed and ended; signing out everywhere and a new password end their grants', async () => {
  const registered = await account('everywhere@example.com');
  const as = { id: '', email: '', name: '', roles: [], token: registered.accessToken };
  const list = async () => (await platform.call('GET', '/api/users/me/sessions', { as })).body.items;
  const web = async () => {
    const { code, verifier, browser } = await signIn('everywhere@example.com');
    return { ...(await exchange(code, verifier)).body, browser };
  };
  const refreshed = async (refreshToken: string) =>
    (await token({ grant_type: 'refresh_token', refresh_token: refreshToken })).status;

  const one = await web();
  const two = await web();
  const sessions = await list();
  assert.deepEqual(sessions.map(({ kind }: { kind: string }) => kind).sort(), ['api', 'web', 'web']);
  const sid = decodeJwt(one.access_token).sid;
  assert.ok(sessions.some(({ id }: { id: string }) => id === sid));
  assert.equal((await platform.call('DELETE', `/api/users/me/sessions/${sid}`, { as })).status, 204);
  assert.equal(await refreshed(one.refresh_token), 400);
  assert.equal(await refreshed(two.refresh_token), 200);

  const three = await web();
  const four = await web();
  const changed = await platform.call('POST', '/api/users/me/password', {
    as: { ...as, token: three.access_token },
    body: { currentPassword: 'vento quieto na serra', newPassword: 'chuva fina no telhado' },
  });
  assert.equal(changed.status, 204, JSON.stringify(changed.body));
  assert.equal(await refreshed(four.refresh_token), 400);
  assert.equal(await refreshed(three.refresh_token), 200, 'the session that changed it stays');
  const silent = await three.browser.get(authorizePath({ challenge: pkce().challenge }));
  assert.match(silent.location, /\/auth\/callback\?code=/);
  const other = await four.browser.get(authorizePath({ challenge: pkce().challenge }));
  assert.match(other.location, /^\/oidc\/interaction\//);

  await platform.call('DELETE', '/api/users/me/sessions', { as: { ...as, token: three.access_token } });
  const after = await three.browser.get(authorizePath({ challenge: pkce().challenge }));
  assert.match(after.location, /^\/oidc\/interaction\//);
  const { rows } = await platform.host
    .database('identity')
    .pool.query('select count(*)::int as n from oidc_payloads where account_id = $1', [registered.user.id]);
  assert.equal(rows[0].n, 0);
});

/** Changes the password of a person who signed in by the API. */
async function changePassword(accessToken: string, currentPassword = 'vento quieto na serra') {
  const changed = await platform.call('POST', '/api/users/me/password', {
    as: { id: '', email: '', name: '', roles: [], token: accessToken },
    body: { currentPassword, newPassword: 'chuva fina no telhado' },
  });
  assert.equal(changed.status, 204, JSON.stringify(changed.body));
}

test('a sign-in that stopped after its form does not go on once the password has changed', async () => {
  const registered = await account('started@example.com');
  const browser = openBrowser(origin);
  const started = await browser.get(authorizePath({ challenge: pkce().challenge }));
  const posted = await browser.post(`${started.location}/login`, {
    email: 'started@example.com',
    password: 'vento quieto na serra',
  });
  assert.match(posted.location, /\/oidc\/auth\//);
  await changePassword(registered.accessToken);
  assert.match((await browser.get(posted.location)).location, /\/sign-in\/problem\?reason=expired$/);
});

test('a registration that stopped after its form does not go on once the password has changed', async () => {
  const browser = openBrowser(origin);
  const started = await browser.get(authorizePath({ challenge: pkce().challenge }));
  const form = { email: 'started-new@example.com', password: 'nuvem de papel azul', name: 'Rui' };
  const posted = await browser.post(`${started.location}/register`, form);
  assert.match(posted.location, /\/oidc\/auth\//);
  const { body } = await platform.call('POST', '/api/auth/login', {
    body: { email: form.email, password: form.password },
  });
  await changePassword(body.accessToken, form.password);
  assert.match((await browser.get(posted.location)).location, /\/sign-in\/problem\?reason=expired$/);
});

test('a consent that was not gone on with is forgotten with the sign-in before it once the password has changed', async () => {
  const registered = await account('consented@example.com');
  const redirect = 'https://notes.example/cb';
  const { pool } = platform.host.database('identity');
  await pool.query("insert into oidc_clients (id, name, redirect_uris) values ('notes', 'Notes', $1)", [[redirect]]);
  const browser = openBrowser(origin);
  const { challenge } = pkce();
  const started = await browser.get(authorizePath({ client: 'notes', redirect, scope: 'openid profile', challenge }));
  const posted = await browser.post(`${started.location}/login`, {
    email: 'consented@example.com',
    password: 'vento quieto na serra',
  });
  const asked = await browser.get(posted.location);
  const consented = await browser.post(`${asked.location}/consent`, {});
  assert.match(consented.location, /\/oidc\/auth\//);
  await changePassword(registered.accessToken);
  assert.doesNotMatch((await browser.get(consented.location)).location, /code=/);
  const { rows } = await pool.query(
    "select count(*)::int as n from oidc_payloads where payload #>> '{result,login,accountId}' = $1",
    [registered.user.id],
  );
  assert.equal(rows[0].n, 0);
});

test('what another tab is asked goes on when the browser that changes the password stays signed in', async () => {
  await account('two-tabs@example.com');
  const redirect = 'https://tabs.example/cb';
  await platform.host
    .database('identity')
    .pool.query("insert into oidc_clients (id, name, redirect_uris) values ('tabs', 'Tabs', $1)", [[redirect]]);
  const { browser, code, verifier } = await signIn('two-tabs@example.com');
  const own = (await exchange(code, verifier)).body;
  const there = openBrowser(origin);
  await signIn('two-tabs@example.com', there);
  const ask = (tab: typeof browser, extra: Record<string, string> = {}) =>
    tab.get(authorizePath({ client: 'tabs', redirect, scope: 'openid profile', challenge: pkce().challenge, extra }));
  const form = { email: 'two-tabs@example.com', password: 'vento quieto na serra' };
  const consent = await ask(browser);
  const again = await ask(browser, { prompt: 'login' });
  const proven = await ask(browser, { prompt: 'login' });
  const stopped = await browser.post(`${proven.location}/login`, form);
  const elsewhere = await ask(there);
  await changePassword(own.access_token);

  const consented = await browser.post(`${consent.location}/consent`, {});
  assert.match((await browser.get(consented.location)).location, /^https:\/\/tabs\.example\/cb\?code=/);
  assert.match(
    (await browser.post(`${again.location}/login`, form)).location,
    /^\/sign-in\?.*error=invalid_credentials/,
  );
  const posted = await browser.post(`${again.location}/login`, { ...form, password: 'chuva fina no telhado' });
  assert.match((await browser.get(posted.location)).location, /^https:\/\/tabs\.example\/cb\?code=/);
  const expired = /\/sign-in\/problem\?reason=expired$/;
  assert.match((await browser.get(stopped.location)).location, expired, 'the old password was given');
  assert.match((await there.post(`${elsewhere.location}/consent`, {})).location, expired, 'another browser');
});

test('a form whose password changes while it is looked at signs nobody in', async () => {
  const registered = await account('flight@example.com');
  const browser = openBrowser(origin);
  const started = await browser.get(authorizePath({ challenge: pkce().challenge }));
  const posted = await duringChange(platform, {
    change: ["update users set password_hash = 'another' where id = $1", [registered.user.id]],
    request: () =>
      browser.post(`${started.location}/login`, { email: 'flight@example.com', password: 'vento quieto na serra' }),
  });
  assert.match(posted.location, /^\/sign-in\?.*error=invalid_credentials/);
  const { pathname } = new URL(started.location, origin);
  const resumed = await browser.get(`/oidc/auth/${pathname.split('/').at(-1)}`);
  assert.doesNotMatch(resumed.location, /code=/);
  const { rows } = await platform.host
    .database('identity')
    .pool.query('select count(*)::int as n from oidc_payloads where account_id = $1', [registered.user.id]);
  assert.equal(rows[0].n, 0);
});

/** What is kept of a person, and can be gone on with. */
async function keptOf(userId: string) {
  const { rows } = await platform.host
    .database('identity')
    .pool.query("select model from oidc_payloads where account_id = $1 and model <> 'RefreshToken'", [userId]);
  return rows.map(({ model }) => model);
}

test('a sign-in that is gone on with while the password changes begins no session', async () => {
  const registered = await account('resume@example.com');
  const browser = openBrowser(origin);
  const started = await browser.get(authorizePath({ challenge: pkce().challenge }));
  const posted = await browser.post(`${started.location}/login`, {
    email: 'resume@example.com',
    password: 'vento quieto na serra',
  });
  const resumed = await duringEnding(platform, {
    userId: registered.user.id,
    ending: () => changePassword(registered.accessToken),
    request: () => browser.get(posted.location),
  });
  assert.match(resumed.location, /\/sign-in\/problem\?reason=expired$/, `${resumed.status} ${resumed.text}`);
  assert.deepEqual(await keptOf(registered.user.id), []);
  const silent = await browser.get(authorizePath({ challenge: pkce().challenge }));
  assert.match(silent.location, /^\/oidc\/interaction\//);
});

test('a tab that is at work the moment another one of its browser changes the password goes on', async () => {
  for (const isAskedAgain of [false, true]) {
    const email = `at-work-${isAskedAgain}@example.com`;
    const registered = await account(email);
    const { browser, code, verifier } = await signIn(email);
    const own = (await exchange(code, verifier)).body;
    const other = pkce();
    let path = authorizePath({ challenge: other.challenge });
    if (isAskedAgain) {
      const asked = await browser.get(authorizePath({ challenge: other.challenge, extra: { prompt: 'login' } }));
      path = (await browser.post(`${asked.location}/login`, { email, password: 'vento quieto na serra' })).location;
    }
    const answer = await duringEnding(platform, {
      userId: registered.user.id,
      ending: () => changePassword(own.access_token),
      request: () => browser.get(path),
    });
    const callback = new URL(answer.location, origin);
    assert.equal(callback.pathname, '/auth/callback', `${answer.location} ${answer.text}`);
    const there = await exchange(callback.searchParams.get('code') ?? '', other.verifier);
    assert.equal(there.status, 200);
    for (const { refresh_token } of [own, there.body])
      assert.equal((await token({ grant_type: 'refresh_token', refresh_token })).status, 200);
    const silent = await browser.get(authorizePath({ challenge: pkce().challenge }));
    assert.match(silent.location, /\/auth\/callback\?code=/);
  }
});

for (const { what, end } of [
  {
    what: 'the password changes',
    end: (_userId: string, accessToken: string) => changePassword(accessToken),
  },
  {
    what: 'their person signs out everywhere',
    end: async (id: string, token: string) =>
      platform.call('DELETE', '/api/users/me/sessions', { as: { id, email: '', name: '', roles: [], token } }),
  },
]) {
  test(`a browser session that is used while ${what} does not come back`, async () => {
    const email = `${what.replaceAll(' ', '-')}@example.com`;
    const registered = await account(email);
    const { browser } = await signIn(email);
    const answer = await duringEnding(platform, {
      userId: registered.user.id,
      ending: () => end(registered.user.id, registered.accessToken),
      request: () => browser.get(authorizePath({ challenge: pkce().challenge })),
    });
    assert.match(answer.location, /\/sign-in\/problem\?reason=expired$/, `${answer.status} ${answer.text}`);
    assert.deepEqual(await keptOf(registered.user.id), []);
    const silent = await browser.get(authorizePath({ challenge: pkce().challenge }));
    assert.match(silent.location, /^\/oidc\/interaction\//);
  });
}

test('a browser session that is used while it is ended alone does not come back', async () => {
  const registered = await account('alone@example.com');
  const { browser } = await signIn('alone@example.com');
  const answer = await duringChange(platform, {
    change: ["delete from oidc_payloads where model = 'Session' and account_id = $1", [registered.user.id]],
    request: () => browser.get(authorizePath({ challenge: pkce().challenge })),
  });
  assert.match(answer.location, /\/sign-in\/problem\?reason=expired$/, `${answer.status} ${answer.text}`);
  const silent = await browser.get(authorizePath({ challenge: pkce().challenge }));
  assert.match(silent.location, /^\/oidc\/interaction\//);
});

test('a consent that is given while the password changes makes no grant', async () => {
  const registered = await account('consenting@example.com');
  const redirect = 'https://diary.example/cb';
  const { pool } = platform.host.database('identity');
  await pool.query("insert into oidc_clients (id, name, redirect_uris) values ('diary', 'Diary', $1)", [[redirect]]);
  const { browser } = await signIn('consenting@example.com');
  const { challenge } = pkce();
  const asked = await browser.get(authorizePath({ client: 'diary', redirect, scope: 'openid profile', challenge }));
  const consented = await duringEnding(platform, {
    userId: registered.user.id,
    ending: () => changePassword(registered.accessToken),
    request: () => browser.post(`${asked.location}/consent`, {}),
  });
  assert.match(consented.location, /^\/sign-in\/problem\?reason=expired$/, `${consented.status} ${consented.text}`);
  assert.deepEqual(await keptOf(registered.user.id), []);
});

test('a refresh token that is used while the password changes leads nowhere, and the session that changes it keeps its own', async () => {
  const registered = await account('rotating@example.com');
  const one = await signIn('rotating@example.com');
  const own = (await exchange(one.code, one.verifier)).body;
  const two = await signIn('rotating@example.com');
  const other = (await exchange(two.code, two.verifier)).body;
  const [mine, theirs] = await duringEnding(platform, {
    userId: registered.user.id,
    ending: () => changePassword(own.access_token),
    request: () =>
      Promise.all([own, other].map(({ refresh_token }) => token({ grant_type: 'refresh_token', refresh_token }))),
  });
  assert.equal(mine?.status, 200, JSON.stringify(mine?.body));
  const refreshed = (refresh_token = '') => token({ grant_type: 'refresh_token', refresh_token });
  assert.equal((await refreshed(mine?.body.refresh_token)).status, 200);
  assert.equal((await refreshed(theirs?.body.refresh_token)).status, 400);
});

test('a code that was not exchanged before the password changed is worth nothing', async () => {
  const registered = await account('unused@example.com');
  const { code, verifier } = await signIn('unused@example.com');
  await changePassword(registered.accessToken);
  assert.equal((await exchange(code, verifier)).status, 400);
});

test('guessing through the forms of the web is limited like guessing through the API', async () => {
  await account('guess@example.com');
  const browser = openBrowser(origin);
  const started = await browser.get(authorizePath({ challenge: pkce().challenge }));
  const errors: (string | null)[] = [];
  for (let n = 0; n < 11; n += 1) {
    const { location } = await browser.post(
      `${started.location}/login`,
      { email: 'guess@example.com', password: `guess ${n}` },
      { 'user-agent': 'stranger' },
    );
    errors.push(new URL(location, origin).searchParams.get('error'));
  }
  assert.deepEqual(errors, [...Array(10).fill('invalid_credentials'), 'too_many_attempts']);
});

test('20 refreshes at once by our web all succeed, and the session lives on', async () => {
  await account('tabs@example.com');
  const { code, verifier } = await signIn('tabs@example.com');
  const first = (await exchange(code, verifier)).body.refresh_token;
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => token({ grant_type: 'refresh_token', refresh_token: first })),
  );
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  const last = answers.at(-1)?.body.refresh_token ?? '';
  assert.equal((await token({ grant_type: 'refresh_token', refresh_token: last })).status, 200);
});

test('the provider answers without a network too, which is how our web reaches it', async () => {
  await account('inject@example.com');
  const { code, verifier } = await signIn('inject@example.com');
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: `${origin}/auth/callback`,
    code_verifier: verifier,
  };
  const answer = await platform.host.app.inject({
    method: 'POST',
    url: '/oidc/token',
    headers: {
      authorization: `Basic ${Buffer.from(`stoa-web:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams(form).toString(),
  });
  assert.equal(answer.statusCode, 200, answer.body);
  assert.ok(Tokens.parse(answer.json()).access_token);
});

test('the addresses of the provider are ours, whatever Host a client writes', async () => {
  const answer = await platform.host.app.inject({
    url: '/.well-known/openid-configuration',
    headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  });
  const document = z.record(z.string(), z.unknown()).parse(answer.json());
  for (const [name, value] of Object.entries(document))
    if (/_endpoint$|_uri$|^issuer$/.test(name)) assert.ok(String(value).startsWith(`${origin}`), `${name}: ${value}`);
  assert.equal(document.token_endpoint, `${origin}/oidc/token`);
  assert.equal(document.pushed_authorization_request_endpoint, undefined);
});

test('behind TLS every cookie is secure, whatever the connection to the process is', async () => {
  const secure = await startTestPlatform([identity], { ownIssuer: true, publicUrl: 'https://stoa.example' });
  const query = new URLSearchParams({
    client_id: 'stoa-web',
    redirect_uri: 'https://stoa.example/auth/callback',
    response_type: 'code',
    scope: 'openid',
    code_challenge: pkce().challenge,
    code_challenge_method: 'S256',
  });
  const answer = await secure.host.app.inject({ url: `/oidc/auth?${query}` });
  const cookies = [answer.headers['set-cookie'] ?? []].flat();
  await secure.close();
  assert.ok(cookies.length > 0, answer.body);
  for (const cookie of cookies) assert.match(cookie, /; secure/i);
  for (const cookie of cookies) assert.match(cookie, /; httponly/i);
});
