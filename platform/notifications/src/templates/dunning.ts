import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { places } from './places.ts';
import { type Block, defineTemplate, type MailText, type Reader } from './template.ts';
import { day, MoneyParam, price, withName } from './words.ts';

const params = z.strictObject({
  subscriptionId: z.string(),
  title: z.string(),
  amount: MoneyParam,
  /** RFC 3339; empty when we do not try again. */
  nextRetryAt: z.string(),
});
type Params = z.output<typeof params>;
const sampleOf = (title: string, currency: string): Params => ({
  subscriptionId: '019a3f00-0000-7000-8000-000000000024',
  title,
  amount: { amount: 4990, currency },
  nextRetryAt: '2026-04-04T09:00:00Z',
});

type Words = {
  subject: (title: string) => string;
  preview: string;
  heading: string;
  opening: (title: string) => string;
  again: (when: string) => string;
  last: string;
  hello: string;
  amount: string;
  next: string;
  action: string;
  reason: string;
};
const words: Record<Locale, Words> = {
  en: {
    subject: (title) => `We could not renew ${title}`,
    preview: 'Update how you pay to keep your access.',
    heading: 'We could not renew your subscription',
    opening: (title) => `The payment for “${title}” did not go through. You still have access for now.`,
    again: (when) => `We try again on ${when}. If your card has changed, update it before then.`,
    last: 'We do not try again by ourselves. Update how you pay to keep your access.',
    hello: 'Hello',
    amount: 'Amount',
    next: 'Next try',
    action: 'Update payment',
    reason: 'You are receiving this because you have a subscription on Stoa.',
  },
  'pt-BR': {
    subject: (title) => `Não conseguimos renovar ${title}`,
    preview: 'Atualize a forma de pagamento para manter seu acesso.',
    heading: 'Não conseguimos renovar sua assinatura',
    opening: (title) => `O pagamento de “${title}” não foi concluído. Por enquanto, seu acesso continua.`,
    again: (when) => `Vamos tentar de novo em ${when}. Se o seu cartão mudou, atualize antes disso.`,
    last: 'Não vamos tentar de novo por conta própria. Atualize a forma de pagamento para manter seu acesso.',
    hello: 'Olá',
    amount: 'Valor',
    next: 'Próxima tentativa',
    action: 'Atualizar pagamento',
    reason: 'Você recebeu este e-mail porque tem uma assinatura na Stoa.',
  },
  es: {
    subject: (title) => `No pudimos renovar ${title}`,
    preview: 'Actualiza tu forma de pago para conservar el acceso.',
    heading: 'No pudimos renovar tu suscripción',
    opening: (title) => `El pago de «${title}» no se completó. Por ahora conservas el acceso.`,
    again: (when) => `Lo intentaremos de nuevo el ${when}. Si tu tarjeta cambió, actualízala antes.`,
    last: 'No lo intentaremos de nuevo por nuestra cuenta. Actualiza tu forma de pago para conservar el acceso.',
    hello: 'Hola',
    amount: 'Importe',
    next: 'Próximo intento',
    action: 'Actualizar pago',
    reason: 'Recibes este correo porque tienes una suscripción en Stoa.',
  },
};

const next = (locale: Locale, due: Params, reader: Reader) =>
  due.nextRetryAt ? words[locale].again(day(locale, due.nextRetryAt, reader.timeZone)) : words[locale].last;

function write(locale: Locale) {
  const own = words[locale];
  return ({ params: due, reader }: { params: Params; reader: Reader }): MailText => {
    const facts = [{ name: own.amount, value: price(locale, due.amount) }];
    if (due.nextRetryAt) facts.push({ name: own.next, value: day(locale, due.nextRetryAt, reader.timeZone) });
    const blocks: Block[] = [
      {
        kind: 'paragraph',
        text: `${withName(own.hello, reader.name)}. ${own.opening(due.title)} ${next(locale, due, reader)}`,
      },
      { kind: 'facts', items: facts },
      { kind: 'action', label: own.action, path: places.subscriptions },
    ];
    return { subject: own.subject(due.title), preview: own.preview, heading: own.heading, blocks, reason: own.reason };
  };
}

const noticeOf =
  (locale: Locale) =>
  ({ params: due, reader }: { params: Params; reader: Reader }) => ({
    title: words[locale].subject(due.title),
    body: next(locale, due, reader),
    path: places.subscriptions,
  });
const smsOf =
  (locale: Locale) =>
  ({ params: due }: { params: Params }) => ({
    text: `Stoa: ${words[locale].subject(due.title)}. ${words[locale].preview}`,
    path: places.subscriptions,
  });

/** A renewal failed; access ends when nothing is done about it. */
export const dunning = defineTemplate({
  kind: 'dunning',
  label: { en: 'Failed renewal', 'pt-BR': 'Renovação não concluída', es: 'Renovación no completada' },
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
