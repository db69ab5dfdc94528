import { SlidersHorizontal } from 'lucide-react';
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { buttonClasses } from '@/components/ui/button.tsx';
import { PopoverMenu } from '@/components/ui/popover-menu.tsx';
import { cn } from '@/design/cn.ts';
import { parseTheme, themeCookie } from '@/design/theme.ts';
import { LanguageLinks } from './language-links.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** Language and appearance, on every page, signed in or not. */
export async function PreferencesMenu() {
  const t = await getTranslations('common');
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  return (
    <PopoverMenu
      label={t('preferences')}
      trigger={<SlidersHorizontal aria-hidden="true" />}
      triggerClassName={cn(buttonClasses({ variant: 'ghost' }), 'size-10 p-0 [&_svg]:size-[1.125rem]')}
      className="w-64"
    >
      <p className="px-2.5 pt-1.5 pb-1 font-medium text-muted-foreground text-xs">{t('language')}</p>
      <LanguageLinks />
      <div className="-mx-1.5 my-1.5 border-t" />
      <p className="px-2.5 pt-1 pb-1.5 font-medium text-muted-foreground text-xs">{t('theme')}</p>
      <ThemeSwitch initial={theme} />
    </PopoverMenu>
  );
}
