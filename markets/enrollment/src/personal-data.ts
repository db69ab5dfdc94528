import { type PersonalRecord, statement } from '@stoa/kernel';

type Args = [userId: string, after: string, limit: number];

/** What this context holds of a person: how it knows them, what they study and how far, what they can show for it. */
export const personalSections = {
  profile: statement<Args, PersonalRecord>(
    'enrollment.personal_profile',
    `select 'profile' as key, jsonb_build_object('name', name, 'locale', locale, 'timeZone', time_zone) as record
     from people where user_id = $1::uuid and 'profile' > $2 limit $3`,
  ),
  enrollments: statement<Args, PersonalRecord>(
    'enrollment.personal_enrollments',
    `select e.id::text as key, jsonb_build_object('id', e.id, 'courseId', e.course_id, 'course', c.title, 'state', e.state,
       'reason', e.reason, 'enrolledAt', e.enrolled_at, 'leftAt', e.left_at, 'completedLessons', e.completed_lessons,
       'lastActivityAt', e.last_activity_at, 'completedAt', e.completed_at) as record
     from enrollments e join courses c on c.id = e.course_id
     where e.user_id = $1::uuid and e.id::text > $2 order by 1 limit $3`,
  ),
  progress: statement<Args, PersonalRecord>(
    'enrollment.personal_progress',
    `select p.enrollment_id::text || ' ' || p.lesson_id as key, jsonb_build_object('courseId', e.course_id,
       'lessonId', p.lesson_id, 'lesson', l.title, 'state', p.state, 'positionSeconds', p.position_seconds,
       'watched', p.watched::text, 'firstViewedAt', p.first_viewed_at, 'completedAt', p.completed_at,
       'updatedAt', p.updated_at) as record
     from lesson_progress p join enrollments e on e.id = p.enrollment_id join lessons l on l.id = p.lesson_id
     where e.user_id = $1::uuid and p.enrollment_id::text || ' ' || p.lesson_id > $2 order by 1 limit $3`,
  ),
  certificates: statement<Args, PersonalRecord>(
    'enrollment.personal_certificates',
    `select id::text as key, jsonb_build_object('id', id, 'code', code, 'name', holder_name, 'course', course_title,
       'instructor', instructor_name, 'completedAt', completed_at, 'revokedAt', revoked_at) as record
     from certificates where user_id = $1::uuid and id::text > $2 order by 1 limit $3`,
  ),
  entitlements: statement<Args, PersonalRecord>(
    'enrollment.personal_entitlements',
    `select key::text as key, jsonb_build_object('orderId', order_id, 'courseId', course_id, 'reason', reason,
       'grantedAt', granted_at, 'revokedAt', revoked_at) as record
     from entitlements where user_id = $1::uuid and key::text > $2 order by 1 limit $3`,
  ),
  memberships: statement<Args, PersonalRecord>(
    'enrollment.personal_memberships',
    `select s.subscription_id::text as key, jsonb_build_object('subscriptionId', s.subscription_id, 'membership', m.name,
       'entitled', s.entitled, 'updatedAt', s.updated_at) as record
     from membership_subscriptions s
     left join membership_plans p on p.id = s.plan_id left join memberships m on m.id = p.membership_id
     where s.user_id = $1::uuid and s.subscription_id::text > $2 order by 1 limit $3`,
  ),
};
