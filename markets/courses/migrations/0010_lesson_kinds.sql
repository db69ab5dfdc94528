-- Lessons of problems were stored as reading when there was a text around them. What most of a lesson's time goes to
-- decides now (lesson-kind.ts): 30 s a problem, 200 words a minute, what plays for as long as it says, or 45 s. Only
-- lessons that turn out to be problems change here; a lesson that its author called something else is none of these.
update lessons l set kind = 'quiz'
from (
  select id,
    30 * (select count(*) from jsonb_path_query(content, 'strict $.** ? (@.type == "problem")')) as problems,
    coalesce((
      select sum(regexp_count(part ->> 'text', '\S+'))
      from jsonb_path_query(content, 'strict $.content[*] ? (@.type != "heading").** ? (@.text.type() == "string")') as part
    ), 0) * 60 / 200.0 as reading,
    (
      select coalesce(max(total), 0) from (
        select sum(coalesce(nullif((part -> 'attrs' ->> 'durationSeconds')::numeric, 0), 45)) as total
        from jsonb_path_query(content, 'strict $.** ? (@.type == "video" || @.type == "audio" || @.type == "embed" || @.type == "file")') as part
        group by part ->> 'type'
      ) played
    ) as played
  from lessons
  where kind = 'text' and content @? 'strict $.** ? (@.type == "problem")'
) weighed
where weighed.id = l.id and weighed.problems >= weighed.reading and weighed.problems >= weighed.played;
