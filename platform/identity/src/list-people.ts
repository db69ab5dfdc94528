import { type Ctx, decodeCursor, kernelErrors, requireRole, type Statement, statement, toPage } from '@stoa/kernel';
import { z } from 'zod';
import { toAdministered } from './administer-users.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { type UserRow, userColumns } from './users.ts';

type List = Statement<readonly unknown[], UserRow>;

// A statement for each way of asking, so that the planner sees only the conditions that are there. The first parameter is
// the limit; the place of the page and the pattern follow if they are asked for.
const newest = (condition: string) => `deleted_at is null${condition} order by created_at desc, id desc`;
const behind = ' and (created_at, id) < ($2::timestamptz, $3::uuid)';
const isLike = (n: number) => `(email_key like $${n} or lower(name) like $${n})`;

const list = {
  first: statement<readonly unknown[], UserRow>(
    'identity.list_users',
    `select ${userColumns} from users where ${newest('')} limit $1`,
  ),
  after: statement<readonly unknown[], UserRow>(
    'identity.list_users_after',
    `select ${userColumns} from users where ${newest(behind)} limit $1`,
  ),
};
// A search in two ways, each slow where the other is fast. What many have in common is found among the newest, in order.
// What does not fill a page there is rare and found by the index of letters, all of it, and then sorted.
const amongNewest = (name: string, condition: string, n: number): List =>
  statement(
    name,
    `select ${userColumns} from (select * from users where ${newest(condition)} limit 500) newest
     where ${isLike(n)} order by created_at desc, id desc limit $1`,
  );
const amongAll = (name: string, condition: string, n: number): List =>
  statement(
    name,
    `with found as materialized (
       select id, created_at from users where deleted_at is null${condition} and ${isLike(n)}
     )
     select ${userColumns} from users
     where id in (select id from found order by created_at desc, id desc limit $1) order by created_at desc, id desc`,
  );
const search = {
  first: {
    common: amongNewest('identity.search_users', '', 2),
    rare: amongAll('identity.find_users', '', 2),
  },
  after: {
    common: amongNewest('identity.search_users_after', behind, 4),
    rare: amongAll('identity.find_users_after', behind, 4),
  },
};

/** People, newest first; `q` is part of a name or an address. Support and administrators only. */
export function listPeople({ db }: Pick<IdentityDeps, 'db'>) {
  return async (input: { q?: string | undefined; limit: number; cursor?: string | undefined }, ctx: Ctx) => {
    requireRole(ctx, 'support');
    const words = input.q?.trim().toLowerCase();
    const after = positionOf(input.cursor);
    const place = after ? 'after' : 'first';
    const params = [input.limit + 1, ...(after ? [after.at, after.id] : [])];
    const find = async (): Promise<UserRow[]> => {
      if (!words) return db.rows(list[place], params);
      const asked = [...params, `%${words.replace(/[\\%_]/g, '\\$&')}%`];
      const rows = await db.rows(search[place].common, asked);
      return rows.length > input.limit ? rows : db.rows(search[place].rare, asked);
    };
    return toPage(await find(), {
      limit: input.limit,
      key: (row) => [row.created_at, row.id],
      item: toAdministered,
    });
  };
}

const Position = z.tuple([z.iso.datetime(), z.uuid()]);

/** @throws validation_failed if the cursor is not one of this list */
function positionOf(cursor: string | undefined): { at: string; id: string } | undefined {
  const key = decodeCursor(cursor, 2);
  if (!key) return undefined;
  const position = Position.safeParse(key);
  if (!position.success) throw kernelErrors.validation_failed();
  return { at: position.data[0], id: position.data[1] };
}
