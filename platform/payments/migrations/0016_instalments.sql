-- What is paid in parts. Each part is an order of its own, like the periods of a subscription; there are so many and no more.
create table instalment_plans (
  id uuid primary key,
  buyer_id uuid not null,
  -- Personal, as on orders.
  buyer_email text not null,
  buyer_name text not null default '',
  buyer_document text not null default '',
  locale text not null,
  country text not null default '',
  sku text not null,
  title text not null,
  seller_id text not null default '',
  -- The item as its market offered it on the day, for the orders of its parts.
  item jsonb not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  parts smallint not null check (parts between 2 and 12),
  -- Ten-thousandths of the price.
  surcharge integer not null check (surcharge between 0 and 5000),
  coupon_code text,
  state text not null default 'incomplete'
    check (state in ('incomplete', 'active', 'past_due', 'paused', 'disputed', 'completed', 'canceled')),
  -- Whether the buyer has what is paid in parts.
  entitled boolean not null default false,
  provider text,
  saved_method text,
  -- The order that waits, or waited last, to be paid for the next part.
  open_order_id uuid,
  failures integer not null default 0,
  next_try_at timestamptz,
  -- The part its payer was last told of in advance.
  noticed_part smallint not null default 1,
  -- Of two words about a plan, the one with the higher number is the newer.
  revision bigint not null default 0,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  check ((state in ('completed', 'canceled')) = (ended_at is not null))
);
-- Nobody pays for the same thing twice at a time.
create unique index one_instalment_plan_per_item on instalment_plans (buyer_id, sku) where state not in ('completed', 'canceled');
create index instalment_plans_of_buyer on instalment_plans (buyer_id, created_at desc, id desc);
create index instalment_plans_of_seller on instalment_plans (seller_id, created_at desc, id desc) where state <> 'incomplete';
create index instalment_plans_by_time on instalment_plans (created_at desc, id desc) where state <> 'incomplete';
create index instalment_plans_running on instalment_plans (id) where state in ('active', 'past_due');

-- The schedule. `price` has the coupon and the surcharge in it. `total` has the taxes, too: as they were when it was agreed,
-- and of what is paid, what was paid for it.
create table instalment_parts (
  plan_id uuid not null references instalment_plans on delete cascade,
  part smallint not null check (part between 1 and 12),
  due_at timestamptz not null,
  list_price bigint not null,
  price bigint not null check (price > 0 and price <= list_price),
  surcharge bigint not null check (surcharge between 0 and price),
  total bigint not null check (total > 0),
  -- Of the surcharge, what fell away because it was paid early.
  waived bigint not null default 0 check (waived between 0 and surcharge),
  -- What paid for it.
  order_id uuid references orders,
  paid_at timestamptz,
  primary key (plan_id, part),
  check ((order_id is null) = (paid_at is null))
);
create index instalment_parts_due on instalment_parts (due_at) where paid_at is null;

alter table orders add column instalment_plan_id uuid references instalment_plans;
alter table orders add column instalment_part smallint;
-- The last part it pays for: more than one when all that is left is paid at once.
alter table orders add column instalment_through smallint;
alter table orders add constraint instalment_of_order check (
  (instalment_plan_id is null and instalment_part is null and instalment_through is null)
  or (instalment_plan_id is not null and instalment_part >= 1 and instalment_through >= instalment_part));
-- Two jobs, two tabs, money that comes late: a part has one order that is paid or may be.
create unique index one_order_per_instalment on orders (instalment_plan_id, instalment_part) where state not in ('cancelled', 'expired');
create index orders_of_instalments on orders (instalment_plan_id) where instalment_plan_id is not null;

-- What happened to a plan, for its owner and for support.
create table instalment_changes (
  plan_id uuid not null references instalment_plans on delete cascade,
  revision bigint not null,
  change text not null,
  state text not null,
  entitled boolean not null,
  -- buyer, operator or platform (a schedule, a payment).
  actor text not null check (actor in ('buyer', 'operator', 'platform')),
  actor_id uuid,
  note text not null default '',
  at timestamptz not null default now(),
  primary key (plan_id, revision)
);
