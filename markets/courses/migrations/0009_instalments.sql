-- Whether a course may also be paid in so many monthly parts, and for how many ten-thousandths of the price more.
alter table courses add column instalment_parts smallint check (instalment_parts between 2 and 12);
alter table courses add column instalment_surcharge integer not null default 0 check (instalment_surcharge between 0 and 5000);
alter table courses add constraint instalments_of_a_price check (instalment_parts is null or price_amount is not null);
