import { serviceCtx } from '@stoa/kernel';
import { contexts } from '@stoa/server';
import type { Connection } from './connect.ts';

export type Parked = {
  id: string;
  kind: string;
  context: string;
  name: string;
  error: string;
  attempts: number;
  parkedAt: string;
};

/** Events and jobs of all contexts that ran out of tries, newest first. */
export async function listParked({ host }: Connection): Promise<Parked[]> {
  const lists = await Promise.all(
    contexts.map((context) =>
      host.platform(context.name).listParked({ context: context.name, limit: 200 }, serviceCtx('cli')),
    ),
  );
  return lists
    .flatMap((list) => list.items)
    .map(({ id, kind, context, name, error, attempts, parkedAt }) => ({
      id,
      kind,
      context,
      name,
      error,
      attempts,
      parkedAt,
    }))
    .sort((a, b) => b.parkedAt.localeCompare(a.parkedAt));
}

/**
 * Tries one parked event or job again, found by its id.
 * @throws Error when nothing with the id is parked
 */
export async function replay(connection: Connection, id: string): Promise<{ handled: number; error: string }> {
  const item = (await listParked(connection)).find((parked) => parked.id === id);
  if (!item) throw new Error(`nothing parked has the id ${id}`);
  const { handled, error } = await connection.host
    .platform(item.context)
    .replayParked({ context: item.context, kind: item.kind, id }, serviceCtx('cli'));
  return { handled, error };
}
