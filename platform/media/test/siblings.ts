import { CoursesService, EnrollmentService } from '@stoa/contracts';
import { defineContext, type Implementation, kernelErrors } from '@stoa/kernel';

/** `<user id> <course id>` of everyone who is enrolled in the tests. */
export const enrolled = new Set<string>();
/** Instructor by course. */
export const instructors = new Map<string, string>();

const noMigrations = new URL('./no-migrations/', import.meta.url);

const courseCalls: Partial<Implementation<typeof CoursesService>> = {
  getOutline: async ({ courseId }) => {
    const instructorId = instructors.get(courseId);
    if (!instructorId) throw kernelErrors.not_found();
    return { course: { id: courseId, instructorId }, lessons: [] };
  },
};

/** The two contexts media asks, as small as they can be. */
export const siblings = [
  defineContext({
    name: 'enrollment',
    migrations: noMigrations,
    serves: EnrollmentService,
    create: () => ({
      api: {
        getMemberships: async () => ({}),
        getAccess: async ({ userId, courseId }) => ({ enrolled: enrolled.has(`${userId} ${courseId}`) }),
      },
    }),
  }),
  defineContext({
    name: 'courses',
    migrations: noMigrations,
    serves: CoursesService,
    create: () => ({
      // Media asks for nothing else; a call that is not here fails the test that makes it.
      api: courseCalls as Implementation<typeof CoursesService>,
    }),
  }),
];
