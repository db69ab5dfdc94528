import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { failureOf } from './failure-reasons.ts';
import { places } from './places.ts';
import { type Block, defineTemplate, type MailText, type Reader } from './template.ts';
import { day, MoneyParam, price, withName } from './words.ts';

const params = z.strictObject({
  planId: z.string(),
  title: z.string(),
  total: MoneyParam,
  schedule: z.array(
    z.strictObject({
      part: z.int(),
      /** RFC 3339. */
      dueAt: z.string(),
      amount: MoneyParam,
      paid: z.boolean(),
    }),
  ),
  /** The order of the next part; empty while there is none. */
  orderId: z.string(),
  /** RFC 3339: the next try, or the end of the days of grace; empty when there is none. */
  nextRetryAt: z.string(),
  /** No payment method is kept: the reader pays the next part themselves. */
  needsPayer: z.boolean(),
  /** A code of payments: why the kept method was refused. */
  failureReason: z.string().default(''),
  /** Access goes on. */
  entitled: z.boolean(),
});
type Params = z.output<typeof params>;
type Part = Params['schedule'][number];

/**
 * What is said in one kind of message; `when` and `amount` are those of the next part. `why` it was not paid follows a
 * sentence, and is empty when it is not known.
 */
type Facts = { title: string; total: string; count: number; when: string; amount: string; retry: string; why: string };
type Words = {
  subject: (facts: Facts) => string;
  text: (facts: Facts, given: Params) => string;
  action: string;
  note?: string;
};
type Frame = {
  hello: string;
  part: (part: number, parts: number) => string;
  paid: string;
  total: string;
  reason: string;
};
const frames: Record<Locale, Frame> = {
  en: {
    hello: 'Hello',
    part: (part, parts) => `Part ${part} of ${parts}`,
    paid: 'paid',
    total: 'Total',
    reason: 'You are receiving this because you are paying for something on Stoa in parts.',
  },
  'pt-BR': {
    hello: 'Olá',
    part: (part, parts) => `Parcela ${part} de ${parts}`,
    paid: 'paga',
    total: 'Total',
    reason: 'Você recebeu este e-mail porque está pagando uma compra na Stoa em parcelas.',
  },
  es: {
    hello: 'Hola',
    part: (part, parts) => `Cuota ${part} de ${parts}`,
    paid: 'pagada',
    total: 'Total',
    reason: 'Recibes este correo porque estás pagando una compra en Stoa a plazos.',
  },
};

const nextOf = ({ schedule }: Params): Part | undefined => schedule.find(({ paid }) => !paid);

function factsOf(locale: Locale, given: Params, { timeZone }: Reader): Facts {
  const next = nextOf(given);
  const why = failureOf(locale, given.failureReason);
  return {
    title: given.title,
    total: price(locale, given.total),
    count: given.schedule.length,
    when: next ? day(locale, next.dueAt, timeZone) : '',
    amount: next ? price(locale, next.amount) : '',
    retry: given.nextRetryAt ? day(locale, given.nextRetryAt, timeZone) : '',
    why: why ? ` ${why}` : '',
  };
}

function scheduleOf(locale: Locale, { schedule, total }: Params, { timeZone }: Reader): Block {
  const { part: name, paid, total: sum } = frames[locale];
  const value = (one: Part) => `${price(locale, one.amount)}, ${one.paid ? paid : day(locale, one.dueAt, timeZone)}`;
  return {
    kind: 'facts',
    items: [
      ...schedule.map((one) => ({ name: name(one.part, schedule.length), value: value(one) })),
      { name: sum, value: price(locale, total) },
    ],
  };
}

type Kind = {
  kind: string;
  label: Record<Locale, string>;
  words: Record<Locale, Words>;
  /** Whether people are asked if they want it; what they have to know comes anyway. */
  listed?: true;
  /** Leads to the page where the next part is paid, when there is one. */
  pays?: true;
  sample: { paid: number; more?: Partial<Params> };
};

const titles: Record<Locale, [title: string, currency: string]> = {
  en: ['Read a Balance Sheet', 'USD'],
  'pt-BR': ['Como ler um balanço', 'BRL'],
  es: ['Cómo leer un balance', 'EUR'],
};

function sampleOf(locale: Locale, { paid, more }: Kind['sample']): Params {
  const [title, currency] = titles[locale];
  const amounts = [3334, 3333, 3333];
  return {
    planId: '019a3f00-0000-7000-8000-000000000031',
    title,
    total: { amount: 10_000, currency },
    schedule: amounts.map((amount, index) => ({
      part: index + 1,
      dueAt: `2026-0${index + 4}-01T09:00:00Z`,
      amount: { amount, currency },
      paid: index < paid,
    })),
    orderId: '019a3f00-0000-7000-8000-000000000032',
    nextRetryAt: '',
    needsPayer: false,
    failureReason: '',
    entitled: true,
    ...more,
  };
}

function instalmentTemplate({ kind, label, words, listed, pays, sample }: Kind) {
  const pathOf = ({ planId, orderId, needsPayer, entitled }: Params) =>
    pays && orderId && (needsPayer || !entitled) ? places.order(orderId) : places.instalments(planId);
  const write =
    (locale: Locale) =>
    ({ params: given, reader }: { params: Params; reader: Reader }): MailText => {
      const own = words[locale];
      const facts = factsOf(locale, given, reader);
      const text = own.text(facts, given);
      return {
        subject: own.subject(facts),
        preview: text,
        heading: own.subject(facts),
        blocks: [
          { kind: 'paragraph', text: `${withName(frames[locale].hello, reader.name)}. ${text}` },
          scheduleOf(locale, given, reader),
          { kind: 'action', label: own.action, path: pathOf(given) },
          ...(own.note ? [{ kind: 'note', text: own.note } as const] : []),
        ],
        reason: frames[locale].reason,
      };
    };
  const notice =
    (locale: Locale) =>
    ({ params: given, reader }: { params: Params; reader: Reader }) => {
      // A notice is short: why is in the mail.
      const facts = factsOf(locale, { ...given, failureReason: '' }, reader);
      return { title: words[locale].subject(facts), body: words[locale].text(facts, given), path: pathOf(given) };
    };
  return defineTemplate({
    kind,
    label,
    urgency: 'normal',
    ...(listed ? {} : { unlisted: true }),
    params,
    sample: {
      en: sampleOf('en', sample),
      'pt-BR': sampleOf('pt-BR', sample),
      es: sampleOf('es', sample),
    },
    mail: { en: write('en'), 'pt-BR': write('pt-BR'), es: write('es') },
    notice: { en: notice('en'), 'pt-BR': notice('pt-BR'), es: notice('es') },
  });
}

/** The first part is paid: what was agreed, with every day and amount. */
export const instalmentsStarted = instalmentTemplate({
  kind: 'instalments-started',
  label: { en: 'Payment in parts begun', 'pt-BR': 'Parcelamento iniciado', es: 'Pago a plazos iniciado' },
  sample: { paid: 1 },
  words: {
    en: {
      subject: ({ title, count }) => `Your ${count} payments for ${title}`,
      text: ({ title, when, amount }, { needsPayer }) =>
        `The first part of “${title}” is paid and it is yours to use. The next one, ${amount}, is due on ${when}. ${
          needsPayer ? 'We send you the link to pay it a few days before.' : 'We charge your saved payment method then.'
        }`,
      action: 'See the payments',
      note: 'You can pay the rest at once at any time. If a part stays unpaid, access is paused until it is paid; your progress is kept.',
    },
    'pt-BR': {
      subject: ({ title, count }) => `Suas ${count} parcelas de ${title}`,
      text: ({ title, when, amount }, { needsPayer }) =>
        `A primeira parcela de “${title}” está paga e o acesso já é seu. A próxima, de ${amount}, vence em ${when}. ${
          needsPayer
            ? 'Enviamos o link para pagar alguns dias antes.'
            : 'Nesse dia, cobramos na forma de pagamento que você salvou.'
        }`,
      action: 'Ver as parcelas',
      note: 'Você pode quitar o restante quando quiser. Se uma parcela ficar em aberto, o acesso é pausado até o pagamento; seu progresso fica guardado.',
    },
    es: {
      subject: ({ title, count }) => `Tus ${count} cuotas de ${title}`,
      text: ({ title, when, amount }, { needsPayer }) =>
        `La primera cuota de «${title}» está pagada y ya tienes acceso. La siguiente, de ${amount}, vence el ${when}. ${
          needsPayer
            ? 'Unos días antes te enviamos el enlace para pagarla.'
            : 'Ese día la cobramos en la forma de pago que guardaste.'
        }`,
      action: 'Ver las cuotas',
      note: 'Puedes pagar el resto de una vez cuando quieras. Si una cuota queda sin pagar, el acceso se pausa hasta que se pague; tu avance se guarda.',
    },
  },
});

/** Some days before a part is due. */
export const instalmentDue = instalmentTemplate({
  kind: 'instalment-due',
  label: { en: 'Reminder of the next part', 'pt-BR': 'Aviso da próxima parcela', es: 'Aviso de la próxima cuota' },
  listed: true,
  pays: true,
  sample: { paid: 1 },
  words: {
    en: {
      subject: ({ title, when }) => `The next part of ${title} is due on ${when}`,
      text: ({ title, when, amount }, { needsPayer }) =>
        needsPayer
          ? `The next part of “${title}”, ${amount}, is due on ${when}. Pay it by then to keep your access.`
          : `On ${when} we charge ${amount} for “${title}” to your saved payment method. You need to do nothing.`,
      action: 'See the payment',
      note: 'You can change how you pay, or pay the rest at once, on the page of your payments.',
    },
    'pt-BR': {
      subject: ({ title, when }) => `A próxima parcela de ${title} vence em ${when}`,
      text: ({ title, when, amount }, { needsPayer }) =>
        needsPayer
          ? `A próxima parcela de “${title}”, de ${amount}, vence em ${when}. Pague até lá para manter o acesso.`
          : `Em ${when}, vamos cobrar ${amount} de “${title}” na forma de pagamento que você salvou. Você não precisa fazer nada.`,
      action: 'Ver o pagamento',
      note: 'Você pode trocar a forma de pagamento ou quitar o restante na página das suas parcelas.',
    },
    es: {
      subject: ({ title, when }) => `La próxima cuota de ${title} vence el ${when}`,
      text: ({ title, when, amount }, { needsPayer }) =>
        needsPayer
          ? `La próxima cuota de «${title}», de ${amount}, vence el ${when}. Págala antes para conservar el acceso.`
          : `El ${when} cobraremos ${amount} por «${title}» en la forma de pago que guardaste. No tienes que hacer nada.`,
      action: 'Ver el pago',
      note: 'Puedes cambiar la forma de pago o pagar el resto de una vez en la página de tus cuotas.',
    },
  },
});

/** A part was not paid on its day; access goes on for some days. */
export const instalmentMissed = instalmentTemplate({
  kind: 'instalment-missed',
  label: { en: 'Part not paid', 'pt-BR': 'Parcela não paga', es: 'Cuota sin pagar' },
  pays: true,
  sample: { paid: 1, more: { nextRetryAt: '2026-05-02T09:00:00Z', failureReason: 'insufficient_funds' } },
  words: {
    en: {
      subject: ({ title }) => `A part of ${title} has not been paid`,
      text: ({ title, amount, retry, why }, { needsPayer }) =>
        `The part of ${amount} for “${title}” has not been paid.${why} You still have access for now. ${
          !retry
            ? 'Pay it to keep your access.'
            : needsPayer
              ? `Pay it by ${retry}, or access is paused.`
              : `We try your saved payment method again on ${retry}.`
        }`,
      action: 'Pay now',
      note: 'If your card has changed, pay this part with the new one: it is kept for those to come.',
    },
    'pt-BR': {
      subject: ({ title }) => `Uma parcela de ${title} não foi paga`,
      text: ({ title, amount, retry, why }, { needsPayer }) =>
        `A parcela de ${amount} de “${title}” não foi paga.${why} Por enquanto, seu acesso continua. ${
          !retry
            ? 'Pague para manter o acesso.'
            : needsPayer
              ? `Pague até ${retry} ou o acesso será pausado.`
              : `Vamos tentar de novo em ${retry}.`
        }`,
      action: 'Pagar agora',
      note: 'Se o seu cartão mudou, pague esta parcela com o novo: ele fica salvo para as próximas.',
    },
    es: {
      subject: ({ title }) => `Una cuota de ${title} no se ha pagado`,
      text: ({ title, amount, retry, why }, { needsPayer }) =>
        `La cuota de ${amount} de «${title}» no se ha pagado.${why} Por ahora conservas el acceso. ${
          !retry
            ? 'Págala para conservarlo.'
            : needsPayer
              ? `Págala antes del ${retry} o el acceso se pausará.`
              : `Lo intentaremos de nuevo el ${retry}.`
        }`,
      action: 'Pagar ahora',
      note: 'Si tu tarjeta cambió, paga esta cuota con la nueva: se guarda para las siguientes.',
    },
  },
});

/** Access is paused until the part is paid. */
export const instalmentsPaused = instalmentTemplate({
  kind: 'instalments-paused',
  label: {
    en: 'Access paused for a missing part',
    'pt-BR': 'Acesso pausado por parcela em aberto',
    es: 'Acceso pausado por una cuota',
  },
  pays: true,
  sample: { paid: 1, more: { entitled: false, failureReason: 'expired_card' } },
  words: {
    en: {
      subject: ({ title }) => `Your access to ${title} is paused`,
      text: ({ title, amount, why }) =>
        `A part of “${title}” is still unpaid, so access is paused.${why} Your progress is kept. Pay ${amount} and it opens again at once.`,
      action: 'Pay and go on',
    },
    'pt-BR': {
      subject: ({ title }) => `Seu acesso a ${title} está em pausa`,
      text: ({ title, amount, why }) =>
        `Uma parcela de “${title}” continua em aberto, por isso o acesso está em pausa.${why} Seu progresso está guardado. Pague ${amount} e ele volta na hora.`,
      action: 'Pagar e continuar',
    },
    es: {
      subject: ({ title }) => `Tu acceso a ${title} está en pausa`,
      text: ({ title, amount, why }) =>
        `Una cuota de «${title}» sigue sin pagar, por eso el acceso está en pausa.${why} Tu avance está guardado. Paga ${amount} y se abre de nuevo al momento.`,
      action: 'Pagar y continuar',
    },
  },
});

/** All parts are paid. */
export const instalmentsCompleted = instalmentTemplate({
  kind: 'instalments-completed',
  label: { en: 'All parts paid', 'pt-BR': 'Todas as parcelas pagas', es: 'Todas las cuotas pagadas' },
  sample: { paid: 3, more: { orderId: '' } },
  words: {
    en: {
      subject: ({ title }) => `${title} is paid in full`,
      text: ({ title, total }) =>
        `All parts of “${title}” are paid, ${total} in total. It is yours to keep; nothing more is charged.`,
      action: 'See the payments',
    },
    'pt-BR': {
      subject: ({ title }) => `${title} está quitado`,
      text: ({ title, total }) =>
        `Todas as parcelas de “${title}” estão pagas, ${total} no total. O acesso é seu e nada mais será cobrado.`,
      action: 'Ver as parcelas',
    },
    es: {
      subject: ({ title }) => `${title} está pagado por completo`,
      text: ({ title, total }) =>
        `Todas las cuotas de «${title}» están pagadas, ${total} en total. El acceso es tuyo y no se cobra nada más.`,
      action: 'Ver las cuotas',
    },
  },
});

/** It was given up: nothing more is asked for. */
export const instalmentsCanceled = instalmentTemplate({
  kind: 'instalments-canceled',
  label: { en: 'Payment in parts ended', 'pt-BR': 'Parcelamento encerrado', es: 'Pago a plazos terminado' },
  sample: { paid: 1, more: { orderId: '', entitled: false } },
  words: {
    en: {
      subject: ({ title }) => `The payments for ${title} have ended`,
      text: ({ title }, { entitled }) =>
        `Paying for “${title}” in parts has ended and nothing more is charged. ${
          entitled ? 'You keep your access.' : 'Access has ended with it; your progress is kept, should you come back.'
        }`,
      action: 'See the payments',
    },
    'pt-BR': {
      subject: ({ title }) => `O parcelamento de ${title} foi encerrado`,
      text: ({ title }, { entitled }) =>
        `O parcelamento de “${title}” foi encerrado e nada mais será cobrado. ${
          entitled ? 'Seu acesso continua.' : 'O acesso terminou com ele; seu progresso fica guardado, caso você volte.'
        }`,
      action: 'Ver as parcelas',
    },
    es: {
      subject: ({ title }) => `El pago a plazos de ${title} terminó`,
      text: ({ title }, { entitled }) =>
        `El pago a plazos de «${title}» terminó y no se cobra nada más. ${
          entitled ? 'Conservas el acceso.' : 'El acceso terminó con él; guardamos tu avance por si vuelves.'
        }`,
      action: 'Ver las cuotas',
    },
  },
});

/** Which message tells of which change. Parts that are paid come with their receipt. */
export const instalmentTemplates = {
  started: instalmentsStarted,
  part_due: instalmentDue,
  part_missed: instalmentMissed,
  paused: instalmentsPaused,
  completed: instalmentsCompleted,
  canceled: instalmentsCanceled,
} as const;
