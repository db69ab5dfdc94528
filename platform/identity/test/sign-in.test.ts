import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestPlatform, type TestPlatform } from '@stoa/kernel/testing';
import { identity } from '../src/index.ts';

let platform: TestPlatform;
before(async () => {
  platform = await startTestPlatform([identity], { ownIssuer: true });
});
after(() => platform.close());

test('a person registers, is known, signs in again and refreshes', async () => {
  const registered = await platform.call('POST', '/api/auth/register', {
    body: { email: 'Ana@Example.com', password: 'vento quieto na serra', name: ' Ana  Souza ' },
  });
  assert.equal(registered.status, 201, JSON.stringify(registered.body));
  assert.equal(registered.body.user.name, 'Ana Souza');
  assert.equal(registered.body.expiresIn, 300);
  const me = await platform.call('GET', '/api/users/me', {
    headers: { authorization: `Bearer ${registered.body.accessToken}` },
  });
  assert.equal(me.status, 200, JSON.stringify(me.body));
  assert.deepEqual(me.body, registered.body.user);
  const signedIn = await platform.call('POST', '/api/auth/login', {
    body: { email: 'ana@example.COM', password: 'vento quieto na serra' },
  });
  assert.equal(signedIn.status, 200, JSON.stringify(signedIn.body));
  const refreshed = await platform.call('POST', '/api/auth/refresh', {
    body: { refreshToken: signedIn.body.refreshToken },
  });
  assert.equal(refreshed.status, 200, JSON.stringify(refreshed.body));
  assert.notEqual(refreshed.body.refreshToken, signedIn.body.refreshToken);
  const keys = await platform.call('GET', '/.well-known/jwks.json');
  assert.equal(keys.body.keys.length, 1);
  assert.equal(keys.body.keys[0].d, undefined);
});
