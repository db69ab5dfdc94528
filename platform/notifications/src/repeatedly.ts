type Options = { everyMs: number; work: () => Promise<unknown>; onError: (error: unknown) => void };

/** Does something again and again, never twice at a time. `stop` waits for the run that is under way. */
export function repeatedly({ everyMs, work, onError }: Options): { start: () => void; stop: () => Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;
  const schedule = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = work().catch(onError).finally(schedule);
    }, everyMs);
    timer.unref();
  };
  return {
    start: schedule,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
