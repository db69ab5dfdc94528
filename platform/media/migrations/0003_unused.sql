-- Whether it may go when nothing shows it. What came from somewhere as a whole, like the files of an import, stays.
alter table assets add column disposable boolean not null default false;
-- Since when every context has said that it shows it nowhere; null while somebody does, or while nobody was asked.
alter table assets add column unused_since timestamptz;
create index assets_disposable on assets (id) where disposable;
-- Covers and files of lessons that people have sent so far, by the keys that courses gives them.
update assets set disposable = true where key ~ '^(file/[0-9a-f]{64}|cover/[0-9a-f]{16})$';
