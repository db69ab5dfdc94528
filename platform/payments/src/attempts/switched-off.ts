import { type Queries, statement } from '@stoa/kernel';
import { errors } from '../errors.ts';

/**
 * Whether an operator has switched a provider off, for statements. Nothing new is begun with it then; what has been
 * begun goes on: it is asked about, reported on, paid and given back.
 */
export const isSwitchedOffInSql = (provider: string): string =>
  `exists (select 1 from provider_switches w where w.provider = ${provider})`;

export type Switch = { provider: string; switched_off_at: string; note: string };
const listSwitches = statement<[], Switch>(
  'payments.list_provider_switches',
  'select provider, switched_off_at, note from provider_switches',
);

/** What is switched off, by name. Read from the database each time: a switch holds in every process at once. */
export async function readSwitches(db: Queries): Promise<Map<string, Switch>> {
  return new Map((await db.rows(listSwitches, [])).map((row) => [row.provider, row]));
}

/** @throws provider_unavailable when it is switched off */
export async function requireOffered(db: Queries, provider: string): Promise<void> {
  if ((await readSwitches(db)).has(provider)) throw errors.provider_unavailable({ params: { provider } });
}
