import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGradable, type ProblemDefinition } from '@stoa/contracts/problem';
import fc from 'fast-check';
import { canBeGraded, findFaults } from '../src/check-problem.ts';
import { gradeProblem, ProblemResult } from '../src/grade-problem.ts';
import { readAnswers, type SubmittedAnswers } from '../src/read-answers.ts';
import {
  anyAnswers,
  aProblem,
  gradableProblems,
  multipleChoice,
  numerical,
  singleChoice,
  textual,
  ungradable,
} from './problems.ts';

function grade(definition: ProblemDefinition, submitted: SubmittedAnswers, locale = 'en'): ProblemResult {
  const read = readAnswers(definition, submitted, { locale });
  assert.ok(read.ok, JSON.stringify(read));
  return gradeProblem(definition, read.answers);
}

function issuesOf(definition: ProblemDefinition, submitted: SubmittedAnswers): string[] {
  const read = readAnswers(definition, submitted, { locale: 'en' });
  return read.ok ? [] : read.issues.map((issue) => `${issue.responseId}:${issue.code}`);
}

test('a single choice is right or wrong and gives the feedback of the choice picked', () => {
  const problem = aProblem([
    singleChoice([
      { id: 'a', correct: true, feedback: 'Yes, because.' },
      { id: 'b', correct: false, feedback: 'Look again.' },
    ]),
  ]);
  assert.deepEqual(grade(problem, { single: 'a' }), {
    score: 1,
    points: 1,
    maxPoints: 1,
    gradable: true,
    responses: [{ id: 'single', state: 'correct', credit: 1, feedback: [{ choiceId: 'a', text: 'Yes, because.' }] }],
  });
  const wrong = grade(problem, { single: ['b'] });
  assert.equal(wrong.score, 0);
  assert.deepEqual(wrong.responses[0]?.feedback, [{ choiceId: 'b', text: 'Look again.' }]);
});

test('a missing, null or empty answer is unanswered and earns nothing', () => {
  const problem = aProblem([
    singleChoice('+-'),
    textual(['x']),
    numerical([{ value: 1, credit: 1 }]),
    multipleChoice('+-'),
  ]);
  for (const submitted of [{}, { single: null, text: null }, { single: '', text: '  ', number: ' ', multiple: [] }]) {
    const result = grade(problem, submitted);
    assert.equal(result.score, 0);
    assert.deepEqual([...new Set(result.responses.map((response) => response.state))], ['unanswered']);
  }
});

function multipleScores(marks: string, partialCredit: 'none' | 'each' | 'halves'): Record<string, number> {
  const problem = aProblem([multipleChoice(marks, { partialCredit })]);
  return Object.fromEntries(
    Array.from({ length: 2 ** marks.length }, (_, bits) => {
      const ticks = [...marks].map((_mark, index) => (bits & (1 << index) ? 'x' : '.'));
      const ids = ticks.flatMap((tick, index) => (tick === 'x' ? [`choice-${index}`] : []));
      return [ticks.join(''), grade(problem, { multiple: ids }).score];
    }),
  );
}

test('a multiple choice without partial credit is all or nothing', () => {
  assert.deepEqual(multipleScores('++-', 'none'), {
    '...': 0,
    'x..': 0,
    '.x.': 0,
    'xx.': 1,
    '..x': 0,
    'x.x': 0,
    '.xx': 0,
    xxx: 0,
  });
});

test('partial credit for each choice is the share rightly ticked or left, but nothing for no answer', () => {
  assert.deepEqual(multipleScores('++-', 'each'), {
    '...': 0,
    'x..': 2 / 3,
    '.x.': 2 / 3,
    'xx.': 1,
    '..x': 0,
    'x.x': 1 / 3,
    '.xx': 1 / 3,
    xxx: 2 / 3,
  });
});

test('halves give a half for one mistake from three choices and a quarter for two from five', () => {
  assert.deepEqual(multipleScores('+-', 'halves'), { '..': 0, 'x.': 1, '.x': 0, xx: 0 });
  const three = multipleScores('+--', 'halves');
  assert.deepEqual([three['x..'], three['xx.'], three.xxx, three['.x.']], [1, 0.5, 0, 0]);
  const four = multipleScores('++--', 'halves');
  assert.deepEqual([four['xx..'], four['x...'], four.xxxx, four['x.x.']], [1, 0.5, 0, 0]);
  const five = multipleScores('++---', 'halves');
  assert.deepEqual([five['xx...'], five['x....'], five['x.x..'], five['x.xx.']], [1, 0.5, 0.25, 0]);
});

test('where no choice is right, leaving all of them is the right answer and has to be given', () => {
  const problem = aProblem([multipleChoice('---')]);
  assert.equal(grade(problem, { multiple: [] }).score, 1);
  assert.equal(grade(problem, {}).responses[0]?.state, 'unanswered');
  assert.equal(grade(problem, { multiple: ['choice-0'] }).score, 0);
});

test('feedback on the very combination replaces that on single choices', () => {
  const problem = aProblem([
    multipleChoice(
      [
        { id: 'a', correct: true, feedback: 'a ticked', feedbackUnselected: 'a left' },
        { id: 'b', correct: true, feedback: 'b ticked', feedbackUnselected: 'b left' },
        { id: 'c', correct: false, feedback: 'c ticked' },
      ],
      { compoundFeedback: [{ choiceIds: ['b', 'a'], feedback: 'both' }] },
    ),
  ]);
  const feedback = (ids: string[]) => grade(problem, { multiple: ids }).responses[0]?.feedback;
  assert.deepEqual(feedback(['a', 'b']), [{ choiceId: null, text: 'both' }]);
  assert.deepEqual(feedback(['a', 'c']), [
    { choiceId: 'a', text: 'a ticked' },
    { choiceId: 'b', text: 'b left' },
    { choiceId: 'c', text: 'c ticked' },
  ]);
});

test('feedback comes in the language of the learner where it is translated', () => {
  const problem = aProblem([singleChoice([{ id: 'a', correct: true, feedback: 'Yes.' }])]);
  const read = readAnswers(problem, { single: 'a' }, { locale: 'es' });
  assert.ok(read.ok);
  const texts = { a: 'Sí.' };
  assert.deepEqual(gradeProblem(problem, read.answers, texts).responses[0]?.feedback, [{ choiceId: 'a', text: 'Sí.' }]);
});

function numberScore(problem: ProblemDefinition, text: string, locale = 'en'): number {
  return grade(problem, { number: text }, locale).score;
}

test('an absolute tolerance includes its edges in spite of binary fractions', () => {
  const problem = aProblem([numerical([{ value: 600, tolerance: { kind: 'absolute', amount: 0.1 }, credit: 1 }])]);
  assert.deepEqual(
    ['600', '600.1', '599.9', '600.11', '599.89'].map((text) => numberScore(problem, text)),
    [1, 1, 1, 0, 0],
  );
});

test('a tolerance in percent is relative to the value, also to a negative one', () => {
  const percent = (value: number) =>
    aProblem([numerical([{ value, tolerance: { kind: 'percent', amount: 10 }, credit: 1 }])]);
  assert.deepEqual(
    ['-18', '-22', '-22.1', '-17.9', '20'].map((text) => numberScore(percent(-20), text)),
    [1, 1, 0, 0, 0],
  );
  assert.deepEqual(
    ['0', '0.0001'].map((text) => numberScore(percent(0), text)),
    [1, 0],
    'ten percent of nothing',
  );
});

test('without a tolerance the number must be equal, but a calculated one may differ in the last bits', () => {
  const problem = aProblem([numerical([{ value: 0.3, credit: 1 }])]);
  assert.deepEqual(
    ['0.3', '0.1+0.2', '3/10', '0.30001', '0,3'].map((text) => numberScore(problem, text)),
    [1, 1, 1, 0, 1],
  );
});

test('intervals are open or closed at each end', () => {
  const interval = (fromInclusive: boolean, toInclusive: boolean) =>
    aProblem([numerical([{ from: 1, to: 2, fromInclusive, toInclusive, credit: 1 }])]);
  const scores = (problem: ProblemDefinition) => ['1', '1.0001', '2', '2.1'].map((text) => numberScore(problem, text));
  assert.deepEqual(scores(interval(true, true)), [1, 1, 1, 0]);
  assert.deepEqual(scores(interval(false, false)), [0, 1, 0, 0]);
  assert.deepEqual(scores(interval(true, false)), [1, 1, 0, 0]);
});

test('of several accepted answers the one that earns most counts, with its feedback', () => {
  const problem = aProblem([
    numerical([
      { value: 1, credit: 0.5, feedback: 'The lower root.' },
      { value: 2, credit: 1, feedback: 'The higher root.' },
      { from: 0, to: 3, fromInclusive: true, toInclusive: true, credit: 0.25, feedback: 'Near.' },
    ]),
  ]);
  assert.deepEqual(grade(problem, { number: '1' }).responses[0], {
    id: 'number',
    state: 'partial',
    credit: 0.5,
    feedback: [{ choiceId: null, text: 'The lower root.' }],
  });
  assert.equal(grade(problem, { number: '2' }).score, 1);
  assert.equal(grade(problem, { number: '2.5' }).score, 0.25);
});

test('the decimal comma is read in the language of the learner', () => {
  const problem = aProblem([numerical([{ value: 1234.5, credit: 1 }])]);
  assert.equal(numberScore(problem, '1.234,5', 'pt-BR'), 1);
  assert.equal(numberScore(problem, '1,234.5', 'en'), 1);
});

test('text answers ignore case unless told otherwise, and wrong ones can have feedback', () => {
  const problem = aProblem([
    textual(['Doc', 'Sleepy'], { wrongAnswers: [{ value: 'Snow White', feedback: 'She is not a dwarf.' }] }),
  ]);
  assert.equal(grade(problem, { text: ' sleepy ' }).score, 1);
  assert.deepEqual(grade(problem, { text: 'snow white' }).responses[0]?.feedback, [
    { choiceId: null, text: 'She is not a dwarf.' },
  ]);
  assert.equal(grade(aProblem([textual(['Doc'], { caseSensitive: true })]), { text: 'doc' }).score, 0);
});

test('a text pattern must match the whole answer', () => {
  const problem = aProblem([textual([{ match: 'pattern', value: '..bble' }])]);
  assert.deepEqual(
    ['Bubble', 'rubble ', 'bubbles', 'scribble'].map((text) => grade(problem, { text }).score),
    [1, 1, 0, 0],
  );
});

test('responses count by their weight', () => {
  const problem = aProblem([singleChoice('+-', { weight: 3 }), textual(['x'], { weight: 1 })], { points: 8 });
  const result = grade(problem, { single: 'choice-0', text: 'wrong' });
  assert.deepEqual([result.score, result.points, result.maxPoints], [0.75, 6, 8]);
});

test('a part that cannot be graded keeps the problem from counting', () => {
  const problem = aProblem([singleChoice('+-'), ungradable()]);
  const result = grade(problem, { single: 'choice-0' });
  assert.deepEqual([result.gradable, result.maxPoints, result.points, result.score], [false, 0, 0, 1]);
  assert.deepEqual(
    result.responses.map((response) => response.state),
    ['correct', 'ungradable'],
  );
  assert.equal(isGradable(problem), false);
});

test('faulty definitions are not graded rather than graded unfairly', () => {
  const faults = (problem: ProblemDefinition) => findFaults(problem).map((fault) => fault.reason);
  assert.deepEqual(faults(aProblem([singleChoice('--')])), ['no_right_answer']);
  assert.deepEqual(faults(aProblem([textual([{ match: 'pattern', value: '(?=x)' }])])), ['pattern_not_supported']);
  assert.deepEqual(faults(aProblem([numerical([{ value: 1, credit: 0.5 }])])), ['no_right_answer']);
  const backwards = { from: 2, to: 1, fromInclusive: true, toInclusive: true, credit: 1 };
  assert.deepEqual(faults(aProblem([numerical([backwards])])), ['interval_empty']);
  assert.deepEqual(faults(aProblem([singleChoice('+'), singleChoice('+')])), ['duplicate_id']);
  const twins = [
    { id: 'a', correct: true },
    { id: 'a', correct: false },
  ];
  assert.deepEqual(faults(aProblem([singleChoice(twins)])), ['duplicate_id']);
  assert.equal(canBeGraded(aProblem([])), false, 'nothing to answer');
});

test('answers that cannot be read are given back with a reason', () => {
  const problem = aProblem([
    singleChoice('+-'),
    multipleChoice('+-'),
    numerical([{ value: 1, credit: 1 }]),
    textual(['x']),
  ]);
  assert.deepEqual(issuesOf(problem, { number: 'about ten' }), ['number:invalid_number']);
  assert.deepEqual(issuesOf(problem, { number: Number.NaN }), ['number:invalid_number']);
  assert.deepEqual(issuesOf(problem, { number: ['1'], text: 5, single: 1 }).sort(), [
    'number:wrong_type',
    'single:wrong_type',
    'text:wrong_type',
  ]);
  assert.deepEqual(issuesOf(problem, { single: ['choice-0', 'choice-1'] }), ['single:one_choice_only']);
  assert.deepEqual(issuesOf(problem, { multiple: ['nothing-like-it'] }), ['multiple:unknown_choice']);
  assert.deepEqual(issuesOf(problem, { text: 'a'.repeat(2001) }), ['text:answer_too_long']);
  assert.deepEqual(issuesOf(problem, { other: 'x' }), ['other:unknown_response']);
});

test('ids that every object has are only names', () => {
  const problem = aProblem([
    singleChoice([{ id: 'constructor', correct: true }], { id: '__proto__' }),
    textual(['x'], { id: 'toString' }),
  ]);
  assert.equal(grade(problem, {}).score, 0);
  const result = grade(
    problem,
    Object.fromEntries([
      ['__proto__', 'constructor'],
      ['toString', 'x'],
    ]),
  );
  assert.equal(result.score, 1);
  assert.deepEqual(result.responses[0]?.feedback, []);
});

test('right answers to everything score exactly 1', () => {
  fc.assert(
    fc.property(gradableProblems, ({ definition, right }) => {
      const answered = definition.parts.some((part) => part.type === 'response');
      const result = grade(definition, right);
      assert.ok(answered && result.gradable);
      assert.equal(result.score, 1);
      assert.equal(result.points, result.maxPoints);
    }),
    { numRuns: 1000 },
  );
});

test('any readable answers score between 0 and 1 and give a result that fits its schema', () => {
  const cases = gradableProblems.chain(({ definition }) =>
    fc.record({ definition: fc.constant(definition), submitted: anyAnswers(definition) }),
  );
  fc.assert(
    fc.property(cases, ({ definition, submitted }) => {
      const read = readAnswers(definition, submitted, { locale: 'en' });
      if (!read.ok) return;
      const result = ProblemResult.parse(gradeProblem(definition, read.answers));
      assert.ok(result.points <= result.maxPoints);
      assert.deepEqual(gradeProblem(definition, read.answers), result, 'the same again');
    }),
    { numRuns: 2000 },
  );
});

test('neither the order of ticks nor that of answers nor repetition changes the result', () => {
  fc.assert(
    fc.property(gradableProblems, fc.infiniteStream(fc.nat()), ({ definition, right }, random) => {
      const shuffled = <T>(list: T[]): T[] =>
        list
          .map((item) => ({ item, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
      const reordered = Object.fromEntries(
        shuffled(Object.entries(right)).map(([id, value]) => [
          id,
          Array.isArray(value) && value.length > 0 ? shuffled([...value, ...value]) : value,
        ]),
      );
      assert.deepEqual(grade(definition, reordered), grade(definition, right));
    }),
  );
});

test('a problem asks for no more comparing than a server can spare, however many patterns it has', () => {
  const costly = (id: string, pattern: string) => textual([{ match: 'pattern', value: pattern, credit: 1 }], { id });
  const many = aProblem(
    Array.from({ length: 40 }, (_, index) => costly(`r${index}`, `([a-z]?[a-z0-9]?){150}${index}`)),
  );
  assert.ok(canBeGraded(aProblem([costly('one', '([a-z]?[a-z0-9]?){150}!')])), 'one of them may be');
  assert.ok(!canBeGraded(many));
  const faults = findFaults(many);
  assert.ok(
    faults.length >= 35 && faults.every(({ reason }) => reason === 'pattern_not_supported'),
    `${faults.length}`,
  );
  const broken = aProblem(Array.from({ length: 40 }, (_, index) => costly(`r${index}`, `(?=${index})`)));
  assert.equal(findFaults(broken).length, 40);
  const usual = Array.from({ length: 40 }, (_, index) =>
    costly(`r${index}`, `\\s*(the|an?)?\\s*answers? ${index}\\.?`),
  );
  assert.ok(canBeGraded(aProblem(usual)), 'those that people write are');
});
