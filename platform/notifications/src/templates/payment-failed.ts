import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
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

/** What people can do about it. The codes are those of payments (`FailureReason`). */
const reasons: Readonly<Record<string, Record<Locale, string>>> = {
  declined: {
    en: 'The bank declined the payment. Another card or another way to pay may work.',
    'pt-BR': 'O banco recusou o pagamento. Outro cartão ou outra forma de pagamento pode funcionar.',
    es: 'El banco rechazó el pago. Otra tarjeta u otra forma de pago puede funcionar.',
  },
  insufficient_funds: {
    en: 'There was not enough balance or limit for this payment.',
    'pt-BR': 'Não havia saldo ou limite suficiente para este pagamento.',
    es: 'No había saldo o límite suficiente para este pago.',
  },
  expired_card: {
    en: 'The card has expired. Use one that is still valid.',
    'pt-BR': 'O cartão está vencido. Use um que ainda esteja válido.',
    es: 'La tarjeta está vencida. Usa una que siga vigente.',
  },
  wrong_details: {
    en: 'Something in the card details was not right. Check them and try again.',
    'pt-BR': 'Algum dado do cartão não estava certo. Confira e tente de novo.',
    es: 'Algún dato de la tarjeta no era correcto. Revísalo e inténtalo de nuevo.',
  },
  authentication_failed: {
    en: 'The bank could not confirm that it was you. Try again and follow its steps to the end.',
    'pt-BR': 'O banco não conseguiu confirmar que era você. Tente de novo e siga as etapas até o fim.',
    es: 'El banco no pudo confirmar que eras tú. Inténtalo de nuevo y sigue los pasos hasta el final.',
  },
  limit_exceeded: {
    en: 'The payment is above a limit of the card or account.',
    'pt-BR': 'O pagamento passa de um limite do cartão ou da conta.',
    es: 'El pago supera un límite de la tarjeta o de la cuenta.',
  },
  payer_canceled: {
    en: 'The payment was cancelled before it was finished.',
    'pt-BR': 'O pagamento foi cancelado antes de terminar.',
    es: 'El pago se canceló antes de terminar.',
  },
  expired: {
    en: 'The time to pay was over before the payment arrived.',
    'pt-BR': 'O prazo para pagar terminou antes de o pagamento chegar.',
    es: 'El plazo para pagar terminó antes de que llegara el pago.',
  },
};
const unknown: Record<Locale, string> = {
  en: 'The payment did not go through.',
  'pt-BR': 'O pagamento não foi concluído.',
  es: 'El pago no se completó.',
};
const why = (locale: Locale, reason: string) => (reasons[reason] ?? unknown)[locale];

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
      { kind: 'paragraph', text: `${withName(own.hello, reader.name)}. ${why(locale, attempt.reason)}` },
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
    body: why(locale, attempt.reason),
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
