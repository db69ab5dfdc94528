/** A job that was taken from its queue. The count of tries names the claim: what is noted later is noted for that one. */
export type TakenJob = { id: string; retryCount: number };

/** Those who work on one queue in this process. */
export type Crew = {
  /** There may be a job. */
  wake: () => void;
  /** Takes nothing more, waits for what is under way, and gives back what is not done by then. */
  stop: (graceMs: number) => Promise<void>;
};

type CrewOptions<J extends TakenJob> = {
  /** Jobs worked on at the same time. */
  concurrency: number;
  /** Notes at once what is done, because another job of the same key may be refused until then. */
  atOnce: boolean;
  /** Takes jobs that are due, as many as asked for at the most. */
  take: (most: number) => Promise<J[]>;
  run: (job: J) => Promise<void>;
  noteDone: (jobs: J[]) => Promise<void>;
  noteFailed: (job: J, failure: unknown) => Promise<void>;
  onError: (error: unknown) => void;
};

/** Under load, milliseconds in which jobs gather that are then taken, or noted as done, in one statement. */
const restMs = 5;
/** Before it tries again to note what it could not. */
const againMs = 1000;

/**
 * Works on a queue when it is woken. A job that comes alone is taken at once and noted at once; under load those that
 * come together are taken together, and those that end together are noted together: two statements for as many jobs as
 * there are, where each would cost two of its own. Each has its own outcome, and nobody waits for a slower one.
 */
export function openCrew<J extends TakenJob>(options: CrewOptions<J>): Crew {
  const { concurrency, onError } = options;
  const running = new Map<J, Promise<void>>();
  let mayBeMore = false;
  let stopped = false;
  let rouse = (): void => {};
  let done: J[] = [];
  let noting: Promise<void> | undefined;

  const untilRoused = (): Promise<void> =>
    new Promise((resolve) => {
      rouse = resolve;
    });
  /** Until roused, but not longer. */
  const pause = async (ms: number): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([untilRoused(), over]);
    clearTimeout(timer);
  };
  const rest = async (): Promise<void> => {
    const until = performance.now() + restMs;
    for (let left = restMs; left > 0 && running.size > 0 && !stopped; left = until - performance.now())
      await pause(left);
  };

  const noteAll = async (): Promise<void> => {
    while (done.length > 0) {
      if (!options.atOnce && running.size > 0 && !stopped) await new Promise((resolve) => setTimeout(resolve, restMs));
      const noted = done;
      done = [];
      for (let tries = 1; ; tries += 1) {
        try {
          await options.noteDone(noted);
          break;
        } catch (error) {
          onError(error);
          // In the end they are worked on again, which every job has to bear.
          if (tries === 3) break;
          await new Promise((resolve) => setTimeout(resolve, againMs));
        }
      }
    }
    // In the same turn as the last look, so that whoever ends next begins anew.
    noting = undefined;
  };
  const end = (job: J): void => {
    done.push(job);
    noting ??= noteAll();
  };
  const work = async (job: J): Promise<void> => {
    try {
      await options.run(job);
      running.delete(job);
      end(job);
    } catch (failure) {
      await options.noteFailed(job, failure).catch(onError);
      running.delete(job);
    }
    rouse();
  };

  const look = async (): Promise<void> => {
    while (!stopped) {
      const free = concurrency - running.size;
      if (!mayBeMore || free <= 0) {
        await untilRoused();
        continue;
      }
      mayBeMore = false;
      try {
        // Powers of two, so that there are few statements to prepare.
        const jobs = await options.take(2 ** Math.floor(Math.log2(free)));
        for (const job of jobs) running.set(job, work(job));
        if (jobs.length === 0) continue;
        mayBeMore = true;
        await rest();
      } catch (error) {
        onError(error);
        await pause(againMs);
        mayBeMore = true;
      }
    }
  };
  const looking = look();

  return {
    wake: () => {
      mayBeMore = true;
      rouse();
    },
    stop: async (graceMs) => {
      stopped = true;
      rouse();
      await looking;
      const all = Promise.all(running.values());
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([all, late]);
      clearTimeout(timer);
      for (const job of running.keys())
        await options.noteFailed(job, new Error('the process stopped before it was done')).catch(onError);
      while (noting) await noting;
    },
  };
}
