import { PurchaseAssigned, SeatInvited } from '@stoa/contracts';
import { type Ctx, emit, requireUser, statement, type Transaction, violatedConstraint } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { refuseErased } from '../erased-people.ts';
import { errors } from '../errors.ts';
import { tellUnassigned } from '../evidence/carry-out.ts';
import { requireOrder } from './access.ts';
import { eventLine, listEventLines } from './event-lines.ts';

type SeatRow = {
  id: string;
  line_id: string;
  order_id: string;
  email: string;
  user_id: string | null;
  state: 'invited' | 'taken' | 'ended';
  title: string;
  path: string;
  assigned_at: string;
  taken_at: string | null;
};
const lockLine = statement<[lineId: string], { order_id: string }>(
  'payments.lock_order_of_line',
  'select o.id as order_id from orders o join order_lines l on l.order_id = o.id where l.id = $1 for update of o',
);
const takeSeat = statement<[lineId: string], { order_id: string }>(
  'payments.take_seat',
  `update order_lines l set seats_taken = seats_taken + 1 from orders o
   where l.id = $1 and l.purpose = 'seats' and l.seats_taken < l.quantity and l.revoked_at is null
     and o.id = l.order_id and o.state in ('paid', 'partially_refunded')
   returning l.order_id`,
);
const hasSeats = statement<[lineId: string, orderId: string], { usable: boolean }>(
  'payments.line_has_seats',
  `select l.purpose = 'seats' and l.revoked_at is null and o.state in ('paid', 'partially_refunded') as usable
   from order_lines l join orders o on o.id = l.order_id where l.id = $1 and l.order_id = $2`,
);
const insertSeat = statement<[id: string, lineId: string, email: string, at: string], never>(
  'payments.insert_seat',
  'insert into seats (id, line_id, email, assigned_at) values ($1, $2, lower($3), $4)',
);
const invite = statement<
  [id: string, at: string, before: string],
  { invitations: number; email: string; order_id: string; title: string; locale: string; inviter: string }
>(
  'payments.invite_to_seat',
  `update seats s set invitations = s.invitations + 1, invited_at = $2
   from order_lines l join orders o on o.id = l.order_id
   where s.id = $1 and s.state = 'invited' and l.id = s.line_id and (s.invited_at is null or s.invited_at <= $3)
     and s.invitations < 10
   returning s.invitations, s.email, o.id as order_id, l.title, o.locale, o.buyer_name as inviter`,
);
const listInvited = statement<[email: string], SeatRow>(
  'payments.list_seats_waiting',
  `select s.id, s.line_id, l.order_id, s.email, s.user_id, s.state, l.title, l.path, s.assigned_at, s.taken_at
   from seats s join order_lines l on l.id = s.line_id
   where s.email = lower($1) and s.state = 'invited' and l.revoked_at is null order by s.assigned_at desc, s.id limit 100`,
);
const readSeat = statement<[id: string], SeatRow>(
  'payments.read_seat',
  `select s.id, s.line_id, l.order_id, s.email, s.user_id, s.state, l.title, l.path, s.assigned_at, s.taken_at
   from seats s join order_lines l on l.id = s.line_id where s.id = $1`,
);
const listSeatsOf = statement<[orderId: string], SeatRow>(
  'payments.list_seats_of_order',
  `select s.id, s.line_id, l.order_id, s.email, s.user_id, s.state, l.title, l.path, s.assigned_at, s.taken_at
   from seats s join order_lines l on l.id = s.line_id where l.order_id = $1 and s.state <> 'ended' order by s.assigned_at, s.id`,
);
const sitDown = statement<[id: string, userId: string, at: string], { id: string }>(
  'payments.sit_down',
  "update seats set state = 'taken', user_id = $2, taken_at = $3 where id = $1 and state = 'invited' returning id",
);
const endSeat = statement<[id: string, at: string], SeatRow>(
  'payments.end_seat',
  `with ended as (
     update seats set state = 'ended', ended_at = $2 where id = $1 and state <> 'ended' returning id, line_id, email, user_id, assigned_at, taken_at
   )
   update order_lines l set seats_taken = seats_taken - 1 from ended where l.id = ended.line_id
   returning ended.id, ended.line_id, l.order_id, ended.email, ended.user_id, 'ended' as state, l.title, l.path, ended.assigned_at, ended.taken_at`,
);

export type SeatView = {
  id: string;
  lineId: string;
  title: string;
  path: string;
  /** Whom the seat was given to; empty once the account of who took it is deleted. */
  email: string;
  state: 'invited' | 'taken';
  assignedAt: string;
  takenAt: string | null;
};
/** What the buyer sees of a seat: with the address to send to whoever is to sit there. */
export type BuyersSeat = SeatView & { link: string };

type SeatDeps = Pick<PaymentDeps, 'db' | 'ids' | 'clock' | 'tokens' | 'publicUrl'>;

/** Seats of an order that are assigned. @throws order_not_found */
export function listSeats(deps: SeatDeps) {
  return async (input: { orderId: string; token?: string | undefined }, ctx: Ctx): Promise<{ items: BuyersSeat[] }> => {
    const { id } = await requireOrder(deps, input, ctx);
    return { items: (await deps.db.rows(listSeatsOf, [id])).map((row) => toBuyers(deps, row)) };
  };
}

/**
 * Assigns a bought seat to an e-mail address. Never more than were bought, however many ask at once.
 * @throws order_not_found, line_has_no_seats, seats_all_taken, seat_already_assigned
 */
export function assignSeat(deps: SeatDeps) {
  return async (
    input: { orderId: string; token?: string | undefined; lineId: string; email: string },
    ctx: Ctx,
  ): Promise<BuyersSeat> => {
    const { id: orderId } = await requireOrder(deps, input, ctx);
    const line = await deps.db.row(hasSeats, [input.lineId, orderId]);
    if (!line?.usable) throw errors.line_has_no_seats();
    const id = ctx.requestId ?? deps.ids.id();
    const at = deps.clock.now().toISOString();
    try {
      await deps.db.transaction(async (tx) => {
        await tx.row(lockLine, [input.lineId]);
        if (await tx.row(readSeat, [id])) return;
        if (!(await tx.row(takeSeat, [input.lineId]))) throw errors.seats_all_taken();
        await tx.run(insertSeat, [id, input.lineId, input.email.trim(), at]);
        await tellInvited(deps, tx, id, ctx);
      });
    } catch (error) {
      if (violatedConstraint(error) === 'seat_once_per_email') throw errors.seat_already_assigned();
      throw error;
    }
    return toBuyers(deps, await need(deps, id));
  };
}

/** Seconds between two invitations to the same seat. */
const pauseSeconds = 60;

/**
 * Writes to the person of a seat once more, ten times at most and never twice within a minute.
 * @throws seat_not_found, seat_invited_lately
 */
export function inviteAgain(deps: SeatDeps) {
  return async (input: { seatId: string; token?: string | undefined }, ctx: Ctx): Promise<BuyersSeat> => {
    const seat = await need(deps, input.seatId);
    await requireOrder(deps, { orderId: seat.order_id, token: input.token }, ctx).catch(() => {
      throw errors.seat_not_found();
    });
    if (seat.state !== 'invited') throw errors.seat_not_found();
    const told = await deps.db.transaction(async (tx) => {
      await tx.row(lockLine, [seat.line_id]);
      return tellInvited(deps, tx, seat.id, ctx);
    });
    if (!told) throw errors.seat_invited_lately();
    return toBuyers(deps, await need(deps, seat.id));
  };
}

/** Tells whoever writes mails of an invitation. False when the last one was just now, or there were too many. */
async function tellInvited(deps: SeatDeps, tx: Transaction, seatId: string, ctx: Ctx): Promise<boolean> {
  const now = deps.clock.now();
  const before = new Date(now.getTime() - pauseSeconds * 1000);
  const invited = await tx.row(invite, [seatId, now.toISOString(), before.toISOString()]);
  if (!invited) return false;
  await emit(tx, ctx, deps.ids, {
    event: SeatInvited,
    aggregate: invited.order_id,
    data: {
      seatId,
      orderId: invited.order_id,
      recipientEmail: invited.email,
      inviterName: invited.inviter,
      title: invited.title,
      locale: invited.locale,
      invitation: invited.invitations,
    },
  });
  return true;
}

/** Seats that wait for the caller: those given to their e-mail address, once it is verified. @throws not_signed_in */
export function listWaitingSeats(deps: Pick<SeatDeps, 'db'>) {
  return async (ctx: Ctx): Promise<{ items: SeatView[] }> => {
    const user = requireUser(ctx);
    if (!user.emailVerified) return { items: [] };
    return { items: (await deps.db.rows(listInvited, [user.email])).map(toView) };
  };
}

/**
 * Takes a seat back: whoever sits there loses access, and the seat can be assigned again. Repeatable.
 * @throws seat_not_found
 */
export function takeBackSeat(deps: SeatDeps) {
  return async (input: { seatId: string; token?: string | undefined }, ctx: Ctx): Promise<void> => {
    const seat = await need(deps, input.seatId);
    await requireOrder(deps, { orderId: seat.order_id, token: input.token }, ctx).catch(() => {
      throw errors.seat_not_found();
    });
    await deps.db.transaction(async (tx) => {
      await tx.row(lockLine, [seat.line_id]);
      const ended = await tx.row(endSeat, [seat.id, deps.clock.now().toISOString()]);
      if (!ended?.user_id) return;
      const line = (await tx.rows(listEventLines, [ended.order_id])).find(({ id }) => id === ended.line_id);
      if (line)
        await tellUnassigned(deps, tx, { orderId: ended.order_id, line, userId: ended.user_id, id: ended.id }, ctx);
    });
  };
}

/** A seat as whoever holds its link sees it, or whose verified address it was given to. @throws seat_not_found */
export function showSeat(deps: SeatDeps) {
  return async (input: SeatKey, ctx: Ctx): Promise<SeatView> => toView(await open(deps, input, ctx));
}

/**
 * Sits down: the caller has access from now on. Whoever holds the link may, and whose verified address the seat was
 * given to. Doing it again changes nothing.
 * @throws not_signed_in, seat_not_found; invalid_token once the account is gone
 */
export function claimSeat(deps: SeatDeps) {
  return async (input: SeatKey, ctx: Ctx): Promise<SeatView> => {
    const user = requireUser(ctx);
    const seat = await open(deps, input, ctx);
    await deps.db.transaction(async (tx) => {
      await refuseErased(tx, user.userId);
      await tx.row(lockLine, [seat.line_id]);
      if (!(await tx.row(sitDown, [seat.id, user.userId, deps.clock.now().toISOString()]))) {
        const now = await tx.row(readSeat, [seat.id]);
        if (now?.state === 'taken' && now.user_id === user.userId) return;
        throw errors.seat_not_found();
      }
      const line = (await tx.rows(listEventLines, [seat.order_id])).find(({ id }) => id === seat.line_id);
      if (!line) throw new Error('the line of the seat is gone');
      await emit(tx, ctx, deps.ids, {
        event: PurchaseAssigned,
        aggregate: seat.order_id,
        data: {
          orderId: seat.order_id,
          line: eventLine(line),
          ownerId: user.userId,
          reason: 'seat',
          assignmentId: seat.id,
        },
      });
    });
    return toView(await open(deps, input, ctx));
  };
}

async function need(deps: Pick<SeatDeps, 'db'>, seatId: string): Promise<SeatRow> {
  const seat = await deps.db.row(readSeat, [seatId]);
  if (!seat) throw errors.seat_not_found();
  return seat;
}

type SeatKey = { seatId: string; token?: string | undefined };

async function open(deps: SeatDeps, { seatId, token }: SeatKey, { actor }: Ctx): Promise<SeatRow> {
  const seat = await need(deps, seatId);
  const isTheirs = actor.kind === 'user' && actor.emailVerified && actor.email.toLowerCase() === seat.email;
  if (!isTheirs && !deps.tokens.check('seat', seatId, token)) throw errors.seat_not_found();
  if (seat.state === 'ended') throw errors.seat_not_found();
  return seat;
}

const toView = (row: SeatRow): SeatView => ({
  id: row.id,
  lineId: row.line_id,
  title: row.title,
  path: row.path,
  // An address that was erased leaves what tells the seats of a line apart.
  email: row.email === row.id ? '' : row.email,
  state: row.state === 'taken' ? 'taken' : 'invited',
  assignedAt: row.assigned_at,
  takenAt: row.taken_at,
});

const toBuyers = (deps: SeatDeps, row: SeatRow): BuyersSeat => ({
  ...toView(row),
  link: linkOf(deps, 'seat', row.id),
});

const pages = { gift: 'gifts', seat: 'seats', order: 'orders' } as const;

/** The secret address of a gift, a seat or a guest's order. */
export function linkOf(deps: Pick<PaymentDeps, 'tokens' | 'publicUrl'>, kind: keyof typeof pages, id: string): string {
  return `${deps.publicUrl}/${pages[kind]}/${id}?token=${deps.tokens.make(kind, id)}`;
}
