import { getTranslations } from 'next-intl/server';
import { Link } from '@/i18n/navigation.ts';
import { openPath } from './orders.ts';

type Item = { sku: string; title: string; path: string };

/** What comes with a line that is several items at one price. `open` leads to where each is used, not sold. */
export async function Included({ items, open = false }: { items: readonly Item[]; open?: boolean }) {
  if (items.length === 0) return null;
  const t = await getTranslations('buying.bundle');
  return (
    <div className="text-sm">
      <p className="text-muted-foreground">{t('with')}</p>
      <ul className="mt-1 list-disc space-y-1 ps-5">
        {items.map((item) => (
          <li key={item.sku}>
            {item.path ? (
              <Link
                href={open ? openPath(item) : item.path}
                prefetch={false}
                className="underline-offset-4 hover:underline"
              >
                {item.title}
              </Link>
            ) : (
              item.title
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
