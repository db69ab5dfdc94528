-- How often the person of a seat was written to, and when last.
alter table seats add column invitations integer not null default 0 check (invitations >= 0);
alter table seats add column invited_at timestamptz;
create index seats_by_email on seats (email) where state = 'invited';
