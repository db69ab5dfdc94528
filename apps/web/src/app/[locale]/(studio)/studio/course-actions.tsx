'use client';

import { Archive, Globe } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { ConfirmDialog } from '@/components/ui/dialog.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { archiveCourse, publishCourse } from './actions.ts';

type CourseActionsProps = { id: string; title: string; state: 'draft' | 'published' | 'archived' };

/** Publishes or archives a course. Archiving asks once; undoing it is publishing again, which the message offers. */
export function CourseActions({ id, title, state }: CourseActionsProps) {
  const t = useTranslations('studio.courses');
  const tCommon = useTranslations('common');
  const [busy, start] = useTransition();
  const publish = async () => {
    const answer = await publishCourse(id);
    if (answer.kind === 'refused') toast({ kind: 'destructive', message: answer.message });
    else toast({ message: t('published', { title }) });
  };
  if (state !== 'published') {
    return (
      <Button size="sm" loading={busy} aria-label={t('publishOf', { title })} onClick={() => start(publish)}>
        <Globe aria-hidden="true" />
        {t('publish')}
      </Button>
    );
  }
  return (
    <ConfirmDialog
      title={t('confirmArchive', { title })}
      description={t('archiveText')}
      confirmLabel={t('archive')}
      onConfirm={async () => {
        const answer = await archiveCourse(id);
        if (answer.kind === 'refused') toast({ kind: 'destructive', message: answer.message });
        else {
          toast({
            message: t('archived', { title }),
            action: { label: tCommon('undo'), run: () => void publish() },
          });
        }
      }}
      trigger={
        <Button size="sm" variant="ghost" aria-label={t('archiveOf', { title })}>
          <Archive aria-hidden="true" />
          {t('archive')}
        </Button>
      }
    />
  );
}
