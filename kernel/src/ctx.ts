import { randomFillSync } from 'node:crypto';
import { kernelErrors } from './errors.ts';
import type { Locale } from './locale.ts';

/** What a person may be. A person may have several. */
export const roles = ['student', 'instructor', 'supplier', 'fleet', 'support', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who asks. `service` is the platform itself: jobs, event handlers, sibling contexts, the command line. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'user'; userId: string; roles: readonly Role[]; email: string; emailVerified: boolean; name: string }
  | { kind: 'service'; name: string };
export type User = Extract<Actor, { kind: 'user' }>;

/**
 * What every use case gets beside its input. It is an explicit argument on purpose: nothing about the caller hides in
 * async storage, so a use case can be called from a route, a job, an event or a test in the same way.
 */
export type Ctx = {
  actor: Actor;
  locale: Locale;
  /** W3C trace context of the request, carried into events and jobs. */
  traceparent: string;
  /** Milliseconds since the epoch after which nobody waits for the answer. */
  deadline?: number;
  /**
   * Set when the request carried an Idempotency-Key: a UUID derived from caller, operation and key. Use it as the id
   * of what the command creates, so that even a retry after a crash between commit and answer finds the first effect.
   */
  requestId?: string;
  /** Address of the caller, for security records and limits. */
  ip?: string;
  userAgent?: string;
};

/** The ctx of the platform itself, for jobs, event handlers and start-up work. `name` says who, e.g. `seed`. */
export function serviceCtx(name: string, options: { traceparent?: string; locale?: Locale } = {}): Ctx {
  return {
    actor: { kind: 'service', name },
    locale: options.locale ?? 'en',
    traceparent: options.traceparent ?? newTraceparent(),
  };
}

// Random bytes are drawn for many traces at once: a draw of its own costs more than everything else about a trace.
const pool = Buffer.alloc(24 * 256);
let drawn = pool.length;

/** A new W3C traceparent, sampled. */
export function newTraceparent(): string {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  const hex = pool.toString('hex', drawn, drawn + 24);
  drawn += 24;
  return `00-${hex.slice(0, 32)}-${hex.slice(32)}-01`;
}

/** The same trace, of which no spans are kept. */
export function unsampled(traceparent: string): string {
  return `${traceparent.slice(0, -2)}00`;
}

const traceparentPattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The given traceparent if it is valid (W3C Trace Context), else a new one. */
export function continueTrace(traceparent: string | undefined): string {
  return traceparent && traceparentPattern.test(traceparent) ? traceparent : newTraceparent();
}

/** The trace id of a traceparent: what a person quotes to support and what the log is searched for. */
export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}

/**
 * The person who asks. First line of every use case that needs one.
 * @throws not_signed_in
 */
export function requireUser(ctx: Ctx): User {
  if (ctx.actor.kind !== 'user') throw kernelErrors.not_signed_in();
  return ctx.actor;
}

/** True if the actor has one of the roles; `admin` has all; the platform itself may do everything. */
export function hasRole(ctx: Ctx, ...wanted: Role[]): boolean {
  if (ctx.actor.kind === 'service') return true;
  if (ctx.actor.kind !== 'user') return false;
  const { roles: held } = ctx.actor;
  return held.includes('admin') || wanted.some((role) => held.includes(role));
}

/**
 * Lets through people with one of the roles, and the platform itself.
 * @throws not_signed_in, not_allowed
 */
export function requireRole(ctx: Ctx, ...wanted: Role[]): void {
  if (hasRole(ctx, ...wanted)) return;
  throw ctx.actor.kind === 'anonymous' ? kernelErrors.not_signed_in() : kernelErrors.not_allowed();
}

/**
 * Lets through only the platform itself: sibling contexts, jobs, events.
 * @throws not_allowed
 */
export function requireService(ctx: Ctx): void {
  if (ctx.actor.kind !== 'service') throw kernelErrors.not_allowed();
}
