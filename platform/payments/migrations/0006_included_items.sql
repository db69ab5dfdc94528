-- What comes with a line that is several items at one price, as it was when it was ordered: [{sku, title, path}].
alter table order_lines add column includes jsonb not null default '[]';
