import { context, type Span, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import type { Ctx } from '../ctx.ts';
import { ExpectedError } from '../errors.ts';

/**
 * Sends spans to an OpenTelemetry collector when `OTEL_EXPORTER_OTLP_ENDPOINT` is set; otherwise nothing is loaded
 * and spans cost nothing. `OTEL_SERVICE_NAME` names this process among others, by default `stoa`.
 * @returns a function that sends what is left and stops
 */
export async function startTracing(environment: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
  const endpoint = environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint) return async () => undefined;
  const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': environment.OTEL_SERVICE_NAME || 'stoa' }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  enabled = true;
  return async () => {
    enabled = false;
    await provider.shutdown();
  };
}

let enabled = false;
const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const;
type SpanOptions = { kind: keyof typeof kinds; attributes?: Record<string, string | number> };

/** True while spans are sent: what only they need is not made otherwise. */
export function isTracing(): boolean {
  return enabled;
}

/**
 * Runs work inside a span that continues the ctx's trace. The work gets a ctx whose traceparent is the span's, so that
 * what it causes (events, jobs, calls) continues from there. Without a collector it just runs the work.
 */
export function inSpan<T>(
  name: string,
  { ctx, ...options }: SpanOptions & { ctx: Ctx },
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  if (!enabled) return work(ctx);
  const [, traceId = '', spanId = '', flags = '01'] = ctx.traceparent.split('-');
  const parent = trace.setSpanContext(context.active(), {
    traceId,
    spanId,
    traceFlags: flags === '01' ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote: true,
  });
  return record(name, options, parent, (span) => {
    const own = span.spanContext();
    return work({ ...ctx, traceparent: `00-${own.traceId}-${own.spanId}-0${own.traceFlags}` });
  });
}

/** Runs work as a part of what is under way; work that nothing waits for (a poll) is no part of anything and has no span. */
export function inPart<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  if (!enabled || !trace.getActiveSpan()) return work();
  return record(name, options, context.active(), work);
}

type TraceContext = ReturnType<typeof context.active>;

function record<T>(
  name: string,
  { kind, attributes = {} }: SpanOptions,
  parent: TraceContext,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  return trace.getTracer('stoa').startActiveSpan(name, { kind: kinds[kind], attributes }, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      // A refusal is an answer; only what went wrong with us is a failure.
      if (!(error instanceof ExpectedError) || error.definition.status >= 500) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        if (error instanceof Error) span.recordException(error);
      }
      throw error;
    } finally {
      span.end();
    }
  });
}
