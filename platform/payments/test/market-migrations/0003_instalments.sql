-- Paid in so many parts, for so many ten-thousandths more.
alter table items add column instalment_parts integer;
alter table items add column instalment_surcharge integer not null default 0;
