import type { ReactNode } from 'react';
import { ItemCover } from '@/buying/item-cover.tsx';
import { takeUp } from '@/buying/take-up.ts';
import { buttonClasses } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Link } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';
import { ClaimForm } from './orders/[id]/claim-form.tsx';
import { wantsToClaim } from './orders/[id]/claim-intent.ts';

type TakeUpPageProps = {
  kind: 'gift' | 'seat';
  id: string;
  token: string;
  thing: { title: string; path: string; coverUrl: string };
  /** Nobody has taken it up yet. */
  isOpen: boolean;
  heading: string;
  words: { accept: string; signInFirst: string; gone: string; goneText: string; open: string };
  /** From whom, for whom. */
  children: ReactNode;
};

/** Something that somebody bought for whoever holds its link: what it is, and one button. */
export async function TakeUpPage({ kind, id, token, thing, isOpen, heading, words, children }: TakeUpPageProps) {
  const session = await getSession();
  return (
    <div className="page-column max-w-2xl py-10 md:py-16">
      <h1 className="text-center text-3xl">{heading}</h1>
      <article className="mt-8 overflow-hidden rounded-lg border bg-card">
        <ItemCover
          sku={thing.path}
          coverUrl={thing.coverUrl}
          className="w-full rounded-none border-0 border-b sm:w-full"
        />
        <div className="space-y-5 p-6 sm:p-8">
          <h2 className="text-2xl">{thing.title}</h2>
          {children}
          {isOpen ? (
            <>
              <ClientMessages areas={['buying']}>
                <ClaimForm
                  action={takeUp}
                  fields={{ kind, id, token }}
                  label={words.accept}
                  goOn={session !== null && (await wantsToClaim(id))}
                />
              </ClientMessages>
              {!session && <p className="text-muted-foreground text-sm">{words.signInFirst}</p>}
            </>
          ) : (
            <Callout
              title={words.gone}
              action={
                <Link href={thing.path} prefetch={false} className={buttonClasses({ variant: 'outline' })}>
                  {words.open}
                </Link>
              }
            >
              {words.goneText}
            </Callout>
          )}
        </div>
      </article>
    </div>
  );
}
