import { z } from 'zod';
import { type Block, defineTemplate } from './template.ts';
import { day, withName } from './words.ts';

const params = z.strictObject({
  courseTitle: z.string(),
  courseSlug: z.string(),
  /** Empty when the course gives no certificate. */
  verificationCode: z.string(),
  /** RFC 3339. */
  completedAt: z.string(),
});
type Params = z.output<typeof params>;

const learnPath = (slug: string) => `/learn/${encodeURIComponent(slug)}`;
/** Where the news leads: the public certificate, or the course if there is none. */
const target = (course: Params) =>
  course.verificationCode
    ? `/certificates/${encodeURIComponent(course.verificationCode)}`
    : learnPath(course.courseSlug);

type Words = { day: string; code: string; certificate: string; checkable: string; course: string };
function blocks(words: Words, course: Params, completedOn: string, opening: string): Block[] {
  const facts = [{ name: words.day, value: completedOn }];
  if (!course.verificationCode) {
    return [
      { kind: 'paragraph', text: opening },
      { kind: 'facts', items: facts },
      { kind: 'action', label: words.course, path: learnPath(course.courseSlug) },
    ];
  }
  return [
    { kind: 'paragraph', text: opening },
    { kind: 'facts', items: [...facts, { name: words.code, value: course.verificationCode }] },
    { kind: 'action', label: words.certificate, path: target(course) },
    { kind: 'note', text: words.checkable },
    { kind: 'link', label: words.course, path: learnPath(course.courseSlug) },
  ];
}

const sample = { verificationCode: 'K7QM-4XWD-92PA', completedAt: '2026-03-14T18:20:00Z' };

/** A person finished a course; their certificate is there. */
export const completion = defineTemplate({
  kind: 'completion',
  label: { en: 'Course completed', 'pt-BR': 'Curso concluído', es: 'Curso terminado' },
  urgency: 'prompted',
  news: true,
  params,
  sample: {
    en: { ...sample, courseTitle: 'Read a Balance Sheet', courseSlug: 'read-a-balance-sheet' },
    'pt-BR': { ...sample, courseTitle: 'Como ler um balanço', courseSlug: 'como-ler-um-balanco' },
    es: { ...sample, courseTitle: 'Cómo leer un balance', courseSlug: 'como-leer-un-balance' },
  },
  mail: {
    en: ({ params: course, reader }) => ({
      subject: `You completed ${course.courseTitle}`,
      preview: course.verificationCode ? 'Your certificate is ready.' : 'You reached the end of the course.',
      heading: course.courseTitle,
      blocks: blocks(
        {
          day: 'Completed on',
          code: 'Verification code',
          certificate: 'View certificate',
          checkable: 'Anyone who has the link or the code can confirm that the certificate is genuine.',
          course: 'Go back to the course',
        },
        course,
        day('en', course.completedAt, reader.timeZone),
        `${withName('Well done', reader.name)}. You completed “${course.courseTitle}”${course.verificationCode ? ', and your certificate is ready.' : '.'}`,
      ),
      reason: 'You are receiving this because you completed a course on Stoa.',
    }),
    'pt-BR': ({ params: course, reader }) => ({
      subject: `Você concluiu ${course.courseTitle}`,
      preview: course.verificationCode ? 'Seu certificado está pronto.' : 'Você chegou ao fim do curso.',
      heading: course.courseTitle,
      blocks: blocks(
        {
          day: 'Concluído em',
          code: 'Código de verificação',
          certificate: 'Ver certificado',
          checkable: 'Quem tiver o link ou o código pode confirmar que o certificado é autêntico.',
          course: 'Voltar ao curso',
        },
        course,
        day('pt-BR', course.completedAt, reader.timeZone),
        `${withName('Parabéns', reader.name)}. Você concluiu “${course.courseTitle}”${course.verificationCode ? ' e seu certificado está pronto.' : '.'}`,
      ),
      reason: 'Você recebeu este e-mail porque concluiu um curso na Stoa.',
    }),
    es: ({ params: course, reader }) => ({
      subject: `Terminaste ${course.courseTitle}`,
      preview: course.verificationCode ? 'Tu certificado está listo.' : 'Llegaste al final del curso.',
      heading: course.courseTitle,
      blocks: blocks(
        {
          day: 'Terminado el',
          code: 'Código de verificación',
          certificate: 'Ver certificado',
          checkable: 'Quien tenga el enlace o el código puede comprobar que el certificado es auténtico.',
          course: 'Volver al curso',
        },
        course,
        day('es', course.completedAt, reader.timeZone),
        `${withName('Enhorabuena', reader.name)}. Terminaste «${course.courseTitle}»${course.verificationCode ? ' y tu certificado está listo.' : '.'}`,
      ),
      reason: 'Recibes este correo porque terminaste un curso en Stoa.',
    }),
  },
  notice: {
    en: ({ params: course }) => ({
      title: `You completed “${course.courseTitle}”`,
      body: course.verificationCode ? 'Your certificate is ready.' : 'You reached the end of the course.',
      path: target(course),
    }),
    'pt-BR': ({ params: course }) => ({
      title: `Você concluiu “${course.courseTitle}”`,
      body: course.verificationCode ? 'Seu certificado está pronto.' : 'Você chegou ao fim do curso.',
      path: target(course),
    }),
    es: ({ params: course }) => ({
      title: `Terminaste «${course.courseTitle}»`,
      body: course.verificationCode ? 'Tu certificado está listo.' : 'Llegaste al final del curso.',
      path: target(course),
    }),
  },
});
