import type { Outcome } from './prepared-query.ts';

/** A statement to send. Without a name it is not prepared. */
export type Sent = { name: string | undefined; text: string; values: readonly unknown[] };

/** The way of one transaction's statements to its connection. */
export type StatementQueue = {
  /**
   * Runs a statement, together with whatever else is asked for in the same turn of the event loop, in that order.
   * @throws when the transaction has ended
   */
  ask: (statement: Sent) => Promise<Outcome>;
  /** Runs a statement with the commit, behind everything that was asked for. Its outcome is there after the commit. */
  last: (statement: Sent) => Promise<Outcome>;
  /** @throws what the first statement that failed threw */
  commit: () => Promise<void>;
  /** Waits for what is on its way; true if there is something to roll back. */
  abandon: (reason: unknown) => Promise<boolean>;
};

type Waiting = { statement: Sent; resolve: (outcome: Outcome) => void; reject: (error: unknown) => void };

const begin: Sent = { name: 'kernel.begin', text: 'begin', values: [] };
const commit: Sent = { name: 'kernel.commit', text: 'commit', values: [] };

/**
 * Statements of a transaction that do not wait for each other's results travel together: `begin` with the first, what is
 * asked for at the same time in one buffer, `commit` behind what is to be last. Locks taken late are then held for no
 * round trip at all. The order stays, and after a failure nothing runs.
 * @param send runs statements in order, in as few round trips as it can; fails with the first failure
 */
export function openStatementQueue(send: (statements: readonly Sent[]) => Promise<Outcome[]>): StatementQueue {
  let waiting: Waiting[] = [];
  let lasts: Waiting[] = [];
  let begun = false;
  let isOver = false;
  let flight: Promise<void> | undefined;

  const run = async (flying: readonly Waiting[]): Promise<void> => {
    const head = begun ? [] : [begin];
    begun = true;
    try {
      const outcomes = await send([...head, ...flying.map(({ statement }) => statement)]);
      for (const [n, { resolve, reject }] of flying.entries()) {
        const outcome = outcomes[n + head.length];
        if (outcome) resolve(outcome);
        else reject(new Error('a statement was not answered'));
      }
    } catch (error) {
      for (const { reject } of flying) reject(error);
    }
  };
  const fly = (): void => {
    if (flight || waiting.length === 0) return;
    const flying = waiting;
    waiting = [];
    flight = run(flying).then(() => {
      flight = undefined;
      fly();
    });
  };
  const push = (statement: Sent, to: Waiting[]): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      to.push({ statement, resolve, reject });
    });

  const refuseAfterEnd = (): void => {
    // The connection may serve somebody else by now.
    if (isOver) throw new Error('the transaction is over: a statement was asked for that nobody waited for');
  };

  return {
    ask: async (statement) => {
      refuseAfterEnd();
      // After the promises that are already settled have run their course: what follows from them asks, too.
      if (waiting.length === 0) queueMicrotask(() => process.nextTick(fly));
      return push(statement, waiting);
    },
    last: (statement) => {
      refuseAfterEnd();
      const outcome = push(statement, lasts);
      // Of a failure the commit tells as well.
      outcome.catch(() => undefined);
      return outcome;
    },
    commit: async () => {
      while (flight) await flight;
      isOver = true;
      // Nothing was asked for: there is nothing to commit.
      if (!begun && waiting.length === 0 && lasts.length === 0) return;
      waiting.push(...lasts);
      lasts = [];
      const committed = push(commit, waiting);
      fly();
      // Somebody caught the failure of a statement and went on: what they wrote is gone, and they have to hear of it.
      if ((await committed).command !== 'COMMIT')
        throw new Error('a transaction went on after one of its statements failed');
    },
    abandon: async (reason) => {
      isOver = true;
      const left = [...waiting, ...lasts];
      waiting = [];
      lasts = [];
      for (const { reject } of left) reject(reason);
      while (flight) await flight;
      return begun;
    },
  };
}
