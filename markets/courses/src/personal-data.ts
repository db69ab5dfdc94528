import { type PersonalRecord, statement } from '@stoa/kernel';

type Args = [userId: string, after: string, limit: number];

/** What this context holds of a person: the courses they teach, with their lessons, what they sell together, their imports, their wish list. */
export const personalSections = {
  courses: statement<Args, PersonalRecord>(
    'courses.personal_courses',
    `select id::text as key, jsonb_build_object('id', id, 'slug', slug, 'title', title, 'summary', summary,
       'description', description, 'language', language, 'level', level, 'category', category, 'outcomes', outcomes,
       'priceAmount', price_amount, 'priceCurrency', price_currency, 'instalmentParts', instalment_parts, 'instalmentSurcharge', instalment_surcharge,
       'translations', translations, 'state', state,
       'instructorName', instructor_name, 'publishedAt', published_at, 'createdAt', created_at,
       'updatedAt', updated_at) as record
     from courses where instructor_id = $1::uuid and id::text > $2 order by 1 limit $3`,
  ),
  lessons: statement<Args, PersonalRecord>(
    'courses.personal_lessons',
    `select l.id::text as key, jsonb_build_object('id', l.id, 'courseId', l.course_id, 'module', m.title,
       'position', l.position, 'title', l.title, 'kind', l.kind, 'content', l.content, 'translations', l.translations,
       'updatedAt', l.updated_at) as record
     from lessons l join courses c on c.id = l.course_id join modules m on m.id = l.module_id
     where c.instructor_id = $1::uuid and l.id::text > $2 order by 1 limit $3`,
  ),
  bundles: statement<Args, PersonalRecord>(
    'courses.personal_bundles',
    `select id::text as key, jsonb_build_object('id', id, 'slug', slug, 'title', title, 'summary', summary,
       'priceAmount', price_amount, 'priceCurrency', price_currency, 'state', state, 'createdAt', created_at) as record
     from bundles where seller_id = $1::uuid and id::text > $2 order by 1 limit $3`,
  ),
  memberships: statement<Args, PersonalRecord>(
    'courses.personal_memberships',
    `select id::text as key, jsonb_build_object('id', id, 'slug', slug, 'name', name, 'summary', summary,
       'description', description, 'translations', translations, 'scope', scope, 'state', state,
       'createdAt', created_at) as record
     from memberships where seller_id = $1::uuid and id::text > $2 order by 1 limit $3`,
  ),
  imports: statement<Args, PersonalRecord>(
    'courses.personal_imports',
    `select id::text as key, jsonb_build_object('id', id, 'name', source_name, 'format', format, 'state', state,
       'courseId', course_id, 'createdAt', created_at, 'finishedAt', finished_at) as record
     from imports where $1::uuid in (instructor_id, requested_by) and id::text > $2 order by 1 limit $3`,
  ),
  wishes: statement<Args, PersonalRecord>(
    'courses.personal_wishes',
    `select w.course_id::text as key, jsonb_build_object('courseId', w.course_id, 'course', c.title,
       'savedAt', w.saved_at) as record
     from wishes w join courses c on c.id = w.course_id
     where w.user_id = $1::uuid and w.course_id::text > $2 order by 1 limit $3`,
  ),
};
