-- How often an import was begun. The queue tries again after a failure that may pass; when it gives up, the person is told.
alter table imports add column attempts integer not null default 0;
