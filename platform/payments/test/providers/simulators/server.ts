import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Money } from '@stoa/kernel';

/** How a call to a simulator goes wrong. `_before`: nothing was done; `_after`: it was done and the answer is lost. */
export const failureModes = [
  'timeout_before',
  'timeout_after',
  'reset_before',
  'reset_after',
  'status_500_before',
  'status_500_after',
  'status_502_page',
  'status_503',
  'status_503_retry_after',
  'status_429',
  'status_400_page',
  'malformed_json_after',
  'empty_answer_after',
  'html_page',
  'slow',
  'slow_drip_after',
  'huge_answer_after',
  'redirect',
  'wrong_amount',
  'wrong_currency',
] as const;
export type FailureMode = (typeof failureModes)[number];

/** How webhooks travel. */
export const webhookModes = [
  'prompt',
  'duplicate',
  'late',
  'reordered',
  'forged',
  'stale',
  'lost',
  'unknown_order',
] as const;
export type WebhookMode = (typeof webhookModes)[number];

export type Asked = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: string;
};
export type Told = { status: number; headers?: Record<string, string>; body?: unknown };

/** A webhook as it was sent. `status` is what the receiver answered; null when nobody listens. */
export type SentWebhook = {
  url: string;
  headers: Record<string, string>;
  body: string;
  mode: WebhookMode;
  status: number | null;
};

/** A charge in a simulator's book: what was really charged, whatever anybody was told. */
export type BookEntry = {
  reference: string;
  providerReference: string;
  amount: Money;
  state: string;
  captured: number;
  refunded: number;
  refunds: { reference: string; amount: number }[];
};

/** What the payer, or the world, does. */
export const payerActions = [
  'pay',
  'decline',
  'cancel',
  'expire',
  'dispute',
  'dispute_won',
  'dispute_lost',
  /** The card that was kept is refused from now on; only where methods are kept. */
  'card_ends',
] as const;
export type PayerAction = (typeof payerActions)[number];

/** What a provider's simulator is made of. */
export type Machine = {
  name: string;
  /** Answers an API call by the provider's rules. */
  answer: (asked: Asked) => Told;
  /** The name of an API call, e.g. `create`, for failures of one kind of call alone. */
  operationOf: (asked: Asked) => string;
  /** Plays the payer; the address the browser goes to next, if any. Throws when it cannot happen any more. */
  act: (key: string, action: PayerAction) => { goTo: string | null };
  /** The charge behind any of its names: our reference, the provider's, what the code says. */
  find: (key: string) => string | undefined;
  book: () => BookEntry[];
  /** The answer with another amount or currency in it. */
  distort: (body: unknown, what: 'amount' | 'currency') => unknown;
};

/** A webhook ready to be sent, as it is and spoilt in the ways a provider's can be. */
export type Outgoing = {
  url: string | null;
  body: string;
  sign: (body: string, how: 'genuine' | 'forged' | 'stale') => Record<string, string>;
  /** For providers whose only proof is in the address. */
  addressed?: (url: string, how: 'genuine' | 'forged' | 'stale') => string;
  /** The same about an order nobody made. */
  unknownOrder: () => string;
};

export type Simulator = {
  name: string;
  url: string;
  /** Settings that point an installation at it. */
  settings: Record<string, string>;
  /** Makes the next calls go wrong: all of them, or those of one operation. */
  fail: (mode: FailureMode, options?: { operation?: string; times?: number }) => void;
  /** @returns how many failures nobody had met */
  clearFailures: () => number;
  /** How webhooks travel from now on. */
  webhooks: (mode: WebhookMode) => void;
  /** Everything that was sent, whether or not anybody took it. */
  sent: SentWebhook[];
  /** Waits until all webhooks under way are delivered or given up. */
  settled: () => Promise<void>;
  /** Plays the payer of a charge, found by any of its names. */
  act: (key: string, action: PayerAction) => void;
  book: () => BookEntry[];
  /** Every API call that came in. */
  asked: Asked[];
  close: () => Promise<void>;
};

export type StartOptions = {
  /** 0 for any. */
  port?: number;
  /** Where webhooks go, for providers that are told so once (all but PicPay). */
  webhookUrl?: string | (() => string);
  /** Milliseconds by which late webhooks are late. */
  lateMs?: number;
  now?: () => Date;
};

/** What a machine is given to speak with. */
export type Voice = {
  url: string;
  now: () => Date;
  webhookUrl: () => string | null;
  send: (outgoing: Outgoing) => void;
};

const mostBody = 1024 * 1024;

/** Puts a machine behind a loopback port. */
export async function startMachine(
  options: StartOptions,
  build: (voice: Voice) => {
    machine: Machine;
    settings: Record<string, string>;
    serve?: (asked: Asked) => Told | undefined;
  },
): Promise<Simulator> {
  const failures: { mode: FailureMode; operation: string | undefined; left: number }[] = [];
  const sent: SentWebhook[] = [];
  const asked: Asked[] = [];
  const under = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let travel: WebhookMode = 'prompt';
  let held: Outgoing | undefined;

  const later = (ms: number, work: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };

  function deliver(outgoing: Outgoing, mode: WebhookMode, tries = 3): void {
    const body = mode === 'unknown_order' ? outgoing.unknownOrder() : outgoing.body;
    const how = mode === 'forged' || mode === 'stale' ? mode : 'genuine';
    const headers = { 'content-type': 'application/json', ...outgoing.sign(body, how) };
    const address = outgoing.url && (outgoing.addressed?.(outgoing.url, how) ?? outgoing.url);
    const record: SentWebhook = { url: address ?? '', headers, body, mode, status: null };
    sent.push(record);
    if (!address) return;
    const work = fetch(address, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    })
      .then(async (response) => {
        record.status = response.status;
        await response.body?.cancel();
      })
      .catch(() => undefined)
      .then(() => {
        const taken = record.status !== null && record.status < 300;
        if (!taken && how === 'genuine' && tries > 1) later(300, () => deliver(outgoing, mode, tries - 1));
      })
      .finally(() => under.delete(work));
    under.add(work);
  }

  function send(outgoing: Outgoing): void {
    switch (travel) {
      case 'lost':
        return;
      case 'duplicate':
        deliver(outgoing, travel);
        deliver(outgoing, travel);
        later(50, () => deliver(outgoing, 'duplicate'));
        return;
      case 'late':
        later(options.lateMs ?? 1500, () => deliver(outgoing, 'late'));
        return;
      case 'reordered':
        // Each is held back until the next one has gone.
        if (held) {
          deliver(outgoing, travel);
          deliver(held, travel);
          held = undefined;
        } else held = outgoing;
        return;
      default:
        deliver(outgoing, travel);
    }
  }

  const server = createServer((request, response) => {
    read(request)
      .then((body) => handle(request, response, body))
      .catch((error: unknown) => {
        process.stderr.write(`simulator: ${error instanceof Error ? (error.stack ?? error.message) : 'failed'}\n`);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address !== 'object') throw new Error('the simulator has no port');
  const url = `http://127.0.0.1:${address.port}`;
  const { machine, settings, serve } = build({
    url,
    now: options.now ?? (() => new Date()),
    webhookUrl: () => (typeof options.webhookUrl === 'function' ? options.webhookUrl() : (options.webhookUrl ?? null)),
    send,
  });

  function takeFailure(operation: string): FailureMode | undefined {
    const at = failures.findIndex((failure) => !failure.operation || failure.operation === operation);
    const failure = failures[at];
    if (!failure) return undefined;
    failure.left -= 1;
    if (failure.left <= 0) failures.splice(at, 1);
    return failure.mode;
  }

  async function handle(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const at = new URL(request.url ?? '/', url);
    const call: Asked = {
      method: request.method ?? 'GET',
      path: at.pathname,
      query: at.searchParams,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body,
    };
    const aside = control(call) ?? serve?.(call);
    if (aside) {
      write(response, aside);
      return;
    }
    asked.push(call);
    const mode = takeFailure(machine.operationOf(call));
    const early = mode && before(mode, response);
    if (early === 'done') return;
    const told = machine.answer(call);
    if (mode) after(mode, response, told);
    else write(response, told);
  }

  /** Failures in which nothing happens. */
  function before(mode: FailureMode, response: ServerResponse): 'done' | undefined {
    const page = '<!doctype html><title>Error</title><h1>Something is wrong</h1>';
    const html = { 'content-type': 'text/html' };
    switch (mode) {
      case 'timeout_before':
        return 'done';
      case 'reset_before':
        response.socket?.resetAndDestroy();
        return 'done';
      case 'status_500_before':
        write(response, { status: 500, body: {} });
        return 'done';
      case 'status_502_page':
        write(response, { status: 502, headers: html, body: page });
        return 'done';
      case 'status_503':
        write(response, { status: 503, body: {} });
        return 'done';
      case 'status_503_retry_after':
        write(response, { status: 503, headers: { 'retry-after': '2' }, body: {} });
        return 'done';
      case 'status_429':
        write(response, { status: 429, headers: { 'retry-after': '2' }, body: {} });
        return 'done';
      case 'status_400_page':
        write(response, { status: 400, headers: html, body: page });
        return 'done';
      case 'html_page':
        write(response, { status: 200, headers: html, body: page });
        return 'done';
      case 'redirect':
        write(response, { status: 302, headers: { location: `${url}/elsewhere` } });
        return 'done';
      default:
        return undefined;
    }
  }

  /** Failures in which it happened, and only the answer suffers. */
  function after(mode: FailureMode, response: ServerResponse, told: Told): void {
    const text = JSON.stringify(told.body ?? {});
    const head = { 'content-type': 'application/json' };
    switch (mode) {
      case 'timeout_after':
        return;
      case 'reset_after':
        response.socket?.resetAndDestroy();
        return;
      case 'status_500_after':
        write(response, { status: 500, body: {} });
        return;
      case 'malformed_json_after':
        write(response, { status: told.status, headers: head, body: text.slice(0, -2) });
        return;
      case 'empty_answer_after':
        response.writeHead(told.status === 204 ? 200 : told.status, head).end();
        return;
      case 'slow':
        later(250, () => write(response, told));
        return;
      case 'slow_drip_after': {
        response.writeHead(told.status, head);
        const drip = (from: number) => {
          if (response.destroyed) return;
          response.write(text.slice(from, from + 1) || ' ');
          later(100, () => drip(from + 1));
        };
        drip(0);
        return;
      }
      case 'huge_answer_after':
        response.writeHead(told.status, head).end(`"${'x'.repeat(5 * 1024 * 1024)}"`);
        return;
      case 'wrong_amount':
        write(response, { ...told, body: machine.distort(told.body, 'amount') });
        return;
      case 'wrong_currency':
        write(response, { ...told, body: machine.distort(told.body, 'currency') });
        return;
      default:
        write(response, told);
        return;
    }
  }

  /** The payer's page, and the same for programs. */
  function control(call: Asked): Told | undefined {
    if (call.path === '/_control/book') return { status: 200, body: machine.book() };
    const pay = /^\/_pay\/([^/]+)$/.exec(call.path);
    if (pay?.[1]) return payerPage(machine, decodeURIComponent(pay[1]), call);
    const command = /^\/_control\/(\w+)$/.exec(call.path)?.[1];
    if (!command || call.method !== 'POST') return undefined;
    const given: unknown = call.body ? JSON.parse(call.body) : {};
    const field = (name: string) => {
      const value: unknown = typeof given === 'object' && given !== null ? Reflect.get(given, name) : undefined;
      return typeof value === 'string' ? value : undefined;
    };
    if (command === 'fail') {
      const mode = failureModes.find((known) => known === field('mode'));
      const operation = field('operation');
      if (!mode) return { status: 400, body: { modes: failureModes } };
      failures.push({ mode, operation, left: Number(field('times') ?? 1) });
      return { status: 200, body: {} };
    }
    if (command === 'webhooks') {
      const mode = webhookModes.find((known) => known === field('mode'));
      if (!mode) return { status: 400, body: { modes: webhookModes } };
      travel = mode;
      return { status: 200, body: {} };
    }
    const action = payerActions.find((known) => known === command);
    const key = field('charge');
    const charge = key ? machine.find(key) : undefined;
    if (!action || !charge) return { status: 404, body: { actions: payerActions, needs: 'charge' } };
    return { status: 200, body: machine.act(charge, action) };
  }

  return {
    name: machine.name,
    url,
    settings,
    fail: (mode, { operation, times } = {}) => {
      failures.push({ mode, operation, left: times ?? 1 });
    },
    clearFailures: () => failures.splice(0).length,
    webhooks: (mode) => {
      travel = mode;
      held = undefined;
    },
    sent,
    settled: async () => {
      while (under.size > 0 || timers.size > 0) {
        await Promise.all(under);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    act: (key, action) => {
      const charge = machine.find(key);
      if (!charge) throw new Error(`${machine.name}: there is no charge ${key}`);
      machine.act(charge, action);
    },
    book: machine.book,
    asked,
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function write(response: ServerResponse, { status, headers, body }: Told): void {
  if (response.destroyed) return;
  if (status === 204 || body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > mostBody) throw new Error('the request is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function payerPage(machine: Machine, key: string, call: Asked): Told {
  const html = { 'content-type': 'text/html; charset=utf-8' };
  const charge = machine.find(key);
  if (!charge)
    return { status: 404, headers: html, body: '<!doctype html><title>Nothing here</title><h1>Nothing here</h1>' };
  if (call.method === 'POST') {
    const action = payerActions.find((known) => known === new URLSearchParams(call.body).get('action')) ?? 'pay';
    const { goTo } = machine.act(charge, action);
    return goTo ? { status: 303, headers: { location: goTo } } : { status: 303, headers: { location: call.path } };
  }
  const entry = machine.book().find((one) => one.providerReference === charge);
  const buttons = ['pay', 'decline', 'cancel'].map(
    (action) => `<button name="action" value="${action}">${action}</button>`,
  );
  return {
    status: 200,
    headers: html,
    body: `<!doctype html><html lang="en"><title>${machine.name} simulator</title><h1>${machine.name}</h1>
<p>${entry?.amount.amount} ${entry?.amount.currency}: <strong>${entry?.state}</strong></p><form method="post">${buttons.join(' ')}</form></html>`,
  };
}

/** A record of unknown JSON, empty when it is none. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

/** JSON of a request; undefined when it is none. */
export function jsonOf(asked: Asked): unknown {
  try {
    return JSON.parse(asked.body);
  } catch {
    return undefined;
  }
}
