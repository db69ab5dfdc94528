'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { changeModule } from './actions.ts';
import { MoveButtons } from './move-buttons.tsx';

type ModuleFormProps = {
  id: string;
  title: string;
  /** Its place, counted from 1, and how many modules there are. */
  position: number;
  count: number;
};

/** Moves a module up and down, and renames it. Plain forms: they work where no script runs. */
export function ModuleForm({ id, title, position, count }: ModuleFormProps) {
  const t = useTranslations('studio.modules');
  const tCommon = useTranslations('common');
  const [moved, move, moving] = useActionState(changeModule, fresh);
  const [renamed, rename, renaming] = useActionState(changeModule, fresh);
  return (
    <div className="space-y-2">
      <div className="flex items-start gap-1">
        <p className="min-w-0 flex-1 wrap-anywhere py-1.5 font-semibold">{title}</p>
        <MoveButtons
          of={{ name: 'module', id }}
          position={position}
          count={count}
          labels={{ up: t('up', { title }), down: t('down', { title }) }}
          state={moved}
          act={move}
          busy={moving}
        />
      </div>
      <FormFeedback state={moved} doneMessage={t('moved', { title, position, count })} />
      <details open={renamed.kind === 'refused' ? true : undefined}>
        <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground underline-offset-4 hover:underline">
          {t('rename')}
          <span className="sr-only">: {title}</span>
        </summary>
        <form action={rename} className="mt-2 space-y-3">
          <FormFeedback state={renamed} doneMessage={tCommon('saved')} fieldIds={{ title: `module-${id}` }} />
          <input type="hidden" name="module" value={id} />
          <Field
            id={`module-${id}`}
            label={t('title')}
            error={renamed.kind === 'refused' ? renamed.fields.title : undefined}
            required
          >
            {(control) => (
              <Input
                name="title"
                maxLength={300}
                defaultValue={renamed.kind === 'refused' ? (renamed.typed.title ?? title) : title}
                {...control}
              />
            )}
          </Field>
          <Button type="submit" size="sm" variant="outline" loading={renaming} aria-label={t('save', { title })}>
            {tCommon('save')}
          </Button>
        </form>
      </details>
    </div>
  );
}
