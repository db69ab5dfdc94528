/**
 * What a provider said of one message. `refused` is final: the same message to the same address will never arrive.
 * `retry` is everything that may pass, and everything that is ours to repair (a wrong key, a quota): a message must not
 * be lost because an operator mistyped a setting.
 */
export type Outcome =
  | { kind: 'accepted'; providerId: string | null; detail: string }
  | { kind: 'refused'; reason: Refusal; detail: string }
  /** `afterSeconds` is what the provider asked for; null leaves it to the queue's own waits. */
  | { kind: 'retry'; afterSeconds: number | null; detail: string };

/**
 * `bad_address`: there is nobody at this address. `unregistered`: the device has gone. `suppressed`: the person has
 * told the provider to stop. `rejected`: the message itself is not acceptable.
 */
export const refusals = ['bad_address', 'unregistered', 'suppressed', 'rejected'] as const;
export type Refusal = (typeof refusals)[number];

/** Which message is sent, for the provider's idempotency and for callbacks. `attempt` counts from 1. */
export type Call = { messageId: string; attempt: number };

/** One way out. Every adapter passes the same contract suite (`test/channel-contract.ts`). Never throws for a provider's answer. */
export type ChannelAdapter<M> = {
  /** Shown in the console, e.g. `smtp`, `twilio`. */
  readonly provider: string;
  send: (message: M, call: Call) => Promise<Outcome>;
  close: () => void;
};

export type Attachment = { fileName: string; contentType: string; content: Uint8Array };

/** A mail ready to be handed over. `messageId` is the Message-ID header, with its angle brackets. */
export type EmailMessage = {
  to: { name: string; address: string };
  subject: string;
  html: string;
  text: string;
  messageId: string;
  headers: Record<string, string>;
  attachments: readonly Attachment[];
};

/** `to` in E.164, e.g. `+5511912345678`. */
export type SmsMessage = { to: string; text: string };

/** Where a push goes: an app's registration token, or a browser's subscription (keys in base64url). */
export type PushTarget =
  | { kind: 'fcm'; token: string }
  | { kind: 'webpush'; endpoint: string; p256dh: string; auth: string };

/** What a device shows. `url` is absolute and ours. */
export type PushMessage = {
  target: PushTarget;
  title: string;
  body: string;
  url: string;
  kind: string;
  /** Seconds the provider keeps it for a device that is away. */
  ttlSeconds: number;
  urgent: boolean;
};

/** Seconds a `Retry-After` header asks for (RFC 9110, 10.2.3: seconds or a date); null if there is none that is sensible. */
export function retryAfterSeconds(header: string | string[] | undefined, now: Date): number | null {
  const text = Array.isArray(header) ? header[0] : header;
  if (!text) return null;
  const seconds = /^\d+$/.test(text.trim()) ? Number(text) : (Date.parse(text) - now.getTime()) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds), 86_400) : null;
}

/** A failure to reach a provider at all, as an outcome. */
export function unreachable(error: unknown): Outcome {
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: 'retry', afterSeconds: null, detail: detail.slice(0, 500) };
}

/** The value as an object to look into, if it is one. */
export function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
}

/** A JSON object in an answer; undefined if it is something else: gateways answer in HTML. */
export function readJsonObject(text: string): Record<string, unknown> | undefined {
  try {
    return asRecord(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
