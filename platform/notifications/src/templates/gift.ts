import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { type Block, defineLinkedTemplate, type MailText, type OneTimeLink } from './template.ts';

const params = z.strictObject({
  giftId: z.string(),
  giverName: z.string(),
  /** What the giver wrote; may be empty. */
  message: z.string(),
  title: z.string(),
});
type Params = z.output<typeof params>;

type Words = {
  subject: (giver: string) => string;
  preview: (title: string) => string;
  opening: (giver: string, title: string) => string;
  someone: string;
  action: string;
  note: string;
  reason: string;
};
const words: Record<Locale, Words> = {
  en: {
    subject: (giver) => `${giver} sent you a gift`,
    preview: (title) => `It is “${title}” on Stoa.`,
    opening: (giver, title) => `${giver} gave you “${title}”. It is paid for; all you need is an account.`,
    someone: 'Someone',
    action: 'Open the gift',
    note: 'The link is only for you. Whoever has it can take the gift.',
    reason: 'You are receiving this because somebody entered this address for a gift on Stoa.',
  },
  'pt-BR': {
    subject: (giver) => `${giver} enviou um presente para você`,
    preview: (title) => `É “${title}”, na Stoa.`,
    opening: (giver, title) =>
      `${giver} deu “${title}” de presente para você. Já está pago; você só precisa de uma conta.`,
    someone: 'Alguém',
    action: 'Abrir o presente',
    note: 'O link é só seu. Quem tiver o link pode ficar com o presente.',
    reason: 'Você recebeu este e-mail porque alguém informou este endereço para um presente na Stoa.',
  },
  es: {
    subject: (giver) => `${giver} te envió un regalo`,
    preview: (title) => `Es «${title}», en Stoa.`,
    opening: (giver, title) => `${giver} te regaló «${title}». Ya está pagado; solo necesitas una cuenta.`,
    someone: 'Alguien',
    action: 'Abrir el regalo',
    note: 'El enlace es solo para ti. Quien lo tenga puede quedarse con el regalo.',
    reason: 'Recibes este correo porque alguien indicó esta dirección para un regalo en Stoa.',
  },
};

function write(locale: Locale) {
  const own = words[locale];
  return ({ params: given, link }: { params: Params; link: OneTimeLink }): MailText => {
    const giver = given.giverName.trim() || own.someone;
    const blocks: Block[] = [{ kind: 'paragraph', text: own.opening(giver, given.title) }];
    if (given.message.trim()) blocks.push({ kind: 'quote', text: given.message.trim() });
    blocks.push({ kind: 'action', label: own.action, path: link.path }, { kind: 'note', text: own.note });
    return {
      subject: own.subject(giver),
      preview: own.preview(given.title),
      heading: given.title,
      blocks,
      reason: own.reason,
    };
  };
}

const sampleOf = (giverName: string, title: string, message: string): Params => ({
  giftId: '019a3f00-0000-7000-8000-000000000023',
  giverName,
  title,
  message,
});

/** Somebody bought something for this address. */
export const gift = defineLinkedTemplate({
  kind: 'gift',
  label: { en: 'Gift', 'pt-BR': 'Presente', es: 'Regalo' },
  urgency: 'normal',
  unlisted: true,
  params,
  linkOf: ({ giftId }) => ({ from: 'payments', kind: 'gift', id: giftId }),
  sample: {
    en: sampleOf('Thomas Reed', 'Read a Balance Sheet', 'For your new job. Enjoy it.'),
    'pt-BR': sampleOf('Carlos Lima', 'Como ler um balanço', 'Para o seu novo trabalho. Aproveite.'),
    es: sampleOf('Diego Ramos', 'Cómo leer un balance', 'Para tu nuevo trabajo. Que lo disfrutes.'),
  },
  mail: { en: write('en'), 'pt-BR': write('pt-BR'), es: write('es') },
});
