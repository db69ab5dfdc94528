import { getTranslations } from 'next-intl/server';
import { ItemCover } from '@/buying/item-cover.tsx';
import { kindOf } from '@/buying/kind-of.ts';
import { quoteItem } from '@/buying/quote.ts';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { getSession } from '@/session/session.ts';
import type { Sellable } from './buy-box.tsx';
import { GiftForm } from './courses/[slug]/gift/gift-form.tsx';
import { ItemPrice } from './item-price.tsx';

/** Something as a gift: for whom, and what to say. */
export async function GiftOf({ item, title, coverUrl }: { item: Sellable; title: string; coverUrl: string }) {
  const t = await getTranslations('buying.gift');
  const tCommon = await getTranslations('common');
  const quoted = await quoteItem(item.sku, item.coupon);
  return (
    <div className="page-column max-w-2xl py-8 md:py-12">
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[
          kindOf(item.sku) === 'bundle'
            ? { label: tCommon('bundles'), href: '/bundles' }
            : { label: tCommon('courses'), href: '/courses' },
          { label: title, href: item.path },
          { label: t('crumb') },
        ]}
      />
      <div className="mt-6 flex items-center gap-5">
        <ItemCover sku={item.sku} coverUrl={coverUrl} />
        <div className="min-w-0">
          <h1 className="text-2xl sm:text-3xl">{t('title', { title })}</h1>
          <div className="mt-1 space-y-1 text-muted-foreground">
            <ItemPrice item={item} quoted={quoted} />
          </div>
        </div>
      </div>
      <p className="mt-6 mb-8 text-muted-foreground">{t('text')}</p>
      <ClientMessages areas={['buying']}>
        <GiftForm
          sku={item.sku}
          coupon={quoted?.coupon?.applied ? quoted.coupon.code : ''}
          name={(await getSession())?.user.name ?? ''}
        />
      </ClientMessages>
    </div>
  );
}
