import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { providerSettings } from '../../src/providers/configure-providers.ts';
import { capabilityTable, factTable, listCapabilities } from '../../src/providers/describe-providers.ts';
import { readFacts } from '../../src/providers/facts.ts';
import { sandboxSettings } from '../../src/providers/sandbox/open-sandbox.ts';
import { pageColors } from '../../src/providers/sandbox/page.ts';
import { outcomes } from '../../src/providers/sandbox/play-payer.ts';

const folder = new URL('../../../../docs/payments/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** The text between the two comments of a name. */
function part(text: string, name: string): { before: string; content: string; after: string } {
  const [start, end] = [text.indexOf(`<!-- ${name}:`), text.indexOf(`<!-- /${name} -->`)];
  assert.ok(start >= 0 && end > start, `README has no place for ${name}`);
  const from = text.indexOf('-->', start) + 4;
  return { before: text.slice(0, from), content: text.slice(from, end), after: text.slice(end) };
}

describe('the documentation of payments', () => {
  for (const [name, content] of [
    ['capabilities', capabilityTable(readFacts())],
    ['facts', factTable()],
  ] as const) {
    it(`shows the ${name} the code has`, () => {
      const text = read('README.md');
      const { before, content: shown, after } = part(text, name);
      const expected = `\n${content}\n\n`;
      if (process.env.STOA_WRITE_DOCS) writeFileSync(new URL('README.md', folder), before + expected + after);
      else assert.equal(shown, expected, 'write it anew with STOA_WRITE_DOCS=1');
    });
  }

  it('names every setting, and no other', () => {
    const known = new Set([...Object.keys(providerSettings.shape), ...Object.keys(sandboxSettings.shape)]);
    const text = read('README.md');
    for (const setting of known) assert.ok(text.includes(`| \`${setting}\` `), `${setting} is not in the table`);
    const others = new Set(['STOA_CONFIG', 'STOA_WRITE_DOCS']);
    // What tests read.
    for (const name of ['STOA_SIM_SEED', 'STOA_SIM_SEEDS', 'STOA_QUOTA_ROUNDS', 'STOA_CRASH_EACH', 'STOA_KILLS'])
      others.add(name);
    for (const file of readdirSync(folder)) {
      for (const [setting] of read(file).matchAll(/STOA_[A-Z_]+[A-Z]/g))
        assert.ok(known.has(setting) || others.has(setting), `${file} names ${setting}, which nobody reads`);
    }
  });

  it('has a guide for every provider, and every outcome of the sandbox', () => {
    for (const name of Object.keys(listCapabilities(readFacts()))) assert.ok(read(`${name}.md`).length > 500);
    for (const outcome of outcomes) assert.ok(read('sandbox.md').includes(`\`${outcome}\``), outcome);
  });

  it('leads nowhere that is not there', () => {
    for (const file of readdirSync(folder)) {
      for (const [, target] of read(file).matchAll(/\]\(([^)#]+)\)/g)) assert.ok(read(target ?? '').length > 0);
    }
  });
});

describe('the sandbox’s page', () => {
  it('has the colors of the web', () => {
    const css = readFileSync(new URL('../../../../apps/web/src/design/tokens.css', import.meta.url), 'utf8');
    const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
    for (const [scheme, declarations] of [
      [light, pageColors.light],
      [dark, pageColors.dark],
    ] as const) {
      for (const declaration of declarations.split(';')) {
        const [name = '', value = ''] = declaration.replace('--', '').split(':');
        const token = /^(primary|ring)/.test(name) ? `learn-${name}` : name;
        assert.ok(scheme.includes(`--${token}: ${value};`), `${token} is not ${value}`);
      }
    }
  });
});
