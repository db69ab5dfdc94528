-- Every context has these in its own schema: what it says to others, what it has heard, and what it has answered.

-- Events this context emits. A row is inserted with the change it reports, in the same transaction. `position` is
-- given later, by one sequencer at a time, to rows that are already visible: a reader that asks for
-- `position > cursor` can therefore never miss a row that commits late.
create table outbox (
  seq bigint generated always as identity primary key,
  id uuid not null unique,
  type text not null,
  subject text not null,
  partition_key text not null,
  aggregate_version integer,
  data jsonb not null,
  traceparent text not null,
  time timestamptz not null default clock_timestamp(),
  position bigint
);
create unique index outbox_position on outbox (position) where position is not null;
create index outbox_unsequenced on outbox (seq) where position is null;

-- How far this context has read each source.
create table subscriptions (
  source text primary key,
  position bigint not null default 0,
  updated_at timestamptz not null default now()
);

-- What this context has handled: an event that arrives twice has one effect.
create table inbox (
  source text not null,
  event_id uuid not null,
  handled_at timestamptz not null default now(),
  primary key (source, event_id)
);

-- Events whose handler failed too often, and those of the same aggregate that came after them (order is kept).
create table parked_events (
  id uuid primary key,
  source text not null,
  position bigint not null,
  type text not null,
  partition_key text not null,
  envelope jsonb not null,
  error text not null,
  attempts integer not null,
  parked_at timestamptz not null default now(),
  unique (source, position)
);
create index parked_events_by_key on parked_events (source, partition_key, position);

-- Attempts of the event each subscription is stuck at, so that a restart does not begin counting again.
create table event_failures (
  source text not null,
  event_id uuid not null,
  attempts integer not null,
  error text not null,
  failed_at timestamptz not null default now(),
  primary key (source, event_id)
);

create table idempotency_keys (
  scope text not null,
  key text not null,
  request_hash text not null,
  locked_at timestamptz,
  status integer,
  headers jsonb,
  body text,
  created_at timestamptz not null default now(),
  primary key (scope, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
