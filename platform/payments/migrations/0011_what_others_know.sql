-- Circuits that are not closed, as the processes that call providers see them: the console may be another process. A row
-- of a process that was killed is believed until it expires.
create table provider_circuits (
  provider text not null,
  process uuid not null,
  state text not null check (state in ('open', 'half_open')),
  changed_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (provider, process)
);

-- Up to where each chain of the books was found whole, the last time all of it was verified.
create table ledger_checkpoints (
  chain smallint primary key references ledger_chains,
  seq bigint not null,
  hash bytea not null,
  verified_at timestamptz not null
);
-- What came of it each time. Checkpoints stay where they were when something was broken.
create table ledger_verifications (
  id bigint generated always as identity primary key,
  verified_at timestamptz not null,
  -- [{subject, why}]
  broken jsonb not null
);

-- The same as `verify_ledger`, of what was booked since the checkpoints.
create function verify_new_ledger() returns table (subject text, why text) language sql stable as $$
  with begun as (
    select h.chain, h.seq as last_seq, h.hash as last_hash, coalesce(c.seq, 0) as seq,
      coalesce(c.hash, sha256(convert_to('stoa ledger ' || h.chain, 'UTF8'))) as hash
    from ledger_chains h left join ledger_checkpoints c on c.chain = h.chain
  ), news as (
    select t.id, t.chain, t.seq, t.previous_hash, t.hash <> sha256(t.previous_hash || convert_to(canonical_transaction(t), 'UTF8')) as is_changed,
      t.previous_hash <> lag(t.hash, 1, b.hash) over (partition by t.chain order by t.seq)
        or t.seq <> lag(t.seq, 1, b.seq) over (partition by t.chain order by t.seq) + 1 as is_elsewhere
    from begun b join ledger_transactions t on t.chain = b.chain and t.seq > b.seq
  )
  select id::text, 'the hash does not fit the content' from news where is_changed
  union all
  select id::text, 'it does not follow the one before it' from news where is_elsewhere
  union all
  select 'chain ' || b.chain, 'its end is missing' from begun b
  left join ledger_transactions t on t.chain = b.chain and t.seq = b.last_seq
  where b.last_seq > 0 and t.hash is distinct from b.last_hash
  union all
  select 'chain ' || b.chain, 'it ends before what was verified' from begun b where b.last_seq < b.seq
$$;
