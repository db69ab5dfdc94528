import type { Phrases } from '@stoa/contracts/note';

/** What the loss report says of an Open edX course. Codes are stored in reports: they are added, never renamed. */
export const olxPhrases = {
  staff_only: {
    en: 'only staff see this in the source, so it was left out',
    'pt-BR': 'no curso original só a equipe vê isto, por isso ficou de fora',
    es: 'en el curso original solo lo ve el equipo, por eso se omitió',
  },
  groups_only: {
    en: 'the source shows this to certain groups only, here every learner sees it',
    'pt-BR': 'o curso original mostra isto só a certos grupos, aqui todos veem',
    es: 'el curso original muestra esto solo a ciertos grupos, aquí lo ven todos',
  },
  text_missing: { en: 'its text {path} is missing', 'pt-BR': 'falta o texto {path}', es: 'falta su texto {path}' },
  lesson_full: { en: 'the lesson is full', 'pt-BR': 'a aula está cheia', es: 'la lección está llena' },
  contains_itself: {
    en: 'the block contains itself',
    'pt-BR': 'o bloco contém a si mesmo',
    es: 'el bloque se contiene a sí mismo',
  },
  outline_too_deep: {
    en: 'the outline is nested too deep',
    'pt-BR': 'a estrutura está aninhada demais',
    es: 'la estructura está demasiado anidada',
  },
  definition_missing: {
    en: 'the definition {path} is missing',
    'pt-BR': 'falta a definição {path}',
    es: 'falta la definición {path}',
  },
  definition_of_other: {
    en: '{path} holds <{found}>, not <{wanted}>',
    'pt-BR': '{path} contém <{found}>, não <{wanted}>',
    es: '{path} contiene <{found}>, no <{wanted}>',
  },
  drawn_at_random: {
    en: 'the source draws {drawn} of {all} at random for each learner, all are shown here',
    'pt-BR': 'o curso original sorteia {drawn} de {all} para cada aluno, aqui todos aparecem',
    es: 'el curso original sortea {drawn} de {all} para cada alumno, aquí se muestran todos',
  },
  one_at_random: {
    en: 'the source shows 1 of {all} at random, all are shown here',
    'pt-BR': 'o curso original mostra 1 de {all} por sorteio, aqui todos aparecem',
    es: 'el curso original muestra 1 de {all} al azar, aquí se muestran todos',
  },
  versions_shown: {
    en: 'the source shows different learners different versions, all are shown here',
    'pt-BR': 'o curso original mostra versões diferentes a alunos diferentes, aqui todas aparecem',
    es: 'el curso original muestra versiones distintas a cada alumno, aquí se muestran todas',
  },
  condition_dropped: {
    en: 'the source shows this under a condition, here it is always shown',
    'pt-BR': 'o curso original mostra isto sob uma condição, aqui aparece sempre',
    es: 'el curso original muestra esto bajo una condición, aquí se muestra siempre',
  },
  not_gradable: {
    en: 'cannot be graded here: {kinds}',
    'pt-BR': 'não pode ser corrigido aqui: {kinds}',
    es: 'no se puede calificar aquí: {kinds}',
  },
  asks_nothing: {
    en: 'it asks nothing that can be answered',
    'pt-BR': 'não pergunta nada que possa ser respondido',
    es: 'no pregunta nada que se pueda responder',
  },
  tool_kept: {
    en: '{tool}: cannot run here; its definition is kept as a file',
    'pt-BR': '{tool}: não funciona aqui; a definição foi guardada como arquivo',
    es: '{tool}: no puede ejecutarse aquí; su definición se guardó como archivo',
  },
  tool_kept_with_text: {
    en: '{tool}: cannot run here; its definition is kept as a file; its text is shown',
    'pt-BR': '{tool}: não funciona aqui; a definição foi guardada como arquivo; o texto aparece',
    es: '{tool}: no puede ejecutarse aquí; su definición se guardó como archivo; su texto se muestra',
  },
  tool_of_host: { en: '{tool} of {host}', 'pt-BR': '{tool} de {host}', es: '{tool} de {host}' },
  other_sources_left_out: {
    en: ['{count} other source of the video left out', '{count} other sources of the video left out'],
    'pt-BR': ['{count} outra fonte do vídeo deixada de fora', '{count} outras fontes do vídeo deixadas de fora'],
    es: ['{count} otra fuente del video omitida', '{count} otras fuentes del video omitidas'],
  },
  transcript_missing: {
    en: 'the {language} transcript "{name}" is missing in the source',
    'pt-BR': 'a transcrição em {language} "{name}" não está nos arquivos do curso',
    es: 'la transcripción en {language} "{name}" no está en los archivos del curso',
  },
  transcript_not_converted: {
    en: 'the {language} transcript could not be converted: {reason}',
    'pt-BR': 'não foi possível converter a transcrição em {language}: {reason}',
    es: 'no se pudo convertir la transcripción en {language}: {reason}',
  },
  captions_empty: {
    en: 'no readable captions in it',
    'pt-BR': 'não há legendas legíveis nela',
    es: 'no contiene subtítulos legibles',
  },
  clip_ignored: {
    en: 'the source plays {from} to {to} only, here the whole video plays',
    'pt-BR': 'o curso original toca só de {from} a {to}, aqui o vídeo toca inteiro',
    es: 'el curso original reproduce solo de {from} a {to}, aquí se reproduce el video entero',
  },
  the_start: { en: 'the start', 'pt-BR': 'o início', es: 'el inicio' },
  the_end: { en: 'the end', 'pt-BR': 'o fim', es: 'el final' },
  video_without_source: {
    en: 'the video names neither a YouTube video nor a file that can be played',
    'pt-BR': 'o vídeo não indica nem um vídeo do YouTube nem um arquivo que possa ser tocado',
    es: 'el video no indica ni un video de YouTube ni un archivo que se pueda reproducir',
  },
  source_not_usable: {
    en: 'the source "{address}" cannot be used ({why})',
    'pt-BR': 'a fonte "{address}" não pode ser usada ({why})',
    es: 'la fuente "{address}" no se puede usar ({why})',
  },
  address_missing: { en: 'missing', 'pt-BR': 'não existe', es: 'no existe' },
  address_script: { en: 'active content', 'pt-BR': 'conteúdo ativo', es: 'contenido activo' },
  address_relative: { en: 'no full address', 'pt-BR': 'endereço incompleto', es: 'dirección incompleta' },
  address_foreign: {
    en: 'an unsupported kind of address',
    'pt-BR': 'um tipo de endereço não aceito',
    es: 'un tipo de dirección no admitido',
  },
  address_empty: { en: 'empty', 'pt-BR': 'vazio', es: 'vacía' },
  download_missing: {
    en: 'the download "{address}" is missing or cannot be used',
    'pt-BR': 'o arquivo para baixar "{address}" não existe ou não pode ser usado',
    es: 'la descarga "{address}" falta o no se puede usar',
  },
  solution_hidden: {
    en: 'the solution is never shown in the source, so it stays in the kept XML',
    'pt-BR': 'no curso original a solução nunca aparece, por isso fica no XML guardado',
    es: 'en el curso original la solución nunca se muestra, por eso queda en el XML guardado',
  },
  hints_cut: {
    en: 'only the first {limit} hints were kept',
    'pt-BR': 'só as primeiras {limit} dicas foram mantidas',
    es: 'solo se conservaron las primeras {limit} pistas',
  },
  attempts_unlimited: {
    en: 'max_attempts="{attempts}" became unlimited attempts',
    'pt-BR': 'max_attempts="{attempts}" virou tentativas ilimitadas',
    es: 'max_attempts="{attempts}" pasó a ser intentos ilimitados',
  },
  element_left_out: {
    en: '<{element}> outside of a response was left out',
    'pt-BR': '<{element}> fora de uma resposta ficou de fora',
    es: '<{element}> fuera de una respuesta se omitió',
  },
  script_left_out: {
    en: 'the script was left out and never runs; its variables ($x) appear by name',
    'pt-BR': 'o script ficou de fora e nunca é executado; as variáveis ($x) aparecem pelo nome',
    es: 'el script se omitió y nunca se ejecuta; sus variables ($x) aparecen por su nombre',
  },
  table_became_list: {
    en: 'a table with answer fields became a list of labelled fields',
    'pt-BR': 'uma tabela com campos de resposta virou uma lista de campos com rótulo',
    es: 'una tabla con campos de respuesta pasó a ser una lista de campos con etiqueta',
  },
  pool_shown: {
    en: 'all choices are shown, not a random pool of them',
    'pt-BR': 'todas as opções aparecem, não um sorteio delas',
    es: 'se muestran todas las opciones, no una selección al azar',
  },
  single_partial_credit: {
    en: 'partial credit of single choices is not given',
    'pt-BR': 'escolha única não dá crédito parcial',
    es: 'la elección única no da crédito parcial',
  },
  unpicked_feedback: {
    en: 'feedback for choices that were not picked is not shown',
    'pt-BR': 'o comentário de opções não escolhidas não aparece',
    es: 'no se muestran comentarios de opciones no elegidas',
  },
  partial_credit_unknown: {
    en: 'partial credit "{kind}" is not given',
    'pt-BR': 'o crédito parcial "{kind}" não é dado',
    es: 'el crédito parcial "{kind}" no se da',
  },
  pattern_hints_left_out: {
    en: 'hints bound to patterns of wrong answers were left out',
    'pt-BR': 'dicas ligadas a padrões de respostas erradas ficaram de fora',
    es: 'se omitieron las pistas ligadas a patrones de respuestas erróneas',
  },
  news_no_place: {
    en: 'course news and handouts have no place in Stoa yet',
    'pt-BR': 'avisos e apostilas do curso ainda não têm lugar no Stoa',
    es: 'los avisos y apuntes del curso todavía no tienen lugar en Stoa',
  },
  page_no_place: {
    en: 'this page about the course has no place in Stoa yet',
    'pt-BR': 'esta página sobre o curso ainda não tem lugar no Stoa',
    es: 'esta página sobre el curso todavía no tiene lugar en Stoa',
  },
  cover_missing: {
    en: 'the cover picture is missing in the source',
    'pt-BR': 'a imagem de capa não está nos arquivos do curso',
    es: 'la imagen de portada no está en los archivos del curso',
  },
  library_empty: {
    en: 'draws from {library}, but the source holds none of its problems',
    'pt-BR': 'usa a biblioteca {library}, mas o curso não traz nenhum exercício dela',
    es: 'toma de {library}, pero el curso no trae ninguno de sus ejercicios',
  },
  settings_not_applied: { en: 'not applied: {names}', 'pt-BR': 'não aplicado: {names}', es: 'no aplicado: {names}' },
  course_settings_left_out: {
    en: 'course settings without a counterpart left out: {names}',
    'pt-BR': 'configurações do curso sem equivalente ficaram de fora: {names}',
    es: 'ajustes del curso sin equivalente omitidos: {names}',
  },
  grading_policy_left_out: {
    en: 'graded lessons are marked; weights, drop counts and grade cutoffs are left out',
    'pt-BR': 'as aulas avaliadas estão marcadas; pesos, notas descartadas e faixas de conceito ficaram de fora',
    es: 'las lecciones calificadas están marcadas; se omitieron pesos, notas descartadas y cortes de calificación',
  },
  grading_policy_in_part: {
    en: 'graded lessons are marked, and the lowest grade cutoff ({percent} %) is what a problem needs to be passed; weights and drop counts are left out',
    'pt-BR':
      'as aulas avaliadas estão marcadas, e a menor faixa de aprovação ({percent} %) é o que um exercício precisa para passar; pesos e notas descartadas ficaram de fora',
    es: 'las lecciones calificadas están marcadas, y el corte de aprobación más bajo ({percent} %) es lo que un ejercicio necesita para aprobarse; se omitieron pesos y notas descartadas',
  },
  wiki_left_out: {
    en: 'the course names a wiki; Stoa has none and the export holds no pages of it',
    'pt-BR': 'o curso indica uma wiki; o Stoa não tem wiki e a exportação não traz páginas dela',
    es: 'el curso menciona una wiki; Stoa no tiene y la exportación no trae sus páginas',
  },
  textbooks_kept: {
    en: 'textbooks have no place in Stoa yet; their files are kept',
    'pt-BR': 'livros-texto ainda não têm lugar no Stoa; os arquivos foram guardados',
    es: 'los libros de texto todavía no tienen lugar en Stoa; sus archivos se conservan',
  },
  draft_left_out: {
    en: 'a draft that was never published; left out',
    'pt-BR': 'um rascunho que nunca foi publicado; ficou de fora',
    es: 'un borrador que nunca se publicó; se omitió',
  },
  orphan_left_out: {
    en: 'no part of the outline refers to it; left out',
    'pt-BR': 'nenhuma parte da estrutura aponta para isto; ficou de fora',
    es: 'ninguna parte de la estructura lo menciona; se omitió',
  },
  question_bank_kept: {
    en: 'question bank "{name}": {count} blocks kept as files; the course has its own copies of those it draws',
    'pt-BR':
      'banco de questões "{name}": {count} blocos guardados como arquivos; o curso tem cópias próprias dos que usa',
    es: 'banco de preguntas "{name}": {count} bloques guardados como archivos; el curso tiene copias propias de los que usa',
  },
  captions_also_as_vtt: {
    en: 'captions also kept as WebVTT: {path}',
    'pt-BR': 'legendas também guardadas como WebVTT: {path}',
    es: 'subtítulos guardados también como WebVTT: {path}',
  },
  program_code_kept: {
    en: 'program code, kept as a file and never run',
    'pt-BR': 'código de programa, guardado como arquivo e nunca executado',
    es: 'código de programa, guardado como archivo y nunca ejecutado',
  },
  used_by_unshown: {
    en: 'kept, but only a block that cannot be shown uses it',
    'pt-BR': 'guardado, mas só um bloco que não pode ser mostrado o usa',
    es: 'conservado, pero solo lo usa un bloque que no se puede mostrar',
  },
  used_by_none: {
    en: 'kept, no lesson uses it',
    'pt-BR': 'guardado, nenhuma aula o usa',
    es: 'conservado, ninguna lección lo usa',
  },
  referred_but_missing: {
    en: 'missing in the source; {source} refers to it',
    'pt-BR': 'não está nos arquivos do curso; {source} aponta para ele',
    es: 'no está en los archivos del curso; {source} lo menciona',
  },
  referred_by_many_but_missing: {
    en: 'missing in the source; {source} and {more} more refer to it',
    'pt-BR': 'não está nos arquivos do curso; {source} e mais {more} apontam para ele',
    es: 'no está en los archivos del curso; {source} y {more} más lo mencionan',
  },
} as const satisfies Phrases;
