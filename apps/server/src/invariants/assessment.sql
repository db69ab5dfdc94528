-- 8: every counted attempt is there, numbered without gaps.
select 'attempts_do_not_add_up' as broken, s.user_id::text || ' ' || s.problem_id::text as subject
from problem_states s
where s.attempts <> (
  select count(*) from attempts a where a.user_id = s.user_id and a.problem_id = s.problem_id
) or s.attempts <> (
  select coalesce(max(a.number), 0) from attempts a where a.user_id = s.user_id and a.problem_id = s.problem_id
);

-- 8: the best score is the best of the attempts.
select 'best_score_is_not_the_best' as broken, s.user_id::text || ' ' || s.problem_id::text as subject
from problem_states s
where s.attempts > 0 and s.best_score <> (
  select max(a.score) from attempts a where a.user_id = s.user_id and a.problem_id = s.problem_id
);

-- 7: each attempt was announced once.
select 'attempt_not_announced_once' as broken, a.id::text as subject
from attempts a
where 1 <> (
  select count(*) from outbox o
  where o.type = 'stoa.assessment.problem.graded.v1' and o.data ->> 'attemptId' = a.id::text
);

-- 7: each passed lesson was announced once.
select 'pass_not_announced_once' as broken, r.user_id::text || ' ' || r.lesson_id::text as subject
from lesson_results r
where 1 <> (
  select count(*) from outbox o
  where o.type = 'stoa.assessment.lesson.passed.v1'
    and o.data ->> 'userId' = r.user_id::text and o.data ->> 'lessonId' = r.lesson_id::text
);

-- 6: nobody has more attempts than the problem allowed.
select 'too_many_attempts' as broken, a.user_id::text || ' ' || a.problem_id::text as subject
from attempts a join problems p on p.id = a.problem_id
where p.max_attempts is not null and p.version = a.problem_version
group by a.user_id, a.problem_id, p.max_attempts having count(*) > p.max_attempts;
