import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Block } from '@stoa/contracts/document';
import { ProblemDefinition } from '@stoa/contracts/problem';
import { type Addresses, assetPathsIn, assetsIn, rewriteDocument, rewriteProblem } from '../src/rewrite-document.ts';

const picture = '018f0000-0000-7000-8000-000000000001';
const lesson = '018f0000-0000-7000-8000-000000000002';
const to: Addresses = {
  asset: (path) => (path === 'a.png' ? picture : undefined),
  lesson: (key) => (key === 'next' ? lesson : undefined),
  problem: (key) => (key === 'p' ? 'stored' : undefined),
};
const image = (path: string): Block => ({ type: 'image', attrs: { src: `asset:${path}`, alt: 'An alt' } });
const link = (href: string): Block => ({
  type: 'paragraph',
  content: [{ type: 'text', text: 'here', marks: [{ type: 'bold' }, { type: 'link', attrs: { href } }] }],
});

describe('addresses of a source', () => {
  test('become addresses of the stored course, however deep they lie', () => {
    const nested: Block = {
      type: 'details',
      attrs: { summary: 's' },
      content: [
        { type: 'bulletList', content: [{ type: 'listItem', content: [image('a.png')] }] },
        {
          type: 'table',
          content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [link('lesson:next#part')] }] }],
        },
      ],
    };
    const text = JSON.stringify(rewriteDocument({ type: 'doc', content: [nested] }, to));
    assert.ok(text.includes(`asset:${picture}`) && text.includes(`lesson:${lesson}#part`));
    assert.doesNotMatch(text, /a\.png|lesson:next/);
  });

  test('that lead nowhere become notes and plain text', () => {
    const { content } = rewriteDocument(
      {
        type: 'doc',
        content: [
          image('gone.png'),
          link('lesson:gone'),
          link('asset:gone.pdf'),
          link('https://example.com/'),
          { type: 'problem', attrs: { problemId: 'p' } },
          { type: 'problem', attrs: { problemId: 'gone' } },
        ],
      },
      to,
    );
    const plain = { type: 'paragraph', content: [{ type: 'text', text: 'here', marks: [{ type: 'bold' }] }] };
    assert.deepEqual(content[0], {
      type: 'unsupported',
      attrs: {
        kind: 'image',
        title: 'An alt',
        note: 'The source does not contain this file.',
        says: { code: 'file_not_in_source', params: {} },
      },
    });
    assert.deepEqual([content[1], content[2]], [plain, plain]);
    assert.deepEqual(content[3], link('https://example.com/'));
    assert.deepEqual(content[4], { type: 'problem', attrs: { problemId: 'stored' } });
    assert.equal(content[5]?.type, 'unsupported');
  });

  test('are replaced in every part and every language of a problem', () => {
    const definition = ProblemDefinition.parse({
      version: 1,
      title: 'One',
      parts: [
        { type: 'prose', content: [image('a.png')] },
        {
          type: 'response',
          response: {
            id: 'r',
            kind: 'single_choice',
            label: 'Which?',
            choices: [{ id: 'c', content: [image('a.png')], correct: true }],
          },
        },
      ],
      solution: [link('lesson:next')],
      translations: {
        'pt-BR': {
          title: 'Um',
          prose: { '0': [image('a.png')] },
          choices: { c: [image('gone.png')] },
          solution: [link('lesson:next')],
          labels: { r: 'Qual?' },
        },
      },
    });
    const rewritten = ProblemDefinition.parse(rewriteProblem(definition, to));
    const text = JSON.stringify(rewritten);
    assert.doesNotMatch(text, /asset:(?!018f)|lesson:(?!018f)/);
    assert.equal(text.match(new RegExp(`asset:${picture}`, 'g'))?.length, 3);
    assert.equal(text.match(new RegExp(`lesson:${lesson}`, 'g'))?.length, 2);
    const portuguese = rewritten.translations?.['pt-BR'];
    assert.deepEqual([portuguese?.title, portuguese?.labels], ['Um', { r: 'Qual?' }]);
    assert.equal(portuguese?.choices?.c?.[0]?.type, 'unsupported');
  });

  test('are found by what they are, not by how they look', () => {
    const code: Block = { type: 'codeBlock', attrs: {}, text: '"src":"asset:fake.png"' };
    const document = { type: 'doc' as const, content: [code, image('a.png'), image(picture), image(picture)] };
    assert.deepEqual(assetPathsIn(document), ['a.png', picture]);
    assert.deepEqual(assetsIn(document), [picture]);
  });
});
