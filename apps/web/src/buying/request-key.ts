import { createHash } from 'node:crypto';
import { toProblem } from '../api/problem.ts';

/**
 * An idempotency key for what is asked: the same parts make the same key, so that a form sent twice, a lost answer and a
 * second tab have one effect. A refusal is an answer, too, and is kept for its key: after one, let a part differ.
 */
export function requestKey(...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

const patienceMs = 5000;

/**
 * Asks again while the same request, with the same key, is still being worked on for another tab (409): its answer is
 * this one's, too.
 */
export async function onceAnswered<Answer extends { response: Response; error?: unknown }>(
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    const inProgress = toProblem(answer.response.status, answer.error).code === 'request_in_progress';
    if (!inProgress || Date.now() > until) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
