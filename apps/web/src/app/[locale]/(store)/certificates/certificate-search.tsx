import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { findCertificate } from './find-certificate.ts';

/** Where a code is typed in; leads to the page of that certificate. Works without JavaScript. */
export async function CertificateSearch({ code }: { code?: string }) {
  const t = await getTranslations('learning.verification');
  return (
    <form action={findCertificate} className="flex flex-col gap-3 sm:flex-row sm:items-end">
      <Field label={t('code')} help={t('codeHelp')} required className="flex-1">
        {(control) => (
          <Input
            name="code"
            defaultValue={code}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={60}
            className="font-mono"
            placeholder="XXXXX-XXXXX-XXXXXX-XXXXX-XXXXX"
            {...control}
          />
        )}
      </Field>
      <Button type="submit" className="sm:mb-6.5">
        {t('verify')}
      </Button>
    </form>
  );
}
