import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  afterAttempt,
  attemptsLeft,
  isPassed,
  maySubmit,
  type ProblemProgress,
  type ProblemRules,
  solutionDue,
} from '../src/attempt-rules.ts';
import { gradeProblem } from '../src/grade-problem.ts';
import { aProblem, multipleChoice, singleChoice } from './problems.ts';

const rules: ProblemRules = { gradable: true, maxAttempts: 2, passThreshold: 1, showAnswer: 'finished' };
const fresh: ProblemProgress = { attempts: 0, bestScore: 0 };

test('attempts may be submitted until they are used up or the score is full', () => {
  assert.equal(maySubmit(rules, fresh), 'allowed');
  assert.equal(maySubmit(rules, { attempts: 1, bestScore: 0.5 }), 'allowed');
  assert.equal(maySubmit(rules, { attempts: 2, bestScore: 0.5 }), 'no_attempts_left');
  assert.equal(maySubmit(rules, { attempts: 1, bestScore: 1 }), 'already_solved');
  assert.equal(maySubmit({ ...rules, maxAttempts: null }, { attempts: 999, bestScore: 0 }), 'allowed');
  assert.equal(maySubmit({ ...rules, gradable: false }, fresh), 'not_gradable');
});

test('who passed below the full score may go on to better it', () => {
  const lenient = { ...rules, maxAttempts: null, passThreshold: 0.5 };
  const progress = { attempts: 1, bestScore: 0.6 };
  assert.ok(isPassed(lenient, progress));
  assert.equal(maySubmit(lenient, progress), 'allowed');
  assert.equal(solutionDue(lenient, progress), false);
});

test('the author may show the answers earlier, or never', () => {
  const tried = { attempts: 1, bestScore: 0 };
  const solved = { attempts: 1, bestScore: 1 };
  const due = (showAnswer: ProblemRules['showAnswer']) =>
    [fresh, tried, solved].map((progress) => solutionDue({ ...rules, showAnswer }, progress));
  assert.deepEqual(due('finished'), [false, false, true]);
  assert.deepEqual(due('attempted'), [false, true, true]);
  assert.deepEqual(due('always'), [true, true, true]);
  assert.deepEqual(due('never'), [false, false, false]);
});

test('the solution is due exactly when no attempt could profit from it', () => {
  fc.assert(
    fc.property(
      fc.record({
        gradable: fc.boolean(),
        maxAttempts: fc.option(fc.integer({ min: 1, max: 5 })),
        passThreshold: fc.constant(1),
        showAnswer: fc.constant('finished' as const),
      }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
      (anyRules, scores) => {
        const progress = scores.reduce(afterAttempt, fresh);
        assert.notEqual(solutionDue(anyRules, progress), maySubmit(anyRules, progress) === 'allowed');
        assert.equal(progress.bestScore, Math.max(0, ...scores), 'best score counts');
        const left = attemptsLeft(anyRules, progress);
        assert.ok(left === null ? anyRules.maxAttempts === null : left >= 0);
      },
    ),
  );
});

test('a better or equal score never turns passed into not passed', () => {
  const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
  fc.assert(
    fc.property(scores, fc.double({ min: 0, max: 1, noNaN: true }), (earlier, next) => {
      const before = earlier.reduce(afterAttempt, fresh);
      if (isPassed(rules, before)) assert.ok(isPassed(rules, afterAttempt(before, next)));
    }),
  );
});

test('a score that is exactly the pass mark passes, whatever binary fractions make of it', () => {
  const tenths = Array.from({ length: 10 }, (_, index) => singleChoice('+-', { id: `r${index}`, weight: 0.1 }));
  for (const [problem, right, passThreshold] of [
    [aProblem(tenths), 7, 0.7],
    [aProblem(tenths), 6, 0.6],
    [aProblem(tenths.slice(0, 6)), 2, 2 / 6],
  ] as const) {
    const answers = Object.fromEntries(
      tenths.slice(0, right).map(({ id }) => [id, { kind: 'choices' as const, choiceIds: ['choice-0'] }]),
    );
    const { score } = gradeProblem(problem, answers);
    assert.ok(isPassed({ ...rules, passThreshold }, afterAttempt(fresh, score)), `${right} of them: ${score}`);
    assert.ok(!isPassed({ ...rules, passThreshold: passThreshold + 0.001 }, afterAttempt(fresh, score)));
  }
  // Seven of ten ticks right in each of three responses.
  const each = ['a', 'b', 'c'].map((id) => multipleChoice('++++++++++', { id, partialCredit: 'each' }));
  const ticks = { kind: 'choices' as const, choiceIds: Array.from({ length: 7 }, (_, index) => `choice-${index}`) };
  const { score } = gradeProblem(aProblem(each), { a: ticks, b: ticks, c: ticks });
  assert.ok(isPassed({ ...rules, passThreshold: 0.7 }, afterAttempt(fresh, score)), `${score}`);
});
