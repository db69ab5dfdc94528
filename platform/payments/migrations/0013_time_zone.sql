-- Where a buyer without an account was when they ordered (IANA name), for the days in mails to them; empty when not said.
alter table orders add column time_zone text not null default '';
