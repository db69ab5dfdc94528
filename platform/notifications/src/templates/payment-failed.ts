import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { failureOf, nothingKnown } from './failure-reasons.ts';
import { places } from './places.ts';
import { defineTemplate, type MailText, type OneTimeLink, type Reader } from './template.ts';
import { MoneyParam, price, withName } from './words.ts';

const params = z.strictObject({
  orderId: z.string(),
  number: z.string(),
  amount: MoneyParam,
  /** A code of payments; one we have no words for is told without a reason. */
  reason: z.string(),
});
type Params = z.output<typeof params>;

const sampleOf = (currency: string): Params => ({
  orderId: '019a3f00-0000-7000-8000-000000000020',
  number: '2026-000123',
  amount: { amount: 12990, currency },
  reason: 'declined',
});

type Words = {
  subject: string;
  preview: string;
  heading: string;
  hello: string;
  safe: string;
  order: string;
  amount: string;
  action: string;
  reason: string;
};
const words: Record<Locale, Words> = {
  en: {
    subject: 'Your payment did not go through',
    preview: 'Nothing was charged. You can try again.',
    heading: 'Your payment did not go through',
    hello: 'Hello',
    safe: 'Nothing was charged. Your order is kept for a while, so you can try again.',
    order: 'Order',
    amount: 'Amount',
    action: 'Try again',
    reason: 'You are receiving this because you tried to pay for an order on Stoa.',
  },
  'pt-BR': {
    subject: 'Seu pagamento não foi concluído',
    preview: 'Nada foi cobrado. Você pode tentar de novo.',
    heading: 'Seu pagamento não foi concluído',
    hello: 'Olá',
    safe: 'Nada foi cobrado. Seu pedido fica guardado por um tempo, para você tentar de novo.',
    order: 'Pedido',
    amount: 'Valor',
    action: 'Tentar de novo',
    reason: 'Você recebeu este e-mail porque tentou pagar um pedido na Stoa.',
  },
  es: {
    subject: 'Tu pago no se completó',
    preview: 'No se cobró nada. Puedes intentarlo de nuevo.',
    heading: 'Tu pago no se completó',
    hello: 'Hola',
    safe: 'No se cobró nada. Guardamos tu pedido un tiempo para que lo intentes de nuevo.',
    order: 'Pedido',
    amount: 'Importe',
    action: 'Intentar de nuevo',
    reason: 'Recibes este correo porque intentaste pagar un pedido en Stoa.',
  },
};

function write(locale: Locale) {
  const own = words[locale];
  return ({
    params: attempt,
    reader,
    link,
  }: {
    params: Params;
    reader: Reader;
    link: OneTimeLink | undefined;
  }): MailText => ({
    subject: own.subject,
    preview: own.preview,
    heading: own.heading,
    blocks: [
      {
        kind: 'paragraph',
        text: `${withName(own.hello, reader.name)}. ${failureOf(locale, attempt.reason) ?? nothingKnown[locale]}`,
      },
      {
        kind: 'facts',
        items: [
          { name: own.order, value: attempt.number },
          { name: own.amount, value: price(locale, attempt.amount) },
        ],
      },
      { kind: 'action', label: own.action, path: link?.path ?? places.order(attempt.orderId) },
      { kind: 'note', text: own.safe },
    ],
    reason: own.reason,
  });
}

const noticeOf =
  (locale: Locale) =>
  ({ params: attempt }: { params: Params }) => ({
    title: words[locale].heading,
    body: failureOf(locale, attempt.reason) ?? nothingKnown[locale],
    path: places.order(attempt.orderId),
  });

/** A payment failed; the buyer may try again. */
export const paymentFailed = defineTemplate({
  kind: 'payment-failed',
  label: { en: 'Failed payment', 'pt-BR': 'Pagamento não concluído', es: 'Pago no completado' },
  urgency: 'prompted',
  params,
  sample: { en: sampleOf('USD'), 'pt-BR': sampleOf('BRL'), es: sampleOf('EUR') },
  guestLinkOf: ({ orderId }) => ({ from: 'payments', kind: 'order', id: orderId }),
  mail: { en: write('en'), 'pt-BR': write('pt-BR'), es: write('es') },
  notice: { en: noticeOf('en'), 'pt-BR': noticeOf('pt-BR'), es: noticeOf('es') },
  sms: {
    en: ({ params: { number, orderId } }) => ({
      text: `Stoa: the payment for order ${number} did not go through. Nothing was charged. Try again:`,
      path: places.order(orderId),
    }),
    'pt-BR': ({ params: { number, orderId } }) => ({
      text: `Stoa: o pagamento do pedido ${number} não foi concluído. Nada foi cobrado. Tente de novo:`,
      path: places.order(orderId),
    }),
    es: ({ params: { number, orderId } }) => ({
      text: `Stoa: el pago del pedido ${number} no se completó. No se cobró nada. Inténtalo de nuevo:`,
      path: places.order(orderId),
    }),
  },
});
