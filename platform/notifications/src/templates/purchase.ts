import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { places } from './places.ts';
import { type Block, defineTemplate, type MailText, type OneTimeLink, type Reader } from './template.ts';
import { day, firstOf, MoneyParam, price, withName } from './words.ts';

const params = z.strictObject({
  orderId: z.string(),
  /** As people see it on the invoice. */
  number: z.string(),
  items: z.array(z.strictObject({ title: z.string(), quantity: z.int(), total: MoneyParam })),
  total: MoneyParam,
  /** RFC 3339. */
  paidAt: z.string(),
  /** Empty when there is none. */
  invoiceId: z.string(),
  /** Of a reader without an account, where it is known: an IANA name. */
  timeZone: z.string().default(''),
});
type Params = z.output<typeof params>;

const common = {
  orderId: '019a3f00-0000-7000-8000-000000000020',
  number: '2026-000123',
  paidAt: '2026-03-14T18:20:00Z',
  invoiceId: '019a3f00-0000-7000-8000-000000000021',
  timeZone: '',
};
const sampleOf = (titles: [string, string], currency: string): Params => ({
  ...common,
  items: [
    { title: titles[0], quantity: 1, total: { amount: 12990, currency } },
    { title: titles[1], quantity: 2, total: { amount: 9980, currency } },
  ],
  total: { amount: 22970, currency },
});

type Words = {
  subject: (what: string) => string;
  preview: string;
  heading: string;
  opening: (greeting: string) => string;
  hello: string;
  order: string;
  day: string;
  total: string;
  action: string;
  attached: string;
  reason: string;
};
const words: Record<Locale, Words> = {
  en: {
    subject: (what) => `Your purchase: ${what}`,
    preview: 'Your payment is confirmed. Your receipt is inside.',
    heading: 'Payment confirmed',
    opening: (greeting) => `${greeting}. Your payment is confirmed, and what you bought is yours.`,
    hello: 'Thank you',
    order: 'Order',
    day: 'Paid on',
    total: 'Total',
    action: 'View order',
    attached: 'The invoice is attached. You also find it with your order.',
    reason: 'You are receiving this because you bought something on Stoa.',
  },
  'pt-BR': {
    subject: (what) => `Sua compra: ${what}`,
    preview: 'Seu pagamento foi confirmado. O comprovante está aqui.',
    heading: 'Pagamento confirmado',
    opening: (greeting) => `${greeting}. Seu pagamento foi confirmado e o que você comprou já é seu.`,
    hello: 'Agradecemos a compra',
    order: 'Pedido',
    day: 'Pago em',
    total: 'Total',
    action: 'Ver pedido',
    attached: 'A fatura vai em anexo. Ela também fica junto do seu pedido.',
    reason: 'Você recebeu este e-mail porque fez uma compra na Stoa.',
  },
  es: {
    subject: (what) => `Tu compra: ${what}`,
    preview: 'Tu pago está confirmado. Aquí tienes el recibo.',
    heading: 'Pago confirmado',
    opening: (greeting) => `${greeting}. Tu pago está confirmado y lo que compraste ya es tuyo.`,
    hello: 'Gracias por tu compra',
    order: 'Pedido',
    day: 'Pagado el',
    total: 'Total',
    action: 'Ver pedido',
    attached: 'La factura va adjunta. También la encuentras junto a tu pedido.',
    reason: 'Recibes este correo porque compraste algo en Stoa.',
  },
};

const titles = ({ items }: Params) => items.map(({ title }) => title);

function write(locale: Locale) {
  const own = words[locale];
  return ({
    params: order,
    reader,
    link,
  }: {
    params: Params;
    reader: Reader;
    link: OneTimeLink | undefined;
  }): MailText => {
    const blocks: Block[] = [
      { kind: 'paragraph', text: own.opening(withName(own.hello, reader.name)) },
      {
        kind: 'facts',
        items: [
          { name: own.order, value: order.number },
          { name: own.day, value: day(locale, order.paidAt, order.timeZone || reader.timeZone) },
          ...order.items.map(({ title, quantity, total }) => ({
            name: quantity > 1 ? `${quantity} × ${title}` : title,
            value: price(locale, total),
          })),
          { name: own.total, value: price(locale, order.total) },
        ],
      },
      { kind: 'action', label: own.action, path: link?.path ?? places.order(order.orderId) },
    ];
    if (order.invoiceId) blocks.push({ kind: 'note', text: own.attached });
    return {
      subject: own.subject(firstOf(locale, titles(order))),
      preview: own.preview,
      heading: own.heading,
      blocks,
      reason: own.reason,
    };
  };
}

/** A payment arrived: what was bought, for how much, with the invoice attached. */
export const purchase = defineTemplate({
  kind: 'purchase',
  label: { en: 'Purchase confirmation', 'pt-BR': 'Confirmação de compra', es: 'Confirmación de compra' },
  urgency: 'prompted',
  params,
  sample: {
    en: sampleOf(['Read a Balance Sheet', 'Introduction to Geometry'], 'USD'),
    'pt-BR': sampleOf(['Como ler um balanço', 'Introdução à geometria'], 'BRL'),
    es: sampleOf(['Cómo leer un balance', 'Introducción a la geometría'], 'EUR'),
  },
  documentOf: ({ invoiceId }) => invoiceId || undefined,
  guestLinkOf: ({ orderId }) => ({ from: 'payments', kind: 'order', id: orderId }),
  mail: { en: write('en'), 'pt-BR': write('pt-BR'), es: write('es') },
  notice: {
    en: ({ params: order }) => ({
      title: 'Payment confirmed',
      body: `${firstOf('en', titles(order))}: ${price('en', order.total)}.`,
      path: places.order(order.orderId),
    }),
    'pt-BR': ({ params: order }) => ({
      title: 'Pagamento confirmado',
      body: `${firstOf('pt-BR', titles(order))}: ${price('pt-BR', order.total)}.`,
      path: places.order(order.orderId),
    }),
    es: ({ params: order }) => ({
      title: 'Pago confirmado',
      body: `${firstOf('es', titles(order))}: ${price('es', order.total)}.`,
      path: places.order(order.orderId),
    }),
  },
  sms: {
    en: ({ params: order }) => ({
      text: `Stoa: your payment of ${price('en', order.total)} for order ${order.number} is confirmed.`,
    }),
    'pt-BR': ({ params: order }) => ({
      text: `Stoa: o pagamento de ${price('pt-BR', order.total)} do pedido ${order.number} foi confirmado.`,
    }),
    es: ({ params: order }) => ({
      text: `Stoa: el pago de ${price('es', order.total)} del pedido ${order.number} está confirmado.`,
    }),
  },
});
