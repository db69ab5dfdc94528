import { apiHeaders } from '@/api/client.ts';
import { toProblem } from '@/api/problem.ts';
import { sendToApi } from '@/api/transport.ts';
import { type Reference, readReference } from './reference.ts';

/** Milliseconds for which the platform's description of itself may be used again: its own `max-age`. */
const freshMs = 60_000;
let last: { reference: Reference; until: number } | undefined;

/**
 * The document the platform describes itself with; the pages are as new as the running code. It is the same for
 * everybody, and reading its near megabyte takes longer than drawing a page of it.
 * @throws ApiProblem when the API refuses
 */
export async function loadReference(): Promise<Reference> {
  if (last && last.until > Date.now()) return last.reference;
  const headers = await apiHeaders();
  headers.delete('authorization');
  const response = await sendToApi(new Request('http://stoa.internal/api/openapi.json', { headers }));
  const body: unknown = await response.json();
  if (!response.ok) throw toProblem(response.status, body);
  last = { reference: readReference(body), until: Date.now() + freshMs };
  return last.reference;
}
