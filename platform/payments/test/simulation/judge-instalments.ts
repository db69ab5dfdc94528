/*
 * The second model of what is paid in parts: what a buyer and a seller were promised, checked on the record of what happened.
 * It shares nothing with the rules that are judged; it divides, counts money and counts days by itself.
 */

/** What was agreed: `price` after the coupon, the surcharge in ten-thousandths. Amounts in minor units. */
export type Agreed = { price: number; parts: number; surcharge: number };

/** One line of the record. Times are milliseconds, amounts minor units. */
export type Told = { at: number } & (
  | { what: 'state'; from: string; to: string; entitled: boolean; tell: string }
  | { what: 'dates'; due: number[] }
  | { what: 'order'; order: string; part: number; through: number; amount: number }
  | { what: 'gone' | 'paid'; order: string }
  | { what: 'try'; order: string; by: 'payer' | 'schedule' | 'support'; state: string }
  | { what: 'money'; order: string; amount: number }
  | { what: 'back'; order: string; amount: number }
  | { what: 'taken away' }
  | { what: 'given up'; keeps: boolean }
  | { what: 'dispute'; order: string; now: 'open' | 'won' | 'lost'; ofSale: boolean }
  | { what: 'look'; state: string; entitled: boolean; isPaying: boolean }
);

const dayMs = 24 * 3_600_000;

function must(holds: boolean, promise: string, detail: unknown = ''): void {
  if (!holds) throw new Error(`broken promise: ${promise} ${JSON.stringify(detail)}`);
}

/** An amount in so many whole parts, the larger ones first. */
function split(amount: number, parts: number): number[] {
  const least = Math.floor(amount / parts);
  return Array.from({ length: parts }, (_one, index) => least + (index < amount - least * parts ? 1 : 0));
}

/** What every part costs, and what of it is for having time. */
function scheduleOf({ price, parts, surcharge }: Agreed): { asked: number[]; extra: number[] } {
  const added = Math.floor((price * surcharge) / 10_000 + 0.5);
  const asked = split(price + added, parts);
  const free = split(price, parts);
  return { asked, extra: asked.map((one, index) => one - (free[index] ?? 0)) };
}

type Order = {
  part: number;
  through: number;
  amount: number;
  state: 'open' | 'gone' | 'paid';
  in: number;
  out: number;
};

/**
 * Reads the record from its beginning and remembers what a person with a pencil would.
 * @param most days for which access may stay open while a part is late
 * @throws Error when a promise is broken
 */
export function judgePlan(agreed: Agreed, told: readonly Told[], most: number): void {
  const { asked, extra } = scheduleOf(agreed);
  const orders = new Map<string, Order>();
  const disputes = new Map<string, string>();
  let due: number[] = [];
  let entitled = false;
  let state = 'incomplete';
  /** Nothing that was paid for is theirs any more. */
  let isTaken = false;
  let isGivenUp = false;
  /** From when on a part that is late counts: a payment, and a bank that has not decided, stop the clock. */
  let clockFrom = 0;

  const need = (id: string): Order => {
    const order = orders.get(id);
    if (!order) throw new Error(`broken promise: nothing without an order ${id}`);
    return order;
  };
  const isPaid = (part: number) =>
    [...orders.values()].some((order) => order.state === 'paid' && part >= order.part && part <= order.through);
  const paidParts = () => asked.filter((_amount, index) => isPaid(index + 1)).length;
  const isOver = () => state === 'completed' || state === 'canceled';
  const tries: { at: number; order: string }[] = [];
  let wonDisputes = 0;

  const judgeAccess = (at: number): void => {
    const paid = paidParts();
    if (paid === 0) must(!entitled, 'nothing is open before anything is paid');
    if (isTaken) must(!entitled, 'what was taken back is closed', [state]);
    if (paid === 0 || isTaken || isGivenUp) return;
    if (paid === agreed.parts) must(state === 'completed' && entitled, 'what is paid is open and stays so', [state]);
    const late = due.findIndex((when, index) => when <= at && !isPaid(index + 1));
    if (late < 0) must(entitled, 'who has paid what is due has it', [state, at]);
  };

  for (const one of told) {
    const { at } = one;
    switch (one.what) {
      case 'dates':
        due = one.due;
        must(due.length === agreed.parts && due[0] === at, 'the first part is due at once');
        due.slice(1).forEach((when, index) => {
          const days = (when - (due[index] ?? 0)) / dayMs;
          must(days >= 28 && days <= 31, 'a part a month', due);
        });
        break;
      case 'order': {
        const { part, through, amount } = one;
        must(!isOver(), 'nothing is asked for when it is over', one);
        must(
          [...orders.values()].every((order) => order.state !== 'open'),
          'one order waits at a time',
          one,
        );
        must(part === paidParts() + 1, 'parts are paid one after the other', one);
        must(part === through || through === agreed.parts, 'an order is one part, or all that is left', one);
        let price = 0;
        for (let n = part; n <= through; n += 1) {
          const early = part !== through && (due[n - 1] ?? 0) > at ? (extra[n - 1] ?? 0) : 0;
          price += (asked[n - 1] ?? 0) - early;
        }
        must(amount === price, 'a part costs what was agreed', [one, price]);
        orders.set(one.order, { part, through, amount, state: 'open', in: 0, out: 0 });
        break;
      }
      case 'gone':
        must(need(one.order).state === 'open', 'only what waits is called off', one);
        need(one.order).state = 'gone';
        break;
      case 'paid': {
        const order = need(one.order);
        for (let n = order.part; n <= order.through; n += 1) must(!isPaid(n), 'no part is paid twice', one);
        must(!isTaken && !isGivenUp, 'nobody pays for what is over', one);
        must(order.in >= order.amount, 'what is paid has its money', order);
        order.state = 'paid';
        // Whoever pays one of several late parts has the days of grace for the next one.
        clockFrom = at;
        break;
      }
      case 'try': {
        const order = need(one.order);
        must(order.state === 'open', 'only what waits is paid', one);
        if (one.by === 'payer') break;
        must(order.part === order.through, 'nobody is charged more than a part in their absence', one);
        must((due[order.part - 1] ?? Number.POSITIVE_INFINITY) <= at, 'nobody is charged before the day', one);
        must(
          [...disputes.values()].every((now) => now !== 'open'),
          'nobody is charged while a bank asks',
          one,
        );
        const mayBe = one.by === 'support' ? ['past_due', 'paused'] : ['active', 'past_due'];
        must(mayBe.includes(one.state) && state === one.state, 'who left is not charged', one);
        if (one.by === 'support') break;
        const before = tries.findLast(({ order: id }) => id === one.order);
        must(!before || at - before.at >= dayMs || clockFrom > before.at, 'tries are days apart', [before, one]);
        tries.push(one);
        const own = tries.filter(({ order: id }) => id === one.order).length;
        must(own <= 4 * (1 + wonDisputes), 'a part is tried four times at most', one);
        break;
      }
      case 'money':
        need(one.order).in += one.amount;
        break;
      case 'back':
        need(one.order).out += one.amount;
        break;
      case 'taken away':
        isTaken = true;
        break;
      case 'given up':
        if (one.keeps) isGivenUp = true;
        else isTaken = true;
        break;
      case 'dispute':
        if (!one.ofSale) break;
        disputes.set(one.order, one.now);
        clockFrom = at;
        if (one.now === 'won') wonDisputes += 1;
        break;
      case 'state':
        must(one.from === state, 'states follow each other', one);
        must(state !== 'canceled' || one.to === 'canceled', 'nothing begins again', one);
        if (isGivenUp) must(entitled || !one.entitled, 'giving up opens nothing', one);
        state = one.to;
        entitled = one.entitled;
        break;
      case 'look': {
        must(one.state === state && one.entitled === entitled, 'what is told is what is', [one, state, entitled]);
        judgeAccess(at);
        if (isOver())
          must(
            [...orders.values()].every((order) => order.state !== 'open'),
            'nothing waits when it is over',
            state,
          );
        const isDisputed = [...disputes.values()].includes('open');
        must((state === 'disputed') <= isDisputed, 'it rests only for a bank', [...disputes]);
        if (isDisputed) must(isOver() || state === 'disputed', 'it rests while a bank asks', state);
        if (isDisputed || one.isPaying) clockFrom = at;
        const late = due.findIndex((when, index) => when <= at && !isPaid(index + 1));
        const since = Math.max(clockFrom, due[late] ?? at);
        if (late >= 0 && !isOver()) must(!entitled || at - since <= most * dayMs, 'grace ends', [late, since, at]);
        break;
      }
    }
  }

  const isTakenBack = [...orders.values()].some((order) => order.out > 0);
  for (const [id, order] of orders)
    if (order.state !== 'paid') must(order.in === order.out, 'money that paid for nothing went back', [id, order]);
  must(['incomplete', 'paused', 'completed', 'canceled'].includes(state), 'everything comes to an end', state);
  must((state === 'completed') === (paidParts() === agreed.parts && !isTaken && !isGivenUp), 'all paid is complete');
  if (state === 'completed' && !isTakenBack) {
    const whole = asked.reduce((sum, one) => sum + one, 0);
    const most = extra.reduce((sum, one) => sum + one, 0);
    const kept = [...orders.values()].reduce((sum, order) => sum + (order.state === 'paid' ? order.in : 0), 0);
    must(kept <= whole && kept >= whole - most, 'all of it was paid, and no more', [kept, whole]);
  }
}
