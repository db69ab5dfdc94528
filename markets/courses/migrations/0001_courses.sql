create table categories (
  slug text primary key,
  -- Names by language: {"en": "...", "pt-BR": "...", "es": "..."}.
  names jsonb not null,
  position integer not null
);

insert into categories (slug, names, position) values
  ('technology', '{"en": "Technology", "pt-BR": "Tecnologia", "es": "Tecnología"}', 1),
  ('teaching', '{"en": "Teaching and learning", "pt-BR": "Ensino e aprendizagem", "es": "Enseñanza y aprendizaje"}', 2),
  ('energy', '{"en": "Energy at home and at work", "pt-BR": "Energia em casa e no trabalho", "es": "Energía en casa y en el trabajo"}', 3),
  ('mobility', '{"en": "Mobility", "pt-BR": "Mobilidade", "es": "Movilidad"}', 4),
  ('work', '{"en": "Work and writing", "pt-BR": "Trabalho e escrita", "es": "Trabajo y escritura"}', 5),
  ('life', '{"en": "Everyday life", "pt-BR": "Vida cotidiana", "es": "Vida cotidiana"}', 6);

create table courses (
  id uuid primary key,
  slug text not null unique,
  title text not null,
  summary text not null default '',
  description jsonb not null default '{"type": "doc", "content": []}',
  language text not null,
  level text not null default 'all' check (level in ('all', 'beginner', 'intermediate', 'advanced')),
  category text references categories (slug),
  outcomes jsonb not null default '[]',
  -- Minor units; null when the course is free.
  price_amount bigint check (price_amount > 0),
  price_currency text check (price_currency ~ '^[A-Z]{3}$'),
  cover_asset_id uuid,
  -- Other languages: {"pt-BR": {"title": "...", "summary": "...", "description": {...}, "outcomes": [...]}}.
  translations jsonb not null default '{}',
  languages text[] not null default '{}',
  state text not null default 'draft' check (state in ('draft', 'published', 'archived')),
  version integer not null default 1,
  instructor_id uuid not null,
  instructor_name text not null,
  lesson_count integer not null default 0,
  duration_seconds integer not null default 0,
  source_format text,
  source_key text,
  -- Lower-case text without accents that a search looks in: title, summary, instructor, in every language.
  search_text text not null default '',
  published_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((price_amount is null) = (price_currency is null)),
  unique (instructor_id, source_format, source_key)
);
create index courses_newest on courses (published_at desc, id desc) where state = 'published';
create index courses_by_category on courses (category, published_at desc, id desc) where state = 'published';
create index courses_by_instructor on courses (instructor_id, updated_at desc, id desc);
create index courses_search on courses using gin (search_text gin_trgm_ops);

create table modules (
  id uuid primary key,
  course_id uuid not null references courses on delete cascade,
  position integer not null,
  title text not null,
  translations jsonb not null default '{}',
  source_key text,
  unique (course_id, source_key),
  unique (course_id, position) deferrable initially deferred
);

create table lessons (
  id uuid primary key,
  course_id uuid not null references courses on delete cascade,
  module_id uuid not null references modules on delete cascade,
  position integer not null,
  title text not null,
  -- Titles between module and lesson in sources that nest deeper.
  path text[] not null default '{}',
  kind text not null check (kind in ('text', 'video', 'audio', 'file', 'embed', 'quiz', 'link')),
  duration_seconds integer not null default 0,
  content jsonb not null default '{"type": "doc", "content": []}',
  -- {"pt-BR": {"title": "...", "content": {...}}}
  translations jsonb not null default '{}',
  completion text not null default 'viewed' check (completion in ('viewed', 'watched', 'passed')),
  graded boolean not null default false,
  preview boolean not null default false,
  asset_ids uuid[] not null default '{}',
  version integer not null default 1,
  source_key text,
  updated_at timestamptz not null default now(),
  unique (course_id, source_key),
  unique (course_id, position) deferrable initially deferred
);
create index lessons_by_module on lessons (module_id);

create table imports (
  id uuid primary key,
  requested_by uuid,
  instructor_id uuid not null,
  instructor_name text not null,
  format text check (format in ('olx', 'markdown')),
  -- What the person sees: the name of the file or folder.
  source_name text not null,
  -- A folder on this machine, or the uploaded archive below the installation's files.
  folder text,
  archive text,
  publish boolean not null default false,
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed')),
  stage text not null default 'queued' check (stage in ('queued', 'reading', 'files', 'problems', 'saving', 'done')),
  progress_done integer not null default 0,
  progress_total integer not null default 0,
  summary jsonb,
  report jsonb,
  course_id uuid,
  error_code text,
  error_detail text,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index imports_by_person on imports (instructor_id, created_at desc, id desc);
