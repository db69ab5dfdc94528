-- Messages go out through more channels than mail, to people without an account too, and not always at once.
alter table messages
  drop constraint messages_channel_check,
  drop constraint messages_state_check,
  alter column user_id drop not null,
  -- Of somebody without an account: a guest who bought, a person who is given something.
  add column to_address text,
  add column to_name text not null default '',
  add column to_locale text,
  -- Until when it is held back; null once it is on its way.
  add column due_at timestamptz,
  -- Who took it, and their id of it: what they report later names it.
  add column provider text,
  add column provider_id text,
  -- The mail it went out in.
  add column digest_id uuid references messages on delete set null,
  add constraint messages_channel_check check (channel in ('email', 'sms', 'push', 'inapp')),
  -- held → queued → sent → delivered or bounced; held → digested; any of the first three → suppressed or failed.
  add constraint messages_state_check check (state in ('held', 'queued', 'sent', 'delivered', 'bounced', 'digested', 'failed', 'suppressed')),
  add constraint messages_addressed check (user_id is not null or to_address is not null);
create index messages_due on messages (due_at) where state = 'held';
create index messages_provider on messages (provider, provider_id) where provider_id is not null;
-- How much somebody was sent lately.
create index messages_lately on messages (user_id, channel, (coalesce(due_at, created_at)) desc);
create index messages_to_address on messages (to_address) where to_address is not null;

alter table message_events
  drop constraint message_events_what_check,
  add constraint message_events_what_check check (what in (
    'queued', 'held', 'released', 'digested', 'suppressed', 'attempted', 'sent', 'delivered', 'deferred', 'bounced',
    'complained', 'unsubscribed', 'opened', 'clicked', 'refused', 'failed', 'retried', 'read'));

alter table mailbox
  drop constraint mailbox_transport_check,
  add constraint mailbox_transport_check check (transport in ('smtp', 'sendgrid', 'mailbox')),
  -- Names and sizes of what went with it.
  add column attachments jsonb not null default '[]';

-- What differs from the default; text messages are off until somebody wants them.
alter table preferences
  drop constraint preferences_channel_check,
  add constraint preferences_channel_check check (channel in ('email', 'sms', 'push', 'inapp'));

-- When somebody wants to be left alone, in minutes of their own day, and whether small news come together.
create table delivery_choices (
  user_id uuid primary key,
  quiet_from smallint check (quiet_from between 0 and 1439),
  quiet_to smallint check (quiet_to between 0 and 1439),
  digest text not null default 'daily' check (digest in ('none', 'daily', 'weekly')),
  check ((quiet_from is null) = (quiet_to is null))
);

-- A number is used once its owner has typed in the code that was sent to it.
create table phones (
  user_id uuid primary key,
  number text not null,
  verified_at timestamptz,
  request_id uuid not null,
  code_hash bytea,
  code_expires_at timestamptz,
  tries integer not null default 0,
  asked_at timestamptz not null
);

-- Where push messages go: apps by their registration token, browsers by the endpoint of their subscription.
create table devices (
  id uuid primary key,
  user_id uuid not null,
  kind text not null check (kind in ('fcm', 'webpush')),
  token text not null unique,
  p256dh text,
  auth text,
  -- The key the browser subscribed with: with another one its push service refuses us.
  vapid_key text,
  name text not null default '',
  created_at timestamptz not null,
  seen_at timestamptz not null,
  check ((kind = 'webpush') = (p256dh is not null and auth is not null and vapid_key is not null))
);
create index devices_of_person on devices (user_id);

-- A push message goes to several devices; a repeated try leaves out those that have it.
create table device_deliveries (
  message_id uuid not null references messages on delete cascade,
  device_id uuid not null,
  provider_id text,
  primary key (message_id, device_id)
);

-- Addresses that are not written to any more, and why.
create table suppressions (
  id uuid primary key,
  channel text not null check (channel in ('email', 'sms')),
  address text not null,
  reason text not null check (reason in ('bounce', 'complaint', 'unsubscribe', 'opt_out', 'bad_address')),
  detail text,
  created_at timestamptz not null,
  unique (channel, address)
);

-- Reports of providers that were taken in: they may come twice.
create table provider_events (
  provider text not null,
  event_id text not null,
  at timestamptz not null default now(),
  primary key (provider, event_id)
);
create index provider_events_age on provider_events (at);
