import type { Block, Document } from './document.ts';
import { type LeafBlock, mapBlocks } from './document-tree.ts';
import { type Note, type NoteLocale, type ParamsOf, type Phrases, sayNote } from './note.ts';

/**
 * What documents say in place of something that Stoa does not have or cannot run. Codes are stored in documents: they
 * are added, never renamed.
 */
export const documentPhrases = {
  file_not_in_source: {
    en: 'The source does not contain this file.',
    'pt-BR': 'Este arquivo não veio com o curso original.',
    es: 'Este archivo no vino con el curso original.',
  },
  picture_not_in_source: {
    en: 'The picture is missing in the source of this course.',
    'pt-BR': 'A imagem não veio com os arquivos deste curso.',
    es: 'La imagen no vino con los archivos de este curso.',
  },
  problem_not_readable: {
    en: 'This problem could not be read.',
    'pt-BR': 'Não foi possível ler este exercício.',
    es: 'No se pudo leer este ejercicio.',
  },
  lesson_not_readable: {
    en: 'The text of this lesson could not be read.',
    'pt-BR': 'Não foi possível ler o texto desta aula.',
    es: 'No se pudo leer el texto de esta lección.',
  },
  frame_not_in_source: {
    en: 'The source shows "{address}" in a frame here; it is not part of the import.',
    'pt-BR': 'O curso original mostra "{address}" em um quadro aqui; isso não faz parte da importação.',
    es: 'El curso original muestra "{address}" en un marco aquí; no forma parte de la importación.',
  },
  tool_not_run: {
    en: 'This part of the original course is {tool}. Stoa cannot run it yet.',
    'pt-BR': 'Esta parte do curso original é {tool}. O Stoa ainda não consegue executá-la.',
    es: 'Esta parte del curso original es {tool}. Stoa todavía no puede ejecutarla.',
  },
  tool_of_host_not_run: {
    en: 'This part of the original course is {tool} of {host}. Stoa cannot run it yet.',
    'pt-BR': 'Esta parte do curso original é {tool} de {host}. O Stoa ainda não consegue executá-la.',
    es: 'Esta parte del curso original es {tool} de {host}. Stoa todavía no puede ejecutarla.',
  },
  tool_external: { en: 'an external tool', 'pt-BR': 'uma ferramenta externa', es: 'una herramienta externa' },
  tool_peer_assessment: {
    en: 'a peer assessment',
    'pt-BR': 'uma avaliação entre colegas',
    es: 'una evaluación entre compañeros',
  },
  tool_poll: { en: 'a poll', 'pt-BR': 'uma enquete', es: 'una encuesta rápida' },
  tool_survey: { en: 'a survey', 'pt-BR': 'uma pesquisa', es: 'una encuesta' },
  tool_drag_and_drop: {
    en: 'a drag and drop exercise',
    'pt-BR': 'um exercício de arrastar e soltar',
    es: 'un ejercicio de arrastrar y soltar',
  },
  tool_staff_graded_assignment: {
    en: 'a staff graded assignment',
    'pt-BR': 'uma tarefa corrigida pela equipe',
    es: 'una tarea que califica el equipo',
  },
  tool_staff_graded_points: {
    en: 'a place for points that staff give',
    'pt-BR': 'um espaço para pontos dados pela equipe',
    es: 'un espacio para puntos que da el equipo',
  },
  tool_discussion: { en: 'a discussion', 'pt-BR': 'uma discussão', es: 'un debate' },
  tool_completion_button: {
    en: 'a completion button',
    'pt-BR': 'um botão de conclusão',
    es: 'un botón de finalización',
  },
  tool_annotated_text: { en: 'an annotated text', 'pt-BR': 'um texto anotado', es: 'un texto anotado' },
  tool_word_cloud: { en: 'a word cloud', 'pt-BR': 'uma nuvem de palavras', es: 'una nube de palabras' },
  tool_other: {
    en: 'a component of the kind "{type}"',
    'pt-BR': 'um componente do tipo "{type}"',
    es: 'un componente del tipo "{type}"',
  },
} as const satisfies Phrases;

export type DocumentNoteCode = keyof typeof documentPhrases;

/** A note of a document; the compiler knows which parameters each code has. */
export function documentNote<C extends DocumentNoteCode>(
  code: C,
  ...[params]: ParamsOf<(typeof documentPhrases)[C]>
): Note {
  return { code, params: params ?? {} };
}

/** What stands where something is missing: its kind and title, and why, in English for readers that do not know the code. */
export function unsupportedBlock({ kind, title, says }: { kind: string; title: string; says: Note }): Block {
  const note = sayNote(says, { phrases: documentPhrases, locale: 'en' }) ?? '';
  return {
    type: 'unsupported',
    attrs: { kind: kind.slice(0, 100), title: title.slice(0, 500), note: note.slice(0, 2000), says },
  };
}

/** Sentences that documents hold which were stored before notes had codes. */
const formerly: ReadonlyMap<string, Note> = new Map(
  (['file_not_in_source', 'picture_not_in_source', 'problem_not_readable', 'lesson_not_readable'] as const).flatMap(
    (code) => Object.values(documentPhrases[code]).map((text): [string, Note] => [text, { code, params: {} }]),
  ),
);

/** The same document with its notes in a language; a note that has no code stays in the words it was stored in. */
export function localizeDocument(document: Document, locale: NoteLocale): Document {
  return { ...document, content: localizeBlocks(document.content, locale) };
}

/** The same blocks with their notes in a language, as {@link localizeDocument} does. */
export function localizeBlocks(blocks: readonly Block[], locale: NoteLocale): Block[] {
  return mapBlocks(blocks, (block) => localizeBlock(block, locale));
}

function localizeBlock(block: LeafBlock, locale: NoteLocale): Block {
  if (block.type !== 'unsupported') return block;
  const says = block.attrs.says ?? formerly.get(block.attrs.note);
  const note = says && sayNote(says, { phrases: documentPhrases, locale });
  return note ? { ...block, attrs: { ...block.attrs, note, says } } : block;
}
