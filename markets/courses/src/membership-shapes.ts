import { Id, MoneySchema, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { exampleInstructor } from './examples.ts';

export const Scope = z.enum(['courses', 'seller', 'catalogue']);
export const Interval = z.enum(['month', 'year']);
export const ListedMembership = z.strictObject({
  id: Id,
  slug: z.string(),
  name: z.string(),
  summary: z.string(),
  language: z.string(),
  shownIn: z.string(),
  /** Null: the house. */
  seller: z.strictObject({ id: Id, name: z.string() }).nullable(),
  scope: Scope,
  courseCount: z.int(),
  trialDays: z.int(),
  plans: z.array(z.strictObject({ id: Id, sku: z.string(), interval: Interval, price: MoneySchema })),
  state: z.enum(['draft', 'published', 'archived']),
});
export const Membership = ListedMembership.extend({
  description: z.string(),
  version: z.int(),
  publishedAt: Timestamp.nullable(),
  updatedAt: Timestamp,
  courseIds: z.array(Id).nullable(),
  held: z.strictObject({ planId: Id, subscriptionId: Id }).nullable(),
});
export const WrittenMembership = Membership.omit({ held: true });

export const exampleListedMembership: z.output<typeof ListedMembership> = {
  id: '01999ec9-0c00-7486-8c2b-2d1e4a2c2a5a',
  slug: 'numbers-club',
  name: 'Numbers club',
  summary: 'Every course of mine on money, as long as you are a member.',
  language: 'en',
  shownIn: 'en',
  seller: exampleInstructor,
  scope: 'seller',
  courseCount: 2,
  trialDays: 7,
  plans: [
    {
      id: '01999ec9-0c00-7826-a29b-e0fb8e968ca3',
      sku: 'plan:01999ec9-0c00-7826-a29b-e0fb8e968ca3',
      interval: 'month',
      price: { amount: 1990, currency: 'BRL' },
    },
  ],
  state: 'published',
};
export const exampleWrittenMembership: z.output<typeof WrittenMembership> = {
  ...exampleListedMembership,
  description: 'New courses are part of it from their first day.',
  version: 2,
  publishedAt: '2025-10-01T09:00:00.000Z',
  updatedAt: '2025-10-01T09:00:00.000Z',
  courseIds: [],
};
/** As its seller sees it. */
export const exampleOwnMembership: z.output<typeof Membership> = { ...exampleWrittenMembership, held: null };
/** As somebody sees it who has it. */
export const exampleHeldMembership: z.output<typeof Membership> = {
  ...exampleWrittenMembership,
  courseIds: null,
  held: {
    planId: '01999ec9-0c00-7826-a29b-e0fb8e968ca3',
    subscriptionId: '019c48ec-bb80-78c0-b6cf-b3455d0cf4d0',
  },
};
