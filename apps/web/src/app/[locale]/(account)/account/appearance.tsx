'use client';

import { useTranslations } from 'next-intl';
import { ThemeSwitch } from '@/components/shell/theme-switch.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { type Theme, themes } from '@/design/theme.ts';
import { saveTheme } from './actions.ts';

/** System, light or dark: at once on this device, and kept with the account for the next one. */
export function Appearance({ initial }: { initial: Theme }) {
  const t = useTranslations('account.appearance');
  return (
    <div
      className="max-w-sm"
      onChange={async (event) => {
        const { target } = event;
        const theme = target instanceof HTMLInputElement ? themes.find((one) => one === target.value) : undefined;
        if (!theme) return;
        const state = await saveTheme(theme);
        if (state.kind === 'refused') toast({ kind: 'destructive', message: t('notKept') });
      }}
    >
      <ThemeSwitch initial={initial} />
    </div>
  );
}
