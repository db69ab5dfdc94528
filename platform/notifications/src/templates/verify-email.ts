import { z } from 'zod';
import { defineLinkedTemplate } from './template.ts';
import { duration, withName } from './words.ts';

const sample = { requestId: '019a3f00-0000-7000-8000-000000000001' };

/** Asks a person to confirm that an address is theirs. */
export const verifyEmail = defineLinkedTemplate({
  kind: 'verify-email',
  label: { en: 'Email confirmation', 'pt-BR': 'Confirmação de e-mail', es: 'Confirmación del correo' },
  urgency: 'security',
  params: z.strictObject({ requestId: z.string() }),
  linkOf: ({ requestId }) => ({ from: 'identity', requestId }),
  sample: { en: sample, 'pt-BR': sample, es: sample },
  mail: {
    en: ({ reader, link }) => ({
      subject: 'Confirm your email address',
      preview: 'One step, and your address is confirmed.',
      heading: 'Confirm your email address',
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Hello', reader.name)}. Confirm that this address is yours, so that we can reach you and nobody else can use it.`,
        },
        { kind: 'action', label: 'Confirm address', path: link.path },
        { kind: 'note', text: `The link works once, for ${duration('en', link.validMinutes)}.` },
        { kind: 'note', text: 'If you did not create a Stoa account, ignore this message. Nothing will happen.' },
      ],
      reason: 'You are receiving this because this address was entered in a Stoa account.',
    }),
    'pt-BR': ({ reader, link }) => ({
      subject: 'Confirme seu e-mail',
      preview: 'Falta só um passo para confirmar seu endereço.',
      heading: 'Confirme seu e-mail',
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Olá', reader.name)}. Confirme que este endereço é seu: assim conseguimos falar com você, e ninguém mais pode usá-lo.`,
        },
        { kind: 'action', label: 'Confirmar e-mail', path: link.path },
        { kind: 'note', text: `O link funciona uma única vez, por ${duration('pt-BR', link.validMinutes)}.` },
        { kind: 'note', text: 'Se você não criou uma conta na Stoa, ignore esta mensagem. Nada vai acontecer.' },
      ],
      reason: 'Você recebeu este e-mail porque este endereço foi informado em uma conta na Stoa.',
    }),
    es: ({ reader, link }) => ({
      subject: 'Confirma tu correo electrónico',
      preview: 'Falta un paso para confirmar tu dirección.',
      heading: 'Confirma tu correo electrónico',
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Hola', reader.name)}. Confirma que esta dirección es tuya: así podremos escribirte y nadie más podrá usarla.`,
        },
        { kind: 'action', label: 'Confirmar dirección', path: link.path },
        { kind: 'note', text: `El enlace funciona una sola vez, durante ${duration('es', link.validMinutes)}.` },
        { kind: 'note', text: 'Si no creaste una cuenta de Stoa, ignora este mensaje. No pasará nada.' },
      ],
      reason: 'Recibes este correo porque se indicó esta dirección en una cuenta de Stoa.',
    }),
  },
});
