import type { EnrollmentService } from '@stoa/contracts';
import {
  allow,
  type Client,
  type Deps,
  defineRoute,
  hasRole,
  Id,
  IdParams,
  Page,
  PageQuery,
  type Route,
  requireUser,
} from '@stoa/kernel';
import { z } from 'zod';
import { exampleListedCourse } from './examples.ts';
import {
  listHeldMemberships,
  listMembershipCourses,
  listMemberships,
  listMembershipsOfCourse,
  listOwnMemberships,
  openMembership,
} from './list-memberships.ts';
import {
  exampleHeldMembership,
  exampleListedMembership,
  exampleOwnMembership,
  exampleWrittenMembership,
  Interval,
  ListedMembership,
  Membership,
  Scope,
  WrittenMembership,
} from './membership-shapes.ts';
import { archiveMembership, publishMembership } from './publish-membership.ts';
import { CourseParams, Language, ListedCourse, text } from './shapes.ts';
import { versionOf } from './version-header.ts';
import { changeMembership, createMembership } from './write-membership.ts';

const texts = {
  name: text({ min: 1, max: 120 }),
  summary: text({ max: 500 }),
  description: text({ max: 5000 }),
};
const fields = {
  summary: texts.summary.optional(),
  description: texts.description.optional(),
  translations: z
    .partialRecord(
      z.enum(['en', 'pt-BR', 'es']),
      z.strictObject({
        name: texts.name.optional(),
        summary: texts.summary.optional(),
        description: texts.description.optional(),
      }),
    )
    .optional(),
  courseIds: z.array(Id).max(200).optional(),
  trialDays: z.int().min(0).max(90).optional(),
  prices: z
    .array(
      z.strictObject({
        interval: Interval,
        price: z.strictObject({ amount: z.int().min(1).max(100_000_000), currency: z.string().regex(/^[A-Z]{3}$/) }),
      }),
    )
    .max(2)
    .optional(),
};
const writing = ['membership_course_unknown', 'validation_failed'] as const;

type Own = Deps & { calls: { enrollment: Client<typeof EnrollmentService> } };

/** The HTTP surface of memberships. */
export function membershipRoutes(own: Own): Route[] {
  const open = openMembership(own);
  return [
    defineRoute({
      method: 'GET',
      url: '/api/memberships',
      summary: 'Memberships that are offered, newest first',
      policy: allow.anyone(),
      query: z.strictObject(PageQuery),
      response: Page(ListedMembership),
      publicCacheSeconds: 10,
      examples: { response: { items: [exampleListedMembership] } },
      handler: ({ query, ctx }) => listMemberships(own)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/memberships/mine',
      summary: 'Memberships I sell, in every state',
      description: 'For administrators with those of the house.',
      policy: allow.role('instructor'),
      query: z.strictObject(PageQuery),
      response: Page(ListedMembership),
      examples: { response: { items: [exampleListedMembership] } },
      handler: ({ query, ctx }) =>
        listOwnMemberships(own)({ ...query, userId: requireUser(ctx).userId, house: hasRole(ctx, 'admin') }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/memberships/held',
      summary: 'Memberships that are open to me now',
      policy: allow.user(),
      response: z.strictObject({ items: z.array(ListedMembership) }),
      examples: { response: { items: [exampleListedMembership] } },
      handler: ({ ctx }) => listHeldMemberships(own)(ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/memberships',
      cleansText: true,
      summary: 'Start a membership as a draft',
      description: 'One of the `house` is an administrator’s to make; only the house includes the whole `catalogue`.',
      policy: allow.role('instructor'),
      idempotency: 'key',
      status: 201,
      body: z.strictObject({
        ...fields,
        name: texts.name,
        language: Language,
        scope: Scope,
        house: z.boolean().optional(),
      }),
      response: WrittenMembership,
      errors: [...writing],
      examples: {
        body: {
          name: exampleWrittenMembership.name,
          language: 'en',
          scope: 'seller',
          summary: exampleWrittenMembership.summary,
          description: exampleWrittenMembership.description,
          trialDays: 7,
          prices: [{ interval: 'month', price: { amount: 1990, currency: 'BRL' } }],
        },
        response: { ...exampleWrittenMembership, state: 'draft', version: 1, publishedAt: null },
      },
      handler: ({ body, ctx }) => createMembership(own)(body, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/memberships/:id',
      summary: 'A membership, by id, by slug or by one of its plans',
      policy: allow.anyone(),
      params: CourseParams,
      response: Membership,
      errors: ['membership_not_found'],
      examples: { response: exampleHeldMembership },
      handler: ({ params, ctx }) => open(params.id, ctx),
    }),
    defineRoute({
      method: 'PATCH',
      url: '/api/memberships/:id',
      cleansText: true,
      summary: 'Change a membership',
      description:
        'A new price is for those who subscribe from now on. With `If-Match: "<version>"` it refuses when someone else changed it meanwhile.',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      body: z.strictObject({
        ...fields,
        name: texts.name.optional(),
        language: Language.optional(),
        scope: Scope.optional(),
      }),
      response: WrittenMembership,
      errors: ['membership_not_found', 'membership_not_ready', 'edit_conflict', ...writing],
      examples: { body: { trialDays: 14 }, response: { ...exampleWrittenMembership, trialDays: 14, version: 3 } },
      handler: ({ params, body, ctx, request }) =>
        changeMembership(own)(params.id, { ...body, version: versionOf(request.headers['if-match'], ctx) }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/memberships/:id/publish',
      summary: 'Offer a membership',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      response: Membership,
      errors: ['membership_not_found', 'membership_not_ready'],
      examples: { response: exampleOwnMembership },
      handler: async ({ params, ctx }) => {
        await publishMembership(own)(params.id, ctx);
        return open(params.id, ctx);
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/memberships/:id/archive',
      summary: 'Offer a membership to nobody new',
      description: 'Whoever has subscribed keeps it and renews it.',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      response: Membership,
      errors: ['membership_not_found'],
      examples: { response: { ...exampleOwnMembership, state: 'archived' } },
      handler: async ({ params, ctx }) => {
        await archiveMembership(own)(params.id, ctx);
        return open(params.id, ctx);
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/api/memberships/:id/courses',
      summary: 'The courses a membership includes, newest first',
      policy: allow.anyone(),
      params: CourseParams,
      query: z.strictObject(PageQuery),
      response: Page(ListedCourse),
      errors: ['membership_not_found'],
      examples: { response: { items: [exampleListedCourse] } },
      handler: ({ params, query, ctx }) => listMembershipCourses(own)({ ...query, membership: params.id }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/courses/:id/memberships',
      summary: 'Memberships that include a course which costs something',
      description: 'Those the person has first, then the cheapest.',
      policy: allow.anyone(),
      params: CourseParams,
      response: z.strictObject({ items: z.array(ListedMembership.extend({ held: z.boolean() })) }),
      errors: ['course_not_found'],
      examples: { response: { items: [{ ...exampleListedMembership, held: true }] } },
      handler: ({ params, ctx }) => listMembershipsOfCourse(own)(params.id, ctx),
    }),
  ];
}
