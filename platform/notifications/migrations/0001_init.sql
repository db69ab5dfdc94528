-- People as identity last described them: what a mail needs to reach somebody and to speak their language.
-- Of a deleted person only the id stays, so that a late event does not bring them back.
create table recipients (
  user_id uuid primary key,
  email text,
  name text not null default '',
  locale text not null default 'en',
  time_zone text not null default 'UTC',
  deleted_at timestamptz,
  updated_at timestamptz not null default now()
);

-- One row per event and channel: an event that comes twice still makes one mail and one line under the bell.
create table messages (
  id uuid primary key,
  event_id uuid not null,
  channel text not null check (channel in ('email', 'inapp')),
  user_id uuid not null,
  kind text not null,
  params jsonb not null,
  state text not null check (state in ('queued', 'sent', 'failed', 'suppressed')),
  -- Why it was suppressed or failed.
  reason text,
  attempts integer not null default 0,
  -- Place in the person's list; only in-app messages that were delivered have one.
  seq bigint,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  unique (event_id, channel)
);
create unique index messages_of_person on messages (user_id, seq) where seq is not null;
create index messages_unread on messages (user_id) where seq is not null and read_at is null;
create index messages_mail on messages (id) where channel = 'email';
create index messages_age on messages (created_at);

-- The last number given out in a person's list. Its row lock makes numbers appear in the order in which they commit,
-- so that "everything after number n" can never miss one that commits late.
create table inboxes (
  user_id uuid primary key,
  last_seq bigint not null
);

-- What happened to a message, in order.
create table message_events (
  id bigint generated always as identity primary key,
  message_id uuid not null references messages on delete cascade,
  what text not null check (what in ('queued', 'suppressed', 'delivered', 'attempted', 'sent', 'refused', 'failed', 'retried', 'read')),
  detail text,
  at timestamptz not null default clock_timestamp()
);
create index message_events_of_message on message_events (message_id, id);

-- Mails as they were written. Without a mail server this is where they arrive.
create table mailbox (
  message_id uuid primary key references messages on delete cascade,
  to_address text not null,
  to_name text not null,
  locale text not null,
  subject text not null,
  html text not null,
  text text not null,
  headers jsonb not null,
  transport text not null check (transport in ('smtp', 'mailbox')),
  -- How long its one-time link works; null if it has none.
  link_minutes integer,
  -- Until when the text holds a one-time link; null if it holds none (any more).
  link_expires_at timestamptz,
  written_at timestamptz not null default now()
);
create index mailbox_links on mailbox (link_expires_at) where link_expires_at is not null;

-- Only what differs from the default (everything is on).
create table preferences (
  user_id uuid not null,
  kind text not null,
  channel text not null check (channel in ('email', 'inapp')),
  enabled boolean not null,
  primary key (user_id, kind, channel)
);

-- One-time admissions to the WebSocket; only a hash is kept.
create table realtime_tickets (
  token_hash bytea primary key,
  user_id uuid not null,
  locale text not null,
  expires_at timestamptz not null
);
create index realtime_tickets_age on realtime_tickets (expires_at);
