/** The few words the importer itself writes into a lesson, in the language of that lesson. */
export type Phrases = {
  quizBefore: string;
  quizAfter: string;
  quiz: string;
  assignment: string;
  notes: string;
  missingImage: string;
  openLink: string;
  brokenLesson: string;
};

const english: Phrases = {
  quizBefore: 'Before you start',
  quizAfter: 'Check what you learned',
  quiz: 'Quiz',
  assignment: 'Assignment',
  notes: 'Notes',
  missingImage: 'The picture is missing in the source of this course.',
  openLink: 'Open the page',
  brokenLesson: 'The text of this lesson could not be read.',
};

const portuguese: Phrases = {
  quizBefore: 'Antes de começar',
  quizAfter: 'Confira o que você aprendeu',
  quiz: 'Questionário',
  assignment: 'Tarefa',
  notes: 'Notas',
  missingImage: 'A imagem não veio com os arquivos deste curso.',
  openLink: 'Abrir a página',
  brokenLesson: 'Não foi possível ler o texto desta aula.',
};

const spanish: Phrases = {
  quizBefore: 'Antes de empezar',
  quizAfter: 'Comprueba lo que aprendiste',
  quiz: 'Cuestionario',
  assignment: 'Tarea',
  notes: 'Notas',
  missingImage: 'La imagen no vino con los archivos de este curso.',
  openLink: 'Abrir la página',
  brokenLesson: 'No se pudo leer el texto de esta lección.',
};

/** The phrases for a BCP 47 tag, by its primary language; English for every other language. */
export function phrasesFor(language: string): Phrases {
  const primary = language.split('-')[0]?.toLowerCase();
  if (primary === 'pt') return portuguese;
  if (primary === 'es') return spanish;
  return english;
}
