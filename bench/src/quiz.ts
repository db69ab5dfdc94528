import { randomUUID } from 'node:crypto';
import type { Program } from './programs.ts';
import { measureRate, type Rate } from './rate.ts';
import { courseOf, people, problemId, quizQuestions, type World } from './world.ts';

/**
 * Attempts at a quiz of ten questions: read, graded, counted against the limit of attempts, kept with its answers, told to others.
 * One answer is wrong, so that the next attempt may be made. The goal is 25 times Moodle's 8.0 on the same two cores.
 */
export async function measureQuiz(
  world: World,
  program: Program,
  { seconds, rounds, connections }: { seconds: number; rounds: number; connections: number },
): Promise<Rate> {
  let turn = 0;
  const next = () => {
    turn += 1;
    const person = 1 + (turn % people);
    const answers = Object.fromEntries(
      Array.from({ length: quizQuestions }, (_, at) => [`q${at + 1}`, at === turn % quizQuestions ? '0' : `${at + 1}`]),
    );
    return {
      method: 'POST' as const,
      path: `/api/problems/${problemId(courseOf(person))}/attempts`,
      headers: {
        authorization: `Bearer ${world.token(person)}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ answers }),
    };
  };
  const quiz = { title: 'Quiz attempt of ten questions, graded and kept', goal: 200, load: { next }, connections };
  return measureRate(program, quiz, { seconds, rounds });
}
