import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** Paths that never reach the log, whatever object they are in. */
const redacted = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'secret',
  'code',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

type BufferedStream = ReturnType<typeof pino.destination>;
let standardOutput: BufferedStream | undefined;
const warn = 40;

/**
 * Standard output with a buffer: a system call for each line would cost more than the line. What is in it goes out when
 * there is enough, ten times a second, with the first warning, and when the process ends, also by an error nobody caught.
 */
function bufferedOutput(): BufferedStream {
  if (standardOutput) return standardOutput;
  const stream = pino.destination({ dest: 1, sync: true, minLength: 8192, periodicFlush: 100 });
  process.on('exit', () => stream.flushSync());
  standardOutput = stream;
  return stream;
}

/**
 * JSON lines on standard output, one per happening, with secrets masked. `level` is pino's (default `info`).
 */
export function createLog(options: { level?: string; destination?: DestinationStream } = {}): Log {
  const buffer = options.destination ? undefined : bufferedOutput();
  return pino(
    {
      level: options.level ?? 'info',
      redact: { paths: redacted, censor: '[masked]' },
      serializers: { err: describeError },
      base: null,
      timestamp: () => `,"time":"${timeText(Date.now())}"`,
      formatters: { level: (label: string) => ({ level: label }) },
      hooks: {
        logMethod(inputs, method, level) {
          method.apply(this, inputs);
          if (level >= warn) buffer?.flush();
        },
      },
    },
    options.destination ?? bufferedOutput(),
  );
}

/**
 * What the log says of an error: kind, message, stack with those of its causes, and code (SQLSTATE, of the system, or ours;
 * not called `code`, which is masked). Nothing else it carries: an error of the database quotes the row it speaks of.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = pino.stdSerializers.err(error);
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    type,
    message,
    stack,
    ...(typeof code === 'string' ? { errorCode: code } : {}),
    ...(error instanceof AggregateError ? { errors: error.errors.map(describeError) } : {}),
  };
}

let second = 0;
let secondText = '';

/** RFC 3339 with milliseconds, in UTC; the text of a second is made once. */
function timeText(milliseconds: number): string {
  const now = Math.floor(milliseconds / 1000);
  if (now !== second) {
    second = now;
    secondText = new Date(now * 1000).toISOString().slice(0, 20);
  }
  return `${secondText}${String(milliseconds % 1000).padStart(3, '0')}Z`;
}

/** What the line of a request says. `route` is the pattern, never the address: addresses hold ids and searches. */
export type RequestLine = {
  traceId: string;
  method: string;
  route: string;
  status: number;
  /** Seconds. */
  duration: number;
  userId: string | undefined;
};

/**
 * Writes the lines of requests, the only ones there are many of: put together here instead of by the logger, which would
 * look into them for secrets (there are none: all of it comes from us) and serialize them field by field. They look like
 * all others and obey the level.
 */
export function requestLines(log: Log): (line: RequestLine) => void {
  const stream: unknown = Reflect.get(log, pino.symbols.streamSym);
  if (!isStream(stream)) throw new TypeError('the log has no stream');
  return ({ traceId, method, route, status, duration, userId }) => {
    if (!log.isLevelEnabled('info')) return;
    const who = userId === undefined ? '' : `,"userId":${JSON.stringify(userId)}`;
    const seconds = Math.round(duration * 1e6) / 1e6;
    stream.write(
      `{"level":"info","time":"${timeText(Date.now())}","traceId":"${traceId}","method":"${method}","route":${JSON.stringify(route)},"status":${status},"duration_s":${seconds}${who},"msg":"request"}\n`,
    );
  };
}

function isStream(value: unknown): value is DestinationStream {
  return typeof value === 'object' && value !== null && 'write' in value && typeof value.write === 'function';
}
