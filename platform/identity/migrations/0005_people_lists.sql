-- The console's list of people, newest first, and its search by a part of an address or a name.
create index users_by_time on users (created_at desc, id desc) where deleted_at is null;
create index users_search on users using gin (email_key gin_trgm_ops, lower(name) gin_trgm_ops) where deleted_at is null;
