-- Each query finds what must not exist; any row is a broken promise. Run as the role of this context.

-- 4: access without payment only where there was no price.
select 'free_access_to_priced_course' as broken, id::text as subject
from enrollments where reason = 'free' and price_amount is not null;

-- 4: access that somebody paid for exists if and only if there is a purchase that was not taken back.
select 'access_without_purchase' as broken, e.id::text as subject
from enrollments e
where e.state = 'active' and e.reason in ('purchase', 'gift', 'seat') and not exists (
  select 1 from entitlements x where x.user_id = e.user_id and x.course_id = e.course_id and x.revoked_at is null
);
select 'purchase_without_access' as broken, x.key::text as subject
from entitlements x
where x.revoked_at is null and not exists (
  select 1 from enrollments e where e.user_id = x.user_id and e.course_id = x.course_id and e.state = 'active'
);

-- 4: access by a membership exists only while one covers it, and is not kept from anybody whose membership does.
select 'access_without_membership' as broken, e.id::text as subject
from enrollments e
where e.state = 'active' and e.reason = 'membership' and not exists (
  select 1 from membership_cover v where v.user_id = e.user_id and v.course_id = e.course_id
);
select 'member_shut_out' as broken, e.id::text as subject
from enrollments e
where e.state = 'revoked' and e.reason = 'membership' and exists (
  select 1 from membership_cover v where v.user_id = e.user_id and v.course_id = e.course_id
);
select 'bought_and_only_lent' as broken, e.id::text as subject
from enrollments e
where e.reason = 'membership' and exists (
  select 1 from entitlements x where x.user_id = e.user_id and x.course_id = e.course_id and x.revoked_at is null
);

-- 4: access is announced exactly as often as it was given, and ends as often as it was left.
select 'access_and_events_disagree' as broken, e.id::text as subject
from enrollments e
cross join lateral (
  select count(*) filter (where o.type = 'stoa.enrollment.access.granted.v1') as granted,
         count(*) filter (where o.type = 'stoa.enrollment.access.revoked.v1') as revoked
  from outbox o where o.partition_key = e.id::text
) said
where said.granted - said.revoked <> case e.state when 'active' then 1 else 0 end;

-- 8: a completed course has every lesson completed that belonged to it at that moment.
select 'completed_course_with_open_lesson' as broken, e.id::text as subject
from enrollments e
join lessons l on l.course_id = e.course_id
  and l.first_version <= e.completed_version
  and (l.removed_version is null or l.removed_version > e.completed_version)
left join lesson_progress p on p.enrollment_id = e.id and p.lesson_id = l.id and p.state = 'completed'
where e.completed_at is not null and p.lesson_id is null;

-- 8: nobody who completed every lesson is still waiting.
select 'finished_but_not_completed' as broken, e.id::text as subject
from enrollments e join courses c on c.id = e.course_id
where e.state = 'active' and e.completed_at is null and c.lesson_count > 0 and not exists (
  select 1 from lessons l
  left join lesson_progress p on p.enrollment_id = e.id and p.lesson_id = l.id and p.state = 'completed'
  where l.course_id = e.course_id and l.removed_version is null and p.lesson_id is null
);

-- A certificate exists if and only if the course is completed.
select 'certificate_and_completion_disagree' as broken, coalesce(e.id, c.enrollment_id)::text as subject
from enrollments e full join (select * from certificates where user_id is not null) c on c.enrollment_id = e.id
where (e.completed_at is not null) <> (c.id is not null) or e.certificate_id is distinct from c.id;

-- The counters that answers show are what counting would give.
select 'lesson_counter_is_wrong' as broken, e.id::text as subject
from enrollments e
where e.completed_lessons <> (
  select count(*) from lesson_progress p join lessons l on l.id = p.lesson_id
  where p.enrollment_id = e.id and p.state = 'completed' and l.removed_version is null
);
select 'course_counter_is_wrong' as broken, c.id::text as subject
from courses c
where c.lesson_count <> (select count(*) from lessons l where l.course_id = c.id and l.removed_version is null);
select 'watched_seconds_are_wrong' as broken, enrollment_id::text as subject
from lesson_progress where watched_seconds <> seconds_in(watched);

-- Every completion is announced once.
select 'completion_not_announced_once' as broken, e.id::text as subject
from enrollments e
where (case when e.completed_at is null then 0 else 1 end) <> (
  select count(*) from outbox o
  where o.partition_key = e.id::text and o.type = 'stoa.enrollment.course.completed.v1'
);
select 'lesson_not_announced_once' as broken, p.enrollment_id::text as subject
from lesson_progress p
where (case p.state when 'completed' then 1 else 0 end) <> (
  select count(*) from outbox o
  where o.partition_key = p.enrollment_id::text and o.type = 'stoa.enrollment.lesson.completed.v1'
    and o.data ->> 'lessonId' = p.lesson_id::text
);

-- A pass that assessment reported has had its effect on everyone who has access.
select 'pass_without_effect' as broken, e.id::text as subject
from lesson_passes s
join lessons l on l.id = s.lesson_id and l.removed_version is null
join enrollments e on e.user_id = s.user_id and e.course_id = l.course_id and e.state = 'active'
left join lesson_progress p on p.enrollment_id = e.id and p.lesson_id = l.id and p.state = 'completed'
where p.lesson_id is null;
