-- Since when every context has said that it shows it nowhere; null while somebody does, or while nobody was asked.
alter table assets add column unused_since timestamptz;
