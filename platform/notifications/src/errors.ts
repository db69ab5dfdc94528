import { defineErrors } from '@stoa/kernel';

/** Expected failures of notifications. */
export const errors = defineErrors({
  notification_not_found: {
    status: 404,
    title: {
      en: 'This notification is not here any more.',
      'pt-BR': 'Esta notificação não está mais aqui.',
      es: 'Esta notificación ya no está aquí.',
    },
    when: 'No notification of the person has this id.',
    log: 'debug',
  },
  notification_always_sent: {
    status: 422,
    title: {
      en: 'Messages about the security of your account are always sent.',
      'pt-BR': 'Mensagens sobre a segurança da sua conta são sempre enviadas.',
      es: 'Los mensajes sobre la seguridad de tu cuenta se envían siempre.',
    },
    when: 'The preferences switch off a message that protects the account; `errors` names it.',
    log: 'debug',
  },
  notification_not_offered: {
    status: 422,
    title: {
      en: 'There is no such message in this channel.',
      'pt-BR': 'Não existe essa mensagem neste canal.',
      es: 'No existe ese mensaje en este canal.',
    },
    when: 'The preferences name a kind of message that does not exist or is not sent through the channel, or name one twice.',
    log: 'debug',
  },
  mail_not_found: {
    status: 404,
    title: {
      en: 'This message is not in the mailbox.',
      'pt-BR': 'Esta mensagem não está na caixa de correio.',
      es: 'Este mensaje no está en el buzón.',
    },
    when: 'No mail has this id, or its time in the mailbox is over.',
    log: 'debug',
  },
  mail_not_failed: {
    status: 409,
    title: {
      en: 'Only a message that failed can be sent again.',
      'pt-BR': 'Só é possível reenviar uma mensagem que falhou.',
      es: 'Solo se puede reenviar un mensaje que falló.',
    },
    when: 'The mail is on its way, delivered or suppressed.',
    log: 'debug',
  },
  template_not_found: {
    status: 404,
    title: {
      en: 'There is no template with this name.',
      'pt-BR': 'Não existe um modelo com este nome.',
      es: 'No existe una plantilla con este nombre.',
    },
    when: 'The kind of message does not exist.',
    log: 'debug',
  },
});
