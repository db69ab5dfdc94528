import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { documentPhrases, localizeBlocks, unsupportedBlock } from '@stoa/contracts/document-notes';
import type { Note, NoteLocale, Phrase } from '@stoa/contracts/note';
import { note, notePhrases, sayNotes } from '../src/import/notes.ts';

const locales: NoteLocale[] = ['en', 'pt-BR', 'es'];
const forms = (phrase: Phrase): readonly string[] => (typeof phrase === 'string' ? [phrase] : phrase);
const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe('what a loss report says', () => {
  test('is written in all three languages, with the same facts in each', () => {
    assert.ok(Object.keys(notePhrases).length > 150);
    for (const [code, phrases] of Object.entries(notePhrases)) {
      const english = forms(phrases.en);
      for (const locale of locales) {
        const own = forms(phrases[locale]);
        assert.equal(own.length, english.length, `${code} ${locale}`);
        for (const text of own) {
          assert.ok(text.trim() !== '', `${code} ${locale}`);
          assert.deepEqual(namesIn(text), namesIn(english[0] ?? ''), `${code} ${locale}`);
        }
      }
      const same = code === 'detail' || code === 'in_html' || forms(phrases.en)[0] !== forms(phrases['pt-BR'])[0];
      assert.ok(same || code === 'tool_of_host', `${code} is not translated`);
    }
  });

  test('counts as each language does', () => {
    const scripts = (count: number) => locales.map((locale) => sayNotes([note('scripts_removed', { count })], locale));
    assert.deepEqual(scripts(1), ['1 script removed', '1 script removido', '1 script eliminado']);
    assert.deepEqual(scripts(3), ['3 scripts removed', '3 scripts removidos', '3 scripts eliminados']);
    assert.equal(scripts(12_345)[1], '12.345 scripts removidos');
  });

  test('says the reason inside a reason in the same language', () => {
    const why = note('question_left_out', { number: 3, reason: note('several_right_choices', { found: 2 }) });
    assert.equal(sayNotes([why], 'en'), 'question 3: left out, 2 choices are marked as right');
    assert.equal(sayNotes([why], 'pt-BR'), 'pergunta 3: ficou de fora, 2 opções estão marcadas como certas');
  });

  test('stays readable when a code is not known, or a stored parameter is missing', () => {
    assert.equal(sayNotes([{ code: 'of_a_later_version', params: {} }], 'es'), 'of_a_later_version');
    assert.equal(sayNotes([{ code: 'text_missing', params: {} }], 'en'), 'its text  is missing');
    for (const code of ['constructor', '__proto__']) assert.equal(sayNotes([{ code, params: {} }], 'en'), code);
    const hostile: Note = { code: 'text_missing', params: { path: '{path} $& <b>' } };
    assert.equal(sayNotes([hostile], 'en'), 'its text {path} $& <b> is missing');
  });
});

describe('notes of documents', () => {
  const says = { code: 'tool_not_run', params: { tool: { code: 'tool_poll', params: {} } } };
  const block = unsupportedBlock({ kind: 'poll', title: 'Lunch', says });

  test('are in the language of whoever reads, wherever they stand', () => {
    const quoted = localizeBlocks([{ type: 'blockquote', content: [block] }], 'pt-BR');
    assert.match(
      JSON.stringify(quoted),
      /Esta parte do curso original é uma enquete\. O Stoa ainda não consegue executá-la\./,
    );
    assert.match(JSON.stringify(localizeBlocks([block], 'es')), /una encuesta rápida/);
  });

  test('that were stored without a code are translated where they say something known, else left as they are', () => {
    const old = (text: string) => ({ type: 'unsupported' as const, attrs: { kind: 'x', title: '', note: text } });
    const { en, es } = documentPhrases.file_not_in_source;
    const now = { ...old(es).attrs, says: { code: 'file_not_in_source', params: {} } };
    assert.deepEqual(localizeBlocks([old(en)], 'es'), [{ type: 'unsupported', attrs: now }]);
    assert.deepEqual(localizeBlocks([old('Something else.')], 'es'), [old('Something else.')]);
  });
});
