import { defineErrors } from '@stoa/kernel';
import type { AnswerIssue } from './read-answers.ts';

/** What can go wrong with problems, and what a learner is told. */
export const errors = defineErrors({
  problem_not_found: {
    status: 404,
    title: {
      en: 'This problem does not exist, or no longer belongs to the course.',
      'pt-BR': 'Este exercício não existe ou não faz mais parte do curso.',
      es: 'Este ejercicio no existe o ya no forma parte del curso.',
    },
    when: 'No problem has this id, or it was removed from its lesson.',
    log: 'debug',
  },
  problem_not_open: {
    status: 403,
    title: {
      en: 'Enroll in the course to work on its problems.',
      'pt-BR': 'Inscreva-se no curso para fazer os exercícios.',
      es: 'Inscríbete en el curso para hacer sus ejercicios.',
    },
    when: 'The lesson is not a preview and the person is neither enrolled nor teaches the course.',
    log: 'debug',
  },
  problem_not_gradable: {
    status: 409,
    title: {
      en: 'This kind of problem cannot be graded here yet. It does not count.',
      'pt-BR': 'Este tipo de exercício ainda não pode ser corrigido aqui. Ele não conta para a nota.',
      es: 'Este tipo de ejercicio todavía no se puede calificar aquí. No cuenta para la nota.',
    },
    when: 'An attempt was submitted to a problem with a part that the machine cannot grade.',
    log: 'debug',
  },
  problem_already_solved: {
    status: 409,
    title: {
      en: 'You already have the full score for this problem.',
      'pt-BR': 'Você já tem a nota máxima neste exercício.',
      es: 'Ya tienes la puntuación máxima en este ejercicio.',
    },
    when: 'An attempt was submitted after one with the full score.',
    log: 'debug',
  },
  no_attempts_left: {
    status: 409,
    title: {
      en: 'You have used all of your attempts for this problem.',
      'pt-BR': 'Você já usou todas as tentativas deste exercício.',
      es: 'Ya usaste todos los intentos de este ejercicio.',
    },
    when: 'The attempt limit of the problem is reached.',
    log: 'debug',
  },
  answers_not_understood: {
    status: 422,
    title: {
      en: 'Some answers could not be read. This attempt was not counted.',
      'pt-BR': 'Não foi possível entender algumas respostas. Esta tentativa não foi contada.',
      es: 'No se pudieron entender algunas respuestas. Este intento no se contó.',
    },
    when: 'An answer is not a number, not one of the choices, or too long; `errors` names each response.',
    log: 'debug',
  },
  nothing_answered: {
    status: 422,
    title: {
      en: 'Answer at least one part before you submit. This attempt was not counted.',
      'pt-BR': 'Responda pelo menos uma parte antes de enviar. Esta tentativa não foi contada.',
      es: 'Responde al menos una parte antes de enviar. Este intento no se contó.',
    },
    when: 'The submission holds no answer at all.',
    log: 'debug',
  },
  problem_definition_invalid: {
    status: 422,
    title: {
      en: 'The problem “{sourceKey}” is not well formed.',
      'pt-BR': 'O exercício “{sourceKey}” não está bem formado.',
      es: 'El ejercicio “{sourceKey}” no está bien formado.',
    },
    when: 'A definition given to PutProblems does not fit the problem format; `errors` names each place.',
    log: 'warn',
  },
});

/** What a learner reads beside an answer that could not be read. */
export const issueTexts: Record<AnswerIssue['code'], { en: string; 'pt-BR': string; es: string }> = {
  invalid_number: {
    en: 'This is not a number. Write it like 3.14, 1/3 or 2.5e3.',
    'pt-BR': 'Isto não é um número. Escreva como 3,14, 1/3 ou 2,5e3.',
    es: 'Esto no es un número. Escríbelo como 3,14, 1/3 o 2,5e3.',
  },
  unknown_choice: {
    en: 'This is not one of the choices. Reload the page and try again.',
    'pt-BR': 'Esta não é uma das opções. Recarregue a página e tente de novo.',
    es: 'Esta no es una de las opciones. Recarga la página e inténtalo de nuevo.',
  },
  one_choice_only: {
    en: 'Choose only one option.',
    'pt-BR': 'Escolha apenas uma opção.',
    es: 'Elige solo una opción.',
  },
  answer_too_long: {
    en: 'This answer is too long. At most 2,000 characters.',
    'pt-BR': 'Esta resposta é longa demais. No máximo 2.000 caracteres.',
    es: 'Esta respuesta es demasiado larga. Como máximo 2000 caracteres.',
  },
  wrong_type: {
    en: 'This answer does not fit the question.',
    'pt-BR': 'Esta resposta não corresponde à pergunta.',
    es: 'Esta respuesta no corresponde a la pregunta.',
  },
  unknown_response: {
    en: 'The problem has no such question. Reload the page and try again.',
    'pt-BR': 'O exercício não tem esta pergunta. Recarregue a página e tente de novo.',
    es: 'El ejercicio no tiene esta pregunta. Recarga la página e inténtalo de nuevo.',
  },
};
