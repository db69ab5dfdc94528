import type { Phrases } from '@stoa/contracts/note';

/** What the loss report says of HTML, XML and other markup. Codes are stored in reports: they are added, never renamed. */
export const markupPhrases = {
  form_controls_removed: {
    en: ['{count} form control removed', '{count} form controls removed'],
    'pt-BR': ['{count} campo de formulário removido', '{count} campos de formulário removidos'],
    es: ['{count} campo de formulario eliminado', '{count} campos de formulario eliminados'],
  },
  icons_removed: {
    en: ['{count} icon of an icon font removed', '{count} icons of an icon font removed'],
    'pt-BR': ['{count} ícone de uma fonte de ícones removido', '{count} ícones de uma fonte de ícones removidos'],
    es: ['{count} icono de una fuente de iconos eliminado', '{count} iconos de una fuente de iconos eliminados'],
  },
  blocks_cut: {
    en: 'cut after {limit} blocks',
    'pt-BR': 'cortado depois de {limit} blocos',
    es: 'cortado después de {limit} bloques',
  },
  nesting_flattened: {
    en: 'deep nesting flattened',
    'pt-BR': 'aninhamento profundo simplificado',
    es: 'anidamiento profundo simplificado',
  },
  event_handlers_removed: {
    en: ['{count} inline event handler removed', '{count} inline event handlers removed'],
    'pt-BR': ['{count} tratador de eventos embutido removido', '{count} tratadores de eventos embutidos removidos'],
    es: ['{count} controlador de eventos en línea eliminado', '{count} controladores de eventos en línea eliminados'],
  },
  styles_simplified: {
    en: ['{count} inline style simplified', '{count} inline styles simplified'],
    'pt-BR': ['{count} estilo embutido simplificado', '{count} estilos embutidos simplificados'],
    es: ['{count} estilo en línea simplificado', '{count} estilos en línea simplificados'],
  },
  hidden_shown: {
    en: ['{count} hidden part shown', '{count} hidden parts shown'],
    'pt-BR': ['{count} parte oculta agora aparece', '{count} partes ocultas agora aparecem'],
    es: ['{count} parte oculta ahora se muestra', '{count} partes ocultas ahora se muestran'],
  },
  embedded_pages_removed: {
    en: ['{count} embedded page removed', '{count} embedded pages removed'],
    'pt-BR': ['{count} página incorporada removida', '{count} páginas incorporadas removidas'],
    es: ['{count} página incrustada eliminada', '{count} páginas incrustadas eliminadas'],
  },
  frames_without_address: {
    en: ['{count} frame without a usable address removed', '{count} frames without a usable address removed'],
    'pt-BR': ['{count} quadro sem endereço utilizável removido', '{count} quadros sem endereço utilizável removidos'],
    es: ['{count} marco sin dirección utilizable eliminado', '{count} marcos sin dirección utilizable eliminados'],
  },
  pages_kept_as_files: {
    en: ['{count} embedded page kept as a file', '{count} embedded pages kept as files'],
    'pt-BR': [
      '{count} página incorporada guardada como arquivo',
      '{count} páginas incorporadas guardadas como arquivos',
    ],
    es: ['{count} página incrustada guardada como archivo', '{count} páginas incrustadas guardadas como archivos'],
  },
  frame_kept: {
    en: 'frame of {host} kept as an embed',
    'pt-BR': 'quadro de {host} mantido como conteúdo incorporado',
    es: 'marco de {host} conservado como contenido incrustado',
  },
  plugins_removed: {
    en: ['{count} plug-in object removed', '{count} plug-in objects removed'],
    'pt-BR': ['{count} objeto de plug-in removido', '{count} objetos de plug-in removidos'],
    es: ['{count} objeto de complemento eliminado', '{count} objetos de complemento eliminados'],
  },
  objects_kept_as_files: {
    en: ['{count} embedded object kept as a file', '{count} embedded objects kept as files'],
    'pt-BR': [
      '{count} objeto incorporado guardado como arquivo',
      '{count} objetos incorporados guardados como arquivos',
    ],
    es: ['{count} objeto incrustado guardado como archivo', '{count} objetos incrustados guardados como archivos'],
  },
  audio_without_address: {
    en: ['{count} audio without a usable address removed', '{count} audios without a usable address removed'],
    'pt-BR': ['{count} áudio sem endereço utilizável removido', '{count} áudios sem endereço utilizável removidos'],
    es: ['{count} audio sin dirección utilizable eliminado', '{count} audios sin dirección utilizable eliminados'],
  },
  video_without_address: {
    en: ['{count} video without a usable address removed', '{count} videos without a usable address removed'],
    'pt-BR': ['{count} vídeo sem endereço utilizável removido', '{count} vídeos sem endereço utilizável removidos'],
    es: ['{count} video sin dirección utilizable eliminado', '{count} videos sin dirección utilizable eliminados'],
  },
  clarifications_in_brackets: {
    en: ['{count} clarification put in brackets', '{count} clarifications put in brackets'],
    'pt-BR': ['{count} esclarecimento posto entre parênteses', '{count} esclarecimentos postos entre parênteses'],
    es: ['{count} aclaración puesta entre paréntesis', '{count} aclaraciones puestas entre paréntesis'],
  },
  pictures_left_out: {
    en: ['{count} picture left out', '{count} pictures left out'],
    'pt-BR': ['{count} imagem deixada de fora', '{count} imagens deixadas de fora'],
    es: ['{count} imagen omitida', '{count} imágenes omitidas'],
  },
  formulas_kept_as_text: {
    en: ['{count} MathML formula kept as text', '{count} MathML formulas kept as text'],
    'pt-BR': ['{count} fórmula MathML mantida como texto', '{count} fórmulas MathML mantidas como texto'],
    es: ['{count} fórmula MathML conservada como texto', '{count} fórmulas MathML conservadas como texto'],
  },
  scripts_removed: {
    en: ['{count} script removed', '{count} scripts removed'],
    'pt-BR': ['{count} script removido', '{count} scripts removidos'],
    es: ['{count} script eliminado', '{count} scripts eliminados'],
  },
  style_sheets_removed: {
    en: ['{count} style sheet removed', '{count} style sheets removed'],
    'pt-BR': ['{count} folha de estilo removida', '{count} folhas de estilo removidas'],
    es: ['{count} hoja de estilo eliminada', '{count} hojas de estilo eliminadas'],
  },
  drawings_removed: {
    en: ['{count} drawing (SVG) removed', '{count} drawings (SVG) removed'],
    'pt-BR': ['{count} desenho (SVG) removido', '{count} desenhos (SVG) removidos'],
    es: ['{count} dibujo (SVG) eliminado', '{count} dibujos (SVG) eliminados'],
  },
  canvases_removed: {
    en: ['{count} canvas removed', '{count} canvases removed'],
    'pt-BR': ['{count} área de desenho (canvas) removida', '{count} áreas de desenho (canvas) removidas'],
    es: ['{count} lienzo (canvas) eliminado', '{count} lienzos (canvas) eliminados'],
  },
  templates_removed: {
    en: ['{count} template removed', '{count} templates removed'],
    'pt-BR': ['{count} modelo (template) removido', '{count} modelos (template) removidos'],
    es: ['{count} plantilla eliminada', '{count} plantillas eliminadas'],
  },
  image_maps_removed: {
    en: ['{count} image map removed', '{count} image maps removed'],
    'pt-BR': ['{count} mapa de imagem removido', '{count} mapas de imagem removidos'],
    es: ['{count} mapa de imagen eliminado', '{count} mapas de imagen eliminados'],
  },
  frame_sets_removed: {
    en: ['{count} frame set removed', '{count} frame sets removed'],
    'pt-BR': ['{count} conjunto de quadros removido', '{count} conjuntos de quadros removidos'],
    es: ['{count} conjunto de marcos eliminado', '{count} conjuntos de marcos eliminados'],
  },
  raw_markup_removed: {
    en: ['{count} piece of raw markup removed', '{count} pieces of raw markup removed'],
    'pt-BR': ['{count} trecho de marcação bruta removido', '{count} trechos de marcação bruta removidos'],
    es: [
      '{count} fragmento de marcado sin procesar eliminado',
      '{count} fragmentos de marcado sin procesar eliminados',
    ],
  },
  addresses_upgraded: {
    en: ['{count} address changed from http to https', '{count} addresses changed from http to https'],
    'pt-BR': ['{count} endereço trocado de http para https', '{count} endereços trocados de http para https'],
    es: ['{count} dirección cambiada de http a https', '{count} direcciones cambiadas de http a https'],
  },
  missing_in_source: {
    en: '"{name}" is missing in the source',
    'pt-BR': '"{name}" não está nos arquivos do curso',
    es: '"{name}" no está en los archivos del curso',
  },
  active_addresses_removed: {
    en: ['{count} active address removed', '{count} active addresses removed'],
    'pt-BR': ['{count} endereço ativo removido', '{count} endereços ativos removidos'],
    es: ['{count} dirección activa eliminada', '{count} direcciones activas eliminadas'],
  },
  dead_links_removed: {
    en: ['{count} link that leads nowhere removed', '{count} links that lead nowhere removed'],
    'pt-BR': [
      '{count} link que não leva a lugar nenhum removido',
      '{count} links que não levam a lugar nenhum removidos',
    ],
    es: [
      '{count} enlace que no lleva a ningún sitio eliminado',
      '{count} enlaces que no llevan a ningún sitio eliminados',
    ],
  },
  unsupported_addresses_removed: {
    en: ['{count} address of an unsupported kind removed', '{count} addresses of an unsupported kind removed'],
    'pt-BR': ['{count} endereço de um tipo não aceito removido', '{count} endereços de um tipo não aceito removidos'],
    es: ['{count} dirección de un tipo no admitido eliminada', '{count} direcciones de un tipo no admitido eliminadas'],
  },
  markup_too_large: {
    en: 'markup too large or nested too deep, only the text was kept',
    'pt-BR': 'marcação grande demais ou aninhada demais, só o texto foi mantido',
    es: 'marcado demasiado grande o demasiado anidado, solo se conservó el texto',
  },
  html_too_large: {
    en: 'the HTML has {length} characters, more than {limit}',
    'pt-BR': 'o HTML tem {length} caracteres, mais que {limit}',
    es: 'el HTML tiene {length} caracteres, más de {limit}',
  },
  xml_too_large: {
    en: 'the XML has {bytes} bytes, more than {limit}',
    'pt-BR': 'o XML tem {bytes} bytes, mais que {limit}',
    es: 'el XML tiene {bytes} bytes, más de {limit}',
  },
  xml_empty: {
    en: 'the XML has no element',
    'pt-BR': 'o XML não tem nenhum elemento',
    es: 'el XML no tiene ningún elemento',
  },
  xml_too_deep: {
    en: 'the XML is nested too deep',
    'pt-BR': 'o XML está aninhado demais',
    es: 'el XML está demasiado anidado',
  },
  xml_not_readable: {
    en: 'the XML cannot be read: {detail}',
    'pt-BR': 'não foi possível ler o XML: {detail}',
    es: 'no se pudo leer el XML: {detail}',
  },
  file_missing: {
    en: 'there is no file "{path}" in the source',
    'pt-BR': 'o arquivo "{path}" não está no curso original',
    es: 'el archivo "{path}" no está en el curso original',
  },
  file_too_large: {
    en: '"{path}" has {bytes} bytes, more than {limit}',
    'pt-BR': '"{path}" tem {bytes} bytes, mais que {limit}',
    es: '"{path}" tiene {bytes} bytes, más de {limit}',
  },
  not_valid_document: {
    en: 'the text does not fit the document format (at {place})',
    'pt-BR': 'o texto não cabe no formato de documento (em {place})',
    es: 'el texto no cabe en el formato de documento (en {place})',
  },
  /** What a library or the machine says, in its own words. */
  detail: { en: '{detail}', 'pt-BR': '{detail}', es: '{detail}' },
  file_refused_size: {
    en: 'the file was refused: it is too large',
    'pt-BR': 'o arquivo foi recusado: é grande demais',
    es: 'el archivo fue rechazado: es demasiado grande',
  },
  file_refused_name: {
    en: 'the file was refused: its name or its type cannot be stored',
    'pt-BR': 'o arquivo foi recusado: o nome ou o tipo não pode ser guardado',
    es: 'el archivo fue rechazado: su nombre o su tipo no se puede guardar',
  },
  no_right_answer: {
    en: 'cannot be graded here: no answer of it gives full credit',
    'pt-BR': 'não pode ser corrigido aqui: nenhuma resposta dá a nota inteira',
    es: 'no se puede calificar aquí: ninguna respuesta da la nota completa',
  },
  pattern_not_supported: {
    en: 'cannot be graded here: a pattern of its answers cannot be run safely',
    'pt-BR': 'não pode ser corrigido aqui: um padrão de resposta não pode ser executado com segurança',
    es: 'no se puede calificar aquí: un patrón de respuesta no se puede ejecutar con seguridad',
  },
  answers_interval_empty: {
    en: 'cannot be graded here: no number lies in an interval of its answers',
    'pt-BR': 'não pode ser corrigido aqui: nenhum número cabe em um intervalo das respostas',
    es: 'no se puede calificar aquí: ningún número cabe en un intervalo de las respuestas',
  },
  answers_repeated: {
    en: 'cannot be graded here: two of its choices or answers have the same id',
    'pt-BR': 'não pode ser corrigido aqui: duas opções ou respostas têm o mesmo id',
    es: 'no se puede calificar aquí: dos opciones o respuestas tienen el mismo id',
  },
  problem_not_kept: {
    en: 'not a problem that can be kept (at {place})',
    'pt-BR': 'não é um exercício que possa ser guardado (em {place})',
    es: 'no es un ejercicio que se pueda guardar (en {place})',
  },
} as const satisfies Phrases;
