-- 8: a course that is or was in the catalogue was announced.
select 'published_but_not_announced' as broken, c.id::text as subject
from courses c
where c.published_at is not null and not exists (
  select 1 from outbox o where o.partition_key = c.id::text and o.type = 'stoa.courses.course.published.v1'
);

-- The counter that answers show is what counting would give.
select 'lesson_counter_is_wrong' as broken, c.id::text as subject
from courses c
where c.lesson_count <> (select count(*) from lessons l where l.course_id = c.id);

-- 8: an import that says it succeeded left a course and a report behind.
select 'import_without_course' as broken, i.id::text as subject
from imports i
where i.state = 'succeeded'
  and (i.report is null or i.finished_at is null or not exists (select 1 from courses c where c.id = i.course_id));

-- The summary of a loss report is what its lines say.
select 'report_does_not_add_up' as broken, i.id::text as subject
from imports i
where i.state = 'succeeded' and (
  (i.summary ->> 'total')::int <> jsonb_array_length(i.report)
  or (i.summary ->> 'total')::int <> (i.summary ->> 'imported')::int + (i.summary ->> 'converted')::int
     + (i.summary ->> 'raw')::int + (i.summary ->> 'failed')::int
);

-- One source is one course, however often it is imported.
select 'source_imported_twice' as broken, min(c.id::text) as subject
from courses c where c.source_key is not null
group by c.instructor_id, c.source_format, c.source_key having count(*) > 1;
