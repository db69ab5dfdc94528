import { z } from 'zod';
import { defineLinkedTemplate } from './template.ts';
import { duration, withName } from './words.ts';

const sample = { requestId: '019a3f00-0000-7000-8000-000000000004' };

/** Goes to the address an account had until now: whoever reads there may take the account back. */
export const emailChanged = defineLinkedTemplate({
  kind: 'email-changed',
  label: { en: 'Email address changed', 'pt-BR': 'E-mail alterado', es: 'Correo cambiado' },
  urgency: 'security',
  params: z.strictObject({ requestId: z.string() }),
  linkOf: ({ requestId }) => ({ from: 'identity', requestId }),
  sample: { en: sample, 'pt-BR': sample, es: sample },
  mail: {
    en: ({ reader, link }) => ({
      subject: 'Your email address was changed',
      preview: 'If it was not you, take your account back.',
      heading: 'Your email address was changed',
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Hello', reader.name)}. Your Stoa account now uses another address, which was confirmed. This one no longer receives our messages.`,
        },
        {
          kind: 'paragraph',
          text: 'If it was you, there is nothing to do. If it was not, take the account back now: it gets this address again, you choose a new password, and everybody who is signed in is signed out.',
        },
        { kind: 'action', label: 'It was not me', path: link.path },
        { kind: 'note', text: `The link works once, for ${duration('en', link.validMinutes)}.` },
      ],
      reason: 'You are receiving this because this was the address of a Stoa account until now.',
    }),
    'pt-BR': ({ reader, link }) => ({
      subject: 'O e-mail da sua conta foi alterado',
      preview: 'Se não foi você, recupere sua conta.',
      heading: 'O e-mail da sua conta foi alterado',
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Olá', reader.name)}. Sua conta da Stoa agora usa outro endereço, que já foi confirmado. Este não recebe mais as nossas mensagens.`,
        },
        {
          kind: 'paragraph',
          text: 'Se foi você, não é preciso fazer nada. Se não foi, recupere a conta agora: ela volta a usar este endereço, você escolhe uma nova senha e todos que estiverem conectados são desconectados.',
        },
        { kind: 'action', label: 'Não fui eu', path: link.path },
        { kind: 'note', text: `O link funciona uma única vez, por ${duration('pt-BR', link.validMinutes)}.` },
      ],
      reason: 'Você recebeu este e-mail porque este era, até agora, o endereço de uma conta na Stoa.',
    }),
    es: ({ reader, link }) => ({
      subject: 'Se cambió el correo de tu cuenta',
      preview: 'Si no fuiste tú, recupera tu cuenta.',
      heading: 'Se cambió el correo de tu cuenta',
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Hola', reader.name)}. Tu cuenta de Stoa usa ahora otra dirección, que ya se confirmó. Esta ya no recibe nuestros mensajes.`,
        },
        {
          kind: 'paragraph',
          text: 'Si fuiste tú, no tienes que hacer nada. Si no, recupera la cuenta ahora: volverá a usar esta dirección, elegirás una contraseña nueva y se cerrarán todas las sesiones.',
        },
        { kind: 'action', label: 'No fui yo', path: link.path },
        { kind: 'note', text: `El enlace funciona una sola vez, durante ${duration('es', link.validMinutes)}.` },
      ],
      reason: 'Recibes este correo porque esta era, hasta ahora, la dirección de una cuenta de Stoa.',
    }),
  },
});
