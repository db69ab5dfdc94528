-- People. Columns with personal data say so, with purpose and retention; erasing a person empties exactly these.
create table users (
  id uuid primary key,
  email text,
  -- The address folded to lower case: two people cannot share one whatever the spelling.
  email_key text unique,
  name text,
  -- Argon2id in PHC format, parameters included.
  password_hash text,
  roles text[] not null default '{student}',
  locale text not null,
  time_zone text not null default 'UTC',
  preferences jsonb not null default '{}',
  email_verified_at timestamptz,
  disabled_at timestamptz,
  deleted_at timestamptz,
  -- Sessions begun before this moment are over (sign-out everywhere, password reset, disabling).
  sessions_valid_after timestamptz not null,
  -- Stands for the Idempotency-Key the person registered with, so that a repeat finds them.
  registration_key uuid unique,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (deleted_at is null or (email is null and email_key is null and name is null and password_hash is null))
);
comment on column users.email is 'personal: contact and sign-in; until the account is deleted';
comment on column users.email_key is 'personal: contact and sign-in; until the account is deleted';
comment on column users.name is 'personal: how others see the person; until the account is deleted';
comment on column users.password_hash is 'secret: sign-in; until the account is deleted';
comment on column users.preferences is 'personal: display settings; until the account is deleted';
create index users_by_role on users using gin (roles) where deleted_at is null;

-- One sign-in on one device: the family its refresh tokens belong to.
create table sessions (
  id uuid primary key,
  user_id uuid not null references users,
  ip text,
  user_agent text,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_because text
);
comment on column sessions.ip is 'personal: lets people recognize their sessions; 30 days after the session ended';
comment on column sessions.user_agent is 'personal: lets people recognize their sessions; 30 days after the session ended';
create index sessions_of_user on sessions (user_id, created_at);

-- Only hashes: what is in here opens nothing.
create table refresh_tokens (
  hash bytea primary key,
  session_id uuid not null references sessions on delete cascade,
  created_at timestamptz not null,
  idle_expires_at timestamptz not null,
  used_at timestamptz,
  -- Who used it, so that only the same client may repeat the request within the grace period.
  used_by bytea,
  successor_hash bytea
);
create index refresh_tokens_of_session on refresh_tokens (session_id);

-- Devices a person has signed in from: they keep a budget of attempts of their own while strangers guess.
create table known_devices (
  user_id uuid not null references users,
  device bytea not null,
  last_seen_at timestamptz not null,
  primary key (user_id, device)
);

-- Attempts granted in a sliding window, per account, device or address; keys are keyed hashes.
create table attempt_budgets (
  key bytea primary key,
  taken timestamptz[] not null,
  granted boolean not null,
  touched_at timestamptz not null
);
create index attempt_budgets_age on attempt_budgets (touched_at);

-- Requests for a one-time link by mail. The token is made when the mail is written; only its hash is kept.
create table mail_requests (
  id uuid primary key,
  user_id uuid not null references users,
  purpose text not null check (purpose in ('verify_email', 'reset_password')),
  -- The address the link proves; a link for an address the person has left proves nothing.
  email_key text not null,
  token_hash bytea unique,
  created_at timestamptz not null,
  token_expires_at timestamptz,
  closed_at timestamptz
);
comment on column mail_requests.email_key is 'personal: the address being proven; 7 days';
create index mail_requests_of_user on mail_requests (user_id, purpose) where closed_at is null;

-- Keys that tokens are signed with. The private half is encrypted with the installation's secret.
create table signing_keys (
  kid text primary key,
  public_jwk jsonb not null,
  private_jwk text,
  created_at timestamptz not null,
  -- Signing stopped here; the public half stays published until tokens signed before have expired.
  retired_at timestamptz
);

-- Privileged and security-relevant actions. Rows are only added.
create table audit_entries (
  id uuid primary key,
  at timestamptz not null,
  actor_id uuid,
  actor_kind text not null,
  action text not null,
  subject_id uuid,
  details jsonb not null default '{}',
  ip text,
  trace_id text not null
);
comment on column audit_entries.ip is 'personal: tracing abuse; one year';
create index audit_entries_by_subject on audit_entries (subject_id, id);
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.at < now() - interval '1 year' then return old; end if;
  raise exception 'audit entries are never changed';
end $$;
create trigger audit_entries_are_append_only before update or delete on audit_entries
  for each row execute function refuse_audit_change();

-- What the OpenID Provider keeps: sessions, grants, codes, tokens, interactions. Ids are hashed; an id that must come
-- back out (a session found by its uid) is sealed with the installation's secret.
create table oidc_payloads (
  model text not null,
  id_hash bytea not null,
  payload jsonb not null,
  sealed_id text,
  grant_id text,
  user_code text,
  uid text,
  account_id uuid,
  ip text,
  user_agent text,
  consumed_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz,
  primary key (model, id_hash)
);
comment on column oidc_payloads.ip is 'personal: lets people recognize their sessions; until the session expires';
comment on column oidc_payloads.user_agent is 'personal: lets people recognize their sessions; until the session expires';
create index oidc_payloads_by_grant on oidc_payloads (grant_id) where grant_id is not null;
create index oidc_payloads_by_uid on oidc_payloads (model, uid) where uid is not null;
create index oidc_payloads_by_user_code on oidc_payloads (user_code) where user_code is not null;
create index oidc_payloads_by_account on oidc_payloads (account_id) where account_id is not null;
create index oidc_payloads_age on oidc_payloads (expires_at);

-- Applications other than our own web that may ask people to sign in through Stoa.
create table oidc_clients (
  id text primary key,
  name text not null,
  -- Sealed, because the provider compares the secret itself; null for public clients (PKCE alone).
  sealed_secret text,
  redirect_uris text[] not null,
  post_logout_redirect_uris text[] not null default '{}',
  created_at timestamptz not null default now()
);
