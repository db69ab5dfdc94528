-- What is asked. A definition holds the answers, so it never leaves this schema as it is.
create table problems (
  id uuid primary key,
  course_id uuid not null,
  lesson_id uuid not null,
  -- Stable name in the source the course came from: importing again updates the same problem.
  source_key text not null,
  position integer not null,
  definition jsonb not null,
  gradable boolean not null,
  max_attempts integer,
  version integer not null default 1,
  -- Secret of this problem, from which learners' choice ids and shuffles are made: 244 random bits.
  view_key bytea not null default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Retired problems stay for the attempts made on them.
  removed_at timestamptz,
  unique (course_id, source_key)
);
create index problems_by_lesson on problems (lesson_id, position) where removed_at is null;

-- What a learner has reached on a problem. The row is the guard of the attempt limit: its update counts the attempt.
create table problem_states (
  user_id uuid not null,
  problem_id uuid not null references problems,
  attempts integer not null default 0 check (attempts >= 0),
  best_score double precision not null default 0 check (best_score between 0 and 1),
  hints_shown integer not null default 0 check (hints_shown >= 0),
  passed_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (user_id, problem_id)
);
create index problem_states_passed on problem_states (problem_id, user_id) where passed_at is not null;

-- Every attempt as it was made and graded. Never updated; deleted only with the person.
create table attempts (
  id uuid primary key,
  problem_id uuid not null references problems,
  user_id uuid not null,
  number integer not null,
  problem_version integer not null,
  answers jsonb not null,
  result jsonb not null,
  score double precision not null check (score between 0 and 1),
  submitted_at timestamptz not null default now(),
  constraint attempts_numbered unique (user_id, problem_id, number)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'attempts are never changed';
end $$;
create trigger attempts_are_final before update on attempts for each row execute function refuse_change();

-- Lessons whose gradable problems a learner has all passed; the row makes the event happen once.
create table lesson_results (
  user_id uuid not null,
  lesson_id uuid not null,
  course_id uuid not null,
  passed_at timestamptz not null default now(),
  primary key (user_id, lesson_id)
);

-- What this context knows of published courses, from their events.
create table courses (
  id uuid primary key,
  language text not null,
  instructor_id uuid,
  published boolean not null
);
create table lessons (
  id uuid primary key,
  course_id uuid not null references courses on delete cascade,
  preview boolean not null
);
create index lessons_by_course on lessons (course_id);
