import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProblemDefinition } from '@stoa/contracts/problem';
import fc from 'fast-check';
import { gradeProblem } from '../src/grade-problem.ts';
import { readAnswers } from '../src/read-answers.ts';
import { ProblemView, readChoiceId, type ShowOptions, showProblem, showResult } from '../src/show-problem.ts';
import {
  aProblem,
  gradableProblems,
  multipleChoice,
  numerical,
  paragraph,
  SECRET,
  singleChoice,
  textual,
  ungradable,
} from './problems.ts';

const key = new Uint8Array(32).fill(7);
const options: ShowOptions = { key, seed: 'ana:1', locale: 'en', sourceLanguage: 'en', hintsShown: 0, reveal: false };

function choiceIds(view: ProblemView): string[] {
  return view.parts.flatMap((part) =>
    part.type === 'response' && 'choices' in part.response ? part.response.choices.map((choice) => choice.id) : [],
  );
}

function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...(Array.isArray(value) ? [] : [name]), ...keysOf(inner)]);
}

test('no view tells answers, feedback, hints or the solution before they are due', () => {
  fc.assert(
    fc.property(gradableProblems, fc.string(), ({ definition }, seed) => {
      const view = ProblemView.parse(showProblem(definition, { ...options, seed }));
      const names = new Set(keysOf(view));
      for (const name of [
        'correct',
        'feedback',
        'feedbackUnselected',
        'compoundFeedback',
        'answers',
        'reveal',
        'raw',
        'wrongAnswers',
        'tolerance',
      ]) {
        assert.ok(!names.has(name), name);
      }
      assert.equal(view.solution, null);
      assert.ok(!JSON.stringify(view).includes(SECRET));
    }),
    { numRuns: 500 },
  );
});

test('a view is the same whichever choices are right', () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      fc.boolean(),
      (first, second, shuffle) => {
        const view = (marks: boolean[]) => {
          const list = marks.map((correct, index) => ({ id: `c${index}`, correct }));
          return showProblem(aProblem([multipleChoice(list, { shuffle })]), options);
        };
        assert.deepEqual(view(first), view(first.map((_, index) => second[index] ?? false)));
      },
    ),
  );
});

test('ids of choices do not repeat those of the author and lead back to them only with the key', () => {
  const response = singleChoice([
    { id: 'right', correct: true },
    { id: 'wrong', correct: false },
  ]);
  const shown = choiceIds(showProblem(aProblem([response]), options));
  assert.equal(new Set(shown).size, 2);
  assert.ok(shown.every((id) => /^[\w-]{12}$/u.test(id)));
  assert.deepEqual(
    shown.map((id) => readChoiceId(response, id, key)),
    ['right', 'wrong'],
  );
  assert.equal(readChoiceId(response, 'right', key), null);
  assert.equal(readChoiceId(response, shown[0] ?? '', new Uint8Array(32)), null);
});

test('choices are shuffled by the seed, the same way each time, and none is lost', () => {
  const problem = aProblem([singleChoice('+---------', { shuffle: true })]);
  const orders = Array.from({ length: 20 }, (_, attempt) =>
    choiceIds(showProblem(problem, { ...options, seed: `ana:${attempt}` })),
  );
  assert.deepEqual(choiceIds(showProblem(problem, { ...options, seed: 'ana:3' })), orders[3]);
  assert.ok(new Set(orders.map((order) => order.join())).size > 15, 'different attempts, different orders');
  assert.equal(new Set(orders.map((order) => [...order].sort().join())).size, 1);
  const fixed = aProblem([singleChoice('+---------', { shuffle: false })]);
  assert.deepEqual(
    choiceIds(showProblem(fixed, options)),
    choiceIds(showProblem(fixed, { ...options, seed: 'other' })),
  );
});

test('every position of a shuffle is about as likely', () => {
  const problem = aProblem([singleChoice('+---', { shuffle: true })]);
  const id = choiceIds(showProblem(aProblem([singleChoice('+---')]), options))[0] ?? '';
  const counts = [0, 0, 0, 0];
  for (let attempt = 0; attempt < 4000; attempt++) {
    const at = choiceIds(showProblem(problem, { ...options, seed: `ana:${attempt}` })).indexOf(id);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  assert.ok(
    counts.every((count) => count > 850 && count < 1150),
    counts.join(),
  );
});

test('an answer given in the shown ids is graded, and its feedback names the shown ids', () => {
  const problem = aProblem([
    multipleChoice(
      [
        { id: 'a', correct: true, feedback: 'Yes.' },
        { id: 'b', correct: false, feedbackUnselected: 'Rightly left.' },
      ],
      { shuffle: true },
    ),
  ]);
  const shown = choiceIds(showProblem(aProblem([multipleChoice('+-', { shuffle: false })]), options));
  assert.equal(shown.length, 2);
  const view = showProblem(problem, { ...options, reveal: true });
  const response = view.parts[0]?.type === 'response' ? view.parts[0].response : undefined;
  const rightIds = response?.reveal?.choiceIds ?? [];
  const read = readAnswers(
    problem,
    { multiple: rightIds },
    {
      locale: 'en',
      choiceId: (of, id) => readChoiceId(of, id, key),
    },
  );
  assert.ok(read.ok);
  const result = showResult(problem, gradeProblem(problem, read.answers), key);
  assert.equal(result.score, 1);
  const ids = choiceIds(view);
  assert.deepEqual(
    result.responses[0]?.feedback.map((item) => [ids.includes(item.choiceId ?? ''), item.text]),
    [
      [true, 'Yes.'],
      [true, 'Rightly left.'],
    ],
  );
});

test('hints appear one by one, the solution and right answers when they are due', () => {
  const problem = aProblem(
    [numerical([{ value: 12, credit: 1 }]), textual([{ match: 'pattern', value: 'a.*' }, { value: 'Doc' }])],
    { hints: ['First', 'Second'], solution: paragraph('Because.') },
  );
  assert.deepEqual(showProblem(problem, { ...options, hintsShown: 1 }).hints, ['First']);
  assert.equal(showProblem(problem, options).hintCount, 2);
  const revealed = showProblem(problem, { ...options, reveal: true });
  assert.deepEqual(revealed.solution, { content: paragraph('Because.'), language: 'en' });
  assert.deepEqual(
    revealed.parts.map((part) => (part.type === 'response' ? part.response.reveal?.example : undefined)),
    ['12', 'Doc'],
  );
});

test('parts that cannot be graded are shown as such, without their source', () => {
  const view = showProblem(aProblem([ungradable(), textual([{ match: 'pattern', value: '(?=x)' }])]), options);
  assert.equal(view.gradable, false);
  assert.deepEqual(
    view.parts.map((part) =>
      part.type === 'response' && part.response.kind === 'ungradable' ? part.response.sourceKind : '',
    ),
    ['openassessment', 'text'],
  );
  assert.ok(!JSON.stringify(view).includes('<secret/>'));
});

test('texts come in the language of the learner and fall back one by one', () => {
  const problem = ProblemDefinition.parse({
    ...aProblem([singleChoice('+-')], {
      title: 'Colours',
      hints: ['Look up', 'Look down'],
      solution: paragraph('Blue'),
      translations: {
        'pt-BR': {
          title: 'Cores',
          prose: { '1': paragraph('Que cor tem o céu?') },
          choices: { 'choice-0': paragraph('Azul') },
          hints: ['Olhe para cima'],
        },
      },
    }),
    parts: [
      { type: 'response', response: singleChoice('+-') },
      { type: 'prose', content: paragraph('What colour is the sky?') },
    ],
  });
  const view = showProblem(problem, { ...options, locale: 'pt-BR', hintsShown: 2, reveal: true });
  assert.deepEqual([view.title, view.language], ['Cores', 'pt-BR']);
  assert.deepEqual(view.hints, ['Olhe para cima', 'Look down']);
  assert.equal(view.solution?.language, 'en');
  const [response, prose] = view.parts;
  assert.deepEqual(prose, { type: 'prose', content: paragraph('Que cor tem o céu?'), language: 'pt-BR' });
  assert.ok(response?.type === 'response' && response.response.kind === 'single_choice');
  assert.deepEqual(
    response.response.choices.map((choice) => choice.language),
    ['pt-BR', 'en'],
  );
  assert.equal(showProblem(problem, { ...options, locale: 'pt' }).title, 'Cores', 'another variant of the language');
  assert.equal(showProblem(problem, { ...options, locale: 'es' }).title, 'Colours');
  const written = { ...options, locale: 'pt-PT', sourceLanguage: 'pt' };
  assert.equal(showProblem(problem, written).title, 'Colours', 'the source language beats a sibling');
});
