import { z } from 'zod';
import { defineLinkedTemplate } from './template.ts';
import { duration, withName } from './words.ts';

const sample = { requestId: '019a3f00-0000-7000-8000-000000000002' };

/** Lets a person who forgot their password choose a new one. */
export const resetPassword = defineLinkedTemplate({
  kind: 'reset-password',
  label: { en: 'Password reset', 'pt-BR': 'Redefinição de senha', es: 'Restablecimiento de contraseña' },
  urgency: 'security',
  params: z.strictObject({ requestId: z.string() }),
  linkOf: ({ requestId }) => ({ from: 'identity', requestId }),
  sample: { en: sample, 'pt-BR': sample, es: sample },
  mail: {
    en: ({ reader, link }) => ({
      subject: 'Choose a new password',
      preview: 'The link to choose a new password for your account.',
      heading: 'Choose a new password',
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Hello', reader.name)}. Someone asked for a new password for your Stoa account. If it was you, choose one now.`,
        },
        { kind: 'action', label: 'Choose a new password', path: link.path },
        { kind: 'note', text: `The link works once, for ${duration('en', link.validMinutes)}.` },
        { kind: 'note', text: 'If it was not you, ignore this message. Your password stays as it is.' },
      ],
      reason: 'You are receiving this because a new password was requested for this address.',
    }),
    'pt-BR': ({ reader, link }) => ({
      subject: 'Crie uma nova senha',
      preview: 'O link para criar uma nova senha para sua conta.',
      heading: 'Crie uma nova senha',
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Olá', reader.name)}. Alguém pediu uma nova senha para sua conta na Stoa. Se foi você, crie a nova senha agora.`,
        },
        { kind: 'action', label: 'Criar nova senha', path: link.path },
        { kind: 'note', text: `O link funciona uma única vez, por ${duration('pt-BR', link.validMinutes)}.` },
        { kind: 'note', text: 'Se não foi você, ignore esta mensagem. Sua senha continua a mesma.' },
      ],
      reason: 'Você recebeu este e-mail porque uma nova senha foi pedida para este endereço.',
    }),
    es: ({ reader, link }) => ({
      subject: 'Elige una nueva contraseña',
      preview: 'El enlace para elegir una nueva contraseña de tu cuenta.',
      heading: 'Elige una nueva contraseña',
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Hola', reader.name)}. Alguien pidió una nueva contraseña para tu cuenta de Stoa. Si fuiste tú, elígela ahora.`,
        },
        { kind: 'action', label: 'Elegir contraseña', path: link.path },
        { kind: 'note', text: `El enlace funciona una sola vez, durante ${duration('es', link.validMinutes)}.` },
        { kind: 'note', text: 'Si no fuiste tú, ignora este mensaje. Tu contraseña sigue siendo la misma.' },
      ],
      reason: 'Recibes este correo porque se pidió una nueva contraseña para esta dirección.',
    }),
  },
});
