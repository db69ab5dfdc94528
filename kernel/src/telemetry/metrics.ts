import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The process's metrics in Prometheus terms: base units, `_total` for counters, never an id or a raw path as a label. */
export type Metrics = {
  registry: Registry;
  httpDuration: Histogram<'route' | 'method' | 'status_class'>;
  events: Counter<'context' | 'type' | 'outcome'>;
  jobs: Counter<'queue' | 'outcome'>;
  gauge: (name: string, help: string, collect: () => Promise<number> | number) => void;
  /** For contexts. `onFailure` hears why a gauge could not be read. */
  measure: (onFailure: (error: unknown, name: string) => void) => Measure;
};

/** Labels of one value; few and known beforehand: never an id. */
export type Labels = Readonly<Record<string, string>>;

/** What a context tells of itself beside what the kernel measures. Names begin with `stoa_<context>_`. */
export type Measure = {
  /** Something that happens. Each call adds one. */
  counter: (name: string, help: string, labels: readonly string[]) => (labels: Labels) => void;
  /** Something that takes time. `buckets` are seconds. */
  timer: (
    name: string,
    help: string,
    options: { labels: readonly string[]; buckets: number[] },
  ) => (labels: Labels, seconds: number) => void;
  /** What is, asked when somebody looks. A failure leaves the value out, so that the others can still be read. */
  gauge: (
    name: string,
    help: string,
    options: { labels: readonly string[]; collect: () => Promise<Iterable<{ labels: Labels; value: number }>> },
  ) => void;
};

/** Creates the registry of one process (tests make their own: nothing is global). */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const started = Date.now();
  new Gauge({
    name: 'stoa_process_resident_memory_bytes',
    help: 'Resident memory.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Gauge({
    name: 'stoa_process_uptime_seconds',
    help: 'Seconds since the process started.',
    registers,
    collect() {
      this.set((Date.now() - started) / 1000);
    },
  });
  return {
    registry,
    httpDuration: new Histogram({
      name: 'stoa_http_request_duration_seconds',
      help: 'Time from the request to the end of the answer.',
      labelNames: ['route', 'method', 'status_class'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
      registers,
    }),
    events: new Counter({
      name: 'stoa_events_total',
      help: 'Events by outcome of their handling.',
      labelNames: ['context', 'type', 'outcome'],
      registers,
    }),
    jobs: new Counter({
      name: 'stoa_jobs_total',
      help: 'Jobs by outcome.',
      labelNames: ['queue', 'outcome'],
      registers,
    }),
    measure: (onFailure) => ({
      counter: (name, help, labelNames) => {
        const counter = new Counter({ name, help, labelNames: [...labelNames], registers });
        return (labels) => counter.inc({ ...labels });
      },
      timer: (name, help, { labels: labelNames, buckets }) => {
        const histogram = new Histogram({ name, help, labelNames: [...labelNames], buckets, registers });
        return (labels, seconds) => histogram.observe({ ...labels }, seconds);
      },
      gauge: (name, help, { labels: labelNames, collect }) => {
        new Gauge({
          name,
          help,
          labelNames: [...labelNames],
          registers,
          async collect() {
            this.reset();
            try {
              for (const { labels, value } of await collect()) this.set({ ...labels }, value);
            } catch (error) {
              onFailure(error, name);
            }
          },
        });
      },
    }),
    gauge: (name, help, collect) => {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.set(await collect());
        },
      });
    },
  };
}
