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

/**
 * JSON lines on standard output, one per happening, with secrets masked. `level` is pino's (default `info`).
 */
export function createLog(options: { level?: string; destination?: DestinationStream } = {}): Log {
  const settings = {
    level: options.level ?? 'info',
    redact: { paths: redacted, censor: '[masked]' },
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}
