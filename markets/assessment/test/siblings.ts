import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CoursesService, EnrollmentService, IdentityService } from '@stoa/contracts';
import { type Context, defineContext } from '@stoa/kernel';

const noMigrations = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'stoa-no-migrations-'))}/`);

/** The contracts assessment depends on, spoken by the test: who is enrolled where is what the test says. */
export function siblings(): { contexts: Context[]; enroll: (userId: string, courseId: string) => void } {
  const enrolled = new Set<string>();
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
        getOutline: async () => ({}),
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
  return { contexts: [identity, courses, enrollment], enroll: (user, course) => enrolled.add(`${user} ${course}`) };
}
