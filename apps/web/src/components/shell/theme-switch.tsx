'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useState } from 'react';
import { cn } from '@/design/cn.ts';
import { parseTheme, type Theme, themeCookie, themes } from '@/design/theme.ts';

const icons = { system: Monitor, light: Sun, dark: Moon };

/** Tells every switch of a page what was chosen in one of them. */
const chosenEvent = 'stoa:theme';

function apply(theme: Theme): void {
  const { classList } = document.documentElement;
  classList.remove('light', 'dark');
  if (theme !== 'system') classList.add(theme);
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in some browsers we serve
  document.cookie = `${themeCookie}=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  document.dispatchEvent(new CustomEvent<Theme>(chosenEvent, { detail: theme }));
}

/** System, light or dark. Takes effect at once and is kept in a cookie, so that the server draws the next page right. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const t = useTranslations('common');
  const [theme, setTheme] = useState(initial);
  // A page may have two of them, and radio buttons of one name exclude each other.
  const group = useId();
  useEffect(() => {
    const follow = (event: Event) => {
      if (event instanceof CustomEvent) setTheme(parseTheme(event.detail));
    };
    document.addEventListener(chosenEvent, follow);
    return () => document.removeEventListener(chosenEvent, follow);
  }, []);
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
              name={group}
              value={name}
              checked={theme === name}
              onChange={() => apply(name)}
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
