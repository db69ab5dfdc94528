import {
  AssessmentService,
  CoursesService,
  EnrollmentService,
  MediaUseService,
  PersonalDataService,
} from '@stoa/contracts';
import { defineContext, personalData, served } from '@stoa/kernel';
import { findUsedFiles } from './find-used-files.ts';
import { subscriptions } from './follow-courses.ts';
import { personalSections } from './personal-data.ts';
import { putProblems } from './put-problems.ts';
import { routes } from './routes.ts';

/** Assessment: problems, attempts, grading. */
export const assessment = defineContext({
  name: 'assessment',
  migrations: new URL('../migrations/', import.meta.url),
  calls: { enrollment: EnrollmentService, courses: CoursesService },
  plugs: [
    { contract: PersonalDataService, kinds: ['assessment'] },
    { contract: MediaUseService, kinds: ['assessment'] },
  ],
  serves: AssessmentService,
  create: (deps) => ({
    plugs: [personalData(deps, personalSections), served(MediaUseService, { findUsedAssets: findUsedFiles(deps) })],
    api: { putProblems: (input, ctx) => putProblems(deps, input, ctx) },
    routes: routes(deps),
    on: subscriptions,
  }),
});
