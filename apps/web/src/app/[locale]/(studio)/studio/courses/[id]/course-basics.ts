import type { Course } from './actions.ts';

/** What the form of a course edits, to compare: modules and lessons also raise the version, and are no conflict with it. */
export function basicsOf({ title, summary, level, category, outcomes, price, instalments }: Course): string {
  const parts = instalments && { parts: instalments.parts, surcharge: instalments.surcharge };
  return JSON.stringify([title, summary, level, category, outcomes, price?.amount, price?.currency, parts]);
}
