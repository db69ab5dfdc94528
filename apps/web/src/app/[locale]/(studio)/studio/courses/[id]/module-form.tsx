'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useActionState, useEffect, useRef } from 'react';
import { FormFeedback } from '@/components/forms/form-feedback.tsx';
import { fresh } from '@/components/forms/form-state.ts';
import { Button, IconButton } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { changeModule } from './actions.ts';

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
  const buttons = useRef<Record<'up' | 'down', HTMLButtonElement | null>>({ up: null, down: null });
  const pressed = useRef<'up' | 'down'>('up');
  const movedAt = moved.kind === 'done' ? moved.at : null;
  // A module that changes places takes its buttons along, and the focus is lost on the way. At an end only one is left.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per move, when the list has its new order
  useEffect(() => {
    if (movedAt === null) return;
    const { up, down } = buttons.current;
    const [same, other] = pressed.current === 'up' ? [up, down] : [down, up];
    (same?.disabled ? other : same)?.focus();
  }, [movedAt, position]);
  const steps = [
    { way: 'up', to: position - 1, Icon: ArrowUp },
    { way: 'down', to: position + 1, Icon: ArrowDown },
  ] as const;
  return (
    <div className="space-y-2">
      <div className="flex items-start gap-1">
        <p className="min-w-0 flex-1 wrap-anywhere py-1.5 font-semibold">{title}</p>
        {steps.map(({ way, to, Icon }) => (
          <form key={way} action={move}>
            <input type="hidden" name="module" value={id} />
            <input type="hidden" name="position" value={to} />
            <IconButton
              ref={(button) => {
                buttons.current[way] = button;
              }}
              type="submit"
              size="sm"
              label={t(way, { title })}
              disabled={to < 1 || to > count}
              aria-busy={moving || undefined}
              onClick={() => {
                pressed.current = way;
              }}
            >
              <Icon aria-hidden="true" />
            </IconButton>
          </form>
        ))}
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
                key={title}
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
