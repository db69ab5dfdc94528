import { AssessmentService } from '@stoa/contracts';
import { type Context, defineContext, kernelErrors } from '@stoa/kernel';

/**
 * The contexts whose events enrollment hears. They keep nothing and answer nothing (enrollment calls nobody, so which
 * service they serve does not matter); the tests write their outboxes.
 */
export const siblings: Context[] = ['courses', 'assessment', 'identity', 'payments'].map((name) =>
  defineContext({
    name,
    migrations: new URL('./no-migrations/', import.meta.url),
    serves: AssessmentService,
    create: () => ({
      api: {
        putProblems: async () => {
          throw kernelErrors.not_found();
        },
      },
    }),
  }),
);
