import { defineErrors } from '@stoa/kernel';

/** Expected failures of notifications. */
export const errors = defineErrors({
  unsubscribe_link_not_valid: {
    status: 422,
    title: {
      en: 'This link is incomplete. Open it again from the e-mail.',
      'pt-BR': 'Este link está incompleto. Abra-o de novo pelo e-mail.',
      es: 'Este enlace está incompleto. Ábrelo otra vez desde el correo.',
    },
    when: 'The token of a link that ends mails was cut off or changed.',
    log: 'info',
  },
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
  message_not_found: {
    status: 404,
    title: {
      en: 'This message is not in the log.',
      'pt-BR': 'Esta mensagem não está no registro.',
      es: 'Este mensaje no está en el registro.',
    },
    when: 'No message has this id.',
    log: 'debug',
  },
  suppression_not_found: {
    status: 404,
    title: {
      en: 'This address is not on the suppression list.',
      'pt-BR': 'Este endereço não está na lista de bloqueio.',
      es: 'Esta dirección no está en la lista de bloqueo.',
    },
    when: 'No suppression has this id.',
    log: 'debug',
  },
  device_not_found: {
    status: 404,
    title: {
      en: 'This device is not registered.',
      'pt-BR': 'Este dispositivo não está cadastrado.',
      es: 'Este dispositivo no está registrado.',
    },
    when: 'No device of the person has this id.',
    log: 'debug',
  },
  push_not_offered: {
    status: 409,
    title: {
      en: 'Push messages to apps are not set up here.',
      'pt-BR': 'As notificações push para aplicativos não estão configuradas aqui.',
      es: 'Las notificaciones push para aplicaciones no están configuradas aquí.',
    },
    when: 'An app registers its token and no FCM service account is configured.',
    log: 'debug',
  },
  push_subscription_refused: {
    status: 422,
    title: {
      en: 'This browser gave an address for push messages that cannot be used.',
      'pt-BR': 'Este navegador informou um endereço de notificações push que não pode ser usado.',
      es: 'Este navegador dio una dirección de notificaciones push que no se puede usar.',
    },
    when: 'The endpoint is not https on the public internet, or a key is not one (RFC 8291).',
    log: 'info',
  },
  text_messages_not_offered: {
    status: 409,
    title: {
      en: 'Text messages are not set up here.',
      'pt-BR': 'As mensagens de texto não estão configuradas aqui.',
      es: 'Los mensajes de texto no están configurados aquí.',
    },
    when: 'No provider of text messages is configured.',
    log: 'debug',
  },
  code_sent_recently: {
    status: 429,
    title: {
      en: 'A code was sent a moment ago. You can ask for another one after {seconds} seconds.',
      'pt-BR': 'Um código foi enviado há pouco. Você pode pedir outro depois de {seconds} segundos.',
      es: 'Se envió un código hace un momento. Puedes pedir otro después de {seconds} segundos.',
    },
    when: 'The person asked for a code less than a minute ago.',
    log: 'debug',
  },
  wrong_code: {
    status: 422,
    title: {
      en: 'This code is not right, or its time is over.',
      'pt-BR': 'Este código não está certo ou o prazo dele acabou.',
      es: 'Este código no es correcto o su plazo terminó.',
    },
    when: 'The code is wrong, older than ten minutes, used, or was tried five times.',
    log: 'debug',
  },
  quiet_hours_empty: {
    status: 422,
    title: {
      en: 'Quiet hours need a beginning and an end that differ.',
      'pt-BR': 'O horário de silêncio precisa de um início e um fim diferentes.',
      es: 'Las horas de silencio necesitan un inicio y un fin distintos.',
    },
    when: 'The quiet hours begin when they end.',
    log: 'debug',
  },
  callback_not_signed: {
    status: 403,
    title: {
      en: 'This report is not signed by the provider.',
      'pt-BR': 'Este aviso não está assinado pelo provedor.',
      es: 'Este aviso no está firmado por el proveedor.',
    },
    when: 'The signature of a provider’s callback is missing, wrong or too old.',
    log: 'warn',
  },
  callback_not_expected: {
    status: 404,
    title: {
      en: 'No reports of this provider are expected here.',
      'pt-BR': 'Aqui não se esperam avisos deste provedor.',
      es: 'Aquí no se esperan avisos de este proveedor.',
    },
    when: 'The provider is not configured, or its verification key is not.',
    log: 'info',
  },
  webhook_not_found: {
    status: 404,
    title: {
      en: 'This webhook endpoint is not here any more.',
      'pt-BR': 'Este endereço de webhook não está mais aqui.',
      es: 'Esta dirección de webhook ya no está aquí.',
    },
    when: 'No webhook endpoint has this id.',
    log: 'debug',
  },
  webhook_delivery_not_found: {
    status: 404,
    title: {
      en: 'This delivery is not in the log any more.',
      'pt-BR': 'Esta entrega não está mais no registro.',
      es: 'Esta entrega ya no está en el registro.',
    },
    when: 'No delivery has this id, or it is older than 30 days.',
    log: 'debug',
  },
  webhook_address_refused: {
    status: 422,
    title: {
      en: 'Use an https address on the public internet, without a user name in it.',
      'pt-BR': 'Use um endereço https na internet pública, sem nome de usuário.',
      es: 'Usa una dirección https en internet pública, sin nombre de usuario.',
    },
    when: 'The address of a webhook is not https, carries a password, or is an address of a private network.',
    log: 'info',
  },
  webhook_event_unknown: {
    status: 422,
    title: {
      en: 'There is no such event to choose.',
      'pt-BR': 'Não existe esse evento para escolher.',
      es: 'No existe ese evento para elegir.',
    },
    when: 'The list of events names one that is not offered.',
    log: 'debug',
  },
  too_many_webhooks: {
    status: 409,
    title: {
      en: 'There are already {most} webhook endpoints. Remove one first.',
      'pt-BR': 'Já existem {most} endereços de webhook. Remova um antes.',
      es: 'Ya hay {most} direcciones de webhook. Quita una antes.',
    },
    when: 'The installation has as many webhook endpoints as it may.',
    log: 'info',
  },
});
