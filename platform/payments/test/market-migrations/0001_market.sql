create table items (
  sku text primary key,
  title text not null,
  price bigint,
  currency text not null default 'BRL',
  seller_id text not null default '',
  -- How many there are; null is no limit.
  capacity integer,
  refund_days integer not null default 7,
  tax_category text not null default 'digital_course',
  -- Of plans.
  interval text,
  trial_days integer not null default 0
);
create table holds (
  order_id text not null,
  sku text not null,
  quantity integer not null,
  primary key (order_id, sku)
);
create table grants (
  order_id text not null,
  line_id text not null,
  owner_id text not null,
  sku text not null,
  source text not null,
  revoked boolean not null default false,
  primary key (line_id, owner_id, source)
);
