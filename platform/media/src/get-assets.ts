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
};

/** Complete assets by id, unknown ones left out. */
export const assetFacts = statement<[ids: string[]], AssetRow>(
  'media.asset_facts',
  `select a.id, a.owner_kind, a.owner_id, a.file_name, a.content_type, a.visibility, a.blob, b.bytes, b.sha256,
          b.seconds, a.completed_at
   from assets a join blobs b on b.name = a.blob
   where a.id = any($1::uuid[])`,
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
 * Facts of complete assets.
 * @throws not_allowed to anyone but the platform itself
 */
export function getAssets(deps: Pick<Deps, 'db'>): Implementation<typeof MediaService>['getAssets'] {
  return async (input, ctx) => {
    requireService(ctx);
    return { assets: (await deps.db.rows(assetFacts, [onlyIds(input.ids)])).map(toAsset) };
  };
}
