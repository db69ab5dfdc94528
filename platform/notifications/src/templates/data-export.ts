import type { Locale } from '@stoa/kernel';
import { z } from 'zod';
import { places } from './places.ts';
import { defineTemplate, type MailText, type Notice, type Reader } from './template.ts';
import { day, withName } from './words.ts';

const params = z.strictObject({ expiresAt: z.string() });
type Params = z.output<typeof params>;
const sample = { expiresAt: '2026-03-09T12:00:00.000Z' };

type Words = {
  hello: string;
  title: string;
  body: (until: string) => string;
  private: string;
  action: string;
  notYou: string;
  reason: string;
};
const words: Record<Locale, Words> = {
  en: {
    hello: 'Hello',
    title: 'The copy of your data is ready',
    body: (until) => `You can download it until ${until}.`,
    private: 'It holds everything we keep of you, so store it where only you can read it.',
    action: 'Download my data',
    notYou: 'If you did not ask for it, sign out everywhere and change your password.',
    reason: 'You are receiving this because a copy of the data of your account was asked for.',
  },
  'pt-BR': {
    hello: 'Olá',
    title: 'A cópia dos seus dados está pronta',
    body: (until) => `Você pode baixá-la até ${until}.`,
    private: 'Ela contém tudo o que guardamos sobre você; salve-a onde só você possa ler.',
    action: 'Baixar meus dados',
    notYou: 'Se não foi você que pediu, saia de todos os aparelhos e troque a senha.',
    reason: 'Você recebeu este e-mail porque foi pedida uma cópia dos dados da sua conta.',
  },
  es: {
    hello: 'Hola',
    title: 'La copia de tus datos está lista',
    body: (until) => `Puedes descargarla hasta el ${until}.`,
    private: 'Contiene todo lo que guardamos de ti: guárdala donde solo tú puedas leerla.',
    action: 'Descargar mis datos',
    notYou: 'Si no la pediste, cierra todas las sesiones y cambia tu contraseña.',
    reason: 'Recibes este correo porque se pidió una copia de los datos de tu cuenta.',
  },
};

type Input = { params: Params; reader: Reader };
function write(locale: Locale) {
  const own = words[locale];
  return ({ params: { expiresAt }, reader }: Input): MailText => {
    const until = own.body(day(locale, expiresAt, reader.timeZone));
    return {
      subject: own.title,
      preview: until,
      heading: own.title,
      blocks: [
        { kind: 'paragraph', text: `${withName(own.hello, reader.name)}. ${own.title}. ${until}` },
        { kind: 'action', label: own.action, path: places.data },
        { kind: 'note', text: own.private },
        { kind: 'note', text: own.notYou },
      ],
      reason: own.reason,
    };
  };
}
function tell(locale: Locale) {
  const own = words[locale];
  return ({ params: { expiresAt }, reader }: Input): Notice => ({
    title: own.title,
    body: own.body(day(locale, expiresAt, reader.timeZone)),
    path: places.data,
  });
}

/** Says that everything a person asked to take away has been gathered. */
export const dataExport = defineTemplate({
  kind: 'data-export',
  label: { en: 'Copy of your data', 'pt-BR': 'Cópia dos seus dados', es: 'Copia de tus datos' },
  urgency: 'prompted',
  unlisted: true,
  params,
  sample: { en: sample, 'pt-BR': sample, es: sample },
  mail: { en: write('en'), 'pt-BR': write('pt-BR'), es: write('es') },
  notice: { en: tell('en'), 'pt-BR': tell('pt-BR'), es: tell('es') },
});
