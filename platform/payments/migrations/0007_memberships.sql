-- Who sells what is subscribed to, whether the subscriber has it now, and a number that grows with every change: of two
-- words about a subscription, the one with the higher number is the newer.
alter table plan_subscriptions add column seller_id text not null default '';
alter table plan_subscriptions add column entitled boolean not null default false;
alter table plan_subscriptions add column revision bigint not null default 0;
update plan_subscriptions set entitled = true
where state in ('trialing', 'active', 'past_due') or (state = 'paused' and period_end > now());
create index subscriptions_of_seller on plan_subscriptions (seller_id, sku) where state <> 'incomplete';
create index subscriptions_by_time on plan_subscriptions (created_at desc, id desc) where state <> 'incomplete';
create index subscriptions_paused on plan_subscriptions (period_end) where state = 'paused' and entitled;

-- What happened to a subscription, for its owner and for support.
create table subscription_changes (
  subscription_id uuid not null references plan_subscriptions on delete cascade,
  revision bigint not null,
  change text not null,
  state text not null,
  title text not null,
  entitled boolean not null,
  -- buyer, operator or platform (a schedule, a payment).
  actor text not null check (actor in ('buyer', 'operator', 'platform')),
  -- The operator's account.
  actor_id uuid,
  -- What the operator wrote.
  note text not null default '',
  at timestamptz not null default now(),
  primary key (subscription_id, revision)
);
