import { PersonalDataService } from '@stoa/contracts';
import { requireService } from './ctx.ts';
import type { Database, Statement } from './db/database.ts';
import { decodeCursor, encodeCursor } from './http/cursor.ts';
import { type Served, served } from './rpc/service.ts';

/** A record as a statement of `personalData` returns it; `key` is what its section is ordered by. */
export type PersonalRecord = { key: string; record: Record<string, unknown> };

/**
 * What a context holds of a person, as a list of sections: name and statement. A statement gets the person, the key of
 * the last record before (empty at first) and how many at most; it returns them in the order of their keys, e.g.
 * `select o.id::text as key, jsonb_build_object(...) as record from orders o
 *  where o.buyer_id = $1::uuid and o.id::text > $2 order by 1 limit $3`.
 */
export type PersonalSections = Readonly<
  Record<string, Statement<[userId: string, after: string, limit: number], PersonalRecord>>
>;

/** Records in one page: some megabytes at the most, whatever they are. */
const pageSize = 200;

/** The plug of a context into the export of personal data: pages through its sections, one after the other. */
export function personalData(deps: { db: Database }, sections: PersonalSections): Served {
  const named = Object.entries(sections);
  return served(PersonalDataService, {
    readPersonalData: async ({ userId, cursor }, ctx) => {
      requireService(ctx);
      const [place = 0, after = ''] = decodeCursor(cursor || undefined, 2) ?? [];
      const records: { section: string; json: string }[] = [];
      let last = String(after);
      for (let index = Number(place); index < named.length; index += 1) {
        const [section, statement] = named[index] ?? [];
        if (!section || !statement) break;
        const room = pageSize - records.length;
        const rows = await deps.db.rows(statement, [userId, last, room]);
        records.push(...rows.map(({ record }) => ({ section, json: JSON.stringify(record) })));
        if (rows.length === room) return { records, nextCursor: encodeCursor([index, rows.at(-1)?.key ?? '']) };
        last = '';
      }
      return { records, nextCursor: '' };
    },
  });
}
