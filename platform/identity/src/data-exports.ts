import { DataExportReady, type PersonalDataService } from '@stoa/contracts';
import {
  type Ctx,
  crashPoint,
  defineJob,
  emit,
  type Jobs,
  requireUser,
  type Socket,
  serviceCtx,
  statement,
} from '@stoa/kernel';
import { takeFrom, tooMany } from './attempts.ts';
import { recordAudit } from './audit.ts';
import { confirmPassword, holdConfirmed } from './change-password.ts';
import { errors } from './errors.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { requireActiveUser } from './users.ts';

type ExportRow = {
  id: string;
  user_id: string;
  state: 'waiting' | 'working' | 'ready' | 'failed';
  contexts_done: number;
  contexts_total: number;
  bytes: number;
  created_at: string;
  ready_at: string | null;
  expires_at: string | null;
};
const columns = 'id, user_id, state, contexts_done, contexts_total, bytes, created_at, ready_at, expires_at';

const insertExport = statement<[id: string, userId: string, at: string, contexts: number], ExportRow>(
  'identity.insert_data_export',
  `insert into data_exports (id, user_id, created_at, contexts_total) values ($1, $2, $3, $4)
   on conflict do nothing returning ${columns}`,
);
const listOfUser = statement<[userId: string, at: string], ExportRow>(
  'identity.list_data_exports',
  `select ${columns} from data_exports
   where user_id = $1 and (expires_at is null or expires_at > $2) order by created_at desc limit 5`,
);
const findOfUser = statement<[id: string, userId: string, at: string], ExportRow>(
  'identity.find_data_export',
  `select ${columns} from data_exports where id = $1 and user_id = $2 and state = 'ready' and expires_at > $3`,
);
const readPiece = statement<[id: string, position: number], { content: string }>(
  'identity.read_export_piece',
  'select content from data_export_pieces where export_id = $1 and position = $2',
);
const begin = statement<[id: string], { user_id: string }>(
  'identity.begin_data_export',
  `with cleared as (
     delete from data_export_pieces where export_id = $1
   )
   update data_exports set state = 'working', contexts_done = 0
   where id = $1 and state in ('waiting', 'working') returning user_id`,
);
const insertPiece = statement<[id: string, position: number, content: string], never>(
  'identity.insert_export_piece',
  'insert into data_export_pieces (export_id, position, content) values ($1, $2, $3)',
);
const noteProgress = statement<[id: string, done: number, total: number], never>(
  'identity.note_export_progress',
  'update data_exports set contexts_done = $2, contexts_total = $3 where id = $1',
);
const finish = statement<[id: string, at: string, expiresAt: string], { user_id: string }>(
  'identity.finish_data_export',
  `update data_exports set state = 'ready', ready_at = $2, expires_at = $3, contexts_done = contexts_total,
     bytes = (select coalesce(sum(octet_length(content)), 0) from data_export_pieces where export_id = $1)
   where id = $1 and state = 'working' returning user_id`,
);
const prune = statement<[at: string, givenUpBefore: string], never>(
  'identity.prune_data_exports',
  `with over as (
     delete from data_exports where expires_at < $1 or (state = 'failed' and created_at < $2)
   )
   update data_exports set state = 'failed' where state in ('waiting', 'working') and created_at < $2`,
);

/** How often a person may ask: enough for somebody who forgot to keep the file. */
const exportBudget = { limit: 5, windowSeconds: 86_400 };
/** Days in which the file can be fetched. */
const keptDays = 7;
/** Hours after which an export that did not end counts as failed; the job has been parked for an operator by then. */
const givenUpHours = 24;

export const ExportData = defineJob<{ exportId: string }>('export-data', { timeoutSeconds: 1800 });

const beforeReady = crashPoint('identity.export_data.before_ready');

type ExportDeps = IdentityDeps & { jobs: Jobs; personalData: Socket<typeof PersonalDataService> };

/** An export as its owner sees it. */
function toView(row: ExportRow) {
  return {
    id: row.id,
    state: row.state,
    contextsDone: row.contexts_done,
    contextsTotal: row.contexts_total,
    bytes: row.bytes,
    createdAt: row.created_at,
    readyAt: row.ready_at,
    expiresAt: row.expires_at,
  };
}

/**
 * Asks for everything the platform holds of the person who asks (LGPD art. 18, GDPR art. 15 and 20). It is gathered by
 * a job; a mail says when it can be fetched. While one is under way, asking again answers with that one.
 * @throws too_many_attempts
 */
export function requestExport(deps: ExportDeps) {
  return async (ctx: Ctx) => {
    const { userId } = requireUser(ctx);
    await requireActiveUser(deps.db, userId);
    const unfinished = (await listExports(deps)(ctx)).items.find(
      ({ state }) => state === 'waiting' || state === 'working',
    );
    if (unfinished) return unfinished;
    const attempt = await takeFrom(deps, `export:${userId}`, exportBudget);
    if (!attempt.granted) throw tooMany(attempt.retryAfterSeconds);
    const id = deps.ids.id();
    const row = await deps.db.transaction(async (tx) => {
      const at = deps.clock.now().toISOString();
      const made = await tx.row(insertExport, [id, userId, at, deps.personalData.kinds.length]);
      if (!made) return undefined;
      await recordAudit(tx, deps, ctx, { action: 'data.export_requested', subjectId: userId });
      await deps.jobs.send(ExportData, { exportId: id }, ctx, { tx });
      return made;
    });
    // Two requests at the same moment: one made it, both are told of it.
    const [latest] = row ? [toView(row)] : (await listExports(deps)(ctx)).items;
    if (!latest) throw errors.export_not_found();
    return latest;
  };
}

/** The latest exports of the person who asks that have not expired, newest first. */
export function listExports(deps: Pick<IdentityDeps, 'db' | 'clock'>) {
  return async (ctx: Ctx) => {
    const { userId } = requireUser(ctx);
    const rows = await deps.db.rows(listOfUser, [userId, deps.clock.now().toISOString()]);
    return { items: rows.map(toView) };
  };
}

/**
 * The file of an export, piece by piece. Only its owner gets it, only while it is kept, and only with their password: it
 * holds all there is, and a session alone may be somebody else's by now. Preparing it needs none, the owner is told.
 * @throws export_not_found, wrong_password, too_many_attempts
 */
export function readExport(deps: IdentityDeps) {
  return async ({ id, password }: { id: string; password: string }, ctx: Ctx) => {
    const { userId } = requireUser(ctx);
    const user = await requireActiveUser(deps.db, userId);
    const row = await deps.db.row(findOfUser, [id, userId, deps.clock.now().toISOString()]);
    if (!row) throw errors.export_not_found();
    await confirmPassword(deps, user, password, ctx);
    await holdConfirmed(deps.db, user);
    return { fileName: `stoa-${row.created_at.slice(0, 10)}.json`, bytes: row.bytes, content: piecesOf(deps, id) };
  };
}

/** Why an export cannot be made here, for the operator who finds its job parked. */
function missing(contexts: readonly string[]): string {
  const settings = contexts.map((name) => `STOA_RPC_${name.toUpperCase()}`);
  return `an export would leave out ${contexts.join(', ')}, which this process cannot reach: set ${settings.join(', ')} and replay this job`;
}

async function* piecesOf(deps: Pick<IdentityDeps, 'db'>, id: string): AsyncGenerator<string> {
  for (let position = 0; ; position += 1) {
    const piece = await deps.db.row(readPiece, [id, position]);
    if (!piece) return;
    yield piece.content;
  }
}

/**
 * Gathers an export: asks every context in turn, page by page, so that nobody's data has to fit into memory. Runs again
 * from the start after a crash.
 * @throws Error that names the contexts that cannot be reached from here: nobody gets a file that leaves them out
 */
export function exportData(deps: ExportDeps) {
  return async ({ exportId }: { exportId: string }, ctx: Ctx): Promise<void> => {
    const begun = await deps.db.row(begin, [exportId]);
    if (!begun) return;
    const userId = begun.user_id;
    const { kinds, absent } = deps.personalData;
    // A file without them would be taken for everything there is.
    if (absent.length > 0) throw new Error(missing(absent));
    let position = 0;
    const write = async (content: string) => {
      await deps.db.run(insertPiece, [exportId, position, content]);
      position += 1;
    };
    const head = { format: 'stoa-personal-data', version: 1, userId, exportedAt: deps.clock.now().toISOString() };
    await write(`${JSON.stringify(head, null, 1).slice(0, -2)},\n "contexts": {`);
    for (const [index, kind] of kinds.entries()) {
      await deps.db.run(noteProgress, [exportId, index, kinds.length]);
      await write(`${index > 0 ? ',' : ''}\n  ${JSON.stringify(kind)}: {`);
      for await (const text of sectionsOf(deps.personalData, { kind, userId })) await write(text);
      await write('}');
    }
    await write('\n }\n}\n');
    await deps.db.transaction(async (tx) => {
      const now = deps.clock.now();
      const expiresAt = new Date(now.getTime() + keptDays * 86_400_000).toISOString();
      if (!(await tx.row(finish, [exportId, now.toISOString(), expiresAt]))) return;
      await emit(tx, ctx, deps.ids, {
        event: DataExportReady,
        aggregate: userId,
        data: { userId, exportId, expiresAt },
      });
      beforeReady();
    });
  };
}

/** The sections of one context as the inside of a JSON object, a text for each page it answers. */
async function* sectionsOf(
  personalData: Socket<typeof PersonalDataService>,
  { kind, userId }: { kind: string; userId: string },
): AsyncGenerator<string> {
  const client = personalData.of(kind);
  let open = '';
  let cursor = '';
  do {
    const page = await client?.readPersonalData({ userId, cursor }, serviceCtx('data-export'));
    let text = '';
    for (const { section, json } of page?.records ?? []) {
      if (section === open) text += `,\n    ${json}`;
      else {
        text += `${open ? '],' : ''}\n   ${JSON.stringify(section)}: [\n    ${json}`;
        open = section;
      }
    }
    if (text) yield text;
    cursor = page?.nextCursor ?? '';
  } while (cursor);
  if (open) yield ']';
}

/** Forgets files a week after they were ready, and gives up on exports that did not end. */
export async function pruneExports(deps: Pick<IdentityDeps, 'db' | 'clock'>): Promise<void> {
  const now = deps.clock.now().getTime();
  await deps.db.run(prune, [new Date(now).toISOString(), new Date(now - givenUpHours * 3_600_000).toISOString()]);
}
