-- A bundle speaks several languages and has a picture, as courses do, and is found by words.
alter table bundles add column description text not null default '';
alter table bundles add column language text not null default 'en';
-- Other languages: {"pt-BR": {"title": "...", "summary": "...", "description": "..."}}.
alter table bundles add column translations jsonb not null default '{}';
alter table bundles add column cover_asset_id uuid;
-- Lower-case text without accents that a search looks in: title and summary in every language.
alter table bundles add column search_text text not null default '';
-- Those that are there speak the language of their first course.
update bundles b set
  language = coalesce((select c.language from bundle_courses x join courses c on c.id = x.course_id
                       where x.bundle_id = b.id order by x.position limit 1), 'en'),
  search_text = lower(regexp_replace(normalize(title || ' ' || summary, NFD), '[\u0300-\u036f]', '', 'g'));
