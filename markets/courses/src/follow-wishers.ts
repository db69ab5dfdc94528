import { CourseAccessGranted, UserDeleted } from '@stoa/contracts';
import { on, statement } from '@stoa/kernel';
import { noteErased } from './erased-people.ts';
import type { forgetInstructor as makeForgetInstructor } from './forget-instructor.ts';
import { forgetWishes } from './wish-list.ts';

const fulfil = statement<[userId: string, courseId: string], never>(
  'courses.fulfil_wish',
  'delete from wishes where user_id = $1 and course_id = $2',
);

/** A wish ends when it comes true, and with the person who had it; what the person taught is made anonymous with them. */
export function followWishers({ forgetInstructor }: { forgetInstructor: ReturnType<typeof makeForgetInstructor> }) {
  return [
    // Nobody waits for the outcome: the wishes of a whole batch of events end in one round trip.
    on(CourseAccessGranted, async ({ data }, tx) => tx.last(fulfil, [data.userId, data.courseId])),
    on(UserDeleted, async ({ data, time }, tx, ctx) => {
      await noteErased(tx, { userId: data.userId, at: time });
      await tx.run(forgetWishes, [data.userId]);
      await forgetInstructor(tx, data, ctx);
    }),
  ];
}
