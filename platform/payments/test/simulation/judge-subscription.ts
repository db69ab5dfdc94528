/*
 * The second model of subscriptions: what a subscriber was promised, checked on the record of what happened. It shares
 * nothing with the rules that are judged; it counts money and days.
 */

/** One line of the record. Times are milliseconds, amounts minor units. */
export type Told = { at: number } & (
  | { what: 'state'; from: string; to: string; cancels: boolean }
  | {
      what: 'order';
      order: string;
      price: number;
      takenOff: number;
      isRenewal: boolean;
      isChange: boolean;
      state: string;
    }
  | { what: 'try'; order: string; offSession: boolean; state: string }
  | { what: 'money' | 'back'; order: string; amount: number }
  | {
      what: 'period';
      order: string;
      from: number;
      to: number;
      isTrial: boolean;
      creditBefore: number;
      credit: number;
    }
  | { what: 'gone'; order: string }
  | { what: 'cancel' | 'uncancel' }
  | { what: 'look'; state: string; periodEnd: number | null; open: boolean }
  | { what: 'end'; order: string; state: string }
);

const dayMs = 24 * 3_600_000;

function must(holds: boolean, promise: string, detail: unknown = ''): void {
  if (!holds) throw new Error(`broken promise: ${promise} ${JSON.stringify(detail)}`);
}

const only = <W extends Told['what']>(told: readonly Told[], what: W) =>
  told.filter((one): one is Told & { what: W } => one.what === what);

function sumByOrder(moved: readonly { order: string; amount: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { order, amount } of moved) sums.set(order, (sums.get(order) ?? 0) + amount);
  return sums;
}

/** What holds when a life is over and nothing is under way any more. */
export function judgeEndOfSubscription(told: readonly Told[], end: { state: string; credit: number }): void {
  const orders = only(told, 'order');
  const periods = only(told, 'period');
  const tries = only(told, 'try');
  const came = sumByOrder(only(told, 'money'));
  const moneyOf = (order: string) => came.get(order) ?? 0;
  const went = sumByOrder(only(told, 'back'));
  const backOf = (order: string) => went.get(order) ?? 0;

  // Every period has been paid for with its own order, whole, and every order that took money is a period or went back.
  for (const order of orders) {
    const own = periods.filter((period) => period.order === order.order);
    must(own.length <= 1, 'an order is one period', order);
    const money = moneyOf(order.order);
    if (own.length === 0) must(money === backOf(order.order), 'money that bought nothing goes back', [order, money]);
    else must(money >= order.price - order.takenOff, 'a period is paid for', [order, money]);
    if (own.length > 0)
      must(
        money - backOf(order.order) === order.price - order.takenOff || backOf(order.order) > 0,
        'a period is paid for once',
        order,
      );
  }
  must(periods.filter(({ isTrial }) => isTrial).length <= 1, 'a trial is had once');

  // No day is paid twice: a period begins where another ended, or later, unless a change of plan cut that one short.
  periods.forEach((period, index) => {
    must(period.to > period.from, 'a period lasts', period);
    const before = periods[index - 1];
    const order = orders.find((one) => one.order === period.order);
    if (!before || order?.isChange) return;
    must(period.from >= before.to, 'no day is paid twice', [before, period]);
  });

  // What is taken off was left over from somewhere, to the cent: unused days of a plan that was left, and nothing else.
  for (const order of orders.filter(({ isChange }) => isChange)) {
    // Of every period that was bought since the last change of plan, the days that are still to come.
    const isChange = (id: string) => orders.some((one) => one.order === id && one.isChange);
    const bought = periods.filter((one) => one.order !== order.order && one.at <= order.at);
    const since = Math.max(
      0,
      bought.findLastIndex((one) => isChange(one.order)),
    );
    const ahead = bought.slice(since).filter((one) => !one.isTrial && one.to > order.at);
    const unused = ahead.reduce((sum, { order: id, from, to }) => {
      const price = orders.find((one) => one.order === id)?.price ?? 0;
      const left = Math.min(to - order.at, to - from);
      return sum + Number((BigInt(price) * BigInt(left)) / BigInt(to - from));
    }, 0);
    const period = periods.find((one) => one.order === order.order);
    must(order.takenOff <= order.price, 'nothing costs less than nothing');
    if (period)
      must(period.creditBefore + unused === order.takenOff + period.credit, 'credit is neither lost nor made', [
        order,
        unused,
        period,
      ]);
  }
  for (const period of periods) {
    const order = orders.find((one) => one.order === period.order);
    if (!order || order.isChange || period.isTrial) continue;
    must(period.credit === Math.max(0, period.creditBefore - order.takenOff), 'credit is used up once', [
      order,
      period,
    ]);
    must(period.credit >= 0, 'credit is not below nothing');
  }
  must(end.credit >= 0, 'credit is not below nothing');

  // Nobody is charged in their absence when they paused it, ended it, or have not been asked yet.
  for (const one of tries.filter(({ offSession }) => offSession)) {
    must(
      one.state !== 'canceled' && one.state !== 'ended' && one.state !== 'incomplete',
      'who left is not charged',
      one,
    );
    const order = orders.find(({ order: id }) => id === one.order);
    if (order?.isRenewal) must(one.state !== 'paused', 'who paused is not charged', one);
  }
  for (const order of orders.filter(({ isRenewal }) => isRenewal))
    must(order.state === 'active' || order.state === 'trialing', 'only what runs is renewed', order);

  // What failed is tried three times more, never sooner than a day after, and never again after that.
  for (const order of orders.filter(({ isRenewal }) => isRenewal)) {
    const own = tries.filter((one) => one.order === order.order && one.offSession);
    must(own.length <= 4, 'a renewal is tried four times at most', own);
    own.slice(1).forEach((one, index) => {
      must(one.at - (own[index]?.at ?? 0) >= dayMs, 'tries are days apart', own);
    });
  }

  // Whoever ended it and paid nothing since has ended it.
  const lastCancel = only(told, 'cancel').at(-1);
  if (lastCancel) {
    const isBack = told.some(
      (one) =>
        one.at >= lastCancel.at &&
        (one.what === 'uncancel' || (one.what === 'try' && !one.offSession) || (one.what === 'order' && one.isChange)),
    );
    const cutOff = only(told, 'state')
      .filter(({ at, to }) => at > lastCancel.at && to === 'canceled')
      .at(-1);
    if (cutOff && !isBack)
      for (const period of periods) must(period.at <= cutOff.at, 'who ended it has no new period', [cutOff, period]);
  }

  // At the end it runs and is paid, rests, or is over: nothing hangs between.
  const looks = only(told, 'look');
  const last = looks.at(-1);
  must(
    last !== undefined && ['incomplete', 'active', 'paused', 'canceled', 'ended', 'trialing'].includes(last.state),
    'nothing hangs',
    last,
  );
  if (last?.state === 'active' || last?.state === 'trialing')
    must(last.periodEnd !== null && last.periodEnd > last.at - dayMs, 'what runs is paid', last);
  if (last && last.state !== 'active') must(!last.open, 'no renewal is forgotten', last);
  for (const one of only(told, 'end'))
    must(
      one.state !== 'pending_payment' || last?.state === 'incomplete' || last?.state === 'active',
      'no order is forgotten',
      one,
    );
}
