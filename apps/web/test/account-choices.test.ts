import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutLocale } from '../src/session/account-choices.ts';

test('a place to return to loses its language and nothing else', () => {
  for (const [path, bare] of [
    ['/pt-BR', '/'],
    ['/pt-BR/courses?q=a%2Fb#top', '/courses?q=a%2Fb#top'],
    ['/es?x=1', '/?x=1'],
    ['/es/', '/'],
    ['/es//elsewhere.example', '/elsewhere.example'],
    ['/courses/es', '/courses/es'],
    ['/essays', '/essays'],
    ['/', '/'],
  ] as const)
    assert.equal(withoutLocale(path), bare, path);
});
