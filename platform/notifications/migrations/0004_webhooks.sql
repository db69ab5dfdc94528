-- Addresses of operators that are told what happens.
create table webhook_endpoints (
  id uuid primary key,
  url text not null,
  description text not null default '',
  -- Event types; empty means all.
  events text[] not null default '{}',
  -- Sealed with a key of the installation: a copy of the database signs nothing.
  secret bytea not null,
  -- The one before, which signs beside it for a day after a change.
  old_secret bytea,
  old_secret_until timestamptz,
  enabled boolean not null default true,
  -- Why it was switched off, if nobody did it.
  disabled_reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- One event for one endpoint.
create table webhook_deliveries (
  id uuid primary key,
  endpoint_id uuid not null references webhook_endpoints on delete cascade,
  event_id uuid not null,
  event_type text not null,
  -- The exact bytes that are signed and sent, at every try.
  body text not null,
  -- Whom it is about, so that it is erased with them.
  person_id uuid,
  person_address text,
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  -- Since when it is tried; a redelivery begins anew.
  first_at timestamptz not null,
  -- When it is tried next; while a try is under way, when it counts as lost.
  next_at timestamptz,
  delivered_at timestamptz,
  created_at timestamptz not null,
  unique (endpoint_id, event_id)
);
create index webhook_deliveries_due on webhook_deliveries (next_at) where state = 'waiting';
create index webhook_deliveries_of_endpoint on webhook_deliveries (endpoint_id, id desc);
create index webhook_deliveries_of_person on webhook_deliveries (person_id) where person_id is not null;
create index webhook_deliveries_of_address on webhook_deliveries (person_address) where person_address is not null;

create table webhook_attempts (
  id bigint generated always as identity primary key,
  delivery_id uuid not null references webhook_deliveries on delete cascade,
  -- null when there was no answer.
  status integer,
  milliseconds integer not null,
  detail text not null,
  at timestamptz not null
);
create index webhook_attempts_of_delivery on webhook_attempts (delivery_id, id);
