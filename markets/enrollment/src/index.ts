import { EnrollmentService, PersonalDataService } from '@stoa/contracts';
import { defineContext, personalData } from '@stoa/kernel';
import { followCourses } from './follow-courses.ts';
import { followOrders } from './follow-orders.ts';
import { followPeople } from './follow-people.ts';
import { followSubscriptions } from './follow-subscriptions.ts';
import { getMemberships } from './list-memberships.ts';
import { personalSections } from './personal-data.ts';
import { routes } from './routes.ts';
import { getAccess } from './show-progress.ts';

/** Who may study what, how far they are, and what they can show for it. */
export const enrollment = defineContext({
  name: 'enrollment',
  migrations: new URL('../migrations/', import.meta.url),
  plugs: [{ contract: PersonalDataService, kinds: ['enrollment'] }],
  serves: EnrollmentService,
  create: (deps) => ({
    plugs: [personalData(deps, personalSections)],
    api: { getAccess: getAccess(deps), getMemberships: getMemberships(deps) },
    routes: routes(deps),
    on: [...followCourses(deps), ...followPeople(), ...followOrders(deps), ...followSubscriptions(deps)],
  }),
});
