'use client';

import { Copy, Ellipsis, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { fresh } from '@/components/forms/form-state.ts';
import { RefusalWayOn } from '@/components/forms/refusal.tsx';
import { UnsavedQuestion } from '@/components/forms/unsaved.tsx';
import { Button, buttonClasses, IconButton } from '@/components/ui/button.tsx';
import { ConfirmDialog, Dialog, DialogClose } from '@/components/ui/dialog.tsx';
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { ErrorSummary } from '@/components/ui/error-summary.tsx';
import { Field } from '@/components/ui/field.tsx';
import { FileDrop } from '@/components/ui/file-drop.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { Tooltip } from '@/components/ui/tooltip.tsx';
import { Link } from '@/i18n/navigation.ts';

/** Things that open. */
export function OverlayDemos() {
  const t = useTranslations('design.sample');
  const tCommon = useTranslations('common');
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Dialog
        trigger={<Button variant="outline">{t('openDialog')}</Button>}
        title={t('course')}
        description={t('sentence')}
        footer={
          <DialogClose asChild>
            <Button>{tCommon('continue')}</Button>
          </DialogClose>
        }
      >
        <p className="text-sm">{t('long')}</p>
      </Dialog>
      <ConfirmDialog
        trigger={<Button variant="destructive">{tCommon('delete')}</Button>}
        title={t('deleteTitle', { name: t('course') })}
        description={t('deleteText')}
        confirmLabel={tCommon('delete')}
        onConfirm={() =>
          toast({
            message: t('toastText'),
            action: { label: tCommon('undo'), run: () => toast({ message: tCommon('saved') }) },
          })
        }
      />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t('menu')} variant="outline">
            <Ellipsis aria-hidden="true" />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuLabel>{t('course')}</DropdownMenuLabel>
          <DropdownMenuItem>
            <Copy aria-hidden="true" />
            {t('duplicate')}
          </DropdownMenuItem>
          <DropdownMenuCheckboxItem checked>{t('captions')}</DropdownMenuCheckboxItem>
          <DropdownMenuItem disabled>{t('disabled')}</DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem destructive>
            <Trash2 aria-hidden="true" />
            {tCommon('delete')}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Tooltip content={t('tooltip')}>
        <Button variant="ghost">{tCommon('saved')}</Button>
      </Tooltip>
      <Button variant="secondary" onClick={() => toast({ message: t('toastText') })}>
        {t('toast')}
      </Button>
    </div>
  );
}

/** A file place: empty, sending, failed. */
export function FileDemos() {
  const t = useTranslations('design.sample');
  return (
    <div className="grid gap-4 md:grid-cols-3">
      <FileDrop name="file-a" label={t('file')} help={t('fileHelp')} />
      <FileDrop
        name="file-b"
        label={t('file')}
        help={t('fileHelp')}
        upload={{ name: 'course.tar.gz', percent: 42 }}
        onCancel={() => toast({ message: t('disabled'), kind: 'info' })}
      />
      <FileDrop
        name="file-c"
        label={t('file')}
        help={t('fileHelp')}
        upload={{ name: 'course.tar.gz', percent: 100, error: t('fileError') }}
      />
    </div>
  );
}

export function TabsDemo() {
  const t = useTranslations('design.sample');
  return (
    <Tabs
      label={t('state')}
      tabs={[
        { id: 'published', label: t('published'), content: <p>{t('sentence')}</p> },
        { id: 'draft', label: t('draft'), content: <p>{t('long')}</p> },
        { id: 'failed', label: t('failed'), content: <p>{t('errorText')}</p> },
      ]}
    />
  );
}

export function RefusalDemo() {
  const t = useTranslations('design.sample');
  const tCommon = useTranslations('common');
  const [refusals, setRefusals] = useState(0);
  return (
    <div className="space-y-4">
      {refusals > 0 && (
        <ErrorSummary
          key={refusals}
          title={tCommon('formProblem')}
          errors={[{ id: 'design-email', message: t('emailError') }]}
        >
          <RefusalWayOn signIn={false} traceId="4bf92f3577b34da6a3ce929d0e0e4736" />
        </ErrorSummary>
      )}
      <Button variant="outline" onClick={() => setRefusals((before) => before + 1)}>
        {tCommon('save')}
      </Button>
    </div>
  );
}

/** A form that asks whoever leaves it unsaved: write in it and follow the link. */
export function UnsavedDemo() {
  const t = useTranslations('design.sample');
  const tCommon = useTranslations('common');
  return (
    <form className="flex flex-wrap items-end gap-4" onSubmit={(event) => event.preventDefault()}>
      <UnsavedQuestion state={fresh} />
      <Field label={t('about')} className="min-w-0 flex-1">
        {(control) => <Input name="unsaved" autoComplete="off" {...control} />}
      </Field>
      <Button type="submit">{tCommon('save')}</Button>
      <Link href="/" className={buttonClasses({ variant: 'ghost' })}>
        {tCommon('cancel')}
      </Link>
    </form>
  );
}

export function ErrorDemo() {
  const t = useTranslations('design.sample');
  return (
    <ErrorState
      title={t('errorTitle')}
      traceId="4bf92f3577b34da6a3ce929d0e0e4736"
      onRetry={() => toast({ message: t('errorText'), kind: 'destructive' })}
    >
      {t('errorText')}
    </ErrorState>
  );
}
