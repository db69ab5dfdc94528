import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { places } from './places.ts';
import { type Block, defineTemplate, type MailText, type Reader } from './template.ts';
import { withName } from './words.ts';

const params = z.strictObject({
  period: z.enum(['daily', 'weekly']),
  /** In the reader's language already. Oldest first. */
  items: z.array(z.strictObject({ title: z.string(), body: z.string(), path: z.string() })).min(1),
  /** Beyond the items that are told one by one. */
  more: z.int(),
});
type Params = z.output<typeof params>;

type Words = {
  subject: Record<Params['period'], (count: number) => string>;
  heading: Record<Params['period'], string>;
  hello: string;
  opening: string;
  more: (count: number) => string;
  open: string;
  action: string;
  reason: string;
};
const words: Record<Locale, Words> = {
  en: {
    subject: {
      daily: (count) => (count === 1 ? 'One piece of news from Stoa' : `${count} pieces of news from Stoa`),
      weekly: (count) => `Your week on Stoa: ${count} ${count === 1 ? 'piece' : 'pieces'} of news`,
    },
    heading: { daily: 'Since yesterday', weekly: 'This week' },
    hello: 'Hello',
    opening: 'Here is what happened.',
    more: (count) => `And ${count} more.`,
    open: 'Open',
    action: 'Choose what you receive',
    reason: 'You are receiving this because you asked for news in one mail.',
  },
  'pt-BR': {
    subject: {
      daily: (count) => (count === 1 ? 'Uma novidade da Stoa' : `${count} novidades da Stoa`),
      weekly: (count) => `Sua semana na Stoa: ${count} ${count === 1 ? 'novidade' : 'novidades'}`,
    },
    heading: { daily: 'Desde ontem', weekly: 'Esta semana' },
    hello: 'Olá',
    opening: 'Veja o que aconteceu.',
    more: (count) => `E mais ${count}.`,
    open: 'Abrir',
    action: 'Escolher o que você recebe',
    reason: 'Você recebeu este e-mail porque pediu as novidades em um só e-mail.',
  },
  es: {
    subject: {
      daily: (count) => (count === 1 ? 'Una novedad de Stoa' : `${count} novedades de Stoa`),
      weekly: (count) => `Tu semana en Stoa: ${count} ${count === 1 ? 'novedad' : 'novedades'}`,
    },
    heading: { daily: 'Desde ayer', weekly: 'Esta semana' },
    hello: 'Hola',
    opening: 'Esto es lo que pasó.',
    more: (count) => `Y ${count} más.`,
    open: 'Abrir',
    action: 'Elegir lo que recibes',
    reason: 'Recibes este correo porque pediste las novedades en un solo correo.',
  },
};

function write(locale: Locale) {
  const own = words[locale];
  return ({ params: { period, items, more }, reader }: { params: Params; reader: Reader }): MailText => {
    const blocks: Block[] = [{ kind: 'paragraph', text: `${withName(own.hello, reader.name)}. ${own.opening}` }];
    for (const { title, body, path } of items)
      blocks.push({ kind: 'link', label: title, path }, { kind: 'note', text: body });
    if (more > 0) blocks.push({ kind: 'paragraph', text: own.more(more) });
    blocks.push({ kind: 'link', label: own.action, path: places.notifications });
    return {
      subject: own.subject[period](items.length + more),
      preview: items.map(({ title }) => title).join('. '),
      heading: own.heading[period],
      blocks,
      reason: own.reason,
    };
  };
}

const sampleOf = (items: Params['items']): Params => ({ period: 'daily', items, more: 0 });

/** What was kept back for a day or a week, in one mail. */
export const digest = defineTemplate({
  kind: 'digest',
  label: { en: 'Digest', 'pt-BR': 'Resumo', es: 'Resumen' },
  urgency: 'normal',
  news: true,
  unlisted: true,
  params,
  sample: {
    en: sampleOf([
      {
        title: 'You sold Read a Balance Sheet',
        body: 'The amount joins your balance when the time for refunds is over.',
        path: '/studio/sales',
      },
      {
        title: 'You sold Introduction to Geometry',
        body: 'The amount joins your balance when the time for refunds is over.',
        path: '/studio/sales',
      },
    ]),
    'pt-BR': sampleOf([
      {
        title: 'Você vendeu Como ler um balanço',
        body: 'O valor entra no seu saldo quando acabar o prazo de reembolso.',
        path: '/studio/sales',
      },
      {
        title: 'Você vendeu Introdução à geometria',
        body: 'O valor entra no seu saldo quando acabar o prazo de reembolso.',
        path: '/studio/sales',
      },
    ]),
    es: sampleOf([
      {
        title: 'Vendiste Cómo leer un balance',
        body: 'El importe se suma a tu saldo cuando termina el plazo de reembolso.',
        path: '/studio/sales',
      },
      {
        title: 'Vendiste Introducción a la geometría',
        body: 'El importe se suma a tu saldo cuando termina el plazo de reembolso.',
        path: '/studio/sales',
      },
    ]),
  },
  mail: { en: write('en'), 'pt-BR': write('pt-BR'), es: write('es') },
});
