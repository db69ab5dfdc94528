-- 7: one effect per event: a handled event that has a mail has exactly one, whatever its channel's count of deliveries.
select 'message_without_event' as broken, m.id::text as subject
from messages m
where m.caused_by is not null and not exists (select 1 from inbox i where i.event_id = m.caused_by);

-- 8: what is said to be sent was written, and its timeline says so once.
select 'sent_but_not_written' as broken, m.id::text as subject
from messages m
where m.channel = 'email' and m.state = 'sent' and (
  not exists (select 1 from mailbox b where b.message_id = m.id)
  or 1 <> (select count(*) from message_events e where e.message_id = m.id and e.what = 'sent')
);

-- 8: nothing leaves the final states.
select 'left_a_final_state' as broken, e.message_id::text as subject
from message_events e
where e.what in ('sent', 'suppressed') and exists (
  select 1 from message_events later
  where later.message_id = e.message_id and later.id > e.id and later.what in ('attempted', 'sent', 'failed', 'queued')
);

-- Numbers under the bell are those of the person's list, each once.
select 'bell_number_out_of_range' as broken, m.id::text as subject
from messages m left join inboxes i on i.user_id = m.user_id
where m.seq is not null and (i.last_seq is null or m.seq > i.last_seq);
