import { AssessmentService, EnrollmentService } from '@stoa/contracts';
import { defineContext } from '@stoa/kernel';
import { subscriptions } from './follow-courses.ts';
import { putProblems } from './put-problems.ts';
import { routes } from './routes.ts';

/** Assessment: problems, attempts, grading. */
export const assessment = defineContext({
  name: 'assessment',
  migrations: new URL('../migrations/', import.meta.url),
  calls: { enrollment: EnrollmentService },
  serves: AssessmentService,
  create: (deps) => ({
    api: { putProblems: (input, ctx) => putProblems(deps, input, ctx) },
    routes: routes(deps),
    on: subscriptions,
  }),
});
