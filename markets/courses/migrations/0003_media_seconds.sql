-- How long the video and audio of a lesson play: what "watched" is measured by, while duration_seconds also counts its
-- reading. 0: the length of at least one of them is not known.
alter table lessons add column media_seconds integer not null default 0 check (media_seconds >= 0);

update lessons l set media_seconds = known.seconds
from (
  select id, ceil(sum((media -> 'attrs' ->> 'durationSeconds')::numeric))::integer as seconds
  from lessons, jsonb_path_query(content, 'strict $.** ? (@.type == "video" || @.type == "audio")') as media
  where coalesce(media -> 'attrs' ->> 'src', '') !~* '^(youtube:|https://([a-z0-9-]+\.)*(youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com)/)'
  group by id
  having bool_and(coalesce((media -> 'attrs' ->> 'durationSeconds')::numeric, 0) > 0)
) known
where known.id = l.id;
