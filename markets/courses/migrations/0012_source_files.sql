-- The files that came with a course the last time it was imported, shown or not: an import also brings what Stoa cannot
-- run yet. They stay while their source has them; media deletes what the next source has lost and nothing shows.
create table source_files (
  asset_id uuid primary key,
  course_id uuid not null references courses on delete cascade
);
create index source_files_by_course on source_files (course_id);
