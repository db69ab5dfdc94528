import { allow, defineRoute, Id, IdParams } from '@stoa/kernel';
import { z } from 'zod';
import { addTaxRule, endTaxRule, listTaxRules } from '../console/tax-rules.ts';
import type { PaymentDeps } from '../deps.ts';
import { notADay, requireDay } from './calendar-days.ts';
import { Country, Day } from './shapes.ts';

const TaxRule = z.strictObject({
  id: Id,
  country: Country,
  category: z.string(),
  name: z.string(),
  rate: z.int(),
  inclusive: z.boolean(),
  source: z.string(),
  checkedOn: z.string(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
});

const askedRule = {
  country: 'ES',
  category: '*',
  name: 'IVA',
  rate: 2100,
  inclusive: true,
  source: 'Ley 37/1992, art. 90',
  checkedOn: '2026-03-02',
  validFrom: '2012-09-01',
};
const exampleRule: z.input<typeof TaxRule> = {
  ...askedRule,
  id: '019cac71-20b5-7f4e-9d38-61e0b7a2c954',
  validTo: null,
};

/** Rules of tax, kept by operators. */
export function taxRoutes(deps: PaymentDeps) {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/admin/tax-rules',
      summary: 'Rules of tax, each with where it was read',
      policy: allow.role('support'),
      response: z.strictObject({ items: z.array(TaxRule) }),
      examples: { response: { items: [exampleRule] } },
      handler: ({ ctx }) => listTaxRules(deps)(ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/tax-rules',
      summary: 'Add a rule of tax',
      policy: allow.role('admin'),
      body: z.strictObject({
        country: Country,
        category: z.string().regex(/^(\*|[a-z_]{2,40})$/),
        name: z.string().min(1).max(40),
        rate: z.int().min(0).max(10_000),
        inclusive: z.boolean(),
        source: z.string().min(3).max(500),
        checkedOn: Day,
        validFrom: Day,
        validTo: Day.optional(),
      }),
      response: TaxRule,
      status: 201,
      idempotency: 'key',
      examples: { body: askedRule, response: exampleRule },
      handler: ({ body, ctx }) => {
        for (const day of ['checkedOn', 'validFrom', 'validTo'] as const) requireDay(body[day], `/${day}`);
        if (body.validTo !== undefined && body.validTo <= body.validFrom) throw notADay('/validTo');
        return addTaxRule(deps)(body, ctx);
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/api/admin/tax-rules/:id/end',
      summary: 'End a rule of tax on a day',
      policy: allow.role('admin'),
      params: IdParams,
      body: z.strictObject({ validTo: Day }),
      response: TaxRule,
      idempotency: 'natural',
      errors: ['tax_rule_not_found'],
      examples: { body: { validTo: '2026-12-31' }, response: { ...exampleRule, validTo: '2026-12-31' } },
      handler: ({ params, body, ctx }) => {
        requireDay(body.validTo, '/validTo');
        return endTaxRule(deps)({ ruleId: params.id, validTo: body.validTo }, ctx);
      },
    }),
  ];
}
