import { z } from 'zod';
import { defineTemplate } from './template.ts';
import { withName } from './words.ts';

/** The first mail after signing up: what this is and where to begin. */
export const welcome = defineTemplate({
  kind: 'welcome',
  label: { en: 'Welcome', 'pt-BR': 'Boas-vindas', es: 'Bienvenida' },
  urgency: 'prompted',
  news: true,
  params: z.strictObject({}),
  sample: { en: {}, 'pt-BR': {}, es: {} },
  mail: {
    en: ({ reader }) => ({
      subject: 'Welcome to Stoa',
      preview: 'Your account is ready. Here is where to begin.',
      heading: withName('Welcome', reader.name),
      blocks: [
        {
          kind: 'paragraph',
          text: 'Your account is ready. Find a course, study at your own pace, and pick up where you left off on any device.',
        },
        { kind: 'action', label: 'Browse courses', path: '/courses' },
        { kind: 'note', text: 'When you finish a course, you receive a certificate that anyone can check.' },
      ],
      reason: 'You are receiving this because a Stoa account was created with this address.',
    }),
    'pt-BR': ({ reader }) => ({
      subject: 'Boas-vindas à Stoa',
      preview: 'Sua conta está pronta. Veja por onde começar.',
      heading: withName('Boas-vindas', reader.name),
      blocks: [
        {
          kind: 'paragraph',
          text: 'Sua conta está pronta. Escolha um curso, estude no seu ritmo e continue de onde parou em qualquer dispositivo.',
        },
        { kind: 'action', label: 'Ver cursos', path: '/courses' },
        { kind: 'note', text: 'Ao concluir um curso, você recebe um certificado que qualquer pessoa pode conferir.' },
      ],
      reason: 'Você recebeu este e-mail porque uma conta na Stoa foi criada com este endereço.',
    }),
    es: ({ reader }) => ({
      subject: 'Te damos la bienvenida a Stoa',
      preview: 'Tu cuenta está lista. Mira por dónde empezar.',
      heading: withName('Te damos la bienvenida', reader.name),
      blocks: [
        {
          kind: 'paragraph',
          text: 'Tu cuenta está lista. Elige un curso, estudia a tu ritmo y sigue donde lo dejaste en cualquier dispositivo.',
        },
        { kind: 'action', label: 'Ver cursos', path: '/courses' },
        { kind: 'note', text: 'Al terminar un curso recibes un certificado que cualquiera puede comprobar.' },
      ],
      reason: 'Recibes este correo porque se creó una cuenta de Stoa con esta dirección.',
    }),
  },
});
