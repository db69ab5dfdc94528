/** The few words the importer itself writes into a lesson, in the language of that lesson. */
export type Phrases = {
  quizBefore: string;
  quizAfter: string;
  quiz: string;
  assignment: string;
  notes: string;
  openLink: string;
};

const english: Phrases = {
  quizBefore: 'Before you start',
  quizAfter: 'Check what you learned',
  quiz: 'Quiz',
  assignment: 'Assignment',
  notes: 'Notes',
  openLink: 'Open the page',
};

const portuguese: Phrases = {
  quizBefore: 'Antes de começar',
  quizAfter: 'Confira o que você aprendeu',
  quiz: 'Questionário',
  assignment: 'Tarefa',
  notes: 'Notas',
  openLink: 'Abrir a página',
};

const spanish: Phrases = {
  quizBefore: 'Antes de empezar',
  quizAfter: 'Comprueba lo que aprendiste',
  quiz: 'Cuestionario',
  assignment: 'Tarea',
  notes: 'Notas',
  openLink: 'Abrir la página',
};

/** The phrases for a BCP 47 tag, by its primary language; English for every other language. */
export function phrasesFor(language: string): Phrases {
  const primary = language.split('-')[0]?.toLowerCase();
  if (primary === 'pt') return portuguese;
  if (primary === 'es') return spanish;
  return english;
}
