import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { toProblem } from '../src/api/problem.ts';
import { contentSecurityPolicy, createNonce, framedMailPolicy } from '../src/security/csp.ts';
import { securityHeaders } from '../src/security/headers.ts';
import { isSameOrigin } from '../src/security/same-origin.ts';

const directive = (policy: string, name: string) =>
  policy
    .split('; ')
    .find((part) => part.startsWith(`${name} `))
    ?.slice(name.length + 1);

test('the policy of production allows no inline code and no eval', () => {
  const policy = contentSecurityPolicy({ nonce: 'abc' });
  assert.doesNotMatch(policy, /unsafe-(inline|eval)/);
  assert.equal(directive(policy, 'script-src'), "'self' 'nonce-abc' 'strict-dynamic'");
  assert.equal(directive(policy, 'style-src'), "'self' 'nonce-abc'");
  const hash = createHash('sha256').update('display:none').digest('base64');
  assert.equal(directive(policy, 'style-src-attr'), `'unsafe-hashes' 'sha256-${hash}'`);
  assert.equal(directive(policy, 'object-src'), "'none'");
  assert.equal(directive(policy, 'base-uri'), "'none'");
  assert.equal(directive(policy, 'frame-ancestors'), "'none'");
  // Ours may be framed by us as far as this goes; their own frame-ancestors refuse it, all but mail previews.
  assert.equal(directive(policy, 'frame-src'), "'self' https://www.youtube-nocookie.com https://player.vimeo.com");
  assert.equal(directive(policy, 'form-action'), "'self'");
});

test('a mail shown in the console can run nothing, load nothing and reach nothing', () => {
  assert.equal(directive(framedMailPolicy, 'default-src'), "'none'");
  assert.equal(directive(framedMailPolicy, 'frame-ancestors'), "'self'");
  assert.equal(directive(framedMailPolicy, 'form-action'), "'none'");
  assert.doesNotMatch(framedMailPolicy, /script|allow-same-origin|allow-top-navigation/);
  assert.equal(securityHeaders({ secure: true, framed: true })['X-Frame-Options'], 'SAMEORIGIN');
  assert.equal(securityHeaders({ secure: true })['X-Frame-Options'], 'DENY');
});

test('an issuer on another origin may receive forms, and nobody else', () => {
  const policy = contentSecurityPolicy({ nonce: 'abc', formTargets: ['https://id.example'] });
  assert.equal(directive(policy, 'form-action'), "'self' https://id.example");
});

test('a nonce has 128 bits and never repeats', () => {
  const nonces = Array.from({ length: 1000 }, createNonce);
  assert.equal(new Set(nonces).size, nonces.length);
  for (const nonce of nonces) assert.equal(Buffer.from(nonce, 'base64').length, 16);
});

test('strict transport security is sent over https only', () => {
  assert.equal(securityHeaders({ secure: false })['Strict-Transport-Security'], undefined);
  assert.ok(securityHeaders({ secure: true })['Strict-Transport-Security']);
  assert.equal(securityHeaders({ secure: false })['X-Content-Type-Options'], 'nosniff');
});

test('a request from another site, a sibling host or nowhere is not ours', () => {
  const origin = 'http://localhost:3000';
  const from = (headers: Record<string, string>) => isSameOrigin(new Headers(headers), origin);
  assert.equal(from({ 'sec-fetch-site': 'same-origin' }), true);
  assert.equal(from({ origin }), true);
  assert.equal(from({ 'sec-fetch-site': 'cross-site', origin }), false);
  assert.equal(from({ 'sec-fetch-site': 'same-site' }), false);
  assert.equal(from({ 'sec-fetch-site': 'none' }), false);
  assert.equal(from({ origin: 'https://evil.example' }), false);
  assert.equal(from({ origin: 'null' }), false);
  assert.equal(from({}), false);
});

test('a problem keeps its code, trace id and fields, and any other body still becomes one', () => {
  const problem = toProblem(422, {
    code: 'invalid_input',
    title: 'Check the form',
    traceId: 't1',
    errors: [{ pointer: '/email', code: 'invalid_email', message: 'Not an address' }, 'noise'],
  });
  assert.deepEqual(
    { status: problem.status, code: problem.code, traceId: problem.traceId, errors: problem.errors },
    {
      status: 422,
      code: 'invalid_input',
      traceId: 't1',
      errors: [{ pointer: '/email', code: 'invalid_email', message: 'Not an address' }],
    },
  );
  assert.equal(toProblem(502, '<html>').code, 'http_502');
  assert.equal(toProblem(500, undefined).traceId, null);
});
