-- A payment method kept for a subscription with nothing to pay: on trial, or in place of another. No money moves, so there is no order
-- and no entry in the books; the provider knows it by this id.
create table method_setups (
  id uuid primary key,
  subscription_id uuid not null references plan_subscriptions on delete cascade,
  provider text not null,
  state text not null default 'created'
    check (state in ('created', 'requires_action', 'processing', 'succeeded', 'failed', 'canceled', 'expired')),
  reason text,
  provider_reference text,
  next_action jsonb,
  return_url text not null,
  saved_method text,
  method_label text,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index one_live_setup on method_setups (subscription_id) where state in ('created', 'requires_action', 'processing');
create index method_setups_of_subscription on method_setups (subscription_id, created_at desc);
