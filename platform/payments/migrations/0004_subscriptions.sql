-- What renews itself. Each period is an order of its own; the first one keeps the payment method for the others.
create table plan_subscriptions (
  id uuid primary key,
  buyer_id uuid not null,
  -- Personal, as on orders.
  buyer_email text not null,
  buyer_name text not null default '',
  locale text not null,
  country text not null default '',
  sku text not null,
  title text not null,
  -- Of one period, as agreed: a later price of the plan does not change it.
  amount bigint not null check (amount >= 0),
  currency text not null,
  interval text not null check (interval in ('day', 'week', 'month', 'year')),
  interval_count integer not null check (interval_count > 0),
  state text not null default 'incomplete'
    check (state in ('incomplete', 'trialing', 'active', 'past_due', 'paused', 'canceled', 'ended')),
  cancel_at_period_end boolean not null default false,
  -- Periods are counted from here, so that the 31st stays the 31st.
  anchor timestamptz,
  periods integer not null default 0,
  period_start timestamptz,
  period_end timestamptz,
  provider text not null,
  saved_method text,
  -- Left over from a change of plan; taken off the next order.
  credit bigint not null default 0 check (credit >= 0),
  -- The order that waits to be paid for the next period.
  open_order_id uuid,
  failures integer not null default 0,
  next_try_at timestamptz,
  reminded_for timestamptz,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index one_subscription_per_plan on plan_subscriptions (buyer_id, sku) where state in ('trialing', 'active', 'past_due', 'paused');
create index subscriptions_of_buyer on plan_subscriptions (buyer_id, created_at desc, id desc);
create index subscriptions_due on plan_subscriptions (period_end) where state in ('trialing', 'active');
create index subscriptions_to_retry on plan_subscriptions (next_try_at) where state = 'past_due';
create index orders_of_subscription on orders (subscription_id) where subscription_id is not null;

-- A change of plan waits for the money of its order.
create table plan_changes (
  order_id uuid primary key references orders on delete cascade,
  subscription_id uuid not null references plan_subscriptions on delete cascade,
  sku text not null,
  title text not null,
  amount bigint not null,
  interval text not null,
  interval_count integer not null,
  credit_left bigint not null
);

-- A payment that keeps its method, and one that uses a kept one without the payer.
alter table attempts add column keep_method boolean not null default false;
alter table attempts add column uses_method text;
