-- SKUs that come with an item.
alter table items add column includes text[] not null default '{}';
