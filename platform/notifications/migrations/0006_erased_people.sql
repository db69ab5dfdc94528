-- Who has deleted their account is in `recipients` already, as an id and a time and nothing else. What is new is that nobody is erased
-- while somebody writes of them: by a token that is good for some minutes more, or by an event that comes late or again.

-- Writes down that somebody is gone. Waits for whoever is writing of them at this moment, so that what comes after it in the transaction
-- finds and erases that, too. The address goes last: much is found by it.
create function note_erased(person uuid, at timestamptz) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('notifications person ' || person, 0));
  insert into recipients as r (user_id, deleted_at) values (person, at)
  on conflict (user_id) do update set deleted_at = coalesce(r.deleted_at, excluded.deleted_at), updated_at = now();
end $$;

-- Whether somebody is gone: asked by whoever is about to write of them, in the transaction that does. Nobody is erased between the answer
-- and its commit. Volatile on purpose: what the lock waited for is seen.
create function is_erased(person uuid) returns boolean language plpgsql volatile as $$
begin
  if person is null then return false; end if;
  perform pg_advisory_xact_lock_shared(hashtextextended('notifications person ' || person, 0));
  return exists (select from recipients where user_id = person and deleted_at is not null);
end $$;

-- The language and the zone of those who went before stayed by mistake.
update recipients set locale = 'en', time_zone = 'UTC' where deleted_at is not null;
