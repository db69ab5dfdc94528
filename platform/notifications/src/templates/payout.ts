import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { places } from './places.ts';
import { defineTemplate, type MailText, type Reader } from './template.ts';
import { MoneyParam, price, withName } from './words.ts';

const params = z.strictObject({ payoutId: z.string(), amount: MoneyParam, reference: z.string() });
type Params = z.output<typeof params>;
const sampleOf = (currency: string): Params => ({
  payoutId: '019a3f00-0000-7000-8000-000000000025',
  amount: { amount: 245_310, currency },
  reference: 'PO-2026-0042',
});

type Words = {
  subject: (amount: string) => string;
  body: string;
  heading: string;
  opening: (amount: string) => string;
  hello: string;
  amount: string;
  reference: string;
  action: string;
  reason: string;
};
const words: Record<Locale, Words> = {
  en: {
    subject: (amount) => `Your payout of ${amount} is on its way`,
    body: 'Banks take up to three working days to show it.',
    heading: 'Your payout is on its way',
    opening: (amount) => `We sent you ${amount} for your sales. Banks take up to three working days to show it.`,
    hello: 'Hello',
    amount: 'Amount',
    reference: 'Reference',
    action: 'View statement',
    reason: 'You are receiving this because you sell on Stoa.',
  },
  'pt-BR': {
    subject: (amount) => `Seu repasse de ${amount} está a caminho`,
    body: 'O banco pode levar até três dias úteis para mostrá-lo.',
    heading: 'Seu repasse está a caminho',
    opening: (amount) =>
      `Enviamos ${amount} pelas suas vendas. O banco pode levar até três dias úteis para mostrar o valor.`,
    hello: 'Olá',
    amount: 'Valor',
    reference: 'Referência',
    action: 'Ver extrato',
    reason: 'Você recebeu este e-mail porque vende na Stoa.',
  },
  es: {
    subject: (amount) => `Tu pago de ${amount} va en camino`,
    body: 'El banco puede tardar hasta tres días hábiles en mostrarlo.',
    heading: 'Tu pago va en camino',
    opening: (amount) =>
      `Te enviamos ${amount} por tus ventas. El banco puede tardar hasta tres días hábiles en mostrarlo.`,
    hello: 'Hola',
    amount: 'Importe',
    reference: 'Referencia',
    action: 'Ver extracto',
    reason: 'Recibes este correo porque vendes en Stoa.',
  },
};

function write(locale: Locale) {
  const own = words[locale];
  return ({ params: sent, reader }: { params: Params; reader: Reader }): MailText => {
    const amount = price(locale, sent.amount);
    return {
      subject: own.subject(amount),
      preview: own.body,
      heading: own.heading,
      blocks: [
        { kind: 'paragraph', text: `${withName(own.hello, reader.name)}. ${own.opening(amount)}` },
        {
          kind: 'facts',
          items: [
            { name: own.amount, value: amount },
            ...(sent.reference ? [{ name: own.reference, value: sent.reference }] : []),
          ],
        },
        { kind: 'action', label: own.action, path: places.payouts },
      ],
      reason: own.reason,
    };
  };
}
const noticeOf =
  (locale: Locale) =>
  ({ params: sent }: { params: Params }) => ({
    title: words[locale].subject(price(locale, sent.amount)),
    body: words[locale].body,
    path: places.payouts,
  });

/** Money went out to somebody who sells. */
export const payout = defineTemplate({
  kind: 'payout',
  label: { en: 'Payout', 'pt-BR': 'Repasse', es: 'Pago a vendedores' },
  urgency: 'normal',
  audience: 'instructor',
  params,
  sample: { en: sampleOf('USD'), 'pt-BR': sampleOf('BRL'), es: sampleOf('EUR') },
  mail: { en: write('en'), 'pt-BR': write('pt-BR'), es: write('es') },
  notice: { en: noticeOf('en'), 'pt-BR': noticeOf('pt-BR'), es: noticeOf('es') },
});
