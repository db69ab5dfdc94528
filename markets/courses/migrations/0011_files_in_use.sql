-- Who shows a file: asked for whenever media wants to know what it may delete.
create index lessons_by_asset on lessons using gin (asset_ids);
create index courses_by_cover on courses (cover_asset_id) where cover_asset_id is not null;
create index bundles_by_cover on bundles (cover_asset_id) where cover_asset_id is not null;
create index courses_describing_files on courses (id)
  where description::text like '%asset:%' or translations::text like '%asset:%';
