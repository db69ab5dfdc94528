import { known } from '@/components/sales/known.ts';
import { one } from './one.ts';

/** What a list is narrowed to by its address, and how the API is asked for it: fifty at a time. */
export function readListQuery<State extends string>(
  address: Record<string, string | string[] | undefined>,
  states: readonly State[],
) {
  const q = one(address.q)?.trim();
  const cursor = one(address.cursor);
  const state = known(states, one(address.state) ?? null);
  const asked = { limit: 50, ...(q ? { q } : {}), ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) };
  return { q, state, cursor, asked };
}
