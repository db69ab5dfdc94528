import 'server-only';
import { sessionSecret } from '@/session/environment.ts';
import { seal, unseal } from '@/session/seal.ts';

/**
 * What became of a form that leads to another page. `message` is the API's, in the person's language; `field` the name of
 * the field it is about, if it is about one; `typed` what they had written, by the names of the fields.
 */
export type Told =
  | { kind: 'saved' }
  | { kind: 'removed'; title: string }
  | { kind: 'refused'; message: string; field?: string; typed: Record<string, string> };

const purpose = 'what became of a form';
const keptMs = 5 * 60_000;

/** What a page is told through its address, sealed: nobody can make it say something else by a link. */
export function tellPage(told: Told): Promise<string> {
  return seal({ told, until: Date.now() + keptMs }, { secret: sessionSecret(), purpose });
}

/** What the page was told; null for an address that says nothing, or said it a while ago. */
export async function hearPage(sealed: string | string[] | undefined): Promise<Told | null> {
  if (typeof sealed !== 'string') return null;
  const value = await unseal(sealed, { secret: sessionSecret(), purpose });
  if (typeof value !== 'object' || value === null || !('told' in value) || !('until' in value)) return null;
  if (typeof value.until !== 'number' || value.until < Date.now()) return null;
  const { told } = value;
  if (typeof told !== 'object' || told === null || !('kind' in told)) return null;
  if (told.kind === 'saved') return { kind: 'saved' };
  if (told.kind === 'removed' && 'title' in told && typeof told.title === 'string')
    return { kind: 'removed', title: told.title };
  if (!('message' in told) || typeof told.message !== 'string') return null;
  const field = 'field' in told && typeof told.field === 'string' ? { field: told.field } : {};
  return { kind: 'refused', message: told.message, ...field, typed: 'typed' in told ? textsIn(told.typed) : {} };
}

function textsIn(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  );
}
