-- What a person asked to take away, gathered from every context. The pieces are one JSON document when put together in
-- order; they go with the account, and a week after they were ready.
create table data_exports (
  id uuid primary key,
  user_id uuid not null references users,
  state text not null default 'waiting' check (state in ('waiting', 'working', 'ready', 'failed')),
  contexts_done integer not null default 0,
  contexts_total integer not null default 0,
  bytes bigint not null default 0,
  created_at timestamptz not null,
  ready_at timestamptz,
  expires_at timestamptz,
  check ((state = 'ready') = (ready_at is not null and expires_at is not null))
);
create unique index one_unfinished_export on data_exports (user_id) where state in ('waiting', 'working');
create index data_exports_of_user on data_exports (user_id, created_at desc);

create table data_export_pieces (
  export_id uuid not null references data_exports on delete cascade,
  position integer not null,
  content text not null,
  primary key (export_id, position)
);
comment on column data_export_pieces.content is 'personal: what the person asked to take away; 7 days';
