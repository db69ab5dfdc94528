import { allow, defineRoute, IdParams, Page, PageQuery } from '@stoa/kernel';
import { z } from 'zod';
import { cancelPlanFor, listAllPlans, listSellerPlans, retryPart, showConsolePlan } from '../console/instalments.ts';
import { graceDays } from '../core/instalments.ts';
import type { PaymentDeps } from '../deps.ts';
import { beginPlan, quoteInstalments } from '../instalments/begin-plan.ts';
import { payNextPart, payRest } from '../instalments/change-plan.ts';
import { listPlans, showPlan } from '../instalments/show-plans.ts';
import {
  ConsolePlan,
  ConsolePlanInFull,
  exampleBegunPlan,
  exampleCanceledPlan,
  exampleConsolePlan,
  exampleConsolePlanInFull,
  examplePayablePlan,
  examplePlan,
  examplePlanInFull,
  examplePlanLines,
  examplePlanOffer,
  exampleRetriedPlan,
  exampleSellerPlan,
  Plan,
  PlanInFull,
  PlanOffer,
  SellerPlan,
  State,
} from './instalment-shapes.ts';
import { cartRefusals, couponRefusals } from './refusals.ts';
import { sellers } from './sellers.ts';
import { AskedLines, Country } from './shapes.ts';

const asked = {
  lines: AskedLines,
  coupon: z.string().min(1).max(40).optional(),
  country: Country.optional(),
};

/** What is paid in parts. */
export function instalmentRoutes(deps: PaymentDeps) {
  return [
    defineRoute({
      method: 'POST',
      url: '/api/instalments/quote',
      summary: 'What a cart costs in parts, and when',
      description: 'Nothing is held. A cart that cannot be paid in parts says why.',
      policy: allow.anyone(),
      body: z.strictObject(asked),
      response: PlanOffer,
      // It changes nothing: a POST only because what is asked for does not belong into addresses and logs.
      idempotency: 'natural',
      errors: [],
      examples: { body: { lines: examplePlanLines }, response: examplePlanOffer },
      handler: ({ body, ctx }) => quoteInstalments({ ...deps, graceDays })(body, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/instalments',
      summary: 'Buy one thing in parts',
      description:
        'Pay `openOrderId` as any order: the plan begins with it, and access with the plan. Later parts are charged to the method it was paid with, where its provider keeps methods; else they are paid by hand.',
      policy: allow.user(),
      body: z.strictObject({
        ...asked,
        name: z.string().max(100).optional(),
        document: z.string().max(30).optional(),
      }),
      response: Plan,
      status: 201,
      idempotency: 'key',
      errors: [
        ...cartRefusals,
        'instalments_one_item',
        'instalments_not_offered',
        'instalments_running',
        'payment_in_progress',
        ...couponRefusals,
      ],
      examples: { body: { lines: examplePlanLines }, response: exampleBegunPlan },
      handler: ({ body, ctx }) => beginPlan(deps)(body, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/instalments',
      summary: 'What I pay in parts, newest first',
      policy: allow.user(),
      query: z.strictObject(PageQuery),
      response: Page(Plan),
      examples: { response: { items: [examplePlan] } },
      handler: ({ query, ctx }) => listPlans(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/instalments/:id',
      summary: 'Something I pay in parts, with its schedule and invoices',
      policy: allow.user(),
      params: IdParams,
      response: PlanInFull,
      errors: ['instalments_not_found'],
      examples: { response: examplePlanInFull },
      handler: ({ params, ctx }) => showPlan(deps)({ planId: params.id }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/instalments/:id/next-part',
      summary: 'Pay the next part now',
      description:
        'Pay `openOrderId` as any order: late, ahead of its day, or with another payment method, which is then kept for the parts to come.',
      policy: allow.user(),
      params: IdParams,
      response: Plan,
      idempotency: 'natural',
      errors: ['instalments_not_found', 'instalments_over', 'payment_in_progress'],
      examples: { response: examplePayablePlan },
      handler: ({ params, ctx }) => payNextPart(deps)({ planId: params.id }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/instalments/:id/rest',
      summary: 'Pay all that is left at once',
      description:
        'Pay `openOrderId` as any order; the plan is completed with it. The surcharge of parts that are not due yet falls away.',
      policy: allow.user(),
      params: IdParams,
      response: Plan,
      idempotency: 'natural',
      errors: ['instalments_not_found', 'instalments_over', 'payment_in_progress'],
      examples: { response: examplePayablePlan },
      handler: ({ params, ctx }) => payRest(deps)({ planId: params.id }, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/seller/instalments',
      summary: 'What is bought from me in parts, newest first',
      policy: sellers,
      query: z.strictObject({
        ...PageQuery,
        of: z.enum(['me', 'house']).default('me'),
        state: z.enum(['all', 'running']).default('all'),
      }),
      response: Page(SellerPlan),
      examples: { response: { items: [exampleSellerPlan] } },
      handler: ({ query, ctx }) => listSellerPlans(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/instalments',
      summary: 'Everything that is paid in parts, newest first',
      description: '`q` is an id, the buyer’s e-mail address, or a part of the title.',
      policy: allow.role('support'),
      query: z.strictObject({
        ...PageQuery,
        state: State.optional(),
        q: z
          .string()
          .max(254)
          .optional()
          .meta({ examples: ['ana@example.com'] }),
      }),
      response: Page(ConsolePlan),
      examples: { response: { items: [exampleConsolePlan] } },
      handler: ({ query, ctx }) => listAllPlans(deps)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/admin/instalments/:id',
      summary: 'Something that is paid in parts, with all that happened to it',
      policy: allow.role('support'),
      params: IdParams,
      response: ConsolePlanInFull,
      errors: ['instalments_not_found'],
      examples: { response: exampleConsolePlanInFull },
      handler: ({ params, ctx }) => showConsolePlan(deps)({ planId: params.id }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/instalments/:id/cancellation',
      summary: 'Give up somebody’s payment in parts',
      description:
        'Nothing more is asked for. `access` ends or stays; with `refund: all` everything that was paid goes back, order by order.',
      policy: allow.role('support'),
      params: IdParams,
      body: z.strictObject({
        access: z.enum(['end', 'keep']).default('end'),
        refund: z.enum(['none', 'all']).default('none'),
        note: z.string().min(1).max(500),
      }),
      response: ConsolePlan,
      idempotency: 'natural',
      errors: ['instalments_not_found', 'payment_in_progress', 'refund_not_possible'],
      examples: {
        body: { access: 'end', refund: 'none', note: 'The buyer asked for it.' },
        response: exampleCanceledPlan,
      },
      handler: ({ params, body, ctx }) => cancelPlanFor(deps)({ planId: params.id, ...body }, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/instalments/:id/retry',
      summary: 'Charge for a late part now',
      policy: allow.role('support'),
      params: IdParams,
      response: ConsolePlan,
      idempotency: 'key',
      errors: ['instalments_not_found', 'instalments_not_retryable', 'provider_unavailable'],
      examples: { response: exampleRetriedPlan },
      handler: ({ params, ctx }) => retryPart(deps)({ planId: params.id }, ctx),
    }),
  ];
}
