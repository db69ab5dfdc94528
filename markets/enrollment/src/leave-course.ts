import { type Ctx, crashPoint, type Deps, kernelErrors, requireUser, statement } from '@stoa/kernel';
import { errors } from './errors.ts';

const leave = statement<
  [id: string, userId: string, eventId: string, traceparent: string],
  { reason: string; owned: boolean }
>(
  'enrollment.leave_course',
  // What somebody had free of charge may have been bought for them since: that does not lose its access.
  `with owned as (
     select from enrollments e join entitlements x on x.user_id = e.user_id and x.course_id = e.course_id and x.revoked_at is null
     where e.id = $1 and e.user_id = $2
   ),
   gone as (
     update enrollments set state = 'left', left_at = now()
     where id = $1 and user_id = $2 and state = 'active' and reason in ('free', 'membership') and not exists (select from owned)
     returning id, user_id, course_id
   ),
   said as (
     insert into outbox (id, type, subject, partition_key, data, traceparent)
     select $3, 'stoa.enrollment.access.revoked.v1', gone.id::text, gone.id::text,
       jsonb_build_object('enrollmentId', gone.id, 'userId', gone.user_id, 'courseId', gone.course_id,
         'reason', 'left'), $4
     from gone
   )
   select e.reason, exists (select from owned) as owned from enrollments e
   where e.id = $1 and e.user_id = $2`,
);
const left = crashPoint('enrollment.leave_course.after_commit');

/**
 * Ends a person's own access to what they did not pay for by itself: free, or by a membership. Progress and certificate stay, and so does the way back: enrolling again continues
 * where they were. Leaving twice is the same as once.
 * @throws not_signed_in, not_found (also for someone else's enrollment), enrollment_not_free
 */
export function leaveCourse(deps: Pick<Deps, 'db' | 'ids'>) {
  return async ({ enrollmentId }: { enrollmentId: string }, ctx: Ctx): Promise<void> => {
    const { userId } = requireUser(ctx);
    const row = await deps.db.row(leave, [enrollmentId, userId, deps.ids.id(), ctx.traceparent]);
    left();
    if (!row) throw kernelErrors.not_found();
    if (row.owned || (row.reason !== 'free' && row.reason !== 'membership')) throw errors.enrollment_not_free();
  };
}
