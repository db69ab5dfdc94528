const constants = new WeakSet<object>();
// Freezing takes as long as reading the answer from the database; in production its proof is behind us.
const proves = process.env.NODE_ENV !== 'production';

/**
 * Declares that an answer never changes (outside production it is frozen, all the way down): a handler may give it out again and again, and
 * its text and ETag are made once per operation. For what many people get alike, kept as long as it is known to be true.
 */
export function constantAnswer<T extends object>(answer: T): T {
  if (proves) freeze(answer);
  constants.add(answer);
  return answer;
}

/** True if the answer was declared constant. */
export function isConstant(answer: unknown): answer is object {
  return typeof answer === 'object' && answer !== null && constants.has(answer);
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
}
