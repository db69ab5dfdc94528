import { type Ctx, type Deps, kernelErrors, requireUser } from '@stoa/kernel';
import { type Enrollment, findEnrollment, toEnrollment } from './enroll.ts';

/**
 * A person's own enrollment in a course.
 * @throws not_signed_in, not_found
 */
export function showEnrollment(deps: Pick<Deps, 'db'>) {
  return async ({ courseId }: { courseId: string }, ctx: Ctx): Promise<Enrollment> => {
    const { userId } = requireUser(ctx);
    const row = await deps.db.row(findEnrollment, [userId, courseId]);
    if (!row) throw kernelErrors.not_found();
    return toEnrollment(row);
  };
}
