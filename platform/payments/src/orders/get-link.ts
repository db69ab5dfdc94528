import { type Ctx, kernelErrors, requireService, statement } from '@stoa/kernel';
import type { PaymentDeps } from '../deps.ts';
import { linkOf } from './seats.ts';

const isOpen = statement<[kind: string, id: string], { open: boolean }>(
  'payments.is_mail_link_open',
  `select case $1::text
     when 'order' then exists (select 1 from orders where id = $2::uuid and buyer_id is null)
     when 'gift' then exists (select 1 from gifts where id = $2::uuid and state = 'sent')
     when 'seat' then exists (select 1 from seats where id = $2::uuid and state = 'invited')
     else false end as open`,
);

/**
 * The secret address of a guest's order, a gift or a seat, for whoever writes the mail that tells of it.
 * @throws not_allowed, not_found when it is gone, taken up or revoked
 */
export function getLink(deps: Pick<PaymentDeps, 'db' | 'tokens' | 'publicUrl'>) {
  return async ({ kind: asked, id }: { kind: string; id: string }, ctx: Ctx): Promise<{ url: string }> => {
    requireService(ctx);
    const kind = (['order', 'gift', 'seat'] as const).find((one) => one === asked);
    const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
    if (!kind || !isId || !(await deps.db.row(isOpen, [kind, id]))?.open) throw kernelErrors.not_found();
    return { url: linkOf(deps, kind, id) };
  };
}
