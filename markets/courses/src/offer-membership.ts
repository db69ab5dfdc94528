import type { CoursesService } from '@stoa/contracts';
import { type Deps, derivedId, type Implementation, kernelErrors, requireService } from '@stoa/kernel';
import { publishMembership } from './publish-membership.ts';
import { type MembershipPrice, writeMembership } from './write-membership.ts';

/**
 * Offers a membership of all a seller's courses, for the platform itself. Asked for again under the same name it is the
 * one there is.
 * @throws not_allowed, validation_failed, membership_not_ready
 */
export function offerMembership(
  deps: Pick<Deps, 'db' | 'ids'>,
): Implementation<typeof CoursesService>['offerMembership'] {
  return async ({ sellerId, sellerName, language, texts, trialDays, month, year }, ctx) => {
    requireService(ctx);
    const { [language]: own, ...others } = texts;
    if (!own) {
      const message = `There are no texts in its own language, ${language}.`;
      throw kernelErrors.validation_failed({ errors: [{ pointer: `/texts/${language}`, code: 'required', message }] });
    }
    const id = derivedId(sellerId, `membership ${own.name}`);
    const price = (interval: MembershipPrice['interval'], given: typeof month): MembershipPrice[] =>
      given ? [{ interval, price: { amount: Number(given.amount), currency: given.currency } }] : [];
    const { name, summary, description } = own;
    const input = {
      name,
      summary,
      description,
      language,
      translations: Object.fromEntries(
        Object.entries(others).map(([tag, text]) => [
          tag,
          { name: text.name, summary: text.summary, description: text.description },
        ]),
      ),
      scope: 'seller' as const,
      trialDays,
      prices: [...price('month', month), ...price('year', year)],
    };
    await writeMembership(deps, { id, seller: { id: sellerId, name: sellerName }, input }, ctx);
    await publishMembership(deps)(id, ctx);
    return { membershipId: id };
  };
}
