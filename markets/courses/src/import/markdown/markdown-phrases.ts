import type { Phrases } from '@stoa/contracts/note';

/** What the loss report says of a Markdown course. Codes are stored in reports: they are added, never renamed. */
export const markdownPhrases = {
  in_html: { en: 'HTML: {what}', 'pt-BR': 'HTML: {what}', es: 'HTML: {what}' },
  html_left_out: {
    en: 'a piece of HTML was left out: {reason}',
    'pt-BR': 'um trecho de HTML ficou de fora: {reason}',
    es: 'se omitió un fragmento de HTML: {reason}',
  },
  link_lost: {
    en: '"{address}" {reason}; its text was kept',
    'pt-BR': '"{address}" {reason}; o texto foi mantido',
    es: '"{address}" {reason}; se conservó su texto',
  },
  picture_lost: {
    en: '"{address}" {reason}; a note stands in its place',
    'pt-BR': '"{address}" {reason}; um aviso está no lugar',
    es: '"{address}" {reason}; en su lugar hay un aviso',
  },
  leads_to_no_heading: {
    en: 'leads to no heading of this text',
    'pt-BR': 'não leva a nenhum título deste texto',
    es: 'no lleva a ningún título de este texto',
  },
  leads_out_of_source: {
    en: 'leads out of the source',
    'pt-BR': 'leva para fora do curso original',
    es: 'lleva fuera del curso original',
  },
  leads_to_unreadable: {
    en: 'leads to a lesson that could not be read',
    'pt-BR': 'leva a uma aula que não pôde ser lida',
    es: 'lleva a una lección que no se pudo leer',
  },
  leads_to_course_page: {
    en: 'leads to the page of the course, which lessons do not link',
    'pt-BR': 'leva à página do curso, para a qual as aulas não apontam',
    es: 'lleva a la página del curso, a la que las lecciones no enlazan',
  },
  leads_to_folder: {
    en: 'leads to a folder that is no lesson',
    'pt-BR': 'leva a uma pasta que não é uma aula',
    es: 'lleva a una carpeta que no es una lección',
  },
  leads_to_nothing: {
    en: 'leads to nothing in the source',
    'pt-BR': 'não leva a nada no curso original',
    es: 'no lleva a nada en el curso original',
  },
  is_empty: { en: 'is empty', 'pt-BR': 'está vazio', es: 'está vacío' },
  is_active: {
    en: 'is active content or embedded data',
    'pt-BR': 'é conteúdo ativo ou dados embutidos',
    es: 'es contenido activo o datos incrustados',
  },
  html_not_shown: {
    en: 'The text has HTML that lessons do not show. Take it out, or write \\< for a plain <.',
    'pt-BR': 'O texto tem HTML que as aulas não mostram. Retire-o, ou escreva \\< para um simples <.',
    es: 'El texto tiene HTML que las lecciones no muestran. Quítalo, o escribe \\< para un simple <.',
  },
  kept_out_of_place: {
    en: 'stands for nothing in this lesson, or not on a line of its own',
    'pt-BR': 'não corresponde a nada nesta aula, ou não está sozinho na linha',
    es: 'no corresponde a nada de esta lección, o no está solo en su línea',
  },
  is_no_address: { en: 'is no web address', 'pt-BR': 'não é um endereço da web', es: 'no es una dirección web' },
  pictures_over_https: {
    en: 'pictures from http: addresses are asked for over https:',
    'pt-BR': 'imagens de endereços http: são pedidas por https:',
    es: 'las imágenes de direcciones http: se piden por https:',
  },
  embed_not_https: {
    en: 'an embedded page must have an https: address; it was left out',
    'pt-BR': 'uma página incorporada precisa de um endereço https:; ficou de fora',
    es: 'una página incrustada necesita una dirección https:; se omitió',
  },
  nested_too_deep: {
    en: 'nested deeper than {levels} levels: kept as plain text',
    'pt-BR': 'aninhado além de {levels} níveis: mantido como texto simples',
    es: 'anidado más de {levels} niveles: conservado como texto simple',
  },
  code_cut: {
    en: 'a code block longer than {limit} characters was cut',
    'pt-BR': 'um bloco de código com mais de {limit} caracteres foi cortado',
    es: 'se cortó un bloque de código de más de {limit} caracteres',
  },
  table_cut: {
    en: 'a table longer than {limit} rows was cut',
    'pt-BR': 'uma tabela com mais de {limit} linhas foi cortada',
    es: 'se cortó una tabla de más de {limit} filas',
  },
  picture_became_video: {
    en: 'a picture that linked to a YouTube video became the video',
    'pt-BR': 'uma imagem com link para um vídeo do YouTube virou o vídeo',
    es: 'una imagen que enlazaba a un video de YouTube pasó a ser el video',
  },
  footnotes_became_list: {
    en: 'footnotes became a numbered list at the end',
    'pt-BR': 'as notas de rodapé viraram uma lista numerada no fim',
    es: 'las notas al pie pasaron a ser una lista numerada al final',
  },
  tag_removed: { en: '<{tag}> was removed', 'pt-BR': '<{tag}> foi removido', es: 'se eliminó <{tag}>' },
  tag_removed_text_kept: {
    en: '<{tag}> was removed, its text kept',
    'pt-BR': '<{tag}> foi removido, o texto foi mantido',
    es: 'se eliminó <{tag}>, se conservó su texto',
  },
  badges_left_out: {
    en: 'badges of the repository were left out',
    'pt-BR': 'os selos do repositório ficaram de fora',
    es: 'se omitieron las insignias del repositorio',
  },
  section_in_description: {
    en: 'shown in the description of the course, because modules have no text of their own',
    'pt-BR': 'aparece na descrição do curso, porque os módulos não têm texto próprio',
    es: 'se muestra en la descripción del curso, porque los módulos no tienen texto propio',
  },
  assignment_borrowed: {
    en: 'the assignment has no {language} text and is shown in {shown}',
    'pt-BR': 'a tarefa não tem texto em {language} e aparece em {shown}',
    es: 'la tarea no tiene texto en {language} y se muestra en {shown}',
  },
  assignment_without_lesson: {
    en: 'not shown: the lesson has no {language} text it could be appended to',
    'pt-BR': 'não aparece: a aula não tem texto em {language} ao qual juntar',
    es: 'no se muestra: la lección no tiene texto en {language} al que añadirla',
  },
  name_by_one_letter: {
    en: 'taken for {name}, its name differs by one letter',
    'pt-BR': 'tomado por {name}, o nome difere em uma letra',
    es: 'se tomó por {name}, su nombre difiere en una letra',
  },
  other_text_taken: {
    en: 'not shown: {name} is the text in {language} that was taken',
    'pt-BR': 'não aparece: {name} é o texto em {language} que foi usado',
    es: 'no se muestra: {name} es el texto en {language} que se tomó',
  },
  not_utf8: {
    en: 'bytes that are not UTF-8 were replaced',
    'pt-BR': 'bytes que não são UTF-8 foram substituídos',
    es: 'se reemplazaron bytes que no son UTF-8',
  },
  id_taken: {
    en: 'the id "{id}" belongs to an earlier lesson; the path is used',
    'pt-BR': 'o id "{id}" já é de uma aula anterior; o caminho é usado',
    es: 'el id "{id}" ya es de una lección anterior; se usa la ruta',
  },
  cover_not_there: {
    en: 'the cover "{path}" is not in the source',
    'pt-BR': 'a capa "{path}" não está no curso original',
    es: 'la portada "{path}" no está en el curso original',
  },
  not_a_lesson: {
    en: 'not shown: it is neither a lesson nor linked from one',
    'pt-BR': 'não aparece: não é uma aula nem há link para ele em uma',
    es: 'no se muestra: no es una lección ni se enlaza desde una',
  },
  files_unused: {
    en: ['{count} other file is not used by any lesson', '{count} other files are not used by any lesson'],
    'pt-BR': [
      '{count} outro arquivo não é usado por nenhuma aula',
      '{count} outros arquivos não são usados por nenhuma aula',
    ],
    es: ['{count} archivo más no lo usa ninguna lección', '{count} archivos más no los usa ninguna lección'],
  },
  settings_too_long: {
    en: 'settings are longer than {limit} KiB and were ignored',
    'pt-BR': 'as configurações passam de {limit} KiB e foram ignoradas',
    es: 'los ajustes superan {limit} KiB y se ignoraron',
  },
  settings_no_mapping: {
    en: 'settings are not a mapping and were ignored',
    'pt-BR': 'as configurações não são pares de nome e valor e foram ignoradas',
    es: 'los ajustes no son pares de nombre y valor y se ignoraron',
  },
  settings_no_yaml: {
    en: 'settings are not valid YAML and were ignored: {detail}',
    'pt-BR': 'as configurações não são YAML válido e foram ignoradas: {detail}',
    es: 'los ajustes no son YAML válido y se ignoraron: {detail}',
  },
  setting_ignored: {
    en: 'setting "{name}" was ignored: {reason}',
    'pt-BR': 'a configuração "{name}" foi ignorada: {reason}',
    es: 'el ajuste "{name}" se ignoró: {reason}',
  },
  no_duration: {
    en: 'is no duration such as 90s, 12m or 1h 30m',
    'pt-BR': 'não é uma duração como 90s, 12m ou 1h 30m',
    es: 'no es una duración como 90s, 12m o 1h 30m',
  },
  no_language: { en: 'is no language tag', 'pt-BR': 'não é um código de idioma', es: 'no es un código de idioma' },
  value_not_understood: {
    en: 'its value is not understood',
    'pt-BR': 'o valor não é compreendido',
    es: 'no se entiende su valor',
  },
  quiz_unused: {
    en: 'not shown: no lesson links to it and its number fits no lesson',
    'pt-BR': 'não aparece: nenhuma aula tem link para ele e o número não corresponde a nenhuma',
    es: 'no se muestra: ninguna lección lo enlaza y su número no corresponde a ninguna',
  },
  quiz_without_questions: {
    en: 'the quiz has no question that could be read',
    'pt-BR': 'o questionário não tem nenhuma pergunta que pudesse ser lida',
    es: 'el cuestionario no tiene ninguna pregunta que se pudiera leer',
  },
  quiz_file_not_readable: {
    en: 'the quiz file could not be read: {reason}',
    'pt-BR': 'não foi possível ler o arquivo do questionário: {reason}',
    es: 'no se pudo leer el archivo del cuestionario: {reason}',
  },
  quiz_format_unknown: {
    en: 'the file holds no quiz in a format that is understood',
    'pt-BR': 'o arquivo não traz questionário em um formato compreendido',
    es: 'el archivo no trae ningún cuestionario en un formato que se entienda',
  },
  quiz_repeated: {
    en: 'a second quiz with the same id was left out',
    'pt-BR': 'um segundo questionário com o mesmo id ficou de fora',
    es: 'se omitió un segundo cuestionario con el mismo id',
  },
  quiz_missing_in: {
    en: 'the quiz is missing in {language}',
    'pt-BR': 'falta o questionário em {language}',
    es: 'falta el cuestionario en {language}',
  },
  quiz_question_count: {
    en: 'the translation has {found} questions instead of {wanted}',
    'pt-BR': 'a tradução tem {found} perguntas em vez de {wanted}',
    es: 'la traducción tiene {found} preguntas en vez de {wanted}',
  },
  question_left_out: {
    en: 'question {number}: left out, {reason}',
    'pt-BR': 'pergunta {number}: ficou de fora, {reason}',
    es: 'pregunta {number}: omitida, {reason}',
  },
  question_untranslated: {
    en: 'question {number}: shown in the source language, {reason}',
    'pt-BR': 'pergunta {number}: aparece no idioma original, {reason}',
    es: 'pregunta {number}: se muestra en el idioma original, {reason}',
  },
  field_not_understood: {
    en: '{field} is not understood',
    'pt-BR': '{field} não é compreendido',
    es: 'no se entiende {field}',
  },
  the_question: { en: 'the question', 'pt-BR': 'a pergunta', es: 'la pregunta' },
  no_choices: { en: 'it has no choices', 'pt-BR': 'não tem opções', es: 'no tiene opciones' },
  choice_ids_repeated: {
    en: 'two choices have the same id',
    'pt-BR': 'duas opções têm o mesmo id',
    es: 'dos opciones tienen el mismo id',
  },
  choice_empty: { en: 'a choice is empty', 'pt-BR': 'uma opção está vazia', es: 'una opción está vacía' },
  no_right_choice: {
    en: 'no choice is marked as right',
    'pt-BR': 'nenhuma opção está marcada como certa',
    es: 'ninguna opción está marcada como correcta',
  },
  several_right_choices: {
    en: '{found} choices are marked as right',
    'pt-BR': '{found} opções estão marcadas como certas',
    es: '{found} opciones están marcadas como correctas',
  },
  no_numerical_answer: {
    en: 'it has no numerical answer that is understood',
    'pt-BR': 'não tem resposta numérica compreendida',
    es: 'no tiene una respuesta numérica que se entienda',
  },
  no_full_credit: {
    en: 'no answer gives full credit',
    'pt-BR': 'nenhuma resposta dá a nota inteira',
    es: 'ninguna respuesta da la nota completa',
  },
  interval_empty: { en: 'an interval is empty', 'pt-BR': 'um intervalo está vazio', es: 'un intervalo está vacío' },
  no_answer: { en: 'it has no answer', 'pt-BR': 'não tem resposta', es: 'no tiene respuesta' },
  answer_not_understood: {
    en: 'an answer is not understood',
    'pt-BR': 'uma resposta não é compreendida',
    es: 'no se entiende una respuesta',
  },
  pattern_not_valid: {
    en: 'the pattern "{pattern}" is not valid',
    'pt-BR': 'o padrão "{pattern}" não é válido',
    es: 'el patrón "{pattern}" no es válido',
  },
  translation_choice_count: {
    en: 'its translation has {found} choices instead of {wanted}',
    'pt-BR': 'a tradução tem {found} opções em vez de {wanted}',
    es: 'su traducción tiene {found} opciones en vez de {wanted}',
  },
  translation_choice_missing: {
    en: 'a choice is missing in its translation',
    'pt-BR': 'falta uma opção na tradução',
    es: 'falta una opción en su traducción',
  },
  translation_other_choice_right: {
    en: 'its translation marks another choice as right',
    'pt-BR': 'a tradução marca outra opção como certa',
    es: 'su traducción marca otra opción como correcta',
  },
  translation_hint_count: {
    en: 'its translation has another number of hints',
    'pt-BR': 'a tradução tem outro número de dicas',
    es: 'su traducción tiene otro número de pistas',
  },
  translation_missing: { en: 'its translation is missing', 'pt-BR': 'falta a tradução', es: 'falta su traducción' },
  translation_not_valid: {
    en: 'its translation is not valid ({field})',
    'pt-BR': 'a tradução não é válida ({field})',
    es: 'su traducción no es válida ({field})',
  },
  lists_too_deep: {
    en: 'a line opens {depth} lists or quotes inside each other',
    'pt-BR': 'uma linha abre {depth} listas ou citações umas dentro das outras',
    es: 'una línea abre {depth} listas o citas unas dentro de otras',
  },
  item_too_far_in: {
    en: 'a list item is indented by more than 200 columns',
    'pt-BR': 'um item de lista está recuado mais de 200 colunas',
    es: 'un elemento de lista tiene una sangría de más de 200 columnas',
  },
  marks_too_many: {
    en: 'a line has {marks} opening marks',
    'pt-BR': 'uma linha tem {marks} marcas de abertura',
    es: 'una línea tiene {marks} marcas de apertura',
  },
} as const satisfies Phrases;
