import { type Ctx, hasRole, type Locale, type Queries, statement, type Transaction } from '@stoa/kernel';
import { refuseErasedActor } from './erased-people.ts';
import { errors } from './errors.ts';
import { pickLanguage } from './show-course.ts';

export type MembershipScope = 'courses' | 'seller' | 'catalogue';
export type MembershipPlanRow = {
  id: string;
  interval: 'month' | 'year';
  amount: number;
  currency: string;
  offered: boolean;
};
/** A membership with its plans, and how many courses of the catalogue it includes now. */
export type MembershipRow = {
  id: string;
  slug: string;
  name: string;
  summary: string;
  description: string;
  language: string;
  translations: Record<
    string,
    { name?: string | undefined; summary?: string | undefined; description?: string | undefined }
  >;
  seller_id: string | null;
  seller_name: string;
  scope: MembershipScope;
  trial_days: number;
  state: 'draft' | 'published' | 'archived';
  version: number;
  published_at: string | null;
  updated_at: string;
  plans: MembershipPlanRow[];
  course_count: number;
};

/** True for a course `c` that a membership `m` includes. */
export const includes = `(m.scope = 'catalogue' or (m.scope = 'seller' and c.instructor_id = m.seller_id)
  or (m.scope = 'courses' and exists (select 1 from membership_courses x where x.membership_id = m.id and x.course_id = c.id)))`;
export const membershipColumns = `m.id, m.slug, m.name, m.summary, m.description, m.language, m.translations, m.seller_id, m.seller_name,
  m.scope, m.trial_days, m.state, m.version, m.published_at, m.updated_at,
  (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'interval', p.interval, 'amount', p.amount, 'currency', p.currency,
     'offered', p.offered) order by p.interval), '[]') from membership_plans p where p.membership_id = m.id) as plans,
  (select count(*)::int from courses c where c.state = 'published' and ${includes}) as course_count`;

const byId = statement<[id: string], MembershipRow>(
  'courses.find_membership',
  `select ${membershipColumns} from memberships m where m.id = $1`,
);
const bySlug = statement<[slug: string], MembershipRow>(
  'courses.find_membership_by_slug',
  `select ${membershipColumns} from memberships m where m.slug = $1`,
);
const byPlan = statement<[planId: string], MembershipRow>(
  'courses.find_membership_by_plan',
  `select ${membershipColumns} from memberships m where m.id = (select membership_id from membership_plans where id = $1)`,
);
const lock = statement<[id: string], { id: string }>(
  'courses.lock_membership',
  'select id from memberships where id = $1 for no key update',
);
const listIncluded = statement<[membershipId: string], { course_id: string }>(
  'courses.list_membership_courses',
  'select course_id from membership_courses where membership_id = $1 order by position',
);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export async function findMembership(db: Queries, id: string): Promise<MembershipRow | undefined> {
  return db.row(byId, [id]);
}

/** The ids of the courses a membership lists, in its order; empty for those that include all of somebody's. */
export async function includedCourses(db: Queries, membershipId: string): Promise<string[]> {
  return (await db.rows(listIncluded, [membershipId])).map((row) => row.course_id);
}

/** True if the person may change it: its seller, an administrator, or the platform itself. */
export function mayEditMembership(ctx: Ctx, membership: Pick<MembershipRow, 'seller_id'>): boolean {
  return hasRole(ctx, 'admin') || (ctx.actor.kind === 'user' && ctx.actor.userId === membership.seller_id);
}

/**
 * The membership with an id, a slug or one of its plans' ids, if it exists for this person: drafts are their seller's.
 * @throws membership_not_found
 */
export async function seeMembership(db: Queries, named: string, ctx: Ctx): Promise<MembershipRow> {
  const row =
    (uuid.test(named) ? ((await db.row(byId, [named])) ?? (await db.row(byPlan, [named]))) : undefined) ??
    (await db.row(bySlug, [named.toLowerCase()]));
  if (!row || (row.published_at === null && !mayEditMembership(ctx, row))) throw errors.membership_not_found();
  return row;
}

/**
 * The membership, locked until the transaction ends, if the person may change it. Every change starts here, so that the
 * events about it come one after the other. Somebody else's is not found.
 * @throws membership_not_found
 */
export async function editMembership(tx: Transaction, id: string, ctx: Ctx): Promise<MembershipRow> {
  await refuseErasedActor(tx, ctx);
  const row = (await tx.row(lock, [id])) && (await tx.row(byId, [id]));
  if (!row || !mayEditMembership(ctx, row)) throw errors.membership_not_found();
  return row;
}

/** A membership as lists show it, in the language closest to the reader's. Only what is offered has a price. */
export function showListedMembership(row: MembershipRow, locale: Locale) {
  const language = pickLanguage(locale, Object.keys(row.translations), row.language);
  const local = row.translations[language] ?? {};
  return {
    id: row.id,
    slug: row.slug,
    name: local.name ?? row.name,
    summary: local.summary ?? row.summary,
    language: row.language,
    shownIn: language,
    seller: row.seller_id === null ? null : { id: row.seller_id, name: row.seller_name },
    scope: row.scope,
    courseCount: row.course_count,
    trialDays: row.trial_days,
    plans: row.plans
      .filter((plan) => plan.offered)
      .map(({ id, interval, amount, currency }) => ({
        id,
        sku: `plan:${id}`,
        interval,
        price: { amount, currency },
      })),
    state: row.state,
  };
}

/** The whole membership. */
export function showMembership(row: MembershipRow, locale: Locale) {
  const listed = showListedMembership(row, locale);
  return {
    ...listed,
    description: row.translations[listed.shownIn]?.description ?? row.description,
    version: row.version,
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
  };
}
