'use client';

import '@/components/shell/nonce.tsx';
import { Command } from 'cmdk';
import { BookOpen, Braces, House, Library, PenLine, Search, Server, ShieldCheck, UserRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { goOrAsk } from '@/components/forms/leaving.ts';
import { useFocusBack } from '@/components/ui/focus-back.ts';
import { useRouter } from '@/i18n/navigation.ts';
import type { Room } from './rooms.ts';

/** Goes anywhere by a few letters: to the pages of everyone and to the `rooms` this person may enter. */
export default function CommandPalette({ rooms, onClose }: { rooms: readonly Room[]; onClose: () => void }) {
  const t = useTranslations('common');
  const router = useRouter();
  const [query, setQuery] = useState('');
  const focusBack = useFocusBack();
  const go = (href: string) => () => {
    onClose();
    goOrAsk(() => router.push(href));
  };
  const pages = [
    { href: '/', label: t('home'), icon: <House /> },
    { href: '/courses', label: t('courses'), icon: <Library /> },
    { href: '/learn', label: t('myLearning'), icon: <BookOpen /> },
    { href: '/account', label: t('account'), icon: <UserRound /> },
    { href: '/certificates/verify', label: t('verifyCertificate'), icon: <ShieldCheck /> },
    ...(rooms.includes('studio') ? [{ href: '/studio', label: t('studio'), icon: <PenLine /> }] : []),
    ...(rooms.includes('console') ? [{ href: '/console', label: t('console'), icon: <Server /> }] : []),
    { href: '/api-docs', label: t('footer.api'), icon: <Braces /> },
  ];
  const wanted = query.trim();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-[oklch(18%_0.01_70/0.5)]" />
        <Dialog.Content
          aria-describedby={undefined}
          {...focusBack}
          className="fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-xl overflow-hidden rounded-lg border bg-popover text-popover-foreground shadow-overlay"
        >
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <Command label={t('palette.title')} loop>
            <div className="flex items-center gap-3 border-b px-4">
              <Search aria-hidden="true" className="size-4 text-muted-foreground" />
              <Command.Input
                value={query}
                onValueChange={setQuery}
                placeholder={t('palette.placeholder')}
                className="h-12 w-full bg-transparent outline-none placeholder:text-muted-foreground"
              />
            </div>
            <Command.List className="max-h-80 overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-muted-foreground text-sm">
                {t('palette.empty')}
              </Command.Empty>
              <Group heading={t('palette.pages')}>
                {pages.map(({ href, label, icon }) => (
                  <Row key={href} icon={icon} onSelect={go(href)}>
                    {label}
                  </Row>
                ))}
              </Group>
              {wanted && (
                <Group heading={t('palette.actions')} forceMount>
                  <Row icon={<Search />} forceMount onSelect={go(`/courses?q=${encodeURIComponent(wanted)}`)}>
                    {t('palette.searchFor', { query: wanted })}
                  </Row>
                </Group>
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Group({
  heading,
  forceMount = false,
  children,
}: {
  heading: string;
  forceMount?: boolean;
  children: ReactNode;
}) {
  return (
    <Command.Group
      heading={heading}
      forceMount={forceMount}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted-foreground [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

function Row({
  icon,
  children,
  onSelect,
  forceMount = false,
}: {
  icon: ReactNode;
  children: ReactNode;
  onSelect: () => void;
  forceMount?: boolean;
}) {
  return (
    <Command.Item
      onSelect={onSelect}
      forceMount={forceMount}
      className="flex min-h-10 cursor-default items-center gap-3 rounded-md px-2.5 text-sm data-[selected=true]:bg-accent [&_svg]:size-4 [&_svg]:text-muted-foreground"
    >
      {icon}
      {children}
    </Command.Item>
  );
}
