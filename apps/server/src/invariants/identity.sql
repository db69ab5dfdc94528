-- 8: who exists was announced, once.
select 'person_not_announced_once' as broken, u.id::text as subject
from users u
where 1 <> (select count(*) from outbox o where o.partition_key = u.id::text and o.type = 'stoa.identity.user.created.v1');

-- 8: who was deleted was announced as deleted, and nobody else.
select 'deletion_not_announced_once' as broken, u.id::text as subject
from users u
where (case when u.deleted_at is null then 0 else 1 end) <> (
  select count(*) from outbox o where o.partition_key = u.id::text and o.type = 'stoa.identity.user.deleted.v1'
);

-- 8: every request for a mailed link was passed on.
select 'link_request_not_announced' as broken, r.id::text as subject
from mail_requests r
where not exists (
  select 1 from outbox o where o.partition_key = r.user_id::text and o.data ->> 'requestId' = r.id::text
);

-- A deleted or disabled person has no open session.
select 'session_of_nobody' as broken, s.id::text as subject
from sessions s join users u on u.id = s.user_id
where s.revoked_at is null and u.deleted_at is not null;

-- Of each family of refresh tokens at most one is unused.
select 'two_live_refresh_tokens' as broken, t.session_id::text as subject
from refresh_tokens t join sessions s on s.id = t.session_id
where t.used_at is null and s.revoked_at is null
group by t.session_id having count(*) > 1;

-- 9: no event holds what signs people in.
select 'secret_in_event' as broken, o.id::text as subject
from outbox o
where exists (select 1 from jsonb_object_keys(o.data) as key where key ~* '(password|token|secret|hash)');
