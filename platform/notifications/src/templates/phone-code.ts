import { z } from 'zod';
import { defineCodeTemplate } from './template.ts';
import { duration } from './words.ts';

const sample = { requestId: '019a3f00-0000-7000-8000-000000000026' };

/** Asks a person to confirm that a number is theirs. */
export const phoneCode = defineCodeTemplate({
  kind: 'phone-code',
  label: { en: 'Phone confirmation', 'pt-BR': 'Confirmação de telefone', es: 'Confirmación del teléfono' },
  urgency: 'security',
  unlisted: true,
  params: z.strictObject({ requestId: z.string() }),
  sample: { en: sample, 'pt-BR': sample, es: sample },
  sms: {
    en: ({ code }) => ({
      text: `${code.code} is your Stoa code. It works for ${duration('en', code.validMinutes)}. Tell it to nobody.`,
    }),
    'pt-BR': ({ code }) => ({
      text: `${code.code} é o seu código da Stoa. Vale por ${duration('pt-BR', code.validMinutes)}. Não conte a ninguém.`,
    }),
    es: ({ code }) => ({
      text: `${code.code} es tu código de Stoa. Sirve durante ${duration('es', code.validMinutes)}. No se lo digas a nadie.`,
    }),
  },
});
