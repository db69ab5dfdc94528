import {
  type Ctx,
  type Deps,
  fieldMessage,
  kernelErrors,
  requireRole,
  requireUser,
  statement,
  type Transaction,
  violatedConstraint,
} from '@stoa/kernel';
import { slugOf } from './course-slug.ts';
import { refuseErased } from './erased-people.ts';
import { errors } from './errors.ts';
import {
  editMembership,
  findMembership,
  includedCourses,
  type MembershipRow,
  type MembershipScope,
  showMembership,
} from './membership-tables.ts';
import { announceMembership, requireReady } from './publish-membership.ts';
import { storableJson } from './storable-json.ts';

export type MembershipPrice = { interval: 'month' | 'year'; price: { amount: number; currency: string } };
export type MembershipInput = {
  name?: string | undefined;
  summary?: string | undefined;
  description?: string | undefined;
  language?: string | undefined;
  translations?: MembershipRow['translations'] | undefined;
  scope?: MembershipScope | undefined;
  /** What scope `courses` includes, in this order. */
  courseIds?: string[] | undefined;
  trialDays?: number | undefined;
  /** At most one for each interval, all in one currency. What is left out is not offered any more. */
  prices?: MembershipPrice[] | undefined;
};

const insertMembership = statement<
  [
    id: string,
    slug: string,
    name: string,
    summary: string,
    description: string,
    language: string,
    translations: string,
    sellerId: string | null,
    sellerName: string,
    scope: string,
    trialDays: number,
  ],
  { id: string }
>(
  'courses.insert_membership',
  `insert into memberships (id, slug, name, summary, description, language, translations, seller_id, seller_name, scope, trial_days)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing returning id`,
);
const updateMembership = statement<
  [
    id: string,
    name: string,
    summary: string,
    description: string,
    language: string,
    translations: string,
    scope: string,
    trialDays: number,
  ],
  never
>(
  'courses.update_membership',
  `update memberships set name = $2, summary = $3, description = $4, language = $5, translations = $6, scope = $7, trial_days = $8,
     version = version + 1, updated_at = now()
   where id = $1`,
);
const slugOwner = statement<[slug: string], { id: string }>(
  'courses.membership_slug_owner',
  'select id from memberships where slug = $1',
);
const putPlan = statement<
  [id: string, membershipId: string, interval: string, amount: number, currency: string],
  never
>(
  'courses.put_membership_plan',
  // A plan keeps its id whatever it costs: what subscriptions agreed on is theirs.
  `insert into membership_plans (id, membership_id, interval, amount, currency) values ($1, $2, $3, $4, $5)
   on conflict (membership_id, interval) do update set amount = excluded.amount, currency = excluded.currency, offered = true`,
);
const withdrawPlans = statement<[membershipId: string, offered: string[]], never>(
  'courses.withdraw_membership_plans',
  'update membership_plans set offered = false where membership_id = $1 and offered and interval <> all($2::text[])',
);
const clearCourses = statement<[membershipId: string], never>(
  'courses.clear_membership_courses',
  'delete from membership_courses where membership_id = $1',
);
const putCourses = statement<
  [membershipId: string, courseIds: string[], sellerId: string | null],
  { course_id: string }
>(
  'courses.put_membership_courses',
  // A seller includes what they teach; the house includes anything.
  `insert into membership_courses (membership_id, course_id, position)
   select $1, c.id, given.place::int
   from unnest($2::uuid[]) with ordinality as given (id, place) join courses c on c.id = given.id
   where $3::uuid is null or c.instructor_id = $3
   returning course_id`,
);

type Own = Pick<Deps, 'db' | 'ids'>;

/**
 * Starts a membership as a draft of the person who asks, or of the house (administrators).
 * @throws not_allowed, membership_course_unknown, validation_failed
 */
export function createMembership({ db, ids }: Own) {
  return async (
    input: MembershipInput & { name: string; language: string; scope: MembershipScope; house?: boolean | undefined },
    ctx: Ctx,
  ) => {
    requireRole(ctx, 'instructor');
    if (input.house) requireRole(ctx, 'admin');
    const user = requireUser(ctx);
    const seller = input.house ? null : { id: user.userId, name: user.name };
    const id = ctx.requestId ?? ids.id();
    await writeMembership({ db, ids }, { id, seller, input }, ctx);
    const row = await findMembership(db, id);
    if (!row) throw errors.membership_not_found();
    return { ...showMembership(row, ctx.locale), courseIds: await includedCourses(db, id) };
  };
}

type NewMembership = {
  id: string;
  /** Null: the house. */
  seller: { id: string; name: string } | null;
  input: MembershipInput & { name: string; language: string; scope: MembershipScope };
};

/**
 * Writes a draft; with an id that is there already it does nothing.
 * @throws membership_course_unknown, validation_failed; invalid_token once the seller's account is gone
 */
export async function writeMembership({ db, ids }: Own, { id, seller, input }: NewMembership, ctx: Ctx): Promise<void> {
  const sellerId = seller?.id ?? null;
  requireScope(input.scope, sellerId, ctx);
  for (let tries = 1; ; tries += 1) {
    try {
      await db.transaction(async (tx) => {
        if (seller) await refuseErased(tx, seller.id);
        const slug = await freeMembershipSlug(tx, slugOf(input.name));
        const inserted = await tx.row(insertMembership, [
          id,
          slug,
          input.name,
          input.summary ?? '',
          input.description ?? '',
          input.language,
          storableJson(input.translations ?? {}),
          sellerId,
          seller?.name ?? '',
          input.scope,
          input.trialDays ?? 0,
        ]);
        // Asked for again: it is that one.
        if (inserted) await writeParts(tx, { id, sellerId, ids, input }, ctx);
      });
      break;
    } catch (error) {
      // Nobody asked for this slug, so losing a race for it is no reason to refuse.
      if (tries >= 5 || violatedConstraint(error) !== 'memberships_slug_key') throw error;
    }
  }
}

/**
 * Changes a membership. A new price is for those who subscribe from now on: whoever has subscribed keeps theirs. With
 * `version` (from If-Match) it refuses when someone else changed it meanwhile.
 * @throws membership_not_found, membership_not_ready, membership_course_unknown, edit_conflict, validation_failed
 */
export function changeMembership({ db, ids }: Own) {
  return async (id: string, input: MembershipInput & { version?: number | undefined }, ctx: Ctx) => {
    const changed = await db.transaction(async (tx) => {
      const before = await editMembership(tx, id, ctx);
      if (input.version !== undefined && input.version !== before.version) throw kernelErrors.edit_conflict();
      const scope = input.scope ?? before.scope;
      requireScope(scope, before.seller_id, ctx);
      await tx.run(updateMembership, [
        id,
        input.name ?? before.name,
        input.summary ?? before.summary,
        input.description ?? before.description,
        input.language ?? before.language,
        storableJson(input.translations ?? before.translations),
        scope,
        input.trialDays ?? before.trial_days,
      ]);
      await writeParts(tx, { id, sellerId: before.seller_id, ids, input }, ctx);
      const row = await findMembership(tx, id);
      if (!row) throw errors.membership_not_found();
      // A published membership stays one that could be published.
      if (row.state === 'published') requireReady(row);
      await announceMembership(tx, row, { ctx, ids });
      return row;
    });
    return { ...showMembership(changed, ctx.locale), courseIds: await includedCourses(db, id) };
  };
}

type Parts = { id: string; sellerId: string | null; ids: Own['ids']; input: MembershipInput };

async function writeParts(tx: Transaction, { id, sellerId, ids, input }: Parts, ctx: Ctx): Promise<void> {
  if (input.prices) {
    const currencies = new Set(input.prices.map(({ price }) => price.currency));
    const intervals = input.prices.map(({ interval }) => interval);
    if (currencies.size > 1 || new Set(intervals).size < intervals.length) throw invalid('/prices', ctx);
    for (const { interval, price } of input.prices)
      await tx.run(putPlan, [ids.id(), id, interval, price.amount, price.currency]);
    await tx.run(withdrawPlans, [id, intervals]);
  }
  if (input.courseIds) {
    const wanted = [...new Set(input.courseIds.map((one) => one.toLowerCase()))];
    await tx.run(clearCourses, [id]);
    const put = await tx.rows(putCourses, [id, wanted, sellerId]);
    if (put.length < wanted.length) throw errors.membership_course_unknown();
  }
}

function requireScope(scope: MembershipScope, sellerId: string | null, ctx: Ctx): void {
  if (scope === 'catalogue' && sellerId !== null) throw invalid('/scope', ctx);
  if (scope === 'seller' && sellerId === null) throw invalid('/scope', ctx);
}

function invalid(pointer: string, ctx: Ctx) {
  const message = fieldMessage('invalid', ctx.locale);
  return kernelErrors.validation_failed({ errors: [{ pointer, code: 'invalid', message }] });
}

/** `/api/memberships/mine` and `/api/memberships/held` are lists, not memberships. */
const notSlugs = ['mine', 'held'];

async function freeMembershipSlug(tx: Transaction, wanted: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? wanted : `${wanted.slice(0, 70)}-${n}`;
    if (!notSlugs.includes(slug) && !(await tx.row(slugOwner, [slug]))) return slug;
  }
}
