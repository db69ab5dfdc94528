-- Courses a person keeps for later, with the price they saw then.
create table wishes (
  user_id uuid not null,
  course_id uuid not null references courses on delete cascade,
  saved_at timestamptz not null default now(),
  -- Minor units; null when the course was free.
  saved_amount bigint check (saved_amount > 0),
  saved_currency text check (saved_currency ~ '^[A-Z]{3}$'),
  primary key (user_id, course_id),
  check ((saved_amount is null) = (saved_currency is null))
);
create index wishes_newest on wishes (user_id, saved_at desc, course_id desc);
create index wishes_of_course on wishes (course_id);
