-- Content, once per distinct bytes. `name` is random and says nothing; the file lies under the storage's folders.
create table blobs (
  name text primary key check (name ~ '^[0-9a-f]{32}$'),
  sha256 text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes >= 0),
  -- What the first bytes show it to be, whatever the sender said.
  detected_type text not null,
  created_at timestamptz not null default now()
);

-- Named files of an owner. `blob` is what readers get; `upload_*` is what is arriving and replaces it when complete.
create table assets (
  id uuid primary key,
  owner_kind text not null,
  owner_id text not null,
  key text not null,
  file_name text not null,
  content_type text not null,
  visibility text not null check (visibility in ('public', 'enrolled')),
  blob text references blobs (name),
  completed_at timestamptz,
  upload_name text check (upload_name ~ '^[0-9a-f]{32}$'),
  upload_bytes bigint check (upload_bytes >= 0),
  upload_received bigint not null default 0,
  upload_sha256 text check (upload_sha256 ~ '^[0-9a-f]{64}$'),
  upload_file_name text,
  upload_content_type text,
  upload_visibility text check (upload_visibility in ('public', 'enrolled')),
  touched_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  unique (owner_kind, owner_id, key),
  check ((blob is null) = (completed_at is null)),
  check (upload_name is null or (upload_bytes is not null and upload_received <= upload_bytes))
);
create index assets_by_blob on assets (blob) where blob is not null;
create unique index assets_by_upload on assets (upload_name) where upload_name is not null;
