-- The event a message tells of. `event_id` names the thing it is about, which several events may tell of; digests and codes
-- that somebody asked for have no event.
alter table messages add column caused_by uuid;
