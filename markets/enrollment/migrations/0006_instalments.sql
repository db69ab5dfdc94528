-- What is paid in parts is one entitlement, named by its plan: it is taken back while a part is missing, and comes again. Of
-- two words about a plan, the one with the higher number is the newer. Null for what was paid at once.
alter table entitlements add column revision bigint;
