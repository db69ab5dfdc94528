import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { failureOf } from './failure-reasons.ts';
import { places } from './places.ts';
import { defineTemplate, type MailText, type Reader } from './template.ts';
import { day, withName } from './words.ts';

/** Changes that people are told about. Renewals come with their receipt, failed ones with `dunning`. */
export const toldChanges = [
  'trial_started',
  'plan_changed',
  'paused',
  'resumed',
  'cancel_requested',
  'cancel_revoked',
  'seller_left',
  'ended',
  'ended_unpaid',
] as const;

const params = z.strictObject({
  subscriptionId: z.string(),
  title: z.string(),
  change: z.enum(toldChanges),
  /** RFC 3339; empty when it has none. */
  periodEnd: z.string(),
  /** A code of payments: why the last try to charge was refused. Of a subscription that ended unpaid. */
  failureReason: z.string().default(''),
});
type Params = z.output<typeof params>;
type Change = Params['change'];

type Words = Record<Change, { subject: (title: string) => string; text: (title: string, end: string) => string }>;
const words: Record<Locale, Words> = {
  en: {
    trial_started: {
      subject: (title) => `Your trial of ${title} has begun`,
      text: (title, end) => `Your trial of “${title}” has begun.${end ? ` It runs until ${end}.` : ''}`,
    },
    plan_changed: {
      subject: (title) => `Your plan is now ${title}`,
      text: (title, end) => `Your plan is now “${title}”.${end ? ` The current period ends on ${end}.` : ''}`,
    },
    paused: {
      subject: (title) => `${title} is paused`,
      text: (title) => `“${title}” is paused. Nothing is charged until you resume it.`,
    },
    resumed: {
      subject: (title) => `${title} is active again`,
      text: (title, end) => `“${title}” is active again.${end ? ` It renews on ${end}.` : ''}`,
    },
    cancel_requested: {
      subject: (title) => `${title} is cancelled`,
      text: (title, end) =>
        `“${title}” is cancelled and nothing more is charged.${end ? ` You keep access until ${end}.` : ''}`,
    },
    cancel_revoked: {
      subject: (title) => `${title} goes on`,
      text: (title, end) => `“${title}” goes on as before.${end ? ` It renews on ${end}.` : ''}`,
    },
    seller_left: {
      subject: (title) => `${title} is no longer offered`,
      text: (title, end) =>
        `Whoever offered “${title}” has left Stoa. It does not renew and nothing more is charged.${end ? ` You keep access until ${end}.` : ''}`,
    },
    ended: {
      subject: (title) => `${title} has ended`,
      text: (title) => `“${title}” has ended. Your progress is kept, should you come back.`,
    },
    ended_unpaid: {
      subject: (title) => `${title} has ended, as it was not paid`,
      text: (title) =>
        `“${title}” has ended because it was not paid. Nothing more is charged. Your progress is kept, and you can subscribe again whenever you like.`,
    },
  },
  'pt-BR': {
    trial_started: {
      subject: (title) => `Seu período de teste de ${title} começou`,
      text: (title, end) => `Seu período de teste de “${title}” começou.${end ? ` Ele vai até ${end}.` : ''}`,
    },
    plan_changed: {
      subject: (title) => `Seu plano agora é ${title}`,
      text: (title, end) => `Seu plano agora é “${title}”.${end ? ` O período atual termina em ${end}.` : ''}`,
    },
    paused: {
      subject: (title) => `${title} está em pausa`,
      text: (title) => `“${title}” está em pausa. Nada é cobrado até você retomar.`,
    },
    resumed: {
      subject: (title) => `${title} está ativa de novo`,
      text: (title, end) => `“${title}” está ativa de novo.${end ? ` A renovação é em ${end}.` : ''}`,
    },
    cancel_requested: {
      subject: (title) => `${title} foi cancelada`,
      text: (title, end) =>
        `“${title}” foi cancelada e nada mais será cobrado.${end ? ` Seu acesso continua até ${end}.` : ''}`,
    },
    cancel_revoked: {
      subject: (title) => `${title} continua`,
      text: (title, end) => `“${title}” continua como antes.${end ? ` A renovação é em ${end}.` : ''}`,
    },
    seller_left: {
      subject: (title) => `${title} não é mais oferecida`,
      text: (title, end) =>
        `Quem oferecia “${title}” saiu da Stoa. A assinatura não será renovada e nada mais será cobrado.${end ? ` Seu acesso continua até ${end}.` : ''}`,
    },
    ended: {
      subject: (title) => `${title} terminou`,
      text: (title) => `“${title}” terminou. Seu progresso fica guardado, caso você volte.`,
    },
    ended_unpaid: {
      subject: (title) => `${title} terminou por falta de pagamento`,
      text: (title) =>
        `“${title}” terminou porque não foi paga. Nada mais será cobrado. Seu progresso fica guardado, e você pode assinar de novo quando quiser.`,
    },
  },
  es: {
    trial_started: {
      subject: (title) => `Empezó tu prueba de ${title}`,
      text: (title, end) => `Empezó tu prueba de «${title}».${end ? ` Dura hasta el ${end}.` : ''}`,
    },
    plan_changed: {
      subject: (title) => `Tu plan ahora es ${title}`,
      text: (title, end) => `Tu plan ahora es «${title}».${end ? ` El periodo actual termina el ${end}.` : ''}`,
    },
    paused: {
      subject: (title) => `${title} está en pausa`,
      text: (title) => `«${title}» está en pausa. No se cobra nada hasta que la reanudes.`,
    },
    resumed: {
      subject: (title) => `${title} está activa de nuevo`,
      text: (title, end) => `«${title}» está activa de nuevo.${end ? ` Se renueva el ${end}.` : ''}`,
    },
    cancel_requested: {
      subject: (title) => `Cancelaste ${title}`,
      text: (title, end) =>
        `«${title}» está cancelada y no se cobra nada más.${end ? ` Conservas el acceso hasta el ${end}.` : ''}`,
    },
    cancel_revoked: {
      subject: (title) => `${title} continúa`,
      text: (title, end) => `«${title}» continúa como antes.${end ? ` Se renueva el ${end}.` : ''}`,
    },
    seller_left: {
      subject: (title) => `${title} ya no se ofrece`,
      text: (title, end) =>
        `Quien ofrecía «${title}» dejó Stoa. No se renueva y no se cobra nada más.${end ? ` Conservas el acceso hasta el ${end}.` : ''}`,
    },
    ended: {
      subject: (title) => `${title} terminó`,
      text: (title) => `«${title}» terminó. Guardamos tu avance por si vuelves.`,
    },
    ended_unpaid: {
      subject: (title) => `${title} terminó por falta de pago`,
      text: (title) =>
        `«${title}» terminó porque no se pagó. No se cobra nada más. Guardamos tu avance, y puedes suscribirte de nuevo cuando quieras.`,
    },
  },
};
const frame: Record<Locale, { hello: string; action: string; reason: string }> = {
  en: {
    hello: 'Hello',
    action: 'Manage subscription',
    reason: 'You are receiving this because your subscription on Stoa changed.',
  },
  'pt-BR': {
    hello: 'Olá',
    action: 'Gerenciar assinatura',
    reason: 'Você recebeu este e-mail porque sua assinatura na Stoa mudou.',
  },
  es: {
    hello: 'Hola',
    action: 'Gestionar suscripción',
    reason: 'Recibes este correo porque tu suscripción en Stoa cambió.',
  },
};

const textOf = (locale: Locale, { title, change, periodEnd, failureReason }: Params, { timeZone }: Reader) =>
  [
    words[locale][change].text(title, periodEnd ? day(locale, periodEnd, timeZone) : ''),
    change === 'ended_unpaid' ? failureOf(locale, failureReason) : undefined,
  ]
    .filter(Boolean)
    .join(' ');

function write(locale: Locale) {
  const { hello, action, reason } = frame[locale];
  return ({ params: changed, reader }: { params: Params; reader: Reader }): MailText => {
    const subject = words[locale][changed.change].subject(changed.title);
    const text = textOf(locale, changed, reader);
    return {
      subject,
      preview: text,
      heading: subject,
      blocks: [
        { kind: 'paragraph', text: `${withName(hello, reader.name)}. ${text}` },
        { kind: 'action', label: action, path: places.subscriptions },
      ],
      reason,
    };
  };
}

const noticeOf =
  (locale: Locale) =>
  ({ params: changed, reader }: { params: Params; reader: Reader }) => ({
    title: words[locale][changed.change].subject(changed.title),
    body: textOf(locale, changed, reader),
    path: places.subscriptions,
  });

const sampleOf = (title: string): Params => ({
  subscriptionId: '019a3f00-0000-7000-8000-000000000024',
  title,
  change: 'cancel_requested',
  periodEnd: '2026-04-01T09:00:00Z',
  failureReason: '',
});

/** A subscription changed: by its owner, or because it ran out. */
export const subscription = defineTemplate({
  kind: 'subscription',
  label: { en: 'Changes to a subscription', 'pt-BR': 'Mudanças em assinatura', es: 'Cambios en una suscripción' },
  urgency: 'normal',
  params,
  sample: {
    en: sampleOf('Stoa Plus, monthly'),
    'pt-BR': sampleOf('Stoa Plus, mensal'),
    es: sampleOf('Stoa Plus, mensual'),
  },
  mail: { en: write('en'), 'pt-BR': write('pt-BR'), es: write('es') },
  notice: { en: noticeOf('en'), 'pt-BR': noticeOf('pt-BR'), es: noticeOf('es') },
});
