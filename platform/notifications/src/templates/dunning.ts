import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { failureOf } from './failure-reasons.ts';
import { places } from './places.ts';
import { type Block, defineTemplate, type MailText, type Reader } from './template.ts';
import { day, MoneyParam, price, withName } from './words.ts';

const params = z.strictObject({
  subscriptionId: z.string(),
  title: z.string(),
  amount: MoneyParam,
  /** RFC 3339; empty when we do not try again. */
  nextRetryAt: z.string(),
  /** No payment method is kept: nothing was tried, and nothing will be. */
  needsPayer: z.boolean().default(false),
  /** A code of payments: why the kept method was refused. */
  failureReason: z.string().default(''),
  /** Access goes on for some days. */
  entitled: z.boolean().default(true),
});
type Params = z.output<typeof params>;
const sampleOf = (title: string, currency: string): Params => ({
  subscriptionId: '019a3f00-0000-7000-8000-000000000024',
  title,
  amount: { amount: 4990, currency },
  nextRetryAt: '2026-04-04T09:00:00Z',
  needsPayer: false,
  failureReason: 'expired_card',
  entitled: true,
});

type Words = {
  subject: (title: string) => string;
  preview: string;
  heading: string;
  opening: (title: string) => string;
  /** Nothing was tried, because there is nothing to try with. */
  unpaid: (title: string) => string;
  grace: string;
  closed: string;
  ends: (when: string) => string;
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
    opening: (title) => `The payment for “${title}” did not go through.`,
    unpaid: (title) => `The next period of “${title}” has not been paid.`,
    grace: 'You still have access for now.',
    closed: 'Your courses are closed until it is paid; your progress is kept.',
    ends: (when) => `Pay by ${when}, or it ends. Nothing is charged by itself.`,
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
    opening: (title) => `O pagamento de “${title}” não foi concluído.`,
    unpaid: (title) => `O próximo período de “${title}” não foi pago.`,
    grace: 'Por enquanto, seu acesso continua.',
    closed: 'Seus cursos ficam fechados até o pagamento; seu progresso está guardado.',
    ends: (when) => `Pague até ${when} ou ela termina. Nada é cobrado automaticamente.`,
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
    opening: (title) => `El pago de «${title}» no se completó.`,
    unpaid: (title) => `El próximo periodo de «${title}» no se ha pagado.`,
    grace: 'Por ahora conservas el acceso.',
    closed: 'Tus cursos están cerrados hasta que se pague; tu avance está guardado.',
    ends: (when) => `Paga antes del ${when} o terminará. No se cobra nada por sí solo.`,
    again: (when) => `Lo intentaremos de nuevo el ${when}. Si tu tarjeta cambió, actualízala antes.`,
    last: 'No lo intentaremos de nuevo por nuestra cuenta. Actualiza tu forma de pago para conservar el acceso.',
    hello: 'Hola',
    amount: 'Importe',
    next: 'Próximo intento',
    action: 'Actualizar pago',
    reason: 'Recibes este correo porque tienes una suscripción en Stoa.',
  },
};

/** Why it was refused, and what happens next. */
const rest = (locale: Locale, due: Params, reader: Reader) =>
  [failureOf(locale, due.failureReason), next(locale, due, reader)].filter(Boolean).join(' ');
const next = (locale: Locale, due: Params, reader: Reader) =>
  due.nextRetryAt && due.needsPayer
    ? words[locale].ends(day(locale, due.nextRetryAt, reader.timeZone))
    : due.nextRetryAt
      ? words[locale].again(day(locale, due.nextRetryAt, reader.timeZone))
      : words[locale].last;

function write(locale: Locale) {
  const own = words[locale];
  return ({ params: due, reader }: { params: Params; reader: Reader }): MailText => {
    const facts = [{ name: own.amount, value: price(locale, due.amount) }];
    const why = failureOf(locale, due.failureReason);
    const opening = [due.needsPayer ? own.unpaid(due.title) : own.opening(due.title), why].filter(Boolean).join(' ');
    if (due.nextRetryAt && !due.needsPayer)
      facts.push({ name: own.next, value: day(locale, due.nextRetryAt, reader.timeZone) });
    const blocks: Block[] = [
      {
        kind: 'paragraph',
        text: `${withName(own.hello, reader.name)}. ${opening} ${due.entitled ? own.grace : own.closed} ${next(locale, due, reader)}`,
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
    body: rest(locale, due, reader),
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
