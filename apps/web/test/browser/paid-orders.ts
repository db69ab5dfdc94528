import assert from 'node:assert/strict';
import type { RunningPlatform } from './platform.ts';

type Ask = (path: string, init?: RequestInit) => Promise<Response>;
export type Bought = { orderId: string; paymentId: string; number: string };

/** A course of the demo world with its price: the one its author sells. */
export type SoldCourse = { id: string; slug: string; title: string; price: { amount: number; currency: string } };

/** The course of the demo world that has a price. */
export async function soldCourse(platform: RunningPlatform): Promise<SoldCourse> {
  const list: { items: SoldCourse[] } = await (
    await fetch(`${platform.url}/api/courses?limit=50`, { headers: { 'accept-language': 'en' } })
  ).json();
  return list.items.find(({ price }) => price !== null) ?? assert.fail('no course of the demo world is sold');
}

/** A new person who can buy. */
export async function newBuyer(
  platform: RunningPlatform,
  name: string,
): Promise<{ email: string; password: string; ask: Ask }> {
  const email = `${name.toLowerCase()}.${Date.now()}@example.com`;
  const password = 'columns and shade 27';
  const answer = await post(fetch, `${platform.url}/api/auth/register`, { email, password, name });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { email, password, ask: await platform.as({ email, password }) };
}

/** Orders a course and starts to pay it with the sandbox; the payer has not done anything yet. */
export async function order(ask: Ask, course: SoldCourse, more: object = {}): Promise<Bought> {
  const { status, body } = await post(ask, `/api/payments/courses/${course.id}`, { provider: 'sandbox', ...more });
  assert.equal(status, 202, JSON.stringify(body));
  return { orderId: String(body.orderId), paymentId: String(body.id), number: String(body.orderNumber) };
}

/** Plays the payer at the sandbox. */
export async function play(ask: Ask, paymentId: string, outcome: string): Promise<void> {
  const address = await eventually(`payment ${paymentId} can be paid`, async () => {
    const payment: { nextAction: { url: string | null } | null } = await (
      await ask(`/api/payments/${paymentId}`)
    ).json();
    return payment.nextAction?.url ?? null;
  });
  const { status, body } = await post(ask, `/api/sandbox/payments/${address.split('/').at(-1)}`, { outcome });
  assert.equal(status, 200, JSON.stringify(body));
}

/** Buys a course with the sandbox, and waits until its order is paid. */
export async function buy(ask: Ask, course: SoldCourse, more: object = {}): Promise<Bought> {
  const bought = await order(ask, course, more);
  await play(ask, bought.paymentId, 'succeed');
  await orderIs(ask, bought.orderId, 'paid');
  return bought;
}

/** Waits until an order is in a state. */
export async function orderIs(ask: Ask, orderId: string, state: string): Promise<void> {
  await eventually(`order ${orderId} is ${state}`, async () => {
    const shown: { state: string } = await (await ask(`/api/orders/${orderId}`)).json();
    return shown.state === state || null;
  });
}

/** Asks until there is an answer that is not `null`. @throws Error after 20 s */
export async function eventually<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const until = Date.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > until) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** Posts JSON. */
export async function post(
  ask: Ask,
  path: string,
  body: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}
