-- What it was that was tried again: the type of the event or the queue of the job. The item itself is gone once it went well.
alter table replays add column name text;
create index replays_newest on replays (at, id);
