import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CoursesService, EnrollmentService, IdentityService } from '@stoa/contracts';
import { type Context, defineContext, kernelErrors } from '@stoa/kernel';

const noMigrations = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'stoa-no-migrations-'))}/`);

/** The contracts assessment depends on, spoken by the test: who is enrolled where, and who teaches what, is what the test says. */
export function siblings(): {
  contexts: Context[];
  enroll: (userId: string, courseId: string) => void;
  teach: (userId: string, courseId: string) => void;
} {
  const enrolled = new Set<string>();
  const taught = new Map<string, string>();
  const enrollment = defineContext({
    name: 'enrollment',
    migrations: noMigrations,
    serves: EnrollmentService,
    create: () => ({
      api: {
        getMemberships: async () => ({}),
        getAccess: async ({ userId, courseId }) => ({ enrolled: enrolled.has(`${userId} ${courseId}`) }),
      },
    }),
  });
  const courses = defineContext({
    name: 'courses',
    migrations: noMigrations,
    serves: CoursesService,
    create: () => ({
      api: {
        getOutline: async ({ courseId }) => {
          const instructorId = taught.get(courseId);
          if (instructorId === undefined) throw kernelErrors.not_found();
          return { course: { id: courseId, instructorId, state: 'draft' } };
        },
        offerMembership: async () => ({}),
        importFolder: async () => ({}),
        getImport: async () => ({}),
        getLesson: async () => ({}),
      },
    }),
  });
  const identity = defineContext({
    name: 'identity',
    migrations: noMigrations,
    serves: IdentityService,
    create: () => ({
      api: {
        getSigningKeys: async () => ({ jwksJson: '{"keys":[]}' }),
        getUsers: async () => ({}),
        createMailLink: async () => ({}),
        ensureUser: async () => ({}),
      },
    }),
  });
  return {
    contexts: [identity, courses, enrollment],
    enroll: (user, course) => enrolled.add(`${user} ${course}`),
    teach: (user, course) => taught.set(course, user),
  };
}
