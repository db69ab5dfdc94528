import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { places } from './places.ts';
import { type Block, defineTemplate, type MailText, type OneTimeLink, type Reader } from './template.ts';
import { listed, MoneyParam, price, withName } from './words.ts';

const params = z.strictObject({
  orderId: z.string(),
  number: z.string(),
  amount: MoneyParam,
  full: z.boolean(),
  /** What the buyer no longer has. */
  ended: z.array(z.string()),
  /** Empty when there is none. */
  creditNoteId: z.string(),
});
type Params = z.output<typeof params>;

const sampleOf = (title: string, currency: string): Params => ({
  orderId: '019a3f00-0000-7000-8000-000000000020',
  number: '2026-000123',
  amount: { amount: 12990, currency },
  full: true,
  ended: [title],
  creditNoteId: '019a3f00-0000-7000-8000-000000000022',
});

type Words = {
  subject: (number: string) => string;
  preview: (amount: string) => string;
  heading: string;
  hello: string;
  full: (amount: string) => string;
  part: (amount: string) => string;
  when: string;
  ended: (titles: string) => string;
  order: string;
  amount: string;
  action: string;
  attached: string;
  reason: string;
};
const words: Record<Locale, Words> = {
  en: {
    subject: (number) => `Refund for order ${number}`,
    preview: (amount) => `${amount} is on its way back to you.`,
    heading: 'Your refund',
    hello: 'Hello',
    full: (amount) => `We gave back the whole amount of your order, ${amount}.`,
    part: (amount) => `We gave back a part of your order, ${amount}.`,
    when: 'It goes back the way you paid. Banks take between a moment and ten working days to show it.',
    ended: (titles) => `You no longer have access to ${titles}.`,
    order: 'Order',
    amount: 'Refunded',
    action: 'View order',
    attached: 'The credit note is attached.',
    reason: 'You are receiving this because an order of yours on Stoa was refunded.',
  },
  'pt-BR': {
    subject: (number) => `Reembolso do pedido ${number}`,
    preview: (amount) => `${amount} está voltando para você.`,
    heading: 'Seu reembolso',
    hello: 'Olá',
    full: (amount) => `Devolvemos o valor total do seu pedido, ${amount}.`,
    part: (amount) => `Devolvemos uma parte do seu pedido, ${amount}.`,
    when: 'O valor volta pela mesma forma de pagamento. O banco pode levar de alguns instantes a dez dias úteis para mostrá-lo.',
    ended: (titles) => `Você não tem mais acesso a ${titles}.`,
    order: 'Pedido',
    amount: 'Reembolsado',
    action: 'Ver pedido',
    attached: 'A nota de crédito vai em anexo.',
    reason: 'Você recebeu este e-mail porque um pedido seu na Stoa foi reembolsado.',
  },
  es: {
    subject: (number) => `Reembolso del pedido ${number}`,
    preview: (amount) => `${amount} va de vuelta a tu cuenta.`,
    heading: 'Tu reembolso',
    hello: 'Hola',
    full: (amount) => `Devolvimos el importe completo de tu pedido, ${amount}.`,
    part: (amount) => `Devolvimos una parte de tu pedido, ${amount}.`,
    when: 'Vuelve por la misma forma de pago. El banco puede tardar desde un momento hasta diez días hábiles en mostrarlo.',
    ended: (titles) => `Ya no tienes acceso a ${titles}.`,
    order: 'Pedido',
    amount: 'Reembolsado',
    action: 'Ver pedido',
    attached: 'La nota de crédito va adjunta.',
    reason: 'Recibes este correo porque se reembolsó un pedido tuyo en Stoa.',
  },
};

function write(locale: Locale) {
  const own = words[locale];
  return ({
    params: refunded,
    reader,
    link,
  }: {
    params: Params;
    reader: Reader;
    link: OneTimeLink | undefined;
  }): MailText => {
    const amount = price(locale, refunded.amount);
    const blocks: Block[] = [
      {
        kind: 'paragraph',
        text: `${withName(own.hello, reader.name)}. ${refunded.full ? own.full(amount) : own.part(amount)} ${own.when}`,
      },
      {
        kind: 'facts',
        items: [
          { name: own.order, value: refunded.number },
          { name: own.amount, value: amount },
        ],
      },
    ];
    if (refunded.ended.length > 0) blocks.push({ kind: 'paragraph', text: own.ended(listed(locale, refunded.ended)) });
    blocks.push({ kind: 'action', label: own.action, path: link?.path ?? places.order(refunded.orderId) });
    if (refunded.creditNoteId) blocks.push({ kind: 'note', text: own.attached });
    return {
      subject: own.subject(refunded.number),
      preview: own.preview(amount),
      heading: own.heading,
      blocks,
      reason: own.reason,
    };
  };
}

const noticeOf =
  (locale: Locale) =>
  ({ params: refunded }: { params: Params }) => ({
    title: words[locale].subject(refunded.number),
    body: words[locale].preview(price(locale, refunded.amount)),
    path: places.order(refunded.orderId),
  });

/** Money goes back, with the credit note attached, and what ends with it. */
export const refund = defineTemplate({
  kind: 'refund',
  label: { en: 'Refund', 'pt-BR': 'Reembolso', es: 'Reembolso' },
  urgency: 'normal',
  params,
  sample: {
    en: sampleOf('Read a Balance Sheet', 'USD'),
    'pt-BR': sampleOf('Como ler um balanço', 'BRL'),
    es: sampleOf('Cómo leer un balance', 'EUR'),
  },
  documentOf: ({ creditNoteId }) => creditNoteId || undefined,
  guestLinkOf: ({ orderId }) => ({ from: 'payments', kind: 'order', id: orderId }),
  mail: { en: write('en'), 'pt-BR': write('pt-BR'), es: write('es') },
  notice: { en: noticeOf('en'), 'pt-BR': noticeOf('pt-BR'), es: noticeOf('es') },
});
