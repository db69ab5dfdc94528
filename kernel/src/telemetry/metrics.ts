import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The process's metrics in Prometheus terms: base units, `_total` for counters, never an id or a raw path as a label. */
export type Metrics = {
  registry: Registry;
  httpDuration: Histogram<'route' | 'method' | 'status_class'>;
  events: Counter<'context' | 'type' | 'outcome'>;
  jobs: Counter<'queue' | 'outcome'>;
  gauge: (name: string, help: string, collect: () => Promise<number> | number) => void;
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
