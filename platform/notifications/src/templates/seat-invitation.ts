import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { type Block, defineLinkedTemplate, type MailText, type OneTimeLink } from './template.ts';

const params = z.strictObject({
  seatId: z.string(),
  /** Who bought the seats; may be empty. */
  inviterName: z.string(),
  title: z.string(),
  isReminder: z.boolean(),
});
type Params = z.output<typeof params>;

type Words = {
  subject: (inviter: string, title: string) => string;
  reminder: (title: string) => string;
  preview: string;
  opening: (inviter: string, title: string) => string;
  someone: string;
  steps: string;
  action: string;
  note: string;
  reason: string;
};
const words: Record<Locale, Words> = {
  en: {
    subject: (inviter, title) => `${inviter} invites you to “${title}”`,
    reminder: (title) => `Your seat in “${title}” is waiting`,
    preview: 'It is paid for. Take your seat when you like.',
    opening: (inviter, title) => `${inviter} has bought seats for “${title}” and gave one to you. It is paid for.`,
    someone: 'Somebody',
    steps: 'Sign in, or create a free account with this address, and the seat is yours.',
    action: 'Take your seat',
    note: 'The link is only for you. Whoever has it can take the seat.',
    reason: 'You are receiving this because somebody entered this address for a seat on Stoa.',
  },
  'pt-BR': {
    subject: (inviter, title) => `${inviter} convida você para “${title}”`,
    reminder: (title) => `Sua vaga em “${title}” está esperando`,
    preview: 'Já está pago. Ocupe sua vaga quando quiser.',
    opening: (inviter, title) => `${inviter} comprou vagas em “${title}” e reservou uma para você. Já está pago.`,
    someone: 'Alguém',
    steps: 'Entre, ou crie uma conta gratuita com este e-mail, e a vaga é sua.',
    action: 'Ocupar a vaga',
    note: 'O link é só seu. Quem tiver o link pode ficar com a vaga.',
    reason: 'Você recebeu este e-mail porque alguém informou este endereço para uma vaga na Stoa.',
  },
  es: {
    subject: (inviter, title) => `${inviter} te invita a «${title}»`,
    reminder: (title) => `Tu plaza en «${title}» te espera`,
    preview: 'Ya está pagada. Ocupa tu plaza cuando quieras.',
    opening: (inviter, title) => `${inviter} compró plazas para «${title}» y te dio una. Ya está pagada.`,
    someone: 'Alguien',
    steps: 'Inicia sesión o crea una cuenta gratuita con este correo, y la plaza es tuya.',
    action: 'Ocupar la plaza',
    note: 'El enlace es solo para ti. Quien lo tenga puede quedarse con la plaza.',
    reason: 'Recibes este correo porque alguien indicó esta dirección para una plaza en Stoa.',
  },
};

function write(locale: Locale) {
  const own = words[locale];
  return ({ params: given, link }: { params: Params; link: OneTimeLink }): MailText => {
    const inviter = given.inviterName.trim() || own.someone;
    const blocks: Block[] = [
      { kind: 'paragraph', text: own.opening(inviter, given.title) },
      { kind: 'paragraph', text: own.steps },
      { kind: 'action', label: own.action, path: link.path },
      { kind: 'note', text: own.note },
    ];
    return {
      subject: given.isReminder ? own.reminder(given.title) : own.subject(inviter, given.title),
      preview: own.preview,
      heading: given.title,
      blocks,
      reason: own.reason,
    };
  };
}

const sampleOf = (inviterName: string, title: string): Params => ({
  seatId: '019a3f00-0000-7000-8000-000000000024',
  inviterName,
  title,
  isReminder: false,
});

/** Somebody was given a seat that an organization bought. */
export const seatInvitation = defineLinkedTemplate({
  kind: 'seat-invitation',
  label: { en: 'Seat invitation', 'pt-BR': 'Convite para uma vaga', es: 'Invitación a una plaza' },
  urgency: 'normal',
  unlisted: true,
  params,
  linkOf: ({ seatId }) => ({ from: 'payments', kind: 'seat', id: seatId }),
  sample: {
    en: sampleOf('Reed & Partners', 'Read a Balance Sheet'),
    'pt-BR': sampleOf('Lima Contabilidade', 'Como ler um balanço'),
    es: sampleOf('Ramos y Asociados', 'Cómo leer un balance'),
  },
  mail: { en: write('en'), 'pt-BR': write('pt-BR'), es: write('es') },
});
