import type { XmlElement } from '@rgrove/parse-xml';
import { XmlText } from '@rgrove/parse-xml';
import type { Block } from '@stoa/contracts/document';
import type { Note } from '@stoa/contracts/note';
import { type Choice, ProblemDefinition, type ResponseDefinition } from '@stoa/contracts/problem';
import type { ElementContent } from 'hast';
import type { ResolveAddress } from './document-address.ts';
import { cut, oneLine, plainText } from './document-text.ts';
import { elementsToBlocks } from './elements/elements-to-blocks.ts';
import { evaluateNumber } from './evaluate-number.ts';
import { type NoteSet, note, noteSet } from './notes.ts';
import { attribute, elementsBelow, elementsIn, proseNode, proseNodes, xmlText } from './read-xml.ts';

export type OlxProblem = {
  definition: ProblemDefinition;
  /** What was changed or dropped, in English. */
  notes: Note[];
  /** Response types that are kept but cannot be graded, e.g. `customresponse`; empty when all can. */
  ungradable: string[];
};

export type OlxProblemOptions = {
  title: string;
  /** Settings after policy overrides: `max_attempts`, `weight`, `showanswer`, ... */
  settings: Record<string, string>;
  resolve?: ResolveAddress;
  idPrefix: string;
  /** Share of the points from which the course counts as passed, if the source says it. */
  passThreshold?: number | undefined;
};

const textLimit = 4000;
const proseLimit = 500;
const rawLimit = 200_000;

/** Elements that are controls or instructions to the grader, never prose. Every name that ends in `input` is one too. */
const notProse = new Set(
  'label description solution choicegroup checkboxgroup radiogroup choice optioninput option textline textbox filesubmission schematic responseparam additional_answer stringequalhint regexphint correcthint compoundhint choicehint optionhint hintgroup hintpart stringhint numericalhint demandhint script answer crystallography chemicalequation settings'.split(
    ' ',
  ),
);
const isNotProse = (element: XmlElement) => notProse.has(element.name) || /input$/.test(element.name);
const isResponse = (element: XmlElement) => /response$/.test(element.name);
const isInput = (element: XmlElement) =>
  /input$/.test(element.name) ||
  /^(choicegroup|checkboxgroup|radiogroup|textline|textbox|schematic)$/.test(element.name);

type Part = ProblemDefinition['parts'][number];
type Work = OlxProblemOptions & {
  parts: Part[];
  pending: ElementContent[];
  notes: NoteSet;
  solution: Block[];
  hints: string[];
  ungradable: string[];
  nextId: number;
};

/**
 * Reads an Open edX `<problem>` as a problem definition. Kinds that a machine can grade without running the author's
 * code become responses; the others stay as `ungradable` with their XML, and their prose is still shown.
 * Throws when the result does not fit the problem format (e.g. 300 parts).
 */
export function readOlxProblem(problem: XmlElement, options: OlxProblemOptions): OlxProblem {
  const work: Work = {
    ...options,
    parts: [],
    pending: [],
    notes: noteSet(),
    solution: [],
    hints: [],
    ungradable: [],
    nextId: 1,
  };
  readParts(problem, work);
  endProse(work);
  const responses = work.parts.filter((part) => part.type === 'response').length;
  const hidesSolution = options.settings.showanswer === 'never' && work.solution.length > 0;
  if (hidesSolution) work.notes.add(note('solution_hidden'));
  if (work.hints.length > 50) work.notes.add(note('hints_cut', { limit: 50 }));
  const definition = ProblemDefinition.parse({
    version: 1,
    title: cut(options.title, 500),
    parts: work.parts,
    hints: work.hints.slice(0, 50),
    ...(work.solution.length > 0 && !hidesSolution ? { solution: work.solution.slice(0, proseLimit) } : {}),
    maxAttempts: attemptsOf(options.settings.max_attempts, work),
    points: pointsOf(options.settings.weight, responses),
    ...(options.passThreshold === undefined ? {} : { passThreshold: options.passThreshold }),
    ...showAnswerOf(options.settings.showanswer),
    raw: { format: 'olx', source: cut(xmlText(problem), 500_000) },
  });
  return { definition, notes: work.notes.list(), ungradable: [...new Set(work.ungradable)] };
}

function attemptsOf(text: string | undefined, work: Work): number | null {
  const attempts = Number.parseInt(text ?? '', 10);
  if (!Number.isInteger(attempts)) return null;
  if (attempts >= 1 && attempts <= 1000) return attempts;
  work.notes.add(note('attempts_unlimited', { attempts: String(attempts) }));
  return null;
}

/**
 * Open edX's `showanswer`. Its default `finished`, and what depends on due dates, which are not applied here, is the rule
 * that every problem has: once no attempt could profit from it.
 */
function showAnswerOf(text: string | undefined): Pick<ProblemDefinition, 'showAnswer'> {
  return text === 'always' || text === 'attempted' || text === 'never' ? { showAnswer: text } : {};
}

/** Without a weight Open edX gives one point per response. */
function pointsOf(text: string | undefined, responses: number): number {
  const weight = Number.parseFloat(text ?? '');
  return Number.isFinite(weight) && weight >= 0 && weight <= 10_000 ? weight : Math.max(1, responses);
}

function readParts(parent: XmlElement, work: Work) {
  for (const child of parent.children) {
    if (child instanceof XmlText) work.pending.push({ type: 'text', value: child.text });
    else if ('name' in child && 'attributes' in child) readPart(child, work);
  }
}

function readPart(element: XmlElement, work: Work) {
  if (readAside(element, work)) return;
  if (isResponse(element)) {
    readResponse(element, work, '');
    return;
  }
  const inner = elementsBelow(element);
  if (!inner.some((below) => isResponse(below) || below.name === 'solution' || below.name === 'demandhint')) {
    if (!isNotProse(element)) work.pending.push(proseNode(element, isNotProse));
    else work.notes.add(note('element_left_out', { element: element.name }));
    return;
  }
  if (element.name === 'table' && inner.some(isResponse)) {
    readTable(element, work);
    return;
  }
  endProse(work);
  readParts(element, work);
  endProse(work);
}

/** Solutions, hints and scripts belong to the problem as a whole, wherever they stand. */
function readAside(element: XmlElement, work: Work): boolean {
  if (element.name === 'solution') {
    work.solution.push(...blocksOf(element, work));
    return true;
  }
  if (element.name === 'demandhint') {
    for (const hint of elementsIn(element)) {
      const text = cut(plainText(blocksOf(hint, work)), textLimit);
      if (hint.name === 'hint' && text !== '') work.hints.push(text);
    }
    return true;
  }
  if (element.name === 'script' || element.name === 'style') {
    const code = element.name === 'script' && element.text.trim() !== '';
    if (code) work.notes.add(note('script_left_out'));
    return true;
  }
  return false;
}

/**
 * Controls inside table cells: the table cannot be kept with them, so every control gets the texts of its row and the
 * head of its column as its label.
 */
function readTable(table: XmlElement, work: Work) {
  endProse(work);
  work.notes.add(note('table_became_list'));
  let heads: string[] = [];
  for (const row of elementsBelow(table).filter((element) => element.name === 'tr')) {
    const cells = elementsIn(row).filter((cell) => cell.name === 'td' || cell.name === 'th');
    const withResponse = (cell: XmlElement) => elementsBelow(cell).some(isResponse);
    const texts = cells.map((cell) => (withResponse(cell) ? '' : oneLine(plainText(blocksOf(cell, work)), 500)));
    if (!cells.some(withResponse)) {
      if (cells.every((cell) => cell.name === 'th')) heads = texts;
      else work.pending.push({ type: 'element', tagName: 'p', properties: {}, children: rowProse(cells) });
      continue;
    }
    const rowText = texts.filter(Boolean).join(', ');
    for (const [column, cell] of cells.entries()) {
      if (!withResponse(cell)) continue;
      const label = [rowText, heads[column] ?? ''].filter(Boolean).join(' — ');
      for (const response of elementsBelow(cell).filter(isResponse)) readResponse(response, work, label);
    }
  }
}

function rowProse(cells: readonly XmlElement[]): ElementContent[] {
  return cells.flatMap((cell) => [...proseNodes(cell, isNotProse), { type: 'text' as const, value: ' ' }]);
}

function endProse(work: Work) {
  const nodes = work.pending;
  work.pending = [];
  addProse(convert(nodes, work), work);
}

function addProse(blocks: readonly Block[], work: Work) {
  for (let from = 0; from < blocks.length; from += proseLimit) {
    work.parts.push({ type: 'prose', content: blocks.slice(from, from + proseLimit) });
  }
}

function convert(nodes: readonly ElementContent[], work: Work): Block[] {
  const { blocks, notes } = elementsToBlocks(nodes, {
    idPrefix: work.idPrefix,
    ...(work.resolve ? { resolve: work.resolve } : {}),
  });
  for (const one of notes) work.notes.add(one);
  return blocks;
}

function blocksOf(element: XmlElement, work: Work): Block[] {
  return convert(proseNodes(element, isNotProse), work);
}

function textOf(element: XmlElement, work: Work): string {
  return cut(plainText(blocksOf(element, work)), textLimit);
}

function readResponse(response: XmlElement, work: Work, tableLabel: string) {
  const children = elementsIn(response);
  const firstInput = children.findIndex((child) => isInput(child) || elementsBelow(child).some(isInput));
  const aside = (child: XmlElement) => isNotProse(child);
  let inputSeen = false;
  const before: ElementContent[] = [];
  const after: ElementContent[] = [];
  for (const child of response.children) {
    const target = inputSeen ? after : before;
    if (child instanceof XmlText) target.push({ type: 'text', value: child.text });
    if (!('name' in child && 'attributes' in child)) continue;
    if (firstInput !== -1 && child === children[firstInput]) inputSeen = true;
    for (const inner of [child, ...elementsBelow(child)]) readAside(inner, work);
    if (!aside(child)) target.push(proseNode(child, aside));
  }
  work.pending.push(...before);
  endProse(work);
  const label = labelOf(response, work, tableLabel);
  for (const definition of responsesOf(response, { label: label.text, ...label.description }, work)) {
    work.parts.push({ type: 'response', response: definition });
  }
  work.pending.push(...after);
  endProse(work);
}

/** A label that is more than plain text (formulas, pictures, marks) is shown as prose, since labels are plain. */
function labelOf(response: XmlElement, work: Work, tableLabel: string) {
  const below = elementsBelow(response);
  const element = below.find(({ name }) => name === 'label');
  const described = below.filter(({ name }) => name === 'description').map((one) => textOf(one, work));
  const description = described.filter(Boolean).join('\n');
  const rest = { description: description === '' ? {} : { description: cut(description, textLimit) } };
  if (element !== undefined) {
    const blocks = blocksOf(element, work);
    const [only] = blocks;
    const plain =
      blocks.length <= 1 &&
      (only === undefined ||
        (only.type === 'paragraph' && (only.content ?? []).every((part) => part.type === 'text' && !part.marks)));
    if (plain) return { text: oneLine(plainText(blocks), textLimit) || tableLabel, ...rest };
    addProse(blocks, work);
    return { text: tableLabel, ...rest };
  }
  const spoken = below.map((input) => attribute(input, 'label')).find((text) => text !== null && text.trim() !== '');
  return { text: oneLine(spoken ?? tableLabel, textLimit), ...rest };
}

type Common = { label: string; description?: string };

function responsesOf(response: XmlElement, common: Common, work: Work): ResponseDefinition[] {
  const read = Object.hasOwn(readers, response.name) ? readers[response.name] : undefined;
  const definitions = read?.(response, common, work) ?? null;
  if (definitions !== null && definitions.length > 0) return definitions;
  work.ungradable.push(response.name);
  showInputProse(response, work);
  return [
    {
      ...identified(common, work),
      kind: 'ungradable',
      sourceKind: cut(response.name, 100),
      raw: cut(xmlText(response), rawLimit),
    },
  ];
}

function identified(common: Common, work: Work) {
  const id = `r${work.nextId}`;
  work.nextId += 1;
  return { id, weight: 1, ...common };
}

/** What an ungradable control would have shown: its picture, or an annotation's questions. Its answers stay hidden. */
function showInputProse(response: XmlElement, work: Work) {
  for (const input of elementsBelow(response)) {
    if (input.name === 'imageinput') {
      const { src = '', alt = '' } = input.attributes;
      addProse(convert([{ type: 'element', tagName: 'img', properties: { src, alt }, children: [] }], work), work);
    }
    if (input.name === 'annotationinput') {
      for (const part of elementsIn(input)) {
        if (/^(title|text|comment|comment_prompt|tag_prompt)$/.test(part.name)) addProse(blocksOf(part, work), work);
      }
    }
  }
}

type ResponseReader = (response: XmlElement, common: Common, work: Work) => ResponseDefinition[] | null;

const readers: Record<string, ResponseReader> = {
  multiplechoiceresponse: singleChoice,
  truefalseresponse: multipleChoice,
  choiceresponse: multipleChoice,
  optionresponse: dropdowns,
  numericalresponse: numerical,
  stringresponse: text,
};

function choicesOf(response: XmlElement, work: Work): { choices: Choice[]; group: XmlElement } | null {
  const group = elementsBelow(response).find(({ name }) => /^(choicegroup|checkboxgroup|radiogroup)$/.test(name));
  if (group === undefined) return null;
  const sources = elementsBelow(group).filter(({ name }) => name === 'choice');
  const choices = sources.map((choice, index): Choice => {
    const hint = (selected: boolean) =>
      elementsIn(choice).find(
        (child) =>
          child.name === 'choicehint' && (attribute(child, 'selected') ?? 'true').toLowerCase() === String(selected),
      );
    const chosen = hint(true);
    const left = hint(false);
    const content = blocksOf(choice, work);
    const name = attribute(choice, 'name');
    return {
      id: `c${index + 1}`,
      content: content.length > 0 ? content : [{ type: 'paragraph', content: [{ type: 'text', text: name || '…' }] }],
      correct: (attribute(choice, 'correct') ?? '').toLowerCase() === 'true',
      ...(chosen ? { feedback: textOf(chosen, work) } : {}),
      ...(left ? { feedbackUnselected: textOf(left, work) } : {}),
    };
  });
  const computed = sources.some((choice) => (attribute(choice, 'correct') ?? '').includes('$'));
  if (computed || choices.length === 0 || choices.length > 200) return null;
  return { choices, group };
}

const isTrue = (value: string | null) => value !== null && /^(true|1|yes)$/i.test(value);
const shuffles = (group: XmlElement) => isTrue(attribute(group, 'shuffle'));

function singleChoice(response: XmlElement, common: Common, work: Work): ResponseDefinition[] | null {
  const read = choicesOf(response, work);
  if (read === null || !read.choices.some(({ correct }) => correct)) return null;
  if (attribute(read.group, 'answer-pool') !== null) work.notes.add(note('pool_shown'));
  if (attribute(response, 'partial_credit') !== null) work.notes.add(note('single_partial_credit'));
  if (read.choices.some(({ feedbackUnselected }) => feedbackUnselected !== undefined)) {
    work.notes.add(note('unpicked_feedback'));
  }
  return [{ ...identified(common, work), kind: 'single_choice', choices: read.choices, shuffle: shuffles(read.group) }];
}

function multipleChoice(response: XmlElement, common: Common, work: Work): ResponseDefinition[] | null {
  const read = choicesOf(response, work);
  if (read === null) return null;
  const credit = (attribute(response, 'partial_credit') ?? '').trim().toLowerCase();
  const partialCredit = credit === 'edc' ? 'each' : credit === 'halves' ? 'halves' : 'none';
  if (credit !== '' && partialCredit === 'none' && credit !== 'none') {
    work.notes.add(note('partial_credit_unknown', { kind: cut(credit, 40) }));
  }
  const compound = elementsBelow(response).flatMap((hint) => {
    if (hint.name !== 'compoundhint') return [];
    // `value="A C"` names the choices by letter in the order of the source.
    const letters = (attribute(hint, 'value') ?? '').toUpperCase().match(/[A-Z]/g) ?? [];
    const choiceIds = letters.flatMap((letter) => read.choices[letter.charCodeAt(0) - 65]?.id ?? []);
    return choiceIds.length === letters.length ? [{ choiceIds, feedback: textOf(hint, work) }] : [];
  });
  return [
    {
      ...identified(common, work),
      kind: 'multiple_choice',
      choices: read.choices,
      shuffle: shuffles(read.group),
      partialCredit,
      ...(compound.length > 0 ? { compoundFeedback: compound.slice(0, 100) } : {}),
    },
  ];
}

function dropdowns(response: XmlElement, common: Common, work: Work): ResponseDefinition[] | null {
  const inputs = elementsBelow(response).filter(({ name }) => name === 'optioninput');
  const definitions = inputs.map((input): ResponseDefinition | null => {
    const choices = optionsOf(input, work);
    if (choices.length === 0 || choices.length > 200 || !choices.some(({ correct }) => correct)) return null;
    const label = inputs.length > 1 ? oneLine(attribute(input, 'label') ?? common.label, textLimit) : common.label;
    return { ...identified({ ...common, label }, work), kind: 'dropdown', choices };
  });
  const kept = definitions.filter((definition) => definition !== null);
  return kept.length === definitions.length ? kept : null;
}

function optionsOf(input: XmlElement, work: Work): Choice[] {
  const asText = (value: string, index: number, correct: boolean): Choice => ({
    id: `c${index + 1}`,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: value || '…' }] }],
    correct,
  });
  const old = attribute(input, 'options');
  const right = oneLine(attribute(input, 'correct') ?? '', 1000);
  if (old !== null) return pythonStrings(old).map((value, index) => asText(value, index, value === right));
  return elementsIn(input)
    .filter(({ name }) => name === 'option')
    .map((option, index) => {
      const hint = elementsIn(option).find(({ name }) => name === 'optionhint');
      const value = oneLine(plainText(blocksOf(option, work)), 1000);
      const marked = attribute(option, 'correct');
      const correct = marked === null ? value === right : isTrue(marked);
      return { ...asText(value, index, correct), ...(hint ? { feedback: textOf(hint, work) } : {}) };
    });
}

/** The strings of `('a','b')`, as authors write it: Python's tuple of strings. */
function pythonStrings(source: string): string[] {
  const text = source.slice(0, 20_000);
  const quoted = [...text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)];
  const values =
    quoted.length > 0
      ? quoted.map((match) => (match[1] ?? match[2] ?? '').replace(/\\(.)/g, '$1'))
      : text.replace(/^\s*\(|\)\s*$/g, '').split(',');
  return values.map((value) => oneLine(value, 1000)).filter((value) => value !== '');
}

type NumericalAnswer = Extract<ResponseDefinition, { kind: 'numerical' }>['answers'][number];

/** Open edX compares within 0.001 % when an author gives no tolerance. */
const defaultTolerance = { kind: 'percent', amount: 0.001 } as const;

function numerical(response: XmlElement, common: Common, work: Work): ResponseDefinition[] | null {
  const below = elementsBelow(response);
  const param = (name: string) =>
    below.flatMap((one) => (one.name === 'responseparam' ? (attribute(one, name) ?? []) : []))[0];
  const tolerance = toleranceOf(
    below.find((one) => one.name === 'responseparam' && attribute(one, 'type') === 'tolerance'),
  );
  if (tolerance === null) return null;
  const wanted = [
    { text: attribute(response, 'answer') ?? '', hint: below.find(({ name }) => name === 'correcthint') },
    ...below
      .filter(({ name }) => name === 'additional_answer')
      .map((one) => ({
        text: attribute(one, 'answer') ?? one.text,
        hint: elementsIn(one).find(({ name }) => name === 'correcthint'),
      })),
  ];
  const answers: NumericalAnswer[] = [];
  for (const { text, hint } of wanted) {
    const answer = numericalAnswer(text, tolerance);
    if (answer === null) return null;
    const direct = hint !== undefined && (hint.parent === response || hint.parent?.parent === response);
    answers.push({ ...answer, ...(direct ? { feedback: textOf(hint, work) } : {}) });
  }
  const credit = (attribute(response, 'partial_credit') ?? '').toLowerCase();
  if (credit.includes('list')) {
    for (const text of (param('partial_answers') ?? '').split(',').filter((one) => one.trim() !== '')) {
      const answer = numericalAnswer(text, tolerance);
      if (answer === null) return null;
      answers.push({ ...answer, credit: 0.5 });
    }
  }
  const [first] = answers;
  if (credit.includes('close') && first !== undefined && 'value' in first) {
    const range = evaluateNumber(param('partial_range') ?? '2') ?? 2;
    answers.push({ ...first, tolerance: { ...tolerance, amount: tolerance.amount * Math.abs(range) }, credit: 0.5 });
  }
  const unit = below.map((one) => attribute(one, 'trailing_text')).find((one) => one !== null && one.trim() !== '');
  return [
    {
      ...identified(common, work),
      kind: 'numerical',
      answers: answers.slice(0, 100),
      ...(unit ? { unit: oneLine(unit, 50) } : {}),
    },
  ];
}

function toleranceOf(param: XmlElement | undefined): { kind: 'absolute' | 'percent'; amount: number } | null {
  const text = (param === undefined ? '' : (attribute(param, 'default') ?? '')).trim();
  if (text === '') return defaultTolerance;
  const percent = text.endsWith('%');
  const amount = evaluateNumber(percent ? text.slice(0, -1) : text);
  if (amount === null || amount < 0) return null;
  return { kind: percent ? 'percent' : 'absolute', amount };
}

function numericalAnswer(source: string, tolerance: { kind: 'absolute' | 'percent'; amount: number }) {
  const text = source.trim().slice(0, 500);
  const range = /^([[(])([^,]+),([^,]+)([\])])$/.exec(text);
  if (range !== null) {
    const from = evaluateNumber(range[2] ?? '');
    const to = evaluateNumber(range[3] ?? '');
    if (from === null || to === null || from > to) return null;
    return { from, to, fromInclusive: range[1] === '[', toInclusive: range[4] === ']', credit: 1 };
  }
  const value = evaluateNumber(text);
  return value === null ? null : { value, tolerance, credit: 1 };
}

type TextAnswer = Extract<ResponseDefinition, { kind: 'text' }>['answers'][number];

function text(response: XmlElement, common: Common, work: Work): ResponseDefinition[] | null {
  const type = (attribute(response, 'type') ?? '').toLowerCase();
  const pattern = /\bregexp\b/.test(type);
  let caseSensitive = !/\bci\b/.test(type);
  const below = elementsBelow(response);
  const additional = below.filter(({ name }) => name === 'additional_answer');
  const main = attribute(response, 'answer') ?? '';
  // Before additional_answer existed, authors joined the accepted answers with "_or_".
  const mains = additional.length === 0 && !pattern ? main.split(/_or_/i) : [main];
  const mainHint = elementsIn(response).find(({ name }) => name === 'correcthint');
  const wanted = [
    ...mains.map((value) => ({ value, hint: mainHint })),
    ...additional.map((one) => ({
      value: attribute(one, 'answer') ?? one.text,
      hint: elementsIn(one).find(({ name }) => name === 'correcthint'),
    })),
  ];
  const answers: TextAnswer[] = [];
  for (const { value, hint } of wanted) {
    if (value.trim() === '' || value.length > 1000 || /(^|[^\\])\$[a-z_]\w*/i.test(value)) return null;
    const feedback = hint ? { feedback: textOf(hint, work) } : {};
    if (!pattern) {
      answers.push({ match: 'exact', value: value.trim(), credit: 1, ...feedback });
      continue;
    }
    const translated = javascriptPattern(value.trim());
    if (translated === null) return null;
    if (translated.ignoreCase) caseSensitive = false;
    answers.push({ match: 'pattern', value: translated.value, credit: 1, ...feedback });
  }
  if (/list/i.test(attribute(response, 'partial_credit') ?? '')) {
    const list = below.flatMap((one) =>
      one.name === 'responseparam' ? (attribute(one, 'partial_answers') ?? []) : [],
    );
    for (const value of list.flatMap((one) => one.split(',')).map((one) => one.trim())) {
      if (value !== '') answers.push({ match: 'exact', value: cut(value, 1000), credit: 0.5 });
    }
  }
  const wrong = below.flatMap((hint) => {
    const value = (attribute(hint, 'answer') ?? '').trim();
    if (hint.name !== 'stringequalhint' || value === '') return [];
    return [{ value: cut(value, 1000), feedback: textOf(hint, work) }];
  });
  if (below.some(({ name }) => name === 'regexphint' || name === 'hintgroup' || name === 'stringhint')) {
    work.notes.add(note('pattern_hints_left_out'));
  }
  if (answers.length > 200) return null;
  return [
    {
      ...identified(common, work),
      kind: 'text',
      answers,
      caseSensitive,
      ...(wrong.length > 0 ? { wrongAnswers: wrong.slice(0, 200) } : {}),
    },
  ];
}

/** A Python regular expression as one of JavaScript's with the `u` flag; null when it uses what JavaScript lacks. */
function javascriptPattern(python: string): { value: string; ignoreCase: boolean } | null {
  const ignoreCase = python.startsWith('(?i)');
  const value = (ignoreCase ? python.slice(4) : python)
    .replaceAll('(?P<', '(?<')
    .replace(/\\A/g, '^')
    .replace(/\\Z/g, '$')
    .replace(/\\-/g, '\\x2d')
    .replace(/\\([ "'!#%&,:;<=>@_`~])/g, '$1');
  try {
    new RegExp(`^(?:${value})$`, 'u');
    return { value, ignoreCase };
  } catch {
    return null;
  }
}
