import type { MediaService } from '@stoa/contracts';
import { type Deps, type Implementation, requireService, statement } from '@stoa/kernel';

/** A complete asset and its content. */
export type AssetRow = {
  id: string;
  owner_kind: string;
  owner_id: string;
  file_name: string;
  content_type: string;
  visibility: 'public' | 'enrolled';
  blob: string;
  bytes: number;
  sha256: string;
  /** How long it plays; null or 0 where that is not known. */
  seconds: number | null;
  completed_at: string;
  /** Whether nobody showed it when everybody was last asked. */
  unused: boolean;
};

/** Complete assets by id, unknown ones left out. */
export const assetFacts = statement<[ids: string[]], AssetRow>(
  'media.asset_facts',
  `select a.id, a.owner_kind, a.owner_id, a.file_name, a.content_type, a.visibility, a.blob, b.bytes, b.sha256,
          b.seconds, a.completed_at, a.unused_since is not null as unused
   from assets a join blobs b on b.name = a.blob
   where a.id = any($1::uuid[])`,
);

const keepLonger = statement<[ids: string[]], { id: string }>(
  'media.keep_longer',
  'update assets set unused_since = null, touched_at = now() where id = any($1::uuid[]) returning id',
);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Leaves out what cannot be an id, so that one broken reference in a lesson does not hide the others. */
export function onlyIds(ids: readonly string[]): string[] {
  return ids.filter((id) => uuid.test(id));
}

/** An asset as siblings see it. */
export function toAsset(row: AssetRow) {
  return {
    id: row.id,
    ownerKind: row.owner_kind,
    ownerId: row.owner_id,
    fileName: row.file_name,
    contentType: row.content_type,
    bytes: BigInt(row.bytes),
    sha256: row.sha256,
    visibility: row.visibility,
    seconds: row.seconds ?? 0,
  };
}

/**
 * Facts of complete assets. One that nothing showed when everybody was last asked is kept for another week, whatever
 * those who delete were told before: a sibling asks because something is about to show it.
 * @throws not_allowed to anyone but the platform itself
 */
export function getAssets(deps: Pick<Deps, 'db'>): Implementation<typeof MediaService>['getAssets'] {
  return async (input, ctx) => {
    requireService(ctx);
    const rows = await deps.db.rows(assetFacts, [onlyIds(input.ids)]);
    const unused = rows.filter((row) => row.unused).map(({ id }) => id);
    if (unused.length === 0) return { assets: rows.map(toAsset) };
    const kept = new Set((await deps.db.rows(keepLonger, [unused])).map(({ id }) => id));
    // The others were deleted in between.
    return { assets: rows.filter((row) => !row.unused || kept.has(row.id)).map(toAsset) };
  };
}
