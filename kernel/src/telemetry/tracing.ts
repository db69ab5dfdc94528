import { context, type Span, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';

/**
 * Sends spans to an OpenTelemetry collector when `OTEL_EXPORTER_OTLP_ENDPOINT` is set; otherwise nothing is loaded
 * and spans cost nothing.
 * @returns a function that sends what is left and stops
 */
export async function startTracing(environment: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
  if (!environment.OTEL_EXPORTER_OTLP_ENDPOINT) return async () => undefined;
  const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] });
  provider.register();
  enabled = true;
  return () => provider.shutdown();
}

let enabled = false;
const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER } as const;

/** Runs work inside a span that continues the given traceparent. Without a collector it just runs the work. */
export function inSpan<T>(
  name: string,
  options: { traceparent: string; kind: keyof typeof kinds; attributes?: Record<string, string | number> },
  work: () => Promise<T>,
): Promise<T> {
  if (!enabled) return work();
  const [, traceId = '', spanId = '', flags = '01'] = options.traceparent.split('-');
  const parent = trace.setSpanContext(context.active(), {
    traceId,
    spanId,
    traceFlags: flags === '01' ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote: true,
  });
  return trace
    .getTracer('stoa')
    .startActiveSpan(
      name,
      { kind: kinds[options.kind], attributes: options.attributes ?? {} },
      parent,
      async (span: Span) => {
        try {
          return await work();
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          if (error instanceof Error) span.recordException(error);
          throw error;
        } finally {
          span.end();
        }
      },
    );
}
