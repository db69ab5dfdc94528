import { type Ctx, requireRole, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { errors } from '../errors.ts';
import { recordAudit } from './audit.ts';

export type TaxRuleInput = {
  country: string;
  /** `*` for every category without a rule of its own. */
  category: string;
  name: string;
  /** Ten-thousandths. */
  rate: number;
  inclusive: boolean;
  source: string;
  /** Days, `YYYY-MM-DD`. */
  checkedOn: string;
  validFrom: string;
  validTo?: string | undefined;
};
type Row = {
  id: string;
  country: string;
  category: string;
  name: string;
  rate: number;
  inclusive: boolean;
  source: string;
  checked_on: string;
  valid_from: string;
  valid_to: string | null;
};
export type TaxRuleView = Omit<TaxRuleInput, 'validTo'> & { id: string; validTo: string | null };

const columns =
  'id, country, category, name, rate, inclusive, source, checked_on::text, valid_from::text, valid_to::text';
const insertRule = statement<
  [
    id: string,
    country: string,
    category: string,
    name: string,
    rate: number,
    inclusive: boolean,
    source: string,
    checkedOn: string,
    validFrom: string,
    validTo: string | null,
    by: string | null,
    at: string,
  ],
  Row
>(
  'payments.insert_tax_rule',
  `insert into tax_rules (id, country, category, name, rate, inclusive, source, checked_on, valid_from, valid_to, created_by, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8::date, $9::date, $10::date, $11, $12)
   on conflict (id) do update set id = excluded.id returning ${columns}`,
);
const listRules = statement<[], Row>(
  'payments.list_tax_rules',
  `select ${columns} from tax_rules order by country, category, valid_from desc limit 1000`,
);
const endRule = statement<[id: string, validTo: string], Row>(
  'payments.end_tax_rule',
  `update tax_rules set valid_to = $2::date where id = $1 and $2::date > valid_from returning ${columns}`,
);

/** Rules of tax with where each was read, and when. @throws not_signed_in, not_allowed */
export function listTaxRules(deps: Pick<PaymentDeps, 'db'>) {
  return async (ctx: Ctx): Promise<{ items: TaxRuleView[] }> => {
    requireRole(ctx, 'support');
    return { items: (await deps.db.rows(listRules, [])).map(toView) };
  };
}

/** Adds a rule. Orders that exist keep their taxes. @throws not_signed_in, not_allowed */
export function addTaxRule(deps: Pick<PaymentDeps, 'db' | 'ids' | 'clock'>) {
  return async (input: TaxRuleInput, ctx: Ctx): Promise<TaxRuleView> => {
    requireRole(ctx, 'admin');
    return deps.db.transaction(async (tx) => {
      const row = await tx.row(insertRule, [
        ctx.requestId ?? deps.ids.id(),
        input.country,
        input.category,
        input.name,
        input.rate,
        input.inclusive,
        input.source,
        input.checkedOn,
        input.validFrom,
        input.validTo ?? null,
        ctx.actor.kind === 'user' ? ctx.actor.userId : null,
        deps.clock.now().toISOString(),
      ]);
      if (!row) throw new Error('the rule was not written');
      const { country, category, rate, validFrom } = input;
      const details = { country, category, rate, validFrom };
      await recordAudit(tx, deps, ctx, {
        action: 'tax_rule.added',
        subjectKind: 'tax_rule',
        subjectId: row.id,
        details,
      });
      return toView(row);
    });
  };
}

/** Ends a rule on a day: from then on it does not apply. @throws not_signed_in, not_allowed, tax_rule_not_found */
export function endTaxRule(deps: Pick<PaymentDeps, 'db' | 'ids' | 'clock'>) {
  return async (input: { ruleId: string; validTo: string }, ctx: Ctx): Promise<TaxRuleView> => {
    requireRole(ctx, 'admin');
    const { ruleId, validTo } = input;
    return deps.db.transaction(async (tx) => {
      const row = await tx.row(endRule, [ruleId, validTo]);
      if (!row) throw errors.tax_rule_not_found();
      const subject = { subjectKind: 'tax_rule', subjectId: ruleId } as const;
      await recordAudit(tx, deps, ctx, { action: 'tax_rule.ended', ...subject, details: { validTo } });
      return toView(row);
    });
  };
}

const toView = ({ checked_on, valid_from, valid_to, ...row }: Row): TaxRuleView => ({
  ...row,
  checkedOn: checked_on,
  validFrom: valid_from,
  validTo: valid_to,
});
