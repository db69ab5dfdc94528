'use client';

import { UserCog } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Checkbox } from '@/components/ui/choice.tsx';
import { ConfirmDialog, Dialog } from '@/components/ui/dialog.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { changeRoles } from '../actions.ts';
import { allRoles, type Person, type Role } from '../roles.ts';

/** Roles of one person, for administrators. Each change is named and confirmed before it is made. */
export function RolesDialog({ person, own }: { person: Person; own: boolean }) {
  const t = useTranslations('console.users');
  const [open, setOpen] = useState(false);
  const [roles, setRoles] = useState<Role[]>(person.roles);
  const [problem, setProblem] = useState<string | null>(null);
  const added = roles.filter((role) => !person.roles.includes(role));
  const removed = person.roles.filter((role) => !roles.includes(role));
  const changed = added.length + removed.length > 0;
  const names = (some: Role[]) => some.map((role) => t(`role.${role}`)).join(', ');

  const change = async () => {
    const state = await changeRoles(person.id, roles);
    if (state.kind === 'refused') {
      setProblem(state.message);
      setOpen(true);
      return;
    }
    setProblem(null);
    setOpen(false);
    toast({ message: t('rolesChanged', { name: person.name }) });
  };

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) setRoles(person.roles);
        else setProblem(null);
      }}
      title={t('rolesOf', { name: person.name })}
      description={person.email}
      trigger={
        <Button size="sm" variant="outline">
          <UserCog aria-hidden="true" />
          {t('changeRoles')}
        </Button>
      }
      footer={
        <ConfirmDialog
          destructive={removed.length > 0 || added.some((role) => role === 'admin' || role === 'support')}
          title={t('confirmRoles', { name: person.name })}
          description={[
            added.length > 0 ? t('willGain', { roles: names(added) }) : '',
            removed.length > 0 ? t('willLose', { roles: names(removed) }) : '',
            t('rolesWhen'),
          ]
            .filter(Boolean)
            .join(' ')}
          confirmLabel={t('changeRoles')}
          onConfirm={change}
          trigger={<Button disabled={!changed || roles.length === 0}>{t('changeRoles')}</Button>}
        />
      }
    >
      <fieldset className="space-y-3">
        <legend className="sr-only">{t('roles')}</legend>
        {problem && (
          <Callout kind="destructive" live>
            {problem}
          </Callout>
        )}
        {allRoles.map((role) => (
          <Checkbox
            key={role}
            label={t(`role.${role}`)}
            help={t(`roleHelp.${role}`)}
            checked={roles.includes(role)}
            disabled={own && role === 'admin'}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              setRoles((before) => (checked ? [...before, role] : before.filter((one) => one !== role)));
            }}
          />
        ))}
        {roles.length === 0 && <p className="text-destructive text-sm">{t('atLeastOne')}</p>}
        {own && <p className="text-muted-foreground text-sm">{t('ownAccount')}</p>}
      </fieldset>
    </Dialog>
  );
}
