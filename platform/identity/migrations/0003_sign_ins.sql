-- Who got in and who did not, for support and for the person's own copy of their data. Wrong passwords are bounded by the
-- budgets of attempts; what those refuse is not written.
create table sign_ins (
  id bigint generated always as identity primary key,
  user_id uuid not null references users,
  at timestamptz not null,
  -- By our own pages, or by a program.
  kind text not null check (kind in ('web', 'api')),
  succeeded boolean not null,
  ip text,
  user_agent text
);
comment on column sign_ins.ip is 'personal: lets a person and support recognize sign-ins; 90 days';
comment on column sign_ins.user_agent is 'personal: lets a person and support recognize sign-ins; 90 days';
create index sign_ins_of_user on sign_ins (user_id, id desc);
create index sign_ins_age on sign_ins (at);

-- Why an administrator disabled the account, in their words.
alter table users add column disabled_because text;
comment on column users.disabled_because is 'personal: what support tells the person; until the account is enabled or deleted';
