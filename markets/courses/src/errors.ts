import { defineErrors } from '@stoa/kernel';

/** What can go wrong with courses, lessons and imports. */
export const errors = defineErrors({
  course_not_found: {
    status: 404,
    title: { en: 'This course does not exist.', 'pt-BR': 'Este curso não existe.', es: 'Este curso no existe.' },
    when: 'No course has this id or slug, or it was never published and the person may not edit it.',
    log: 'debug',
  },
  lesson_not_found: {
    status: 404,
    title: { en: 'This lesson does not exist.', 'pt-BR': 'Esta aula não existe.', es: 'Esta lección no existe.' },
    when: 'No lesson has this id, or its course was never published and the person may not edit it.',
    log: 'debug',
  },
  module_not_found: {
    status: 404,
    title: { en: 'This module does not exist.', 'pt-BR': 'Este módulo não existe.', es: 'Este módulo no existe.' },
    when: 'No module has this id, or the person may not edit its course.',
    log: 'debug',
  },
  lesson_locked: {
    status: 403,
    title: {
      en: 'This lesson opens once you are enrolled in the course.',
      'pt-BR': 'Esta aula abre quando você estiver matriculado no curso.',
      es: 'Esta lección se abre cuando estás inscrito en el curso.',
    },
    when: 'The lesson is not a preview and the person is not enrolled. The outline says what to do: enroll, or buy.',
    log: 'debug',
  },
  course_slug_taken: {
    status: 409,
    title: {
      en: 'Another course already has this address.',
      'pt-BR': 'Outro curso já usa este endereço.',
      es: 'Otro curso ya usa esta dirección.',
    },
    when: 'The slug asked for belongs to another course or to the platform.',
  },
  course_not_ready: {
    status: 422,
    title: {
      en: 'A published course needs a summary and at least one lesson.',
      'pt-BR': 'Um curso publicado precisa de um resumo e de pelo menos uma aula.',
      es: 'Un curso publicado necesita un resumen y al menos una lección.',
    },
    when: 'Publishing a course without summary or lessons, or taking the last of them from a published one.',
  },
  bundle_not_found: {
    status: 404,
    title: { en: 'This bundle does not exist.', 'pt-BR': 'Este pacote não existe.', es: 'Este paquete no existe.' },
    when: 'No bundle has this id or slug, or it was never published and the person may not edit it.',
    log: 'debug',
  },
  bundle_slug_taken: {
    status: 409,
    title: {
      en: 'Another bundle already has this address.',
      'pt-BR': 'Outro pacote já usa este endereço.',
      es: 'Otro paquete ya usa esta dirección.',
    },
    when: 'The slug asked for belongs to another bundle or to the platform.',
  },
  bundle_course_unknown: {
    status: 422,
    title: {
      en: 'A bundle is made of your own courses.',
      'pt-BR': 'Um pacote é feito dos seus próprios cursos.',
      es: 'Un paquete se compone de tus propios cursos.',
    },
    when: 'A course of a bundle does not exist, or somebody else teaches it.',
  },
  bundle_not_ready: {
    status: 422,
    title: {
      en: 'A bundle for sale needs at least two published courses with a price in its currency.',
      'pt-BR': 'Um pacote à venda precisa de pelo menos dois cursos publicados, com preço na moeda do pacote.',
      es: 'Un paquete a la venta necesita al menos dos cursos publicados con precio en su moneda.',
    },
    when: 'Publishing a bundle with a course that is a draft, archived, free, or sold in another currency.',
  },
  bundle_saves_nothing: {
    status: 422,
    title: {
      en: 'A bundle must cost less than its courses one by one.',
      'pt-BR': 'Um pacote precisa custar menos que os cursos comprados um a um.',
      es: 'Un paquete debe costar menos que sus cursos por separado.',
    },
    when: 'Publishing a bundle whose price is not below the sum of its courses.',
  },
  cover_missing: {
    status: 422,
    title: {
      en: 'Send one picture.',
      'pt-BR': 'Envie uma imagem.',
      es: 'Envía una imagen.',
    },
    when: 'The form has no file, or an empty one.',
  },
  cover_not_an_image: {
    status: 422,
    title: {
      en: 'This file is not a picture that browsers show. Use PNG, JPEG, WebP, AVIF or GIF.',
      'pt-BR': 'Este arquivo não é uma imagem que os navegadores mostram. Use PNG, JPEG, WebP, AVIF ou GIF.',
      es: 'Este archivo no es una imagen que muestren los navegadores. Usa PNG, JPEG, WebP, AVIF o GIF.',
    },
    when: 'The bytes sent as a cover are not one of those types, whatever the file is called, or are a damaged one.',
  },
  file_missing: {
    status: 422,
    title: { en: 'Choose a file.', 'pt-BR': 'Escolha um arquivo.', es: 'Elige un archivo.' },
    when: 'The form has no file, or an empty one.',
  },
  file_type_refused: {
    status: 422,
    title: {
      en: 'Lessons cannot show this kind of file. Use MP4 or WebM, MP3, OGG, WAV or M4A, PDF, ZIP, a picture, or captions (VTT or SRT).',
      'pt-BR':
        'As aulas não mostram este tipo de arquivo. Use MP4 ou WebM, MP3, OGG, WAV ou M4A, PDF, ZIP, uma imagem ou legendas (VTT ou SRT).',
      es: 'Las lecciones no muestran este tipo de archivo. Usa MP4 o WebM, MP3, OGG, WAV o M4A, PDF, ZIP, una imagen o subtítulos (VTT o SRT).',
    },
    when: 'The name of the file, or what its bytes show it to be, is none of these types.',
  },
  lesson_text_refused: {
    status: 422,
    title: {
      en: 'Part of the text cannot be shown in a lesson.',
      'pt-BR': 'Uma parte do texto não pode ser mostrada em uma aula.',
      es: 'Una parte del texto no se puede mostrar en una lección.',
    },
    when: 'Markdown with an address that leads nowhere, or HTML that lessons do not have; `errors` says which.',
    log: 'debug',
  },
  lesson_file_not_found: {
    status: 404,
    title: {
      en: 'This lesson does not show that file any more. Reload the page.',
      'pt-BR': 'Esta aula não mostra mais esse arquivo. Recarregue a página.',
      es: 'Esta lección ya no muestra ese archivo. Recarga la página.',
    },
    when: 'Another file, captions or a poster are sent for a file that is not in the lesson.',
    log: 'debug',
  },
  captions_not_vtt: {
    status: 422,
    title: {
      en: 'Captions are a WebVTT or SubRip file: its name ends in .vtt or .srt, and it holds lines with their times.',
      'pt-BR':
        'As legendas são um arquivo WebVTT ou SubRip: o nome termina em .vtt ou .srt e o conteúdo traz falas com seus tempos.',
      es: 'Los subtítulos son un archivo WebVTT o SubRip: su nombre termina en .vtt o .srt y su contenido trae frases con sus tiempos.',
    },
    when: 'The file sent as captions is something else.',
  },
  captions_without_video: {
    status: 422,
    title: {
      en: 'Captions and posters belong to a film of the lesson. Say which one.',
      'pt-BR': 'Legendas e imagem de capa pertencem a um vídeo da aula. Diga a qual.',
      es: 'Los subtítulos y la carátula pertenecen a un vídeo de la lección. Di a cuál.',
    },
    when: 'Captions or a poster are sent for what is no film, or captions as the file of a lesson.',
  },
  poster_not_an_image: {
    status: 422,
    title: {
      en: 'A poster is a picture: PNG, JPEG, WebP, AVIF or GIF.',
      'pt-BR': 'A capa do vídeo é uma imagem: PNG, JPEG, WebP, AVIF ou GIF.',
      es: 'La carátula es una imagen: PNG, JPEG, WebP, AVIF o GIF.',
    },
    when: 'The file sent as a poster is something else.',
  },
  instalments_without_price: {
    status: 422,
    title: {
      en: 'Only a course with a price can be paid in parts. Set the price first.',
      'pt-BR': 'Só um curso com preço pode ser pago em parcelas. Defina o preço primeiro.',
      es: 'Solo un curso con precio se puede pagar a plazos. Define primero el precio.',
    },
    when: 'A free course is to be paid in parts.',
  },
  wish_list_full: {
    status: 409,
    title: {
      en: 'A wish list holds up to {most} courses. Take one off first.',
      'pt-BR': 'Uma lista de desejos comporta até {most} cursos. Tire um antes.',
      es: 'Una lista de deseos admite hasta {most} cursos. Quita uno antes.',
    },
    when: 'Keeping a course for later when the list is full.',
    log: 'debug',
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
      en: 'The text contains something that is not allowed.',
      'pt-BR': 'O texto contém algo que não é permitido.',
      es: 'El texto contiene algo que no está permitido.',
    },
    when: 'The content has a node, mark or address outside the allow-list; `errors` says where.',
  },
  membership_not_found: {
    status: 404,
    title: {
      en: 'This membership does not exist.',
      'pt-BR': 'Esta assinatura não existe.',
      es: 'Esta membresía no existe.',
    },
    when: 'No membership has this id or slug, or it was never offered and the person may not edit it.',
    log: 'debug',
  },
  membership_not_ready: {
    status: 422,
    title: {
      en: 'A membership needs a summary, a price and at least one published course.',
      'pt-BR': 'Uma assinatura precisa de um resumo, de um preço e de pelo menos um curso publicado.',
      es: 'Una membresía necesita un resumen, un precio y al menos un curso publicado.',
    },
    when: 'A membership without summary, price or courses is published, or a published one loses the last of them.',
  },
  membership_course_unknown: {
    status: 422,
    title: {
      en: 'One of the courses does not exist, or somebody else teaches it.',
      'pt-BR': 'Um dos cursos não existe ou é de outra pessoa.',
      es: 'Uno de los cursos no existe o es de otra persona.',
    },
    when: 'A membership lists a course that is not its seller’s.',
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
    when: 'The upload has no file part, or the file is empty.',
  },
  import_upload_broken: {
    status: 400,
    title: {
      en: 'The file did not arrive whole. Send it again.',
      'pt-BR': 'O arquivo não chegou inteiro. Envie de novo.',
      es: 'El archivo no llegó completo. Envíalo otra vez.',
    },
    when: 'The connection ended, or the form was malformed, before the whole file had arrived.',
    log: 'debug',
  },
});
