-- The sandbox provider's own book: what a payment company would keep on its side. Payments itself never reads these
-- tables, it asks the sandbox through the provider port; tests read them as the judge of what was really charged.
create table sandbox_charges (
  -- Unguessable: it is also the address of the payer's page.
  provider_reference text primary key,
  -- Of whoever asked: the attempt.
  reference text not null unique,
  state text not null check (state in ('requires_action', 'authorized', 'succeeded', 'failed', 'canceled', 'expired')),
  -- Nothing only where a method is kept: a free trial.
  amount bigint not null check (amount > 0 or (amount = 0 and keep_method)),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  capture text not null check (capture in ('automatic', 'manual')),
  captured bigint not null default 0 check (captured between 0 and amount),
  refunded bigint not null default 0 check (refunded between 0 and captured),
  disputed bigint not null default 0 check (disputed between 0 and captured),
  fee bigint,
  reason text,
  provider_code text,
  -- The payer chose the card that asks them to confirm.
  challenged boolean not null default false,
  description text not null,
  locale text not null,
  return_url text not null,
  cancel_url text not null,
  callback_url text not null,
  keep_method boolean not null,
  saved_method text,
  method_label text,
  expires_at timestamptz not null,
  authorized_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table sandbox_methods (
  id text primary key,
  label text not null,
  -- What a later charge on it does.
  behavior text not null check (behavior in ('succeed', 'decline', 'insufficient_funds', 'challenge')),
  created_at timestamptz not null
);

create table sandbox_refunds (
  reference text primary key,
  provider_reference text not null unique,
  charge text not null references sandbox_charges,
  amount bigint not null check (amount > 0),
  created_at timestamptz not null
);
create index sandbox_refunds_of_charge on sandbox_refunds (charge);

create table sandbox_disputes (
  provider_reference text primary key,
  -- One at most: what was disputed once is settled.
  charge text not null unique references sandbox_charges,
  state text not null check (state in ('open', 'won', 'lost')),
  amount bigint not null check (amount > 0),
  respond_by timestamptz not null,
  created_at timestamptz not null
);

-- What moved, as the provider's own report tells it. Signed.
create table sandbox_transactions (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('charge', 'refund', 'fee', 'dispute')),
  charge text not null references sandbox_charges,
  provider_reference text not null,
  reference text not null,
  amount bigint not null,
  currency text not null,
  occurred_at timestamptz not null
);
create index sandbox_transactions_by_time on sandbox_transactions (occurred_at, id);

-- Webhooks to send. One event may be sent several times, or late, or never: that is what the sandbox is for.
create table sandbox_deliveries (
  id uuid primary key,
  event_id text not null,
  charge text not null references sandbox_charges,
  url text not null,
  body text not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  delivered_at timestamptz,
  last_status integer
);
create index sandbox_deliveries_waiting on sandbox_deliveries (due_at) where delivered_at is null;

-- Calls that are to go wrong, for tests and demonstrations.
create table sandbox_faults (
  id bigint generated always as identity primary key,
  operation text not null check (operation in ('create', 'find', 'capture', 'cancel', 'refund', 'any')),
  kind text not null check (kind in ('timeout_before', 'timeout_after', 'refused', 'not_sent')),
  -- Only calls for this charge; any when null.
  reference text,
  remaining integer not null check (remaining >= 0)
);
create index sandbox_faults_open on sandbox_faults (id) where remaining > 0;
