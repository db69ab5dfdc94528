-- Who has deleted their account. Nothing else of them is kept here: the id says who is not to be written down again, by a token that is
-- good for some minutes more or by an event that comes late or again, and when they went. Whoever went before this table was made is not
-- in it, and need not be: their tokens have run out, and their events have been heard.
create table erased_people (
  user_id uuid primary key,
  erased_at timestamptz not null
);
comment on column erased_people.user_id is 'personal: keeps who was erased from coming back; for good';

-- Writes down that somebody is gone. Waits for whoever is writing of them at this moment, so that what comes after it in the transaction
-- finds and erases that, too.
create function note_erased(person uuid, at timestamptz) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('courses person ' || person, 0));
  insert into erased_people (user_id, erased_at) values (person, at) on conflict do nothing;
end $$;

-- Whether somebody is gone: asked by whoever is about to write of them, in the transaction that does. Nobody is erased between the answer
-- and its commit. Volatile on purpose: what the lock waited for is seen.
create function is_erased(person uuid) returns boolean language plpgsql volatile as $$
begin
  if person is null then return false; end if;
  perform pg_advisory_xact_lock_shared(hashtextextended('courses person ' || person, 0));
  return exists (select from erased_people where user_id = person);
end $$;
