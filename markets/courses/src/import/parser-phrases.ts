import type { Phrases } from '@stoa/contracts/note';

/**
 * What the loss report says when a parser gives up: what is wrong in the author's words, and where. Codes are stored in
 * reports: they are added, never renamed.
 */
export const parserPhrases = {
  /** Something threw that has no words of its own; what it said stands beside it for engineers. */
  technical_fault: {
    en: 'a technical fault stopped it; the raw report has the details',
    'pt-BR': 'uma falha técnica impediu a leitura; o relatório bruto traz os detalhes',
    es: 'un fallo técnico lo impidió; el informe sin procesar tiene los detalles',
  },
  json_broken: { en: 'it is not valid JSON', 'pt-BR': 'não é JSON válido', es: 'no es JSON válido' },
  json_broken_at: {
    en: 'it is not valid JSON at line {line}, column {column}',
    'pt-BR': 'não é JSON válido na linha {line}, coluna {column}',
    es: 'no es JSON válido en la línea {line}, columna {column}',
  },
  settings_broken: {
    en: 'the settings were ignored, because their YAML cannot be read: {what}',
    'pt-BR': 'as configurações foram ignoradas, porque não foi possível ler o YAML: {what}',
    es: 'los ajustes se ignoraron porque no se pudo leer su YAML: {what}',
  },
  settings_broken_at: {
    en: 'the settings were ignored, because their YAML cannot be read at line {line}, column {column}: {what}',
    'pt-BR':
      'as configurações foram ignoradas, porque não foi possível ler o YAML na linha {line}, coluna {column}: {what}',
    es: 'los ajustes se ignoraron porque no se pudo leer su YAML en la línea {line}, columna {column}: {what}',
  },
  yaml_broken: {
    en: 'something there breaks the rules of YAML',
    'pt-BR': 'algo ali quebra as regras do YAML',
    es: 'algo ahí rompe las reglas de YAML',
  },
  yaml_alias: {
    en: 'a reference (*) leads to nothing, is incomplete or repeats too much; a value that starts with * needs quotation marks',
    'pt-BR':
      'uma referência (*) não leva a nada, está incompleta ou se repete demais; um valor que começa com * precisa de aspas',
    es: 'una referencia (*) no lleva a nada, está incompleta o se repite demasiado; un valor que empieza por * necesita comillas',
  },
  yaml_directive: {
    en: 'a line starts with % but is no directive that YAML knows',
    'pt-BR': 'uma linha começa com %, mas não é uma diretiva que o YAML conheça',
    es: 'una línea empieza por %, pero no es una directiva que YAML conozca',
  },
  yaml_escape: {
    en: 'a backslash in quotation marks stands for nothing; write it twice or use single quotes',
    'pt-BR': 'uma barra invertida entre aspas não representa nada; escreva duas ou use aspas simples',
    es: 'una barra invertida entre comillas no representa nada; escríbala dos veces o use comillas simples',
  },
  yaml_indent: {
    en: 'a line is indented differently from the lines it belongs to',
    'pt-BR': 'uma linha tem um recuo diferente das linhas do mesmo grupo',
    es: 'una línea tiene una sangría distinta de las líneas de su grupo',
  },
  yaml_tab: {
    en: 'a tab indents a line; YAML allows spaces only',
    'pt-BR': 'uma tabulação recua uma linha; o YAML só aceita espaços',
    es: 'una tabulación sangra una línea; YAML solo admite espacios',
  },
  yaml_quote_value: {
    en: 'a value starts with a sign that means something in YAML; put the value in quotation marks',
    'pt-BR': 'um valor começa com um sinal que tem significado no YAML; ponha o valor entre aspas',
    es: 'un valor empieza por un signo que significa algo en YAML; ponga el valor entre comillas',
  },
  yaml_colon: {
    en: 'a value holds another name or list in the same line; if the colon belongs to the text, put the value in quotation marks',
    'pt-BR':
      'um valor contém outro nome ou lista na mesma linha; se os dois-pontos fazem parte do texto, ponha o valor entre aspas',
    es: 'un valor contiene otro nombre o lista en la misma línea; si los dos puntos son parte del texto, ponga el valor entre comillas',
  },
  yaml_in_brackets: {
    en: 'indented lines stand inside brackets',
    'pt-BR': 'há linhas recuadas dentro de colchetes ou chaves',
    es: 'hay líneas sangradas dentro de corchetes o llaves',
  },
  yaml_twice: {
    en: 'the same name stands there twice',
    'pt-BR': 'o mesmo nome aparece duas vezes',
    es: 'el mismo nombre aparece dos veces',
  },
  yaml_missing_sign: {
    en: 'a sign is missing: a quotation mark, a bracket, a comma, a colon or the space after it',
    'pt-BR': 'falta um sinal: aspas, colchete, vírgula, dois-pontos ou o espaço depois dele',
    es: 'falta un signo: comillas, corchete, coma, dos puntos o el espacio que va detrás',
  },
  yaml_long_name: {
    en: 'a name is too long or goes over several lines',
    'pt-BR': 'um nome é longo demais ou ocupa várias linhas',
    es: 'un nombre es demasiado largo o ocupa varias líneas',
  },
  yaml_tag: {
    en: 'a tag (!) or an anchor (&) is not known or stands in the wrong place; a value that starts with one needs quotation marks',
    'pt-BR':
      'uma etiqueta (!) ou âncora (&) não é conhecida ou está no lugar errado; um valor que começa assim precisa de aspas',
    es: 'una etiqueta (!) o un ancla (&) no se conoce o está en un lugar equivocado; un valor que empieza así necesita comillas',
  },
  yaml_several: {
    en: 'several documents stand in one',
    'pt-BR': 'há vários documentos em um só',
    es: 'hay varios documentos en uno',
  },
  yaml_too_much: {
    en: 'it refers to its own parts too often or is nested too deep',
    'pt-BR': 'refere-se às próprias partes vezes demais ou está aninhado demais',
    es: 'se refiere a sus propias partes demasiadas veces o está demasiado anidado',
  },
  yaml_out_of_place: {
    en: 'a sign stands where it means nothing',
    'pt-BR': 'um sinal está onde não significa nada',
    es: 'un signo está donde no significa nada',
  },
  xml_broken_at: {
    en: 'the XML cannot be read at line {line}, column {column}: {what}',
    'pt-BR': 'não foi possível ler o XML na linha {line}, coluna {column}: {what}',
    es: 'no se pudo leer el XML en la línea {line}, columna {column}: {what}',
  },
  xml_broken: {
    en: 'something there breaks the rules of XML',
    'pt-BR': 'algo ali quebra as regras do XML',
    es: 'algo ahí rompe las reglas de XML',
  },
  xml_ends_early: {
    en: 'the text ends before its elements are closed',
    'pt-BR': 'o texto termina antes de fechar seus elementos',
    es: 'el texto termina antes de cerrar sus elementos',
  },
  xml_wrong_end: {
    en: 'an end tag does not belong to the element that is open',
    'pt-BR': 'uma tag de fechamento não corresponde ao elemento aberto',
    es: 'una etiqueta de cierre no corresponde al elemento abierto',
  },
  xml_tag: {
    en: 'a tag is not complete: its end, a quotation mark or the value of an attribute is missing, or an attribute stands twice',
    'pt-BR': 'uma tag não está completa: falta o fim, uma aspa ou o valor de um atributo, ou um atributo se repete',
    es: 'una etiqueta no está completa: falta su final, una comilla o el valor de un atributo, o un atributo se repite',
  },
  xml_less_than: {
    en: 'a < stands for itself; write &lt;',
    'pt-BR': 'um < representa a si mesmo; escreva &lt;',
    es: 'un < se representa a sí mismo; escriba &lt;',
  },
  xml_ampersand: {
    en: 'an & does not start a character; for the sign itself write &amp;',
    'pt-BR': 'um & não inicia um caractere; para o próprio sinal, escreva &amp;',
    es: 'un & no inicia un carácter; para el propio signo escriba &amp;',
  },
  xml_character: {
    en: 'a character that XML does not allow',
    'pt-BR': 'um caractere que o XML não permite',
    es: 'un carácter que XML no permite',
  },
  xml_after_end: {
    en: 'something follows after the end of the outermost element',
    'pt-BR': 'há algo depois do fim do elemento mais externo',
    es: 'hay algo después del final del elemento exterior',
  },
} as const satisfies Phrases;
