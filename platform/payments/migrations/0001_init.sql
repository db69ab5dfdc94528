-- Orders and what was agreed, attempts to pay them and what was heard about those, and the books.
-- Amounts are minor units of the currency beside them.

create sequence order_numbers;

-- Whose rules of tax apply to what is sold, from when to when. No rule: no tax is added or shown.
create table tax_rules (
  id uuid primary key,
  country text not null check (country ~ '^[A-Z]{2}$'),
  -- `*` is every category without a rule of its own.
  category text not null,
  name text not null,
  -- Ten-thousandths: 19 % is 1900.
  rate integer not null check (rate between 0 and 10000),
  -- Contained in the price, or added to it.
  inclusive boolean not null,
  -- Law or page it was taken from, and the day somebody read it there.
  source text not null,
  checked_on date not null,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  created_by uuid,
  created_at timestamptz not null default now()
);
create index tax_rules_by_country on tax_rules (country, category, valid_from);

create table coupons (
  id uuid primary key,
  code text not null unique check (code = upper(code) and length(code) between 2 and 40),
  kind text not null check (kind in ('percent', 'fixed')),
  -- Ten-thousandths.
  percent integer check (percent between 1 and 10000),
  amount bigint check (amount > 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  -- `item`: on each matching item; `order`: once, on all matching items together.
  scope text not null check (scope in ('item', 'order')),
  -- Which items it is good for; all without an entry. `course:*` is every course.
  skus text[] not null default '{}',
  -- A seller's coupon is good for what they sell and nothing else; null is the platform's own.
  seller_id text,
  starts_at timestamptz,
  ends_at timestamptz,
  max_uses integer check (max_uses > 0),
  max_uses_per_person integer check (max_uses_per_person > 0),
  minimum bigint not null default 0 check (minimum >= 0),
  active boolean not null default true,
  used integer not null default 0 check (used >= 0),
  created_by uuid,
  created_at timestamptz not null default now(),
  check ((kind = 'percent') = (percent is not null)),
  check ((kind = 'fixed') = (amount is not null and currency is not null)),
  constraint coupon_not_overused check (max_uses is null or used <= max_uses)
);
-- How often one person (account, or e-mail address of a guest) has used it.
create table coupon_people (
  coupon_id uuid not null references coupons on delete cascade,
  person text not null,
  used integer not null check (used >= 0),
  primary key (coupon_id, person)
);

create table orders (
  id uuid primary key,
  number text not null unique,
  state text not null default 'pending_payment'
    check (state in ('pending_payment', 'paid', 'partially_refunded', 'refunded', 'cancelled', 'expired')),
  -- Whose account in the books: the buyer, or a guest of this one order. Stays when the order is claimed.
  buyer_account text not null,
  -- Absent for a guest, until the order is claimed.
  buyer_id uuid,
  -- Personal: for the invoice, and to reach the buyer. Emptied when the account is erased.
  buyer_email text not null,
  buyer_name text not null default '',
  buyer_document text not null default '',
  locale text not null,
  country text not null default '',
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  subtotal bigint not null check (subtotal >= 0),
  discount bigint not null check (discount >= 0 and discount <= subtotal),
  tax bigint not null check (tax >= 0),
  total bigint not null check (total >= 0),
  refunded bigint not null default 0,
  coupon_id uuid references coupons,
  coupon_code text,
  -- `held` until let go; `releasing` when a market has still to be told.
  hold text not null default 'none' check (hold in ('none', 'held', 'releasing', 'released', 'kept')),
  -- The attempt whose money pays for it; money of any other goes back.
  settled_by uuid,
  closed_reason text,
  subscription_id uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  paid_at timestamptz,
  closed_at timestamptz,
  constraint refunds_within_total check (refunded between 0 and total)
);
create index orders_of_buyer on orders (buyer_id, created_at desc, id desc);
create index orders_by_time on orders (created_at desc, id desc);
create index orders_to_expire on orders (expires_at) where state = 'pending_payment';
create index orders_to_release on orders (closed_at) where hold = 'releasing';

-- The edges an order may take, whoever writes.
create function check_order_edge() returns trigger language plpgsql as $$
begin
  if new.state = old.state or (old.state, new.state) in (
    ('pending_payment', 'paid'), ('pending_payment', 'cancelled'), ('pending_payment', 'expired'),
    ('cancelled', 'paid'), ('expired', 'paid'),
    ('paid', 'partially_refunded'), ('paid', 'refunded'), ('partially_refunded', 'refunded')
  ) then
    return new;
  end if;
  raise exception 'an order does not go from % to %', old.state, new.state using errcode = 'check_violation';
end $$;
create trigger order_edge before update of state on orders for each row execute function check_order_edge();

create table order_lines (
  id uuid primary key,
  order_id uuid not null references orders on delete cascade,
  position smallint not null,
  sku text not null,
  kind text not null,
  quantity integer not null check (quantity > 0),
  title text not null,
  summary text not null default '',
  path text not null default '',
  cover_url text not null default '',
  seller_id text not null default '',
  seller_name text not null default '',
  -- Ten-thousandths of the net price that are the seller's, as agreed when it was sold.
  seller_share integer not null check (seller_share between 0 and 10000),
  unit_price bigint not null check (unit_price >= 0),
  discount bigint not null check (discount >= 0),
  net bigint not null check (net >= 0),
  tax bigint not null check (tax >= 0),
  total bigint not null check (total >= 0),
  tax_rule_id uuid references tax_rules,
  tax_name text not null default '',
  tax_rate integer not null default 0,
  tax_inclusive boolean not null default true,
  refunded bigint not null default 0,
  refund_days integer not null default 0,
  purpose text not null default 'own' check (purpose in ('own', 'gift', 'seats')),
  -- Who gets it; empty for gifts, seats, and guests who have not claimed their order.
  owner_id uuid,
  -- Since when nobody holds it any more because the money went back.
  revoked_at timestamptz,
  seats_taken integer not null default 0,
  unique (order_id, position),
  check (total = net + tax),
  constraint line_refunds_within_total check (refunded between 0 and total),
  constraint seats_within_quantity check (seats_taken between 0 and quantity)
);
create index order_lines_of_owner on order_lines (owner_id, kind) where revoked_at is null;
create index order_lines_of_seller on order_lines (seller_id, id desc);

create table gifts (
  id uuid primary key,
  line_id uuid not null unique references order_lines on delete cascade,
  recipient_email text not null,
  giver_name text not null,
  message text not null default '',
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'claimed', 'revoked')),
  claimed_by uuid,
  claimed_at timestamptz,
  -- Names the assignment, as the events do.
  assignment_id uuid,
  created_at timestamptz not null default now(),
  check ((state = 'claimed') <= (claimed_by is not null))
);

create table seats (
  -- Also the id of the assignment.
  id uuid primary key,
  line_id uuid not null references order_lines on delete cascade,
  user_id uuid,
  email text not null,
  state text not null default 'invited' check (state in ('invited', 'taken', 'ended')),
  assigned_at timestamptz not null default now(),
  taken_at timestamptz,
  ended_at timestamptz
);
create unique index seat_once_per_email on seats (line_id, email) where state <> 'ended';

-- One try to pay an order with one provider. `payment` on the HTTP surface. Written before the provider hears of it.
create table attempts (
  id uuid primary key,
  order_id uuid not null references orders on delete cascade,
  provider text not null,
  status text not null default 'created' check (status in ('created', 'unknown', 'requires_action', 'processing',
    'authorized', 'failed', 'canceled', 'expired', 'succeeded', 'partially_refunded', 'refunded')),
  amount bigint not null check (amount > 0),
  currency text not null,
  captured bigint not null default 0,
  -- What refunds have asked for and not failed to get; what the provider confirmed.
  refund_reserved bigint not null default 0,
  refunded bigint not null default 0,
  disputed bigint not null default 0,
  fee bigint not null default 0,
  provider_reference text,
  next_action jsonb,
  reason text,
  provider_code text,
  method_label text,
  saved_method text,
  return_url text not null default '',
  cancel_url text not null default '',
  -- Personal: what the provider asks of the payer (document, phone, name). Emptied with the account.
  payer jsonb not null default '{}',
  -- Set when a call that may create the charge is about to be made.
  called_at timestamptz,
  cancel_requested boolean not null default false,
  polls integer not null default 0,
  next_poll_at timestamptz,
  parked_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint captured_within_amount check (captured between 0 and amount),
  constraint refunds_within_capture check (refunded between 0 and captured and refund_reserved between 0 and captured)
);
-- At most one payment of an order is on its way. Two tabs, two clicks, two processes: the second one fails here.
create unique index one_live_attempt on attempts (order_id)
  where status in ('created', 'unknown', 'requires_action', 'processing', 'authorized');
create index attempts_of_order on attempts (order_id, created_at);
create index attempts_to_poll on attempts (next_poll_at) where next_poll_at is not null;
create unique index attempt_by_provider_reference on attempts (provider, provider_reference) where provider_reference is not null;
alter table orders add foreign key (settled_by) references attempts;

create function attempt_rank(status text) returns integer language sql immutable
  return case status when 'created' then 0 when 'unknown' then 1 when 'requires_action' then 2 when 'processing' then 3
    when 'authorized' then 4 when 'failed' then 5 when 'canceled' then 5 when 'expired' then 5
    when 'succeeded' then 6 when 'partially_refunded' then 7 when 'refunded' then 8 end;
create function check_attempt_rank() returns trigger language plpgsql as $$
begin
  if attempt_rank(new.status) < attempt_rank(old.status)
    or (attempt_rank(new.status) = attempt_rank(old.status) and new.status <> old.status) then
    raise exception 'a payment does not go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  if new.captured < old.captured or new.refunded < old.refunded then
    raise exception 'what was captured or refunded does not become less' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger attempt_rank before update on attempts for each row execute function check_attempt_rank();

-- Everything that was ever said about a payment, as it was said, and what came of it.
create table evidence (
  id bigint generated always as identity primary key,
  provider text not null,
  -- Unique per provider: a delivery that is repeated finds its row.
  evidence_id text not null,
  attempt_id uuid,
  order_id uuid,
  source text not null check (source in ('call', 'webhook', 'poll', 'return', 'operator', 'timer')),
  type text not null,
  said jsonb not null,
  -- applied, no_change, late, duplicate_payment, or why it was not believed.
  outcome text not null,
  flagged boolean not null default false,
  resolved_at timestamptz,
  resolved_by uuid,
  occurred_at timestamptz,
  received_at timestamptz not null default now(),
  unique (provider, evidence_id)
);
create index evidence_of_attempt on evidence (attempt_id, id);
create index evidence_of_order on evidence (order_id, id);
create index evidence_flagged on evidence (id) where flagged and resolved_at is null;

-- What providers sent, verified and not yet acted on.
create table webhook_deliveries (
  id uuid primary key,
  provider text not null,
  evidence_id text not null,
  content jsonb not null,
  -- The exact bytes, for disputes; dropped after ninety days.
  raw_body bytea,
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  outcome text,
  unique (provider, evidence_id)
);
create index webhooks_to_process on webhook_deliveries (received_at) where processed_at is null;

create table refunds (
  id uuid primary key,
  order_id uuid not null references orders on delete cascade,
  attempt_id uuid not null references attempts,
  amount bigint not null check (amount > 0),
  currency text not null,
  state text not null default 'requested' check (state in ('requested', 'processing', 'succeeded', 'failed')),
  reason text not null check (reason in ('requested', 'goodwill', 'duplicate', 'fraud', 'dispute', 'expired_order', 'external')),
  -- Whether what was bought is taken away with it.
  revokes boolean not null,
  -- [{lineId, amount}]; empty for money that never paid for anything.
  lines jsonb not null default '[]',
  note text not null default '',
  requested_by uuid,
  provider_reference text,
  provider_code text,
  called_at timestamptz,
  polls integer not null default 0,
  next_poll_at timestamptz,
  parked_at timestamptz,
  credit_note_id uuid,
  created_at timestamptz not null default now(),
  completed_at timestamptz
);
create index refunds_of_order on refunds (order_id, created_at);
create index refunds_of_attempt on refunds (attempt_id);
create index refunds_to_poll on refunds (next_poll_at) where next_poll_at is not null;

create function check_refund_edge() returns trigger language plpgsql as $$
begin
  if old.state = new.state or old.state in ('requested', 'processing') then return new; end if;
  raise exception 'a refund does not go from % to %', old.state, new.state using errcode = 'check_violation';
end $$;
create trigger refund_edge before update of state on refunds for each row execute function check_refund_edge();

create table disputes (
  id uuid primary key,
  order_id uuid not null references orders on delete cascade,
  attempt_id uuid not null references attempts,
  provider text not null,
  provider_reference text not null,
  state text not null check (state in ('open', 'won', 'lost')),
  amount bigint not null check (amount > 0),
  currency text not null,
  reason text not null,
  respond_by timestamptz,
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  unique (provider, provider_reference)
);
create index disputes_open on disputes (opened_at) where state = 'open';

-- Numbers without gaps: the row is locked until what took the number is durable, or neither is.
create table invoice_series (
  series text primary key,
  last bigint not null
);
create table invoices (
  id uuid primary key,
  number text not null unique,
  series text not null,
  serial bigint not null,
  kind text not null check (kind in ('invoice', 'credit_note')),
  order_id uuid not null references orders,
  refund_id uuid,
  buyer_id uuid,
  -- Everything that is printed. Never changes; kept as long as the law asks, also when an account is erased.
  document jsonb not null,
  issued_at timestamptz not null,
  unique (series, serial)
);
create index invoices_of_order on invoices (order_id, issued_at);
create index invoices_by_time on invoices (issued_at desc, id desc);
create unique index one_invoice_per_order on invoices (order_id) where kind = 'invoice';
create unique index one_credit_note_per_refund on invoices (refund_id) where kind = 'credit_note';

-- The books. Double entry, append only. A positive amount is a debit, a negative one a credit.
create table accounts (
  -- `<kind>:<holder>:<currency>`
  id text primary key,
  kind text not null check (kind in ('clearing', 'bank', 'buyer', 'seller', 'revenue', 'refunds', 'tax', 'fees', 'disputes', 'losses')),
  holder text not null,
  currency text not null,
  opened_at timestamptz not null default now(),
  unique (kind, holder, currency)
);
-- Sixteen chains, so that sixteen orders can be paid at the same moment; everything of one order is in one chain.
create table ledger_chains (
  chain smallint primary key,
  seq bigint not null,
  hash bytea not null
);
insert into ledger_chains select chain, 0, sha256(convert_to('stoa ledger ' || chain, 'UTF8')) from generate_series(0, 15) as chain;

create table ledger_transactions (
  id uuid primary key,
  -- What it books, e.g. `sale:<order>`: the same thing is never booked twice.
  key text not null unique,
  kind text not null,
  order_id uuid,
  occurred_at timestamptz not null,
  posted_at timestamptz not null default now(),
  chain smallint not null,
  seq bigint not null,
  previous_hash bytea not null,
  hash bytea not null,
  unique (chain, seq)
);
create index ledger_transactions_of_order on ledger_transactions (order_id);
create index ledger_transactions_by_time on ledger_transactions (occurred_at, id);
create table ledger_entries (
  transaction_id uuid not null,
  line smallint not null,
  account text not null references accounts,
  currency text not null,
  amount bigint not null check (amount <> 0),
  order_line_id uuid,
  primary key (transaction_id, line)
);
create index ledger_entries_of_account on ledger_entries (account, transaction_id);

-- What is hashed: the transaction with all its entries, as text in one order.
create function canonical_transaction(t ledger_transactions) returns text language sql stable as $$
  select concat_ws('|', t.chain, t.seq, t.id, t.key, t.kind, t.order_id,
    (extract(epoch from t.occurred_at) * 1000000)::bigint,
    (select string_agg(concat_ws(' ', e.line, e.account, e.currency, e.amount, e.order_line_id), ';' order by e.line)
     from ledger_entries e where e.transaction_id = t.id))
$$;

-- Books one transaction: [{kind, holder, currency, amount, lineId}]. False when its key is booked already.
create function post_transaction(new_id uuid, new_key text, new_kind text, new_order uuid, happened timestamptz, entries jsonb)
returns boolean language plpgsql as $$
declare
  head ledger_chains;
  written ledger_transactions;
begin
  select * into head from ledger_chains
  where chain = ('x' || right(coalesce(new_order, new_id)::text, 1))::bit(4)::integer for update;
  -- After the lock: whoever booked the same key before us has committed, because it is in the same chain.
  if exists (select 1 from ledger_transactions where key = new_key) then return false; end if;
  insert into accounts (id, kind, holder, currency)
  select distinct concat_ws(':', e.kind, e.holder, e.currency), e.kind, e.holder, e.currency
  from jsonb_to_recordset(entries) as e (kind text, holder text, currency text)
  on conflict (id) do nothing;
  insert into ledger_entries (transaction_id, line, account, currency, amount, order_line_id)
  select new_id, e.position, concat_ws(':', e.value ->> 'kind', e.value ->> 'holder', e.value ->> 'currency'),
    e.value ->> 'currency', (e.value ->> 'amount')::bigint, (e.value ->> 'lineId')::uuid
  from jsonb_array_elements(entries) with ordinality as e (value, position);
  written.id := new_id;
  written.key := new_key;
  written.kind := new_kind;
  written.order_id := new_order;
  written.occurred_at := happened;
  written.posted_at := now();
  written.chain := head.chain;
  written.seq := head.seq + 1;
  written.previous_hash := head.hash;
  written.hash := sha256(head.hash || convert_to(canonical_transaction(written), 'UTF8'));
  insert into ledger_transactions select written.*;
  update ledger_chains set seq = written.seq, hash = written.hash where chain = head.chain;
  return true;
end $$;

-- Transactions whose hash is not that of their content and predecessor, that are missing in their chain, or that its head does not know.
create function verify_ledger() returns table (subject text, why text) language sql stable as $$
  select t.id::text, 'the hash does not fit the content' from ledger_transactions t
  where t.hash <> sha256(t.previous_hash || convert_to(canonical_transaction(t), 'UTF8'))
  union all
  select t.id::text, 'it does not follow the one before it'
  from (
    select id, chain, seq, previous_hash,
      lag(hash) over (partition by chain order by seq) as expected, lag(seq, 1, 0::bigint) over (partition by chain order by seq) as before
    from ledger_transactions
  ) t
  where t.seq <> t.before + 1
    or t.previous_hash <> coalesce(t.expected, sha256(convert_to('stoa ledger ' || t.chain, 'UTF8')))
  union all
  select 'chain ' || c.chain, 'its end is missing'
  from ledger_chains c
  left join ledger_transactions t on t.chain = c.chain and t.seq = c.seq
  where c.seq > 0 and t.hash is distinct from c.hash
$$;

create function check_balanced() returns trigger language plpgsql as $$
begin
  if exists (select 1 from ledger_entries where transaction_id = new.transaction_id group by currency having sum(amount) <> 0) then
    raise exception 'ledger transaction % does not balance', new.transaction_id using errcode = 'check_violation';
  end if;
  if not exists (select 1 from ledger_transactions where id = new.transaction_id) then
    raise exception 'ledger entry without a transaction' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create constraint trigger entries_balance after insert on ledger_entries deferrable initially deferred
  for each row execute function check_balanced();
create function check_has_entries() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from ledger_entries where transaction_id = new.id) then
    raise exception 'ledger transaction % has no entries', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger transaction_has_entries after insert on ledger_transactions deferrable initially deferred
  for each row execute function check_has_entries();

-- What is written stays written: corrections are new transactions, new credit notes.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on ledger_transactions for each row execute function refuse_change();
create trigger append_only before update or delete on ledger_entries for each row execute function refuse_change();
create trigger append_only before update or delete on invoices for each row execute function refuse_change();
create trigger never_emptied before truncate on ledger_transactions for each statement execute function refuse_change();
create trigger never_emptied before truncate on ledger_entries for each statement execute function refuse_change();
create trigger never_emptied before truncate on invoices for each statement execute function refuse_change();
revoke update, delete, truncate on ledger_transactions, ledger_entries from current_user;

-- What a seller gets of the net price; the installation's setting without a row.
create table seller_terms (
  seller_id text primary key,
  share integer not null check (share between 0 and 10000),
  updated_by uuid,
  updated_at timestamptz not null default now()
);
