import 'server-only';
import { sendToApi } from '@/api/transport.ts';

/** One dependency of the platform process, as `/readyz` names it: `database:identity`. */
export type Check = { name: string; ok: boolean };

/** What `/readyz` says, or `null` when it cannot be reached from here (behind a gateway that keeps it to itself). */
export async function readHealth(): Promise<{ ok: boolean; checks: Check[] } | null> {
  const answer = await sendToApi(new Request('http://stoa.internal/readyz'));
  if (answer.status !== 200 && answer.status !== 503) return null;
  const body: unknown = await answer.json().catch(() => null);
  if (typeof body !== 'object' || body === null || !('checks' in body)) return null;
  const { checks } = body;
  if (typeof checks !== 'object' || checks === null) return null;
  return {
    ok: answer.status === 200,
    checks: Object.entries(checks).map(([name, ok]) => ({ name, ok: ok === true })),
  };
}
