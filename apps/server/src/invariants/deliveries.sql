-- Between two contexts: {source} says, {subscriber} listens. Only what is behind the subscriber's cursor counts, so the
-- queries hold while events are under way. Handled and parked events are both in the inbox.

-- 7: no event is lost.
select 'event_neither_handled_nor_parked' as broken, o.id::text as subject
from {source}.outbox o join {subscriber}.subscriptions s on s.source = '{source}'
where o.position > (s.hears ->> o.type)::bigint and o.position <= s.position
  and not exists (select 1 from {subscriber}.inbox i where i.source = '{source}' and i.event_id = o.id);

-- 7: nothing was handled that was never said.
select 'handled_what_nobody_said' as broken, i.event_id::text as subject
from {subscriber}.inbox i
where i.source = '{source}' and not exists (select 1 from {source}.outbox o where o.id = i.event_id);

-- 7: a cursor never runs ahead of what has a position.
select 'cursor_ahead_of_source' as broken, s.source as subject
from {subscriber}.subscriptions s
where s.source = '{source}' and s.position > (select coalesce(max(position), 0) from {source}.outbox);

-- 7: what is parked is known as received, so that it is not handled a second time.
select 'parked_but_not_received' as broken, p.id::text as subject
from {subscriber}.parked_events p
where p.source = '{source}'
  and not exists (select 1 from {subscriber}.inbox i where i.source = '{source}' and i.event_id = p.id);

-- 7: order per aggregate: nothing of an aggregate was handled after an event of it that is parked.
select 'overtook_a_parked_event' as broken, o.id::text as subject
from {subscriber}.parked_events p
join {source}.outbox o on o.partition_key = p.partition_key and o.position > p.position
join {subscriber}.inbox i on i.source = '{source}' and i.event_id = o.id
where p.source = '{source}' and i.handled_at > p.parked_at
  and not exists (select 1 from {subscriber}.parked_events later where later.id = o.id);
