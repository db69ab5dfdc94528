-- What operators put back to be tried again. Written before it is tried, so that nothing is replayed without a trace; rows
-- are only added, and may go after two years.
create table replays (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_kind text not null,
  -- The person, or the name of the service (`cli`).
  actor text not null,
  kind text not null check (kind in ('event', 'job')),
  item_id uuid not null,
  ip text,
  trace_id text not null
);
comment on column replays.ip is 'personal: tracing abuse; two years';
create index replays_of_item on replays (item_id, id);
create function refuse_replay_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.at < now() - interval '2 years' then return old; end if;
  raise exception 'replays are never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger replays_are_append_only before update or delete on replays for each row execute function refuse_replay_change();
