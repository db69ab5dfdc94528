-- Which event types each subscription handles, and from which position on: with it anyone can check in SQL that every
-- event of a source was handled or parked by everybody who listens.
alter table subscriptions add column hears jsonb not null default '{}';
