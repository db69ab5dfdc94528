import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { places } from './places.ts';
import { defineTemplate, type MailText, type Reader } from './template.ts';
import { firstOf, MoneyParam, price, withName } from './words.ts';

const params = z.strictObject({
  orderId: z.string(),
  items: z.array(z.strictObject({ title: z.string(), quantity: z.int(), total: MoneyParam })).min(1),
});
type Params = z.output<typeof params>;
const sampleOf = (title: string, currency: string): Params => ({
  orderId: '019a3f00-0000-7000-8000-000000000020',
  items: [{ title, quantity: 1, total: { amount: 12990, currency } }],
});

type Words = {
  subject: (what: string) => string;
  body: string;
  heading: string;
  hello: string;
  opening: string;
  action: string;
  reason: string;
};
const words: Record<Locale, Words> = {
  en: {
    subject: (what) => `You sold ${what}`,
    body: 'The amount joins your balance when the time for refunds is over.',
    heading: 'You made a sale',
    hello: 'Hello',
    opening: 'Somebody bought from you. The amount joins your balance when the time for refunds is over.',
    action: 'View sales',
    reason: 'You are receiving this because you sell on Stoa.',
  },
  'pt-BR': {
    subject: (what) => `Você vendeu ${what}`,
    body: 'O valor entra no seu saldo quando acabar o prazo de reembolso.',
    heading: 'Você fez uma venda',
    hello: 'Olá',
    opening: 'Alguém comprou de você. O valor entra no seu saldo quando acabar o prazo de reembolso.',
    action: 'Ver vendas',
    reason: 'Você recebeu este e-mail porque vende na Stoa.',
  },
  es: {
    subject: (what) => `Vendiste ${what}`,
    body: 'El importe se suma a tu saldo cuando termina el plazo de reembolso.',
    heading: 'Hiciste una venta',
    hello: 'Hola',
    opening: 'Alguien te compró. El importe se suma a tu saldo cuando termina el plazo de reembolso.',
    action: 'Ver ventas',
    reason: 'Recibes este correo porque vendes en Stoa.',
  },
};
const what = (locale: Locale, { items }: Params) =>
  firstOf(
    locale,
    items.map(({ title }) => title),
  );

function write(locale: Locale) {
  const own = words[locale];
  return ({ params: sold, reader }: { params: Params; reader: Reader }): MailText => ({
    subject: own.subject(what(locale, sold)),
    preview: own.body,
    heading: own.heading,
    blocks: [
      { kind: 'paragraph', text: `${withName(own.hello, reader.name)}. ${own.opening}` },
      {
        kind: 'facts',
        items: sold.items.map(({ title, quantity, total }) => ({
          name: quantity > 1 ? `${quantity} × ${title}` : title,
          value: price(locale, total),
        })),
      },
      { kind: 'action', label: own.action, path: places.sales },
    ],
    reason: own.reason,
  });
}
const noticeOf =
  (locale: Locale) =>
  ({ params: sold }: { params: Params }) => ({
    title: words[locale].subject(what(locale, sold)),
    body: words[locale].body,
    path: places.sales,
  });

/** Somebody bought from a seller. Many a day for some, so its mails may come together. */
export const sale = defineTemplate({
  kind: 'sale',
  label: { en: 'Sales', 'pt-BR': 'Vendas', es: 'Ventas' },
  urgency: 'low',
  news: true,
  audience: 'instructor',
  params,
  sample: {
    en: sampleOf('Read a Balance Sheet', 'USD'),
    'pt-BR': sampleOf('Como ler um balanço', 'BRL'),
    es: sampleOf('Cómo leer un balance', 'EUR'),
  },
  mail: { en: write('en'), 'pt-BR': write('pt-BR'), es: write('es') },
  notice: { en: noticeOf('en'), 'pt-BR': noticeOf('pt-BR'), es: noticeOf('es') },
});
