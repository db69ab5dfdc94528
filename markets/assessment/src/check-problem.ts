import type { ProblemDefinition, ResponseDefinition } from '@stoa/contracts/problem';
import { compilePattern, MAX_PATTERNS_WORK, patternWork } from './match-text.ts';

/** Why the machine cannot grade a response. `kind_not_supported` comes from the source, the others from a faulty definition. */
export type UngradableReason =
  | 'kind_not_supported'
  | 'no_right_answer'
  | 'pattern_not_supported'
  | 'interval_empty'
  | 'duplicate_id';

export type ResponseFault = { responseId: string; reason: UngradableReason };

/** The responses of a problem in reading order. */
export function responsesOf(definition: ProblemDefinition): ResponseDefinition[] {
  return definition.parts.flatMap((part) => (part.type === 'response' ? [part.response] : []));
}

/**
 * Faults that make a problem ungradable, in reading order; empty when every response can be graded.
 * A response nobody could answer fully, or whose pattern cannot run safely, is better shown as ungradable than graded
 * unfairly. Checked when a problem is stored (for the loss report) and again by `gradeProblem`, which never trusts that.
 */
export function findFaults(definition: ProblemDefinition): ResponseFault[] {
  const seen = new Set<string>();
  let work = 0;
  return responsesOf(definition).flatMap((response) => {
    work = workWith(response, work);
    const own = () =>
      work > MAX_PATTERNS_WORK && hasPattern(response) ? 'pattern_not_supported' : whyUngradable(response);
    const reason = seen.has(response.id) ? 'duplicate_id' : own();
    seen.add(response.id);
    return reason === null ? [] : [{ responseId: response.id, reason }];
  });
}

/** The patterns up to and with those of a response; once they are too many, no further one is even compiled. */
function workWith(response: ResponseDefinition, before: number): number {
  let work = before;
  if (response.kind !== 'text') return work;
  for (const { match, value } of response.answers) {
    if (work > MAX_PATTERNS_WORK) break;
    if (match === 'pattern') work += patternWork(value, response.caseSensitive);
  }
  return work;
}

const hasPattern = (response: ResponseDefinition) =>
  response.kind === 'text' && response.answers.some(({ match }) => match === 'pattern');

/** True when a problem has responses and the machine can grade all of them. Only such problems count for points. */
export function canBeGraded(definition: ProblemDefinition): boolean {
  return responsesOf(definition).length > 0 && findFaults(definition).length === 0;
}

/** The reason why this response, by itself, cannot be graded, or `null` when it can. */
function whyUngradable(response: ResponseDefinition): UngradableReason | null {
  switch (response.kind) {
    case 'ungradable':
      return 'kind_not_supported';
    case 'single_choice':
    case 'dropdown':
      if (hasDuplicates(response.choices.map((choice) => choice.id))) return 'duplicate_id';
      return response.choices.some((choice) => choice.correct) ? null : 'no_right_answer';
    case 'multiple_choice':
      // None of the choices right is a fair question: the answer is to leave all of them.
      return hasDuplicates(response.choices.map((choice) => choice.id)) ? 'duplicate_id' : null;
    case 'numerical':
      if (response.answers.some((answer) => 'from' in answer && isEmpty(answer))) return 'interval_empty';
      return response.answers.some((answer) => answer.credit === 1) ? null : 'no_right_answer';
    case 'text':
      if (!response.answers.some((answer) => answer.credit === 1)) return 'no_right_answer';
      return response.answers.every(
        (answer) => answer.match === 'exact' || compilePattern(answer.value, response.caseSensitive) !== null,
      )
        ? null
        : 'pattern_not_supported';
  }
}

function isEmpty(interval: { from: number; to: number; fromInclusive: boolean; toInclusive: boolean }): boolean {
  if (interval.from === interval.to) return !(interval.fromInclusive && interval.toInclusive);
  return interval.from > interval.to;
}

function hasDuplicates(ids: string[]): boolean {
  return new Set(ids).size !== ids.length;
}
