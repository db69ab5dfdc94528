-- How long the video and audio of a lesson play; 0 when courses does not know it. Their own length, not the study time of
-- the whole lesson, is what "watched" is measured by.
alter table lessons add column media_seconds integer not null default 0 check (media_seconds >= 0);
