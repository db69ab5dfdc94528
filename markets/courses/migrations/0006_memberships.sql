-- What somebody subscribes to: courses for as long as they pay. Sold by an instructor, or by the house.
create table memberships (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  summary text not null default '',
  description text not null default '',
  language text not null,
  -- Other languages: {"pt-BR": {"name": "...", "summary": "...", "description": "..."}}.
  translations jsonb not null default '{}',
  -- Null: the house.
  seller_id uuid,
  seller_name text not null default '',
  -- What it includes: the courses listed, all of the seller's, or all there are.
  scope text not null check (scope in ('courses', 'seller', 'catalogue')),
  trial_days integer not null default 0 check (trial_days between 0 and 90),
  state text not null default 'draft' check (state in ('draft', 'published', 'archived')),
  version integer not null default 1,
  published_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Only the house gives away what others teach; and it teaches nothing itself.
  constraint membership_scope_of_seller check ((scope = 'catalogue') <= (seller_id is null) and (scope = 'seller') <= (seller_id is not null))
);
create index memberships_newest on memberships (published_at desc, id desc) where state = 'published';
create index memberships_by_seller on memberships (seller_id, updated_at desc, id desc);

-- What a subscription names: SKU plan:<id>. One that is not offered any more stays, because subscriptions to it may run.
create table membership_plans (
  id uuid primary key,
  membership_id uuid not null references memberships on delete cascade,
  interval text not null check (interval in ('month', 'year')),
  -- Minor units.
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  offered boolean not null default true,
  unique (membership_id, interval)
);

create table membership_courses (
  membership_id uuid not null references memberships on delete cascade,
  course_id uuid not null references courses on delete cascade,
  position integer not null,
  primary key (membership_id, course_id)
);
create index membership_courses_by_course on membership_courses (course_id);
