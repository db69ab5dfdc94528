-- Several courses of one seller at one price.
create table bundles (
  id uuid primary key,
  slug text not null unique,
  title text not null,
  summary text not null default '',
  -- Minor units.
  price_amount bigint not null check (price_amount > 0),
  price_currency text not null check (price_currency ~ '^[A-Z]{3}$'),
  seller_id uuid not null,
  state text not null default 'draft' check (state in ('draft', 'published', 'archived')),
  published_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index bundles_newest on bundles (published_at desc, id desc) where state = 'published';
create index bundles_by_seller on bundles (seller_id, updated_at desc, id desc);

create table bundle_courses (
  bundle_id uuid not null references bundles on delete cascade,
  course_id uuid not null references courses,
  position smallint not null,
  primary key (bundle_id, course_id)
);
create index bundles_of_course on bundle_courses (course_id);
