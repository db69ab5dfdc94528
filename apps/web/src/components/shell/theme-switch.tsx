'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { cn } from '@/design/cn.ts';
import { type Theme, themeCookie, themes } from '@/design/theme.ts';

const icons = { system: Monitor, light: Sun, dark: Moon };

function apply(theme: Theme): void {
  const { classList } = document.documentElement;
  classList.remove('light', 'dark');
  if (theme !== 'system') classList.add(theme);
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in some browsers we serve
  document.cookie = `${themeCookie}=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

/** System, light or dark. Takes effect at once and is kept in a cookie, so that the server draws the next page right. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const t = useTranslations('common');
  const [theme, setTheme] = useState(initial);
  const names = { system: t('themeSystem'), light: t('themeLight'), dark: t('themeDark') };
  return (
    <fieldset className="flex rounded-md bg-muted p-0.5">
      <legend className="sr-only">{t('theme')}</legend>
      {themes.map((name) => {
        const Icon = icons[name];
        return (
          <label
            key={name}
            className={cn(
              'flex h-8 flex-1 items-center justify-center gap-1.5 rounded-sm border border-transparent px-2 text-muted-foreground text-xs has-focus-visible:outline-2 has-focus-visible:outline-ring',
              theme === name && 'border-border bg-popover font-medium text-foreground',
            )}
          >
            <input
              type="radio"
              name="theme"
              value={name}
              checked={theme === name}
              onChange={() => {
                setTheme(name);
                apply(name);
              }}
              className="sr-only"
            />
            <Icon aria-hidden="true" className="size-3.5" />
            <span>{names[name]}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
