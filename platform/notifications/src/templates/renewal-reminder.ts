import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { places } from './places.ts';
import { defineTemplate, type MailText, type Reader } from './template.ts';
import { day, MoneyParam, price, withName } from './words.ts';

const params = z.strictObject({
  subscriptionId: z.string(),
  title: z.string(),
  amount: MoneyParam,
  /** RFC 3339. */
  renewsAt: z.string(),
  /** No payment method is kept: it ends unless the reader pays. */
  needsPayer: z.boolean().default(false),
});
type Params = z.output<typeof params>;
const sampleOf = (title: string, currency: string): Params => ({
  subscriptionId: '019a3f00-0000-7000-8000-000000000024',
  title,
  amount: { amount: 4990, currency },
  renewsAt: '2026-04-01T09:00:00Z',
  needsPayer: false,
});

type Words = {
  subject: (title: string, when: string) => string;
  preview: string;
  heading: string;
  opening: (title: string, when: string) => string;
  hello: string;
  amount: string;
  day: string;
  action: string;
  note: string;
  reason: string;
  /** For who has to pay themselves. */
  payer: {
    subject: (title: string, when: string) => string;
    preview: string;
    heading: string;
    opening: (title: string, when: string) => string;
    day: string;
    action: string;
    note: string;
  };
};
const words: Record<Locale, Words> = {
  en: {
    subject: (title, when) => `${title} renews on ${when}`,
    preview: 'You need to do nothing to keep it.',
    heading: 'Your subscription renews soon',
    opening: (title, when) => `“${title}” renews on ${when}. You need to do nothing to keep it.`,
    hello: 'Hello',
    amount: 'Amount',
    day: 'Renews on',
    action: 'Manage subscription',
    note: 'To end it, cancel before that day. You keep access until the paid time is over.',
    reason: 'You are receiving this because you have a subscription on Stoa.',
    payer: {
      subject: (title, when) => `${title} ends on ${when} unless you pay`,
      preview: 'Pay the next period to keep it.',
      heading: 'Your subscription ends soon',
      opening: (title, when) => `“${title}” runs until ${when}. To keep it, pay the next period.`,
      day: 'Runs until',
      action: 'Pay the next period',
      note: 'If you do nothing, it ends and you are not charged.',
    },
  },
  'pt-BR': {
    subject: (title, when) => `${title} renova em ${when}`,
    preview: 'Você não precisa fazer nada para continuar.',
    heading: 'Sua assinatura renova em breve',
    opening: (title, when) => `“${title}” renova em ${when}. Você não precisa fazer nada para continuar.`,
    hello: 'Olá',
    amount: 'Valor',
    day: 'Renova em',
    action: 'Gerenciar assinatura',
    note: 'Se quiser encerrar, cancele antes desse dia. O acesso continua até o fim do período pago.',
    reason: 'Você recebeu este e-mail porque tem uma assinatura na Stoa.',
    payer: {
      subject: (title, when) => `${title} termina em ${when} se você não pagar`,
      preview: 'Pague o próximo período para continuar.',
      heading: 'Sua assinatura termina em breve',
      opening: (title, when) => `“${title}” vai até ${when}. Para continuar, pague o próximo período.`,
      day: 'Vai até',
      action: 'Pagar o próximo período',
      note: 'Se você não fizer nada, ela termina e nada é cobrado.',
    },
  },
  es: {
    subject: (title, when) => `${title} se renueva el ${when}`,
    preview: 'No tienes que hacer nada para conservarla.',
    heading: 'Tu suscripción se renueva pronto',
    opening: (title, when) => `«${title}» se renueva el ${when}. No tienes que hacer nada para conservarla.`,
    hello: 'Hola',
    amount: 'Importe',
    day: 'Se renueva el',
    action: 'Gestionar suscripción',
    note: 'Si quieres terminarla, cancela antes de ese día. Conservas el acceso hasta el final del periodo pagado.',
    reason: 'Recibes este correo porque tienes una suscripción en Stoa.',
    payer: {
      subject: (title, when) => `${title} termina el ${when} si no pagas`,
      preview: 'Paga el próximo periodo para conservarla.',
      heading: 'Tu suscripción termina pronto',
      opening: (title, when) => `«${title}» dura hasta el ${when}. Para conservarla, paga el próximo periodo.`,
      day: 'Dura hasta',
      action: 'Pagar el próximo periodo',
      note: 'Si no haces nada, termina y no se te cobra.',
    },
  },
};

const wordsFor = (locale: Locale, { needsPayer }: Params): Omit<Words, 'payer'> =>
  needsPayer ? { ...words[locale], ...words[locale].payer } : words[locale];

function write(locale: Locale) {
  return ({ params: due, reader }: { params: Params; reader: Reader }): MailText => {
    const own = wordsFor(locale, due);
    const when = day(locale, due.renewsAt, reader.timeZone);
    return {
      subject: own.subject(due.title, when),
      preview: own.preview,
      heading: own.heading,
      blocks: [
        { kind: 'paragraph', text: `${withName(own.hello, reader.name)}. ${own.opening(due.title, when)}` },
        {
          kind: 'facts',
          items: [
            { name: own.amount, value: price(locale, due.amount) },
            { name: own.day, value: when },
          ],
        },
        { kind: 'action', label: own.action, path: places.subscriptions },
        { kind: 'note', text: own.note },
      ],
      reason: own.reason,
    };
  };
}

const noticeOf =
  (locale: Locale) =>
  ({ params: due, reader }: { params: Params; reader: Reader }) => ({
    title: wordsFor(locale, due).subject(due.title, day(locale, due.renewsAt, reader.timeZone)),
    body: `${words[locale].amount}: ${price(locale, due.amount)}.`,
    path: places.subscriptions,
  });
const smsOf =
  (locale: Locale) =>
  ({ params: due, reader }: { params: Params; reader: Reader }) => ({
    text: `Stoa: ${wordsFor(locale, due).subject(due.title, day(locale, due.renewsAt, reader.timeZone))}. ${price(locale, due.amount)}.`,
  });

/** Some days before money is taken for the next period. */
export const renewalReminder = defineTemplate({
  kind: 'renewal-reminder',
  label: { en: 'Renewal reminder', 'pt-BR': 'Aviso de renovação', es: 'Aviso de renovación' },
  urgency: 'normal',
  params,
  sample: {
    en: sampleOf('Stoa Plus, monthly', 'USD'),
    'pt-BR': sampleOf('Stoa Plus, mensal', 'BRL'),
    es: sampleOf('Stoa Plus, mensual', 'EUR'),
  },
  mail: { en: write('en'), 'pt-BR': write('pt-BR'), es: write('es') },
  notice: { en: noticeOf('en'), 'pt-BR': noticeOf('pt-BR'), es: noticeOf('es') },
  sms: { en: smsOf('en'), 'pt-BR': smsOf('pt-BR'), es: smsOf('es') },
});
