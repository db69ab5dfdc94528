import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGradable, type ResponseDefinition } from '@stoa/contracts/problem';
import fc from 'fast-check';
import { plainText } from '../src/import/document-text.ts';
import { evaluateNumber } from '../src/import/evaluate-number.ts';
import { readOlxProblem } from '../src/import/read-olx-problem.ts';
import { readXml } from '../src/import/read-xml.ts';

function read(xml: string, settings: Record<string, string> = {}) {
  const element = readXml(new TextEncoder().encode(xml));
  return readOlxProblem(element, { title: 'T', settings: { ...element.attributes, ...settings }, idPrefix: 'p' });
}
function responses(xml: string): ResponseDefinition[] {
  return read(xml).definition.parts.flatMap((part) => (part.type === 'response' ? [part.response] : []));
}
function only<K extends ResponseDefinition['kind']>(xml: string, kind: K): Extract<ResponseDefinition, { kind: K }> {
  const [response, ...others] = responses(xml);
  assert.deepEqual(others, []);
  return pick(response, kind);
}
function pick<K extends ResponseDefinition['kind']>(response: ResponseDefinition | undefined, kind: K) {
  const isKind = (one: ResponseDefinition | undefined): one is Extract<ResponseDefinition, { kind: K }> =>
    one?.kind === kind;
  if (!isKind(response)) throw new Error(`${response?.kind} instead of ${kind}`);
  return response;
}

test('single choice keeps label, description, order, feedback and shuffle', () => {
  const response = only(
    `<problem><multiplechoiceresponse><label>Which?</label><description>Pick one</description>
      <choicegroup shuffle="true"><choice correct="false">A <choicehint>No A</choicehint></choice><choice correct="true"><b>B</b></choice></choicegroup>
    </multiplechoiceresponse></problem>`,
    'single_choice',
  );
  assert.equal(response.label, 'Which?');
  assert.equal(response.description, 'Pick one');
  assert.equal(response.shuffle, true);
  assert.deepEqual(
    response.choices.map(({ id, correct, feedback }) => [id, correct, feedback]),
    [
      ['c1', false, 'No A'],
      ['c2', true, undefined],
    ],
  );
  assert.deepEqual(response.choices[1]?.content, [
    { type: 'paragraph', content: [{ type: 'text', text: 'B', marks: [{ type: 'bold' }] }] },
  ]);
});

test('multiple choice keeps partial credit, both feedbacks and compound feedback by letters', () => {
  const response = only(
    `<problem><choiceresponse partial_credit="EDC"><checkboxgroup>
      <choice correct="true">A<choicehint selected="true">yes</choicehint><choicehint selected="false">missed</choicehint></choice>
      <choice correct="false">B</choice><choice correct="true">C</choice>
      <compoundhint value="A C">both</compoundhint></checkboxgroup></choiceresponse></problem>`,
    'multiple_choice',
  );
  assert.equal(response.partialCredit, 'each');
  assert.deepEqual([response.choices[0]?.feedback, response.choices[0]?.feedbackUnselected], ['yes', 'missed']);
  assert.deepEqual(response.compoundFeedback, [{ choiceIds: ['c1', 'c3'], feedback: 'both' }]);
});

test('dropdowns are read in the old and the new form', () => {
  const old = only(
    `<problem><optionresponse><optioninput options="('it\\'s','b, c','d')" correct="b, c"/></optionresponse></problem>`,
    'dropdown',
  );
  assert.deepEqual(
    old.choices.map(({ content, correct }) => [plainText(content), correct]),
    [
      ["it's", false],
      ['b, c', true],
      ['d', false],
    ],
  );
  const now = only(
    `<problem><optionresponse><optioninput><option correct="False">a<optionhint>no</optionhint></option><option correct="True">b</option></optioninput></optionresponse></problem>`,
    'dropdown',
  );
  assert.deepEqual(
    now.choices.map(({ content, correct, feedback }) => [plainText(content), correct, feedback]),
    [
      ['a', false, 'no'],
      ['b', true, undefined],
    ],
  );
});

test('several dropdowns in one response are several responses', () => {
  const xml = `<problem><optionresponse><optioninput label="One" options="('a','b')" correct="a"/><optioninput label="Two" options="('a','b')" correct="b"/></optionresponse></problem>`;
  assert.deepEqual(
    responses(xml).map(({ kind, label, id }) => [kind, label, id]),
    [
      ['dropdown', 'One', 'r1'],
      ['dropdown', 'Two', 'r2'],
    ],
  );
});

const numericalAnswers = (attributes: string, inner = '') =>
  only(
    `<problem><numericalresponse ${attributes}>${inner}<formulaequationinput/></numericalresponse></problem>`,
    'numerical',
  ).answers;

test('numerical answers keep tolerance, percent, ranges, arithmetic and additional answers', () => {
  const exact = { kind: 'percent', amount: 0.001 };
  assert.deepEqual(numericalAnswers('answer="12"'), [{ value: 12, tolerance: exact, credit: 1 }]);
  const tolerance = (value: string) => `<responseparam type="tolerance" default="${value}"/>`;
  assert.deepEqual(numericalAnswers('answer="600"', tolerance('5')), [
    { value: 600, tolerance: { kind: 'absolute', amount: 5 }, credit: 1 },
  ]);
  assert.deepEqual(numericalAnswers('answer="4*10^2"', tolerance('2%')), [
    { value: 400, tolerance: { kind: 'percent', amount: 2 }, credit: 1 },
  ]);
  assert.deepEqual(numericalAnswers('answer="[1, 2.5)"'), [
    { from: 1, to: 2.5, fromInclusive: true, toInclusive: false, credit: 1 },
  ]);
  const two = numericalAnswers(
    'answer="1"',
    '<correcthint>One!</correcthint><additional_answer answer="2"><correcthint>Two!</correcthint></additional_answer>',
  );
  assert.deepEqual(
    two.map((one) => ['value' in one && one.value, one.feedback]),
    [
      [1, 'One!'],
      [2, 'Two!'],
    ],
  );
});

test('close numerical answers get half the credit when the source says so', () => {
  const answers = numericalAnswers(
    'answer="100" partial_credit="close"',
    '<responseparam type="tolerance" default="1"/><responseparam partial_range="3"/>',
  );
  assert.deepEqual(answers, [
    { value: 100, tolerance: { kind: 'absolute', amount: 1 }, credit: 1 },
    { value: 100, tolerance: { kind: 'absolute', amount: 3 }, credit: 0.5 },
  ]);
});

test('a numerical answer that only a script knows stays ungradable', () => {
  for (const answer of ['$z', 'x+1', '2*i', '']) {
    const xml = `<problem><script>z=1</script><numericalresponse answer="${answer}"><textline/></numericalresponse></problem>`;
    assert.equal(only(xml, 'ungradable').sourceKind, 'numericalresponse');
  }
});

const textOf = (attributes: string, inner = '') =>
  only(`<problem><stringresponse ${attributes}>${inner}<textline size="20"/></stringresponse></problem>`, 'text');

test('text answers keep case rule, alternatives, patterns and hints for wrong answers', () => {
  const plain = textOf(
    'answer="Paris" type="ci"',
    '<additional_answer answer="Lutetia"/><stringequalhint answer="Lyon">Close</stringequalhint><correcthint>Yes</correcthint>',
  );
  assert.deepEqual(
    plain.answers.map(({ match, value, feedback }) => [match, value, feedback]),
    [
      ['exact', 'Paris', 'Yes'],
      ['exact', 'Lutetia', undefined],
    ],
  );
  assert.deepEqual([plain.caseSensitive, plain.wrongAnswers], [false, [{ value: 'Lyon', feedback: 'Close' }]]);
  assert.equal(textOf('answer="Paris"').caseSensitive, true);
  assert.deepEqual(
    textOf('answer="a_or_b"').answers.map(({ value }) => value),
    ['a', 'b'],
  );
  assert.deepEqual(textOf('answer="(?P&lt;x&gt;a|b)\\-c" type="regexp"').answers[0], {
    match: 'pattern',
    value: '(?<x>a|b)\\x2dc',
    credit: 1,
  });
  assert.equal(textOf('answer="(?i)abc" type="regexp"').caseSensitive, false);
});

test('a pattern that JavaScript does not know stays ungradable', () => {
  assert.equal(
    only(
      '<problem><stringresponse answer="(?&lt;!x*)(a" type="regexp"><textline/></stringresponse></problem>',
      'ungradable',
    ).sourceKind,
    'stringresponse',
  );
});

test("kinds that need the author's code are kept with their XML and their prose", () => {
  const { definition, ungradable, notes } = read(
    '<problem><p>Before</p><customresponse cfn="f"><p>Inside</p><textline/></customresponse><p>After</p><script type="loncapa/python">import os</script></problem>',
  );
  assert.deepEqual(ungradable, ['customresponse']);
  assert.equal(isGradable(definition), false);
  assert.deepEqual(
    definition.parts.map((part) => (part.type === 'prose' ? plainText(part.content) : part.response.kind)),
    ['Before\nInside', 'ungradable', 'After'],
  );
  assert.match(definition.raw?.source ?? '', /import os/);
  assert.deepEqual(notes, [{ code: 'script_left_out', params: {} }]);
});

test('prose and responses keep their order, also inside wrappers and tables', () => {
  const { definition } =
    read(`<problem><div><p>One</p><numericalresponse answer="1"><textline/></numericalresponse><p>Two</p></div>
    <table><tr><th>Item</th><th>Price</th></tr><tr><td>Tea</td><td><numericalresponse answer="2"><textline/></numericalresponse></td></tr></table></problem>`);
  assert.deepEqual(
    definition.parts.map((part) => (part.type === 'prose' ? plainText(part.content) : part.response.label)),
    ['One', '', 'Two', 'Tea — Price'],
  );
  assert.equal(definition.points, 2);
});

test('a label with a formula is shown as prose', () => {
  const { definition } = read(
    '<problem><numericalresponse answer="1"><label>What is \\(x\\)?</label><textline/></numericalresponse></problem>',
  );
  const [prose, response] = definition.parts;
  assert.ok(prose?.type === 'prose' && response?.type === 'response');
  assert.equal(plainText(prose.content), 'What is \\(x\\)?');
  assert.equal(response.response.label, '');
});

test('hints, solution, attempts and weight are kept', () => {
  const xml =
    '<problem max_attempts="3" weight="2.5"><numericalresponse answer="1"><textline/><solution><p>Because</p></solution></numericalresponse><demandhint><hint>a</hint><hint>b <i>c</i></hint></demandhint></problem>';
  const { definition } = read(xml);
  assert.deepEqual([definition.maxAttempts, definition.points, definition.hints], [3, 2.5, ['a', 'b c']]);
  assert.equal(plainText(definition.solution ?? []), 'Because');
  assert.equal(read(xml, { showanswer: 'never' }).definition.solution, undefined);
  assert.equal(read(xml, { max_attempts: 'null' }).definition.maxAttempts, null);
  const shown = (showanswer: string) => read(xml, { showanswer }).definition.showAnswer;
  // What depends on due dates, which are not applied here, is the rule of every problem.
  assert.deepEqual(['always', 'attempted', 'never', 'finished', 'past_due', ''].map(shown), [
    'always',
    'attempted',
    'never',
    undefined,
    undefined,
    undefined,
  ]);
});

test('active content in prose and choices of a problem is dropped', () => {
  const { definition } = read(
    '<problem><p onclick="x()">Hi <a href="javascript:alert(1)">x</a></p><multiplechoiceresponse><choicegroup><choice correct="true"><script>alert(1)</script>A<iframe src="javascript:1"/></choice></choicegroup></multiplechoiceresponse></problem>',
  );
  assert.doesNotMatch(JSON.stringify({ ...definition, raw: undefined }), /javascript|alert|onclick/);
});

test('arithmetic is evaluated as authors mean it and never as code', () => {
  const cases: [string, number | null][] = [
    ['4*10^2', 400],
    ['-2^2', -4],
    ['2^-1', 0.5],
    ['2^3^2', 512],
    ['1/4', 0.25],
    ['(1+2)*3', 9],
    ['50%', 0.5],
    ['1.5e3', 1500],
    ['.5', 0.5],
    ['2*pi', 2 * Math.PI],
    ['sqrt(16)', 4],
    ['1/0', null],
    ['', null],
    ['1 2', null],
    ['(1', null],
    ['process.exit()', null],
    ['constructor', null],
    ['__proto__', null],
    ['x', null],
    ['2j', null],
    ['9'.repeat(300), null],
    ['('.repeat(150), null],
  ];
  for (const [text, value] of cases) assert.equal(evaluateNumber(text), value, text);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.+-*/^()% e') }), (text) => {
      const value = evaluateNumber(text);
      assert.ok(value === null || Number.isFinite(value));
    }),
  );
});
