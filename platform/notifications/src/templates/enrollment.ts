import { z } from 'zod';
import { defineTemplate } from './template.ts';
import { withName } from './words.ts';

const params = z.strictObject({ courseTitle: z.string(), courseSlug: z.string() });
const learnPath = (slug: string) => `/learn/${encodeURIComponent(slug)}`;

/** A person got access to a course: free, bought, invited or as a gift. */
export const enrollment = defineTemplate({
  kind: 'enrollment',
  label: { en: 'Course enrollment', 'pt-BR': 'Inscrição em curso', es: 'Inscripción en un curso' },
  urgency: 'prompted',
  params,
  sample: {
    en: { courseTitle: 'Read a Balance Sheet', courseSlug: 'read-a-balance-sheet' },
    'pt-BR': { courseTitle: 'Como ler um balanço', courseSlug: 'como-ler-um-balanco' },
    es: { courseTitle: 'Cómo leer un balance', courseSlug: 'como-leer-un-balance' },
  },
  mail: {
    en: ({ params: { courseTitle, courseSlug }, reader }) => ({
      subject: `You are enrolled: ${courseTitle}`,
      preview: 'Your course is ready when you are.',
      heading: courseTitle,
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Hello', reader.name)}. You are enrolled in “${courseTitle}”. Begin whenever you like; your progress is saved as you go.`,
        },
        { kind: 'action', label: 'Start the course', path: learnPath(courseSlug) },
      ],
      reason: 'You are receiving this because you enrolled in a course on Stoa.',
    }),
    'pt-BR': ({ params: { courseTitle, courseSlug }, reader }) => ({
      subject: `Inscrição confirmada: ${courseTitle}`,
      preview: 'Seu curso está pronto. Comece quando quiser.',
      heading: courseTitle,
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Olá', reader.name)}. Sua inscrição em “${courseTitle}” está confirmada. Comece quando quiser; seu progresso fica salvo ao longo do curso.`,
        },
        { kind: 'action', label: 'Começar o curso', path: learnPath(courseSlug) },
      ],
      reason: 'Você recebeu este e-mail porque se inscreveu em um curso na Stoa.',
    }),
    es: ({ params: { courseTitle, courseSlug }, reader }) => ({
      subject: `Inscripción confirmada: ${courseTitle}`,
      preview: 'Tu curso está listo. Empieza cuando quieras.',
      heading: courseTitle,
      blocks: [
        {
          kind: 'paragraph',
          text: `${withName('Hola', reader.name)}. Ya tienes tu plaza en «${courseTitle}». Empieza cuando quieras; tu avance se guarda a cada paso.`,
        },
        { kind: 'action', label: 'Empezar el curso', path: learnPath(courseSlug) },
      ],
      reason: 'Recibes este correo porque te inscribiste en un curso de Stoa.',
    }),
  },
  notice: {
    en: ({ params: { courseTitle, courseSlug } }) => ({
      title: `You are enrolled in “${courseTitle}”`,
      body: 'Begin whenever you like. Your progress is saved as you go.',
      path: learnPath(courseSlug),
    }),
    'pt-BR': ({ params: { courseTitle, courseSlug } }) => ({
      title: `Sua inscrição em “${courseTitle}” está confirmada`,
      body: 'Comece quando quiser. Seu progresso fica salvo.',
      path: learnPath(courseSlug),
    }),
    es: ({ params: { courseTitle, courseSlug } }) => ({
      title: `Ya tienes tu plaza en «${courseTitle}»`,
      body: 'Empieza cuando quieras. Tu avance se guarda a cada paso.',
      path: learnPath(courseSlug),
    }),
  },
});
