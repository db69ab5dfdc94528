import { type Locale, parseLocale, type Text } from '@stoa/kernel';

type CertificateText =
  | 'title'
  | 'intro'
  | 'nameless'
  | 'giveName'
  | 'completed'
  | 'on'
  | 'instructor'
  | 'verify'
  | 'code'
  | 'qr'
  | 'mark';

const texts: Record<CertificateText, Text> = {
  title: { en: 'Certificate of completion', 'pt-BR': 'Certificado de conclusão', es: 'Certificado de finalización' },
  intro: { en: 'This certifies that', 'pt-BR': 'Certificamos que', es: 'Se certifica que' },
  nameless: {
    en: 'someone who gave no name',
    'pt-BR': 'uma pessoa que não informou o nome',
    es: 'una persona que no indicó su nombre',
  },
  giveName: {
    en: 'The holder can add a name in their account; the certificate then bears it.',
    'pt-BR': 'O titular pode informar o nome na sua conta; o certificado passa a trazê-lo.',
    es: 'El titular puede indicar su nombre en su cuenta; el certificado lo llevará entonces.',
  },
  completed: { en: 'completed the course', 'pt-BR': 'concluiu o curso', es: 'completó el curso' },
  on: { en: 'on {date}', 'pt-BR': 'em {date}', es: 'el {date}' },
  instructor: { en: 'Instructor', 'pt-BR': 'Docente', es: 'Docente' },
  verify: { en: 'Check that it is genuine', 'pt-BR': 'Confira a autenticidade', es: 'Comprueba su autenticidad' },
  code: { en: 'Code', 'pt-BR': 'Código', es: 'Código' },
  qr: {
    en: 'QR code that leads to the verification page of this certificate',
    'pt-BR': 'Código QR que leva à página de verificação deste certificado',
    es: 'Código QR que lleva a la página de verificación de este certificado',
  },
  mark: { en: 'Stoa', 'pt-BR': 'Stoa', es: 'Stoa' },
};

/** The words of a certificate in one language. */
export function certificateTexts(language: string): { locale: Locale; say: (text: CertificateText) => string } {
  const locale = parseLocale(language) ?? 'en';
  return { locale, say: (text) => texts[text][locale] };
}

/** The day in the holder's words and place, e.g. `1 de março de 2026`. An unknown time zone counts as UTC. */
export function formatDay(day: Date, locale: Locale, timeZone: string): string {
  const format = (zone: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone }).format(day);
  try {
    return format(timeZone);
  } catch (error) {
    if (error instanceof RangeError) return format('UTC');
    throw error;
  }
}
