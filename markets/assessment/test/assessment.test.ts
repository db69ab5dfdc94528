import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AssessmentService, CourseArchived, CoursePublished, UserDeleted } from '@stoa/contracts';
import type { ProblemDefinition } from '@stoa/contracts/problem';
import { emit, listErrors, listStatements, locales, serviceCtx, statement, systemIds } from '@stoa/kernel';
import {
  type Answer,
  eventually,
  type Person,
  person,
  startTestPlatform,
  type TestPlatform,
} from '@stoa/kernel/testing';
import { issueTexts } from '../src/errors.ts';
import { findUsedFiles } from '../src/find-used-files.ts';
import { assessment } from '../src/index.ts';
import { LearnerProblem } from '../src/show-learner-problem.ts';
import { aProblem, multipleChoice, numerical, paragraph, singleChoice, textual, ungradable } from './problems.ts';
import { siblings } from './siblings.ts';

let platform: TestPlatform;
const others = siblings();
const service = serviceCtx('test');

before(async () => {
  platform = await startTestPlatform([...others.contexts, assessment]);
});
after(() => platform.close());

type Lesson = { courseId: string; lessonId: string };

function aLesson(courseId = systemIds.id()): Lesson {
  return { courseId, lessonId: systemIds.id() };
}

/** Stores problems under the names given and answers their ids by name. */
async function put(lesson: Lesson, problems: Record<string, ProblemDefinition>): Promise<Record<string, string>> {
  const stored = await platform.host.client(AssessmentService).putProblems(
    {
      ...lesson,
      problems: Object.entries(problems).map(([sourceKey, definition]) => ({
        sourceKey,
        definitionJson: JSON.stringify(definition),
      })),
    },
    service,
  );
  return Object.fromEntries(stored.problems.map((problem) => [problem.sourceKey, problem.id]));
}

async function learnerOf(lesson: Lesson): Promise<Person> {
  const learner = await person();
  others.enroll(learner.id, lesson.courseId);
  return learner;
}

/** A lesson with one problem and a learner who may work on it. */
async function oneProblem(definition: ProblemDefinition): Promise<{ lesson: Lesson; id: string; learner: Person }> {
  const lesson = aLesson();
  const { only = '' } = await put(lesson, { only: definition });
  return { lesson, id: only, learner: await learnerOf(lesson) };
}

function submit(
  id: string,
  as: Person,
  answers: unknown,
  rest: { key?: string; locale?: string } = {},
): Promise<Answer> {
  return platform.call('POST', `/api/problems/${id}/attempts`, {
    as,
    body: { answers },
    ...(rest.locale === undefined ? {} : { locale: rest.locale }),
    ...(rest.key === undefined ? {} : { headers: { 'idempotency-key': rest.key } }),
  });
}

async function publish(lesson: Lesson, facts: { instructorId?: string; preview?: boolean; language?: string } = {}) {
  const db = platform.host.database('courses');
  await db.transaction((tx) =>
    emit(tx, service, systemIds, {
      event: CoursePublished,
      aggregate: lesson.courseId,
      data: {
        course: {
          id: lesson.courseId,
          language: facts.language ?? 'en',
          state: 'published',
          instructorId: facts.instructorId ?? '',
        },
        lessons: [{ id: lesson.lessonId, preview: facts.preview ?? false }],
      },
    }),
  );
  await platform.host.settle();
}

const eventsOf = statement<[type: string, key: string], { data: Record<string, unknown> }>(
  'assessment.test_events',
  'select data from outbox where type = $1 and partition_key = $2 order by seq',
);
async function events(type: string, lesson: Lesson, who: Person): Promise<Record<string, unknown>[]> {
  const rows = await platform.host.database('assessment').rows(eventsOf, [type, `${lesson.lessonId}/${who.id}`]);
  return rows.map((row) => row.data);
}
const GRADED = 'stoa.assessment.problem.graded.v1';
const PASSED = 'stoa.assessment.lesson.passed.v1';

const breaths = aProblem([numerical([{ value: 12, credit: 1 }])], {
  hints: ['Count them.', 'More than ten.'],
  solution: paragraph('Twelve.'),
});

test('every statement can be prepared by the role of the context', async () => {
  const db = platform.host.database('assessment');
  for (const { name, text, context } of listStatements()) {
    if (context !== 'assessment') continue;
    await db.pool
      .query(`prepare "check ${name}" as ${text}`)
      .catch((error: unknown) => assert.fail(`${name}: ${error}`));
  }
});

test('every error and hint to the learner is written in all languages', () => {
  const own = listErrors().filter(([code]) => /problem|attempt|answer/u.test(code));
  assert.ok(own.length >= 8);
  for (const texts of [...own.map(([, definition]) => definition.title), ...Object.values(issueTexts)]) {
    assert.equal(new Set(locales.map((locale) => texts[locale])).size, locales.length);
  }
});

test('an enrolled learner sees the problems of a lesson in order, without answers', async () => {
  const lesson = aLesson();
  const ids = await put(lesson, {
    one: aProblem([singleChoice([{ id: 'yes', correct: true, feedback: 'Well done.' }])], { title: 'One' }),
    two: breaths,
    three: aProblem([ungradable()], { title: 'Three' }),
  });
  const answer = await platform.call('GET', `/api/lessons/${lesson.lessonId}/problems`, {
    as: await learnerOf(lesson),
  });
  assert.equal(answer.status, 200);
  const items = answer.body.items.map((item: unknown) => LearnerProblem.parse(item));
  assert.deepEqual(
    items.map((item: LearnerProblem) => item.id),
    [ids.one, ids.two, ids.three],
  );
  assert.deepEqual(
    items.map((item: LearnerProblem) => item.state.submit),
    ['allowed', 'allowed', 'not_gradable'],
  );
  const text = answer.raw.toString();
  for (const secret of ['Well done', 'correct', 'Twelve', '<secret/>', '"yes"'])
    assert.ok(!text.includes(secret), secret);
});

test('problems of a course that was never published are open to whoever writes it, and to nobody else', async () => {
  const lesson = aLesson();
  const { only: id = '' } = await put(lesson, { only: breaths });
  const author = await person({ roles: ['instructor'] });
  others.teach(author.id, lesson.courseId);
  const list = async (as?: Person) =>
    (await platform.call('GET', `/api/lessons/${lesson.lessonId}/problems`, as ? { as } : {})).status;
  assert.equal(await list(author), 200);
  assert.equal((await submit(id, author, { number: '12' })).body.state.passed, true, 'tried as a learner would');
  assert.equal(await list(await person({ roles: ['instructor'] })), 403);
  assert.equal(await list(await person()), 403);
  assert.equal(await list(), 403);
  const unknown = aLesson();
  await put(unknown, { only: breaths });
  const answer = await platform.call('GET', `/api/lessons/${unknown.lessonId}/problems`, { as: author });
  assert.equal(answer.body.code, 'problem_not_open', 'of a course that courses does not know');
});

test('problems are closed to visitors and strangers, open to teachers of the course and in previews', async () => {
  const { lesson, id } = await oneProblem(breaths);
  const stranger = await person();
  const teacher = await person({ roles: ['instructor'] });
  const otherTeacher = await person({ roles: ['instructor'] });
  const read = async (as?: Person) => (await platform.call('GET', `/api/problems/${id}`, { as })).status;
  await publish(lesson, { instructorId: teacher.id });
  assert.equal(await read(), 403);
  assert.equal(await read(stranger), 403);
  assert.equal(await read(otherTeacher), 403);
  assert.equal(await read(teacher), 200);
  assert.equal(await read(await person({ roles: ['admin'] })), 200);
  const listed = await platform.call('GET', `/api/lessons/${lesson.lessonId}/problems`, { as: stranger });
  assert.deepEqual([listed.status, listed.body.code], [403, 'problem_not_open']);
  assert.equal((await submit(id, stranger, { number: '12' })).body.code, 'problem_not_open');
  assert.equal((await platform.call('POST', `/api/problems/${id}/hints`, { as: stranger })).status, 403);
  assert.equal((await platform.call('POST', `/api/problems/${id}/attempts`, { body: { answers: {} } })).status, 401);

  await publish(lesson, { instructorId: teacher.id, preview: true });
  assert.equal(await read(), 200);
  assert.equal((await submit(id, stranger, { number: '12' })).status, 201);

  await platform.host.database('courses').transaction((tx) =>
    emit(tx, service, systemIds, {
      event: CourseArchived,
      aggregate: lesson.courseId,
      data: { courseId: lesson.courseId },
    }),
  );
  await platform.host.settle();
  assert.equal(await read(), 403, 'a preview of an archived course is no longer public');

  const successor = await person();
  await platform.host.database('courses').transaction((tx) =>
    emit(tx, service, systemIds, {
      event: CourseArchived,
      aggregate: lesson.courseId,
      data: {
        courseId: lesson.courseId,
        course: { id: lesson.courseId, language: 'en', state: 'archived', instructorId: successor.id },
        lessons: [{ id: lesson.lessonId, preview: true }],
      },
    }),
  );
  await platform.host.settle();
  assert.deepEqual([await read(successor), await read()], [200, 403], 'an archived course that changed');
});

test('an unknown problem is not found and an unknown lesson has no problems', async () => {
  const who = await person();
  const missing = await platform.call('GET', `/api/problems/${systemIds.id()}`, { as: who });
  assert.deepEqual([missing.status, missing.body.code], [404, 'problem_not_found']);
  const empty = await platform.call('GET', `/api/lessons/${systemIds.id()}/problems`, { as: who });
  assert.deepEqual([empty.status, empty.body], [200, { items: [] }]);
});

test('a wrong answer counts, a right one passes and shows the solution, and then there is nothing to submit', async () => {
  const { lesson, id, learner } = await oneProblem(breaths);
  const wrong = await submit(id, learner, { number: '11' });
  assert.equal(wrong.status, 201);
  const first = LearnerProblem.parse(wrong.body);
  assert.deepEqual(first.state, { attempts: 1, attemptsLeft: null, bestScore: 0, passed: false, submit: 'allowed' });
  assert.equal(first.lastAttempt?.result.responses[0]?.state, 'incorrect');
  assert.equal(first.problem.solution, null);

  const right = LearnerProblem.parse((await submit(id, learner, { number: ' 24/2 ' })).body);
  assert.deepEqual(right.state, {
    attempts: 2,
    attemptsLeft: null,
    bestScore: 1,
    passed: true,
    submit: 'already_solved',
  });
  assert.deepEqual(right.lastAttempt?.answers, { number: { text: '24/2', value: 12 } });
  assert.deepEqual(right.problem.solution?.content, paragraph('Twelve.'));

  const again = await submit(id, learner, { number: '12' });
  assert.deepEqual([again.status, again.body.code], [409, 'problem_already_solved']);
  const reread = await platform.call('GET', `/api/problems/${id}`, { as: learner });
  assert.deepEqual(LearnerProblem.parse(reread.body), right, 'reading it later shows the same');

  const graded = await events(GRADED, lesson, learner);
  assert.deepEqual(
    graded.map((event) => [event.score, event.passed]),
    [
      [0, false],
      [1, true],
    ],
  );
  assert.deepEqual(await events(PASSED, lesson, learner), [
    { userId: learner.id, courseId: lesson.courseId, lessonId: lesson.lessonId },
  ]);
});

test('choices are answered by the ids shown, and feedback comes back by them', async () => {
  const { id, learner } = await oneProblem(
    aProblem([
      multipleChoice(
        [
          { id: 'a', correct: true, feedback: 'Yes, a.' },
          { id: 'b', correct: true },
          { id: 'c', correct: false, feedback: 'Not c.' },
        ],
        { shuffle: true, partialCredit: 'each' },
      ),
    ]),
  );
  const before = LearnerProblem.parse((await platform.call('GET', `/api/problems/${id}`, { as: learner })).body);
  const [part] = before.problem.parts;
  assert.ok(part?.type === 'response' && part.response.kind === 'multiple_choice');
  const idOf = (text: string) =>
    part.response.kind === 'multiple_choice'
      ? (part.response.choices.find((choice) => JSON.stringify(choice.content).includes(`Text of ${text}`))?.id ?? '')
      : '';
  const graded = LearnerProblem.parse((await submit(id, learner, { multiple: [idOf('c'), idOf('a')] })).body);
  assert.ok(Math.abs(graded.state.bestScore - 1 / 3) < 1e-9);
  assert.deepEqual(graded.lastAttempt?.answers, { multiple: { choiceIds: [idOf('a'), idOf('c')] } });
  assert.deepEqual(graded.lastAttempt?.result.responses[0]?.feedback, [
    { choiceId: idOf('a'), text: 'Yes, a.' },
    { choiceId: idOf('c'), text: 'Not c.' },
  ]);
  const guessed = await submit(id, learner, { multiple: ['a', 'b'] });
  assert.deepEqual([guessed.status, guessed.body.errors[0].code], [422, 'unknown_choice']);
});

test('an answer that cannot be read is explained in the language of the learner and counts nothing', async () => {
  const { lesson, id, learner } = await oneProblem({ ...breaths, maxAttempts: 1 });
  const refused = await submit(id, learner, { number: 'doze' }, { locale: 'pt-BR' });
  assert.equal(refused.status, 422);
  assert.equal(refused.body.code, 'answers_not_understood');
  assert.deepEqual(refused.body.errors, [
    { pointer: '/answers/number', code: 'invalid_number', message: issueTexts.invalid_number['pt-BR'] },
  ]);
  assert.equal((await submit(id, learner, {})).body.code, 'nothing_answered');
  assert.equal((await submit(id, learner, { number: '  ' })).body.code, 'nothing_answered');
  assert.equal((await submit(id, learner, { other: 'x' })).body.errors[0].code, 'unknown_response');
  for (const malformed of [{ answers: [] }, { answers: { number: { $gt: 1 } } }, {}, { answers: {}, score: 1 }]) {
    const answer = await platform.call('POST', `/api/problems/${id}/attempts`, { as: learner, body: malformed });
    assert.deepEqual([answer.status, answer.body.code], [400, 'validation_failed'], JSON.stringify(malformed));
  }
  assert.deepEqual(await events(GRADED, lesson, learner), []);
  assert.equal((await submit(id, learner, { number: '12,0' }, { locale: 'pt-BR' })).body.state.passed, true);
});

test('text that the database could not keep as it is does no harm', async () => {
  const { id, learner } = await oneProblem(aProblem([textual(['Doc'])]));
  const answer = await submit(id, learner, { text: 'D\u0000oc\ud800' });
  assert.equal(answer.status, 201);
  assert.equal((await submit(id, learner, { text: 'Do\u0000c' })).body.state.passed, true);
});

test('with its attempts used up a problem shows the solution and takes no more', async () => {
  const { id, learner } = await oneProblem({ ...breaths, maxAttempts: 2 });
  assert.equal((await submit(id, learner, { number: '1' })).body.state.attemptsLeft, 1);
  const last = LearnerProblem.parse((await submit(id, learner, { number: '2' })).body);
  assert.deepEqual([last.state.submit, last.state.attemptsLeft], ['no_attempts_left', 0]);
  const [part] = last.problem.parts;
  assert.equal(part?.type === 'response' ? part.response.reveal?.example : undefined, '12');
  const more = await submit(id, learner, { number: '12' });
  assert.deepEqual([more.status, more.body.code], [409, 'no_attempts_left']);
});

const countAttempts = statement<[problemId: string], { count: number; numbers: number[] }>(
  'assessment.test_count_attempts',
  'select count(*) as count, array_agg(number order by number) as numbers from attempts where problem_id = $1',
);

test('a pass mark that is lowered counts for those who reached it before, and for nobody else', async () => {
  const halves = aProblem([singleChoice('+-', { id: 'first' }), singleChoice('+-', { id: 'second' })], {
    maxAttempts: 1,
  });
  const lesson = aLesson();
  const { only = '' } = await put(lesson, { only: halves });
  const [half, none] = [await learnerOf(lesson), await learnerOf(lesson)];
  const choose = async (who: Person, right: boolean) => {
    const { body } = await platform.call('GET', `/api/problems/${only}`, { as: who });
    const [first] = body.problem.parts;
    const [yes, no] = first.response.choices.map((choice: { id: string }) => choice.id);
    const { body: after } = await submit(only, who, { first: right ? yes : no });
    return after.state;
  };
  assert.deepEqual(await choose(half, true), {
    attempts: 1,
    attemptsLeft: 0,
    bestScore: 0.5,
    passed: false,
    submit: 'no_attempts_left',
  });
  assert.equal((await choose(none, false)).passed, false);
  await put(lesson, { only: { ...halves, passThreshold: 0.5 } });
  const passed = async (who: Person) =>
    (await platform.call('GET', `/api/problems/${only}`, { as: who })).body.state.passed;
  assert.deepEqual([await passed(half), await passed(none)], [true, false]);
  assert.equal((await events(PASSED, lesson, half)).length, 1);
  assert.equal((await events(PASSED, lesson, none)).length, 0);
  await put(lesson, { only: halves });
  assert.equal(await passed(half), true, 'what was passed stays passed');
});

test('fifty submissions at once to a problem with one attempt make one attempt', async () => {
  const { lesson, id, learner } = await oneProblem({ ...breaths, maxAttempts: 1 });
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => submit(id, learner, { number: `${i}` })));
  assert.equal(answers.filter((answer) => answer.status === 201).length, 1);
  const refused = answers.filter((answer) => answer.status === 409).map((answer) => answer.body.code);
  assert.equal(refused.length, 49);
  assert.ok(refused.every((code) => code === 'no_attempts_left' || code === 'problem_already_solved'));
  const row = await platform.host.database('assessment').row(countAttempts, [id]);
  assert.deepEqual(row, { count: 1, numbers: [1] });
  assert.equal((await events(GRADED, lesson, learner)).length, 1);
});

test('fifty submissions at once to a problem with seven attempts make attempts one to seven', async () => {
  const { id, learner } = await oneProblem({ ...breaths, maxAttempts: 7 });
  const answers = await Promise.all(Array.from({ length: 50 }, () => submit(id, learner, { number: '1' })));
  assert.equal(answers.filter((answer) => answer.status === 201).length, 7);
  const row = await platform.host.database('assessment').row(countAttempts, [id]);
  assert.deepEqual(row?.numbers, [1, 2, 3, 4, 5, 6, 7]);
});

test('the same request twice is one attempt with one answer', async () => {
  const { id, learner } = await oneProblem(breaths);
  const first = await submit(id, learner, { number: '3' }, { key: 'again' });
  const second = await submit(id, learner, { number: '3' }, { key: 'again' });
  assert.deepEqual(second.body, first.body);
  assert.equal(second.headers['idempotency-replayed'], 'true');
  assert.equal((await submit(id, learner, { number: '4' }, { key: 'again' })).body.code, 'idempotency_key_reused');
  const forget = statement<[key: string], never>(
    'assessment.test_forget_key',
    'delete from idempotency_keys where key = $1',
  );
  await platform.host.database('assessment').run(forget, ['again']);
  const afterCrash = await submit(id, learner, { number: '3' }, { key: 'again' });
  assert.equal(afterCrash.body.state.attempts, 1, 'killed between commit and answer, the retry finds the attempt');
});

test('hints appear one by one and stay', async () => {
  const { id, learner } = await oneProblem(breaths);
  const ask = async () =>
    (await platform.call('POST', `/api/problems/${id}/hints`, { as: learner })).body.problem.hints;
  assert.deepEqual(await ask(), ['Count them.']);
  assert.deepEqual(await ask(), ['Count them.', 'More than ten.']);
  assert.deepEqual(await ask(), ['Count them.', 'More than ten.']);
  const graded = await submit(id, learner, { number: '1' });
  assert.equal(graded.body.problem.hints.length, 2);
  assert.equal(graded.body.state.attempts, 1, 'a hint is not an attempt');
});

test('a problem is passed from the score its author asks for, and never shows answers that its author keeps', async () => {
  const halves = ['a', 'b'].map((id) => numerical([{ value: 42, credit: 1 }], { id }));
  const { id, learner } = await oneProblem(
    aProblem(halves, { passThreshold: 0.5, showAnswer: 'never', maxAttempts: 2, solution: paragraph('Because') }),
  );
  const { body: half } = await submit(id, learner, { a: '42', b: '1' });
  assert.deepEqual([half.state.bestScore, half.state.passed, half.state.submit], [0.5, true, 'allowed']);
  const { body: full } = await submit(id, learner, { a: '42', b: '42' });
  assert.deepEqual([full.state.bestScore, full.state.submit, full.problem.solution], [1, 'already_solved', null]);
  assert.doesNotMatch(JSON.stringify(full.problem), /reveal|Because/);
});

test('a lesson is passed once, when the last of its gradable problems is', async () => {
  const lesson = aLesson();
  const ids = await put(lesson, { one: breaths, two: breaths, essay: aProblem([ungradable()]) });
  const learner = await learnerOf(lesson);
  await submit(ids.one ?? '', learner, { number: '12' });
  assert.equal((await events(PASSED, lesson, learner)).length, 0);
  await submit(ids.two ?? '', learner, { number: '12' });
  assert.equal((await events(PASSED, lesson, learner)).length, 1);
  const essay = await submit(ids.essay ?? '', learner, { essay: 'Long text' });
  assert.deepEqual([essay.status, essay.body.code], [409, 'problem_not_gradable']);
  const onlyEssays = aLesson();
  await put(onlyEssays, { essay: aProblem([ungradable()]) });
  assert.equal((await events(PASSED, onlyEssays, learner)).length, 0, 'where nothing is graded nothing is passed');
});

test('the problems of a lesson passed at the same moment still pass the lesson, once', async () => {
  for (let round = 0; round < 10; round++) {
    const lesson = aLesson();
    const ids = Object.values(await put(lesson, { a: breaths, b: breaths, c: breaths, d: breaths }));
    const learner = await learnerOf(lesson);
    await Promise.all(ids.map((id) => submit(id, learner, { number: '12' })));
    assert.equal((await events(PASSED, lesson, learner)).length, 1);
  }
});

test('putting the same problems again changes nothing; changed ones keep id and attempts', async () => {
  const lesson = aLesson();
  const read = statement<[lessonId: string], { id: string; version: number; updated_at: string }>(
    'assessment.test_versions',
    'select id, version, updated_at from problems where lesson_id = $1 order by id',
  );
  const rows = () => platform.host.database('assessment').rows(read, [lesson.lessonId]);
  const ids = await put(lesson, { one: breaths, two: breaths });
  const stored = await rows();
  assert.deepEqual(await put(lesson, { one: breaths, two: breaths }), ids);
  assert.deepEqual(await rows(), stored);

  const learner = await learnerOf(lesson);
  await submit(ids.one ?? '', learner, { number: '1' });
  const changed = { ...breaths, title: 'Changed' };
  assert.deepEqual(await put(lesson, { two: breaths, one: changed }), { two: ids.two, one: ids.one });
  const now = await platform.call('GET', `/api/lessons/${lesson.lessonId}/problems`, { as: learner });
  assert.deepEqual(
    now.body.items.map((item: LearnerProblem) => [item.id, item.problem.title, item.state.attempts]),
    [
      [ids.two, 'A problem', 0],
      [ids.one, 'Changed', 1],
    ],
  );
});

test('a problem that is gone is retired; back again it has its attempts', async () => {
  const lesson = aLesson();
  const ids = await put(lesson, { one: breaths, two: breaths });
  const learner = await learnerOf(lesson);
  await submit(ids.one ?? '', learner, { number: '1' });
  await submit(ids.two ?? '', learner, { number: '12' });
  assert.equal((await events(PASSED, lesson, learner)).length, 0);
  await put(lesson, { two: breaths });
  assert.equal((await platform.call('GET', `/api/problems/${ids.one}`, { as: learner })).status, 404);
  assert.equal((await events(PASSED, lesson, learner)).length, 1, 'all that are left are passed');
  const elsewhere = { courseId: lesson.courseId, lessonId: systemIds.id() };
  assert.deepEqual(await put(elsewhere, { one: breaths }), { one: ids.one });
  const back = await platform.call('GET', `/api/problems/${ids.one}`, { as: learner });
  assert.deepEqual([back.body.lessonId, back.body.state.attempts], [elsewhere.lessonId, 1]);
});

test('definitions that do not fit are refused whole, and faulty ones are stored as not gradable', async () => {
  const lesson = aLesson();
  await put(lesson, { one: breaths });
  const client = platform.host.client(AssessmentService);
  const bad = (definitionJson: string) =>
    client.putProblems({ ...lesson, problems: [{ sourceKey: 'bad', definitionJson }] }, service);
  await assert.rejects(bad('{'), { code: 'problem_definition_invalid' });
  await assert.rejects(bad('{"version":1}'), { code: 'problem_definition_invalid' });
  const twice = { sourceKey: 'x', definitionJson: JSON.stringify(breaths) };
  await assert.rejects(client.putProblems({ ...lesson, problems: [twice, twice] }, service), {
    code: 'problem_definition_invalid',
  });
  const student = await person();
  const asStudent = {
    ...service,
    actor: { kind: 'user', userId: student.id, roles: student.roles, email: '', emailVerified: true, name: '' },
  } as const;
  await assert.rejects(client.putProblems({ ...lesson, problems: [] }, asStudent), { code: 'not_allowed' });
  const answer = await platform.call('GET', `/api/lessons/${lesson.lessonId}/problems`, {
    as: await learnerOf(lesson),
  });
  assert.equal(answer.body.items.length, 1, 'nothing was changed');

  const evil = aProblem([textual([{ match: 'pattern', value: '(?=(a+)+$)' }])]);
  const dirty = JSON.stringify({ ...breaths, title: 'Zero \u0000 and \ud800' });
  const stored = await client.putProblems(
    {
      ...lesson,
      problems: [
        { sourceKey: 'evil', definitionJson: JSON.stringify(evil) },
        { sourceKey: 'dirty', definitionJson: dirty },
      ],
    },
    service,
  );
  assert.deepEqual(
    stored.problems.map((problem) => [
      problem.sourceKey,
      problem.gradable,
      problem.faults.map((fault) => fault.reason),
    ]),
    [
      ['evil', false, ['pattern_not_supported']],
      ['dirty', true, []],
    ],
  );
});

test('texts come in the language of the learner, the rest in that of the course', async () => {
  const lesson = aLesson();
  const definition: ProblemDefinition = {
    ...breaths,
    title: 'Respiração',
    translations: { en: { title: 'Breathing' } },
  };
  const { only = '' } = await put(lesson, { only: definition });
  await publish(lesson, { language: 'pt-BR' });
  const learner = await learnerOf(lesson);
  const title = async (locale: string) => {
    const { body } = await platform.call('GET', `/api/problems/${only}`, { as: learner, locale });
    return [body.problem.title, body.problem.language];
  };
  assert.deepEqual(await title('en'), ['Breathing', 'en']);
  assert.deepEqual(await title('pt-BR'), ['Respiração', 'pt-BR']);
  assert.deepEqual(await title('es'), ['Respiração', 'pt-BR']);
});

test('attempts cannot be changed, and go when the person does', async () => {
  const { id, learner } = await oneProblem(breaths);
  await submit(id, learner, { number: '12' });
  const db = platform.host.database('assessment');
  await assert.rejects(db.pool.query('update attempts set score = 0'), /never changed/u);
  await platform.host
    .database('identity')
    .transaction((tx) =>
      emit(tx, service, systemIds, { event: UserDeleted, aggregate: learner.id, data: { userId: learner.id } }),
    );
  await platform.host.settle();
  assert.equal((await db.row(countAttempts, [id]))?.count, 0);
});

test('a token that outlives its account leaves no attempt, no hint and no result behind', async () => {
  const { id, learner } = await oneProblem(breaths);
  const erase = async (who: Person) => {
    await platform.host
      .database('identity')
      .transaction((tx) =>
        emit(tx, service, systemIds, { event: UserDeleted, aggregate: who.id, data: { userId: who.id } }),
      );
    await platform.host.settle();
  };
  const { pool } = platform.host.database('assessment');
  const isForgotten = async (who: Person) => {
    const left = await pool.query(
      `select 'attempt' as at from attempts where user_id = $1 union all select 'state' from problem_states where user_id = $1
       union all select 'result' from lesson_results where user_id = $1
       union all select 'said' from outbox where data ->> 'userId' = $1::text`,
      [who.id],
    );
    assert.deepEqual(left.rows, []);
    const marks = await pool.query('select user_id from erased_people where user_id = $1', [who.id]);
    assert.deepEqual(marks.rows, [{ user_id: who.id }]);
  };
  await erase(learner);
  const hint = () => platform.call('POST', `/api/problems/${id}/hints`, { as: learner });
  for (const ask of [() => submit(id, learner, { number: '12' }), () => submit(id, learner, { number: '1' }), hint]) {
    const answer = await ask();
    assert.deepEqual([answer.status, answer.body.code], [401, 'invalid_token']);
  }
  await erase(learner);
  await isForgotten(learner);
});

test('a lesson that becomes passed by a change of its author is none of somebody who is being forgotten', async () => {
  const lesson = aLesson();
  const { one = '' } = await put(lesson, { one: breaths, two: breaths });
  await publish(lesson);
  const learner = await learnerOf(lesson);
  await submit(one, learner, { number: '12' });
  const { pool } = platform.host.database('assessment');
  const forgetting = await pool.connect();
  let isDone = false;
  let changing: Promise<unknown>;
  try {
    await forgetting.query('begin');
    await forgetting.query('select note_erased($1, now())', [learner.id]);
    for (const table of ['attempts', 'problem_states', 'lesson_results'])
      await forgetting.query(`delete from ${table} where user_id = $1`, [learner.id]);
    changing = put(lesson, { one: breaths }).then(() => {
      isDone = true;
    });
    await eventually(async () => {
      const { rows } = await pool.query(
        'select from pg_stat_activity a, unnest(pg_blocking_pids(a.pid)) as by where datname = current_database()',
      );
      return isDone || rows.length > 0;
    });
    await forgetting.query('commit');
  } finally {
    forgetting.release(true);
  }
  await changing;
  const left = await pool.query('select lesson_id from lesson_results where user_id = $1', [learner.id]);
  assert.deepEqual(left.rows, []);
});

test('media is told of the files that problems show, also those of problems that are gone', async () => {
  const [shown, retired, spare] = [systemIds.id(), systemIds.id(), systemIds.id()];
  const withPicture = (id: string) =>
    aProblem([multipleChoice('+-')], { solution: [{ type: 'image', attrs: { src: `asset:${id}`, alt: 'Leaves' } }] });
  const lesson = aLesson();
  await put(lesson, { one: withPicture(shown), two: withPicture(retired) });
  await put(lesson, { one: withPicture(shown) });
  const find = findUsedFiles({ db: platform.host.database('assessment') });
  assert.deepEqual((await find({ ids: [shown, retired, spare] }, service)).ids.toSorted(), [shown, retired].toSorted());
});
