-- How often the sessions of a person were ended. What was begun before the latest time must not be written after it, and a
-- time is no measure of that: two things may happen at the same one.
alter table users add column session_endings integer not null default 0;
