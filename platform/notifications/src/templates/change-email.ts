import { z } from 'zod';
import { defineLinkedTemplate } from './template.ts';
import { duration, withName } from './words.ts';

const sample = { requestId: '019a3f00-0000-7000-8000-000000000003' };

/** Goes to the new address of an account: it is used once somebody there agrees. */
export const changeEmail = defineLinkedTemplate({
  kind: 'change-email',
  label: { en: 'New email address', 'pt-BR': 'Novo e-mail', es: 'Nuevo correo' },
  urgency: 'security',
  params: z.strictObject({ requestId: z.string() }),
  linkOf: ({ requestId }) => ({ from: 'identity', requestId }),
  sample: { en: sample, 'pt-BR': sample, es: sample },
  mail: {
    en: ({ reader, link }) => ({
      subject: 'Confirm your new email address',
      preview: 'One step, and your account uses this address.',
      heading: 'Confirm your new email address',
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Hello', reader.name)}. You asked to use this address for your Stoa account. Confirm it, and from then on you sign in with it and our messages come here.`,
        },
        { kind: 'action', label: 'Use this address', path: link.path },
        { kind: 'note', text: `The link works once, for ${duration('en', link.validMinutes)}.` },
        { kind: 'note', text: 'If it was not you, ignore this message. Nothing will change.' },
      ],
      reason: 'You are receiving this because this address was entered as the new address of a Stoa account.',
    }),
    'pt-BR': ({ reader, link }) => ({
      subject: 'Confirme seu novo e-mail',
      preview: 'Falta só um passo para a sua conta usar este endereço.',
      heading: 'Confirme seu novo e-mail',
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Olá', reader.name)}. Você pediu para usar este endereço na sua conta da Stoa. Confirme, e a partir daí é com ele que você entra e é aqui que chegam as nossas mensagens.`,
        },
        { kind: 'action', label: 'Usar este e-mail', path: link.path },
        { kind: 'note', text: `O link funciona uma única vez, por ${duration('pt-BR', link.validMinutes)}.` },
        { kind: 'note', text: 'Se não foi você, ignore esta mensagem. Nada vai mudar.' },
      ],
      reason: 'Você recebeu este e-mail porque este endereço foi informado como o novo e-mail de uma conta na Stoa.',
    }),
    es: ({ reader, link }) => ({
      subject: 'Confirma tu nuevo correo',
      preview: 'Falta un paso para que tu cuenta use esta dirección.',
      heading: 'Confirma tu nuevo correo',
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Hola', reader.name)}. Pediste usar esta dirección en tu cuenta de Stoa. Confírmala: desde ese momento entrarás con ella y aquí llegarán nuestros mensajes.`,
        },
        { kind: 'action', label: 'Usar esta dirección', path: link.path },
        { kind: 'note', text: `El enlace funciona una sola vez, durante ${duration('es', link.validMinutes)}.` },
        { kind: 'note', text: 'Si no fuiste tú, ignora este mensaje. No cambiará nada.' },
      ],
      reason: 'Recibes este correo porque se indicó esta dirección como la nueva de una cuenta de Stoa.',
    }),
  },
});
