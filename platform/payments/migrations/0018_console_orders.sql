-- The console's list of orders: those of an address, and those in a state that few are in. What is paid, as most are in the
-- end, is found among the newest.
create index orders_of_email on orders (lower(buyer_email), created_at desc, id desc);
create index orders_by_state on orders (state, created_at desc, id desc) where state <> 'paid';
