import type { Locale, Text } from '@stoa/kernel';
import type { ImportErrorCode } from './import/import-error.ts';

const notACourse: Text = {
  en: 'No course was found in it. An Open edX export or a folder of Markdown lessons is expected.',
  'pt-BR':
    'Nenhum curso foi encontrado no arquivo. Esperamos uma exportação do Open edX ou uma pasta de aulas em Markdown.',
  es: 'No se encontró ningún curso. Se espera una exportación de Open edX o una carpeta de lecciones en Markdown.',
};
const damagedFile: Text = {
  en: 'A file that the course is built on could not be read.',
  'pt-BR': 'Não foi possível ler um arquivo do qual o curso depende.',
  es: 'No se pudo leer un archivo del que depende el curso.',
};
const fileTooLarge: Text = {
  en: 'A text in the course is larger than we can read.',
  'pt-BR': 'Um texto do curso é maior do que conseguimos ler.',
  es: 'Un texto del curso es más grande de lo que podemos leer.',
};
const courseTooLarge: Text = {
  en: 'The course is larger than we can import. Split it into smaller courses.',
  'pt-BR': 'O curso é maior do que conseguimos importar. Divida-o em cursos menores.',
  es: 'El curso es más grande de lo que podemos importar. Divídelo en cursos más pequeños.',
};

/** Why an import as a whole came to nothing, for the person who started it. */
const refusals: Record<ImportErrorCode | 'import_interrupted', Text> = {
  archive_unsafe: {
    en: 'The archive contains names or links that are not safe to unpack.',
    'pt-BR': 'O arquivo contém nomes ou links que não é seguro descompactar.',
    es: 'El archivo contiene nombres o enlaces que no es seguro descomprimir.',
  },
  archive_too_large: {
    en: 'The archive is too large when unpacked.',
    'pt-BR': 'O arquivo fica grande demais quando descompactado.',
    es: 'El archivo es demasiado grande una vez descomprimido.',
  },
  archive_unreadable: {
    en: 'The file is not a tar.gz or zip archive, or it is damaged.',
    'pt-BR': 'O arquivo não é um tar.gz nem um zip, ou está danificado.',
    es: 'El archivo no es un tar.gz ni un zip, o está dañado.',
  },
  source_missing: {
    en: 'The source, or a file that the course is built on, is not there.',
    'pt-BR': 'A origem, ou um arquivo do qual o curso depende, não está lá.',
    es: 'El origen, o un archivo del que depende el curso, no está ahí.',
  },
  source_not_a_course: notACourse,
  source_too_large: courseTooLarge,
  import_too_slow: {
    en: 'Reading the course took too long, so we stopped. Split it into smaller courses.',
    'pt-BR': 'A leitura do curso demorou demais e foi interrompida. Divida-o em cursos menores.',
    es: 'Leer el curso tardó demasiado y lo detuvimos. Divídelo en cursos más pequeños.',
  },
  import_too_heavy: courseTooLarge,
  source_file_too_large: fileTooLarge,
  xml_too_large: fileTooLarge,
  html_too_large: fileTooLarge,
  xml_invalid: damagedFile,
  import_interrupted: {
    en: 'Something went wrong on our side. The import can be started again.',
    'pt-BR': 'Algo deu errado do nosso lado. Você pode iniciar a importação de novo.',
    es: 'Algo falló de nuestro lado. Puedes iniciar la importación de nuevo.',
  },
};

/** The reason behind a stored error code, in a language. */
export function whyRefused(code: string, locale: Locale): string {
  const known = Object.entries(refusals).find(([name]) => name === code)?.[1];
  return (known ?? refusals.import_interrupted)[locale];
}
