import { defineErrors } from '@stoa/kernel';

/** What media refuses, and when. */
export const errors = defineErrors({
  media_upload_gap: {
    status: 409,
    title: {
      en: 'A part of the file is missing. Continue from byte {received}.',
      'pt-BR': 'Falta uma parte do arquivo. Continue a partir do byte {received}.',
      es: 'Falta una parte del archivo. Continúa desde el byte {received}.',
    },
    when: 'Bytes arrive for a place after the end of what has been received.',
    log: 'info',
  },
  media_upload_not_open: {
    status: 409,
    title: {
      en: 'This upload is not open. Start it again.',
      'pt-BR': 'Este envio não está aberto. Comece de novo.',
      es: 'Esta carga no está abierta. Empiézala de nuevo.',
    },
    when: 'Bytes arrive, or the end is declared, for a file that was never begun or was given up.',
    log: 'info',
  },
  media_upload_incomplete: {
    status: 409,
    title: {
      en: 'The file is not complete: {received} of {bytes} bytes have arrived.',
      'pt-BR': 'O arquivo não está completo: chegaram {received} de {bytes} bytes.',
      es: 'El archivo no está completo: llegaron {received} de {bytes} bytes.',
    },
    when: 'The end is declared before all bytes have arrived.',
    log: 'info',
  },
  media_upload_corrupted: {
    status: 422,
    title: {
      en: 'The file was damaged on its way. Send it again.',
      'pt-BR': 'O arquivo foi danificado no caminho. Envie de novo.',
      es: 'El archivo se dañó en el camino. Envíalo otra vez.',
    },
    when: 'The SHA-256 of what arrived is not the one announced; what arrived is thrown away.',
    log: 'warn',
  },
  media_range_not_satisfiable: {
    status: 416,
    title: {
      en: 'The file does not have that part.',
      'pt-BR': 'O arquivo não tem essa parte.',
      es: 'El archivo no tiene esa parte.',
    },
    when: 'The Range header asks for bytes after the end of the file.',
    log: 'debug',
  },
  media_link_expired: {
    status: 403,
    title: {
      en: 'This link has expired. Reload the page to get a new one.',
      'pt-BR': 'Este link expirou. Recarregue a página para obter um novo.',
      es: 'Este enlace ha caducado. Recarga la página para obtener uno nuevo.',
    },
    when: 'A signed address is past its time or its signature does not fit.',
    log: 'info',
  },
});
