-- What this context knows of courses: copies kept by CoursePublished and CourseArchived.
create table courses (
  id uuid primary key,
  slug text not null,
  title text not null,
  -- Titles in other languages, by BCP 47 tag.
  titles jsonb not null default '{}',
  language text not null,
  -- Null: free.
  price_amount bigint check (price_amount > 0),
  price_currency text check (price_currency ~ '^[A-Z]{3}$'),
  instructor_id text not null,
  instructor_name text not null,
  state text not null check (state in ('published', 'archived')),
  version integer not null,
  duration_seconds integer not null default 0,
  lesson_count integer not null default 0,
  updated_at timestamptz not null default now(),
  check ((price_amount is null) = (price_currency is null))
);

create table lessons (
  id uuid primary key,
  course_id uuid not null references courses (id),
  title text not null,
  kind text not null,
  completion text not null check (completion in ('viewed', 'watched', 'passed')),
  duration_seconds integer not null default 0,
  place integer not null,
  -- Course versions between which the lesson was part of it: what a person had to complete depends on when.
  first_version integer not null,
  removed_version integer
);
create index lessons_by_course on lessons (course_id, place) where removed_version is null;

-- People as identity last described them; their name goes on certificates. Personal data, erased by UserDeleted.
create table people (
  user_id uuid primary key,
  name text not null,
  locale text not null,
  time_zone text not null
);

create table enrollments (
  id uuid primary key,
  user_id uuid not null,
  course_id uuid not null references courses (id),
  state text not null default 'active' check (state in ('active', 'left')),
  reason text not null check (reason in ('free', 'purchase', 'invitation', 'gift')),
  -- The price when access was given: nobody gets in free of charge where there is one.
  price_amount bigint,
  -- The name in the token at enrollment, for issuers that send no UserCreated. Personal data, erased by UserDeleted.
  learner_name text not null default '',
  enrolled_at timestamptz not null default now(),
  left_at timestamptz,
  completed_lessons integer not null default 0,
  last_lesson_id uuid,
  last_activity_at timestamptz not null default now(),
  completed_at timestamptz,
  completed_version integer,
  certificate_id uuid,
  unique (user_id, course_id),
  check (reason <> 'free' or price_amount is null),
  check ((state = 'left') = (left_at is not null)),
  check ((completed_at is null) = (certificate_id is null)),
  check ((completed_at is null) = (completed_version is null))
);
create index enrollments_by_time on enrollments (user_id, enrolled_at desc, id desc);
create index enrollments_by_activity on enrollments (user_id, last_activity_at desc, id desc);
create index enrollments_by_course on enrollments (course_id);

-- No index but the key, and room on each page: a heartbeat then rewrites the row in place.
create table lesson_progress (
  enrollment_id uuid not null references enrollments (id) on delete cascade,
  lesson_id uuid not null references lessons (id),
  state text not null default 'viewed' check (state in ('viewed', 'completed')),
  -- Where to resume; null until a player says so.
  position_seconds integer check (position_seconds >= 0),
  -- Seconds of media seen, as half-open ranges; seeing a part twice counts once.
  watched int4multirange not null default '{}',
  watched_seconds integer not null default 0,
  first_viewed_at timestamptz not null default now(),
  completed_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (enrollment_id, lesson_id),
  check ((state = 'completed') = (completed_at is not null))
) with (fillfactor = 80);

-- Who passed what, as assessment said: also before the lesson or the enrollment is known here.
create table lesson_passes (
  user_id uuid not null,
  lesson_id uuid not null,
  course_id uuid not null,
  passed_at timestamptz not null default now(),
  primary key (user_id, lesson_id)
);
create index lesson_passes_by_course on lesson_passes (course_id);

create table certificates (
  id uuid primary key,
  enrollment_id uuid not null unique references enrollments (id) on delete cascade,
  user_id uuid not null,
  course_id uuid not null references courses (id),
  -- 128 random bits in Crockford's base 32, without hyphens.
  code text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{26}$'),
  -- As they were on the day: a certificate does not change when a profile or a course does.
  holder_name text not null,
  course_title text not null,
  instructor_name text not null,
  locale text not null,
  time_zone text not null,
  completed_at timestamptz not null,
  revoked_at timestamptz
);

-- Every revocation and its end: who, when, why.
create table certificate_actions (
  id uuid primary key,
  certificate_id uuid not null references certificates (id) on delete cascade,
  action text not null check (action in ('revoked', 'restored')),
  actor_id text not null,
  reason text not null,
  acted_at timestamptz not null default now()
);
create index certificate_actions_by_certificate on certificate_actions (certificate_id, acted_at);

-- The number of seconds in a set of ranges; immutable, so that an upsert can call it on the merged value.
create function seconds_in(ranges int4multirange) returns integer
language sql immutable parallel safe
return (select coalesce(sum(upper(part) - lower(part)), 0)::integer from unnest(ranges) as part);
