import { defineErrors } from '@stoa/kernel';

/** What can go wrong with courses, lessons and imports. */
export const errors = defineErrors({
  course_not_found: {
    status: 404,
    title: { en: 'This course does not exist.', 'pt-BR': 'Este curso não existe.', es: 'Este curso no existe.' },
    when: 'No course has this id or slug, or it is not published and the person may not edit it.',
    log: 'debug',
  },
  lesson_not_found: {
    status: 404,
    title: { en: 'This lesson does not exist.', 'pt-BR': 'Esta aula não existe.', es: 'Esta lección no existe.' },
    when: 'No lesson has this id, or its course is not published and the person may not edit it.',
    log: 'debug',
  },
  lesson_locked: {
    status: 403,
    title: {
      en: 'Enroll in the course to open this lesson.',
      'pt-BR': 'Matricule-se no curso para abrir esta aula.',
      es: 'Inscríbete en el curso para abrir esta lección.',
    },
    when: 'The lesson is not a preview and the person is not enrolled.',
    log: 'debug',
  },
  course_slug_taken: {
    status: 409,
    title: {
      en: 'Another course already has this address.',
      'pt-BR': 'Outro curso já usa este endereço.',
      es: 'Otro curso ya usa esta dirección.',
    },
    when: 'The slug asked for belongs to another course.',
  },
  course_not_ready: {
    status: 422,
    title: {
      en: 'A course needs a summary and at least one lesson before it can be published.',
      'pt-BR': 'O curso precisa de um resumo e de pelo menos uma aula para ser publicado.',
      es: 'El curso necesita un resumen y al menos una lección para publicarse.',
    },
    when: 'Publishing a course without summary or lessons.',
  },
  category_not_found: {
    status: 422,
    title: {
      en: 'This category does not exist.',
      'pt-BR': 'Esta categoria não existe.',
      es: 'Esta categoría no existe.',
    },
    when: 'The category of a course is not one of the list.',
  },
  invalid_document: {
    status: 422,
    title: {
      en: 'The lesson contains something that is not allowed.',
      'pt-BR': 'A aula contém algo que não é permitido.',
      es: 'La lección contiene algo que no está permitido.',
    },
    when: 'The content has a node, mark or address outside the allow-list; `errors` says where.',
  },
  import_not_found: {
    status: 404,
    title: {
      en: 'This import does not exist.',
      'pt-BR': 'Esta importação não existe.',
      es: 'Esta importación no existe.',
    },
    when: 'No import of this person has this id.',
    log: 'debug',
  },
  import_file_missing: {
    status: 422,
    title: {
      en: 'Choose a .tar.gz or .zip file to import.',
      'pt-BR': 'Escolha um arquivo .tar.gz ou .zip para importar.',
      es: 'Elige un archivo .tar.gz o .zip para importar.',
    },
    when: 'The upload has no file part.',
  },
});
