-- A change of address is two links: one to the new address, which proves it, and, once it is changed, one to the old
-- address, which takes the account back.
alter table mail_requests
  drop constraint mail_requests_purpose_check,
  add constraint mail_requests_purpose_check
    check (purpose in ('verify_email', 'reset_password', 'change_email', 'undo_email_change')),
  -- The address as it was written, where the account does not have it (yet, or any more).
  add column address text;
comment on column mail_requests.email_key is 'personal: the address being proven or given back; 9 days';
comment on column mail_requests.address is 'personal: the address being proven or given back; 9 days';
-- An address stays its former owner's for as long as they may take it back.
create index mail_requests_kept_addresses on mail_requests (email_key)
  where purpose = 'undo_email_change' and closed_at is null;
