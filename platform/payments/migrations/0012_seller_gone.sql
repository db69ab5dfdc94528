-- Whoever sold what is subscribed to has deleted their account: it does not renew any more. Noted at once, when they go;
-- what follows for each subscriber is done one by one, and told.
alter table plan_subscriptions add column seller_left_at timestamptz;
alter table plan_subscriptions add column seller_left_told boolean not null default false;
create index subscriptions_of_sellers_gone on plan_subscriptions (id) where seller_left_at is not null and not seller_left_told;
