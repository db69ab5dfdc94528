-- Each filter of the catalogue in the order of the list. Without them a filter that few courses pass read all of them.
create index if not exists courses_by_level on courses (level, published_at desc, id desc) where state = 'published';
create index if not exists courses_by_category_and_level on courses (category, level, published_at desc, id desc) where state = 'published';
create index if not exists courses_free on courses (published_at desc, id desc) where state = 'published' and price_amount is null;
create index if not exists courses_paid on courses (published_at desc, id desc) where state = 'published' and price_amount is not null;
-- A language is looked for in two columns, so that no index gives the order: these find the courses of a rare one.
create index if not exists courses_by_language on courses (language) where state = 'published';
create index if not exists courses_in_languages on courses using gin (languages) where state = 'published';
