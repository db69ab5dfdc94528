import { defineErrors } from '@stoa/kernel';

/** What enrollment refuses, and when. */
export const errors = defineErrors({
  course_not_found: {
    status: 404,
    title: {
      en: 'This course is not available.',
      'pt-BR': 'Este curso não está disponível.',
      es: 'Este curso no está disponible.',
    },
    when: 'The course does not exist or is not published.',
    log: 'debug',
  },
  course_requires_purchase: {
    status: 403,
    title: {
      en: 'This course costs {price}. Buy it to start.',
      'pt-BR': 'Este curso custa {price}. Compre para começar.',
      es: 'Este curso cuesta {price}. Cómpralo para empezar.',
    },
    when: 'Someone enrolls for free in a course that has a price.',
    log: 'info',
  },
  not_enrolled: {
    status: 403,
    title: {
      en: 'Enroll in this course first.',
      'pt-BR': 'Inscreva-se neste curso primeiro.',
      es: 'Primero inscríbete en este curso.',
    },
    when: 'Progress of a course is asked for or reported by someone who has no access to it.',
    log: 'debug',
  },
  lesson_requires_passing: {
    status: 409,
    title: {
      en: 'This lesson is completed by solving its problems.',
      'pt-BR': 'Esta aula é concluída ao resolver os exercícios.',
      es: 'Esta lección se completa al resolver sus ejercicios.',
    },
    when: '`completed` is reported for a lesson whose problems have not been passed.',
    log: 'info',
  },
  enrollment_not_free: {
    status: 409,
    title: {
      en: 'You paid for this course. To give it back, ask for a refund.',
      'pt-BR': 'Você pagou por este curso. Para devolvê-lo, peça um reembolso.',
      es: 'Pagaste por este curso. Para devolverlo, pide un reembolso.',
    },
    when: 'Someone leaves a course they did not get for free.',
    log: 'info',
  },
  certificate_not_found: {
    status: 404,
    title: {
      en: 'There is no certificate with this code. Check for typing errors.',
      'pt-BR': 'Não há certificado com este código. Confira se digitou certo.',
      es: 'No hay ningún certificado con este código. Revisa si lo escribiste bien.',
    },
    when: 'No certificate has the code, or its holder had their account erased.',
    log: 'debug',
  },
  certificate_revoked: {
    status: 410,
    title: {
      en: 'This certificate has been revoked.',
      'pt-BR': 'Este certificado foi revogado.',
      es: 'Este certificado fue revocado.',
    },
    when: 'The PDF of a revoked certificate is asked for.',
    log: 'info',
  },
});
