import { defineErrors } from '@stoa/kernel';

/** What can be refused around accounts, and what people read then. */
export const errors = defineErrors({
  invalid_credentials: {
    status: 401,
    title: {
      en: 'The e-mail address or the password is not right.',
      'pt-BR': 'O e-mail ou a senha não está correto.',
      es: 'El correo o la contraseña no es correcto.',
    },
    when: 'Signing in with an unknown address or a wrong password. Which of the two is never said.',
    log: 'info',
  },
  wrong_password: {
    status: 403,
    title: {
      en: 'That is not your current password.',
      'pt-BR': 'Essa não é a sua senha atual.',
      es: 'Esa no es tu contraseña actual.',
    },
    when: 'An operation that asks a signed-in person for their password got another one.',
    log: 'info',
  },
  too_many_attempts: {
    status: 429,
    title: {
      en: 'Too many attempts. Wait {minutes} min and try again, or reset your password.',
      'pt-BR': 'Muitas tentativas. Espere {minutes} min e tente de novo, ou redefina sua senha.',
      es: 'Demasiados intentos. Espera {minutes} min y vuelve a intentarlo, o restablece tu contraseña.',
    },
    when: 'The attempts for this account or from this address in the last 15 minutes are used up; `Retry-After` says when to come back. Never a permanent lock.',
    log: 'warn',
  },
  email_taken: {
    status: 409,
    title: {
      en: 'There is already an account with this e-mail address. Sign in, or reset your password.',
      'pt-BR': 'Já existe uma conta com este e-mail. Entre na conta ou redefina sua senha.',
      es: 'Ya existe una cuenta con este correo. Inicia sesión o restablece tu contraseña.',
    },
    when: 'Registering an address that has an account, or confirming a change to one that somebody took meanwhile. An address that was given up stays reserved for a week.',
    log: 'info',
  },
  email_unchanged: {
    status: 409,
    title: {
      en: 'This already is your e-mail address.',
      'pt-BR': 'Este já é o seu e-mail.',
      es: 'Esta ya es tu dirección de correo.',
    },
    when: 'Asking to change the address to the one the account has.',
    log: 'debug',
  },
  password_refused: {
    status: 422,
    title: {
      en: 'Choose another password: this one would be guessed quickly.',
      'pt-BR': 'Escolha outra senha: esta seria descoberta rapidamente.',
      es: 'Elige otra contraseña: esta se adivinaría enseguida.',
    },
    when: 'The password is among the most common ones, or is the e-mail address or the name; `errors` says which.',
    log: 'debug',
  },
  account_disabled: {
    status: 403,
    title: {
      en: 'This account is disabled. Contact support.',
      'pt-BR': 'Esta conta está desativada. Fale com o suporte.',
      es: 'Esta cuenta está desactivada. Contacta con soporte.',
    },
    when: 'The password was right but an administrator has disabled the account.',
    log: 'info',
  },
  refresh_token_invalid: {
    status: 401,
    title: {
      en: 'Your session has ended. Sign in again.',
      'pt-BR': 'Sua sessão terminou. Entre novamente.',
      es: 'Tu sesión ha terminado. Inicia sesión de nuevo.',
    },
    when: 'The refresh token is unknown, expired, or its session was ended.',
    log: 'info',
  },
  refresh_token_reused: {
    status: 401,
    title: {
      en: 'For your safety this session was ended. Sign in again.',
      'pt-BR': 'Por segurança, esta sessão foi encerrada. Entre novamente.',
      es: 'Por tu seguridad, cerramos esta sesión. Inicia sesión de nuevo.',
    },
    when: 'A refresh token was used a second time, which means that two hold it: the whole session is revoked.',
    log: 'warn',
  },
  link_not_valid: {
    status: 422,
    title: {
      en: 'This link has been used or has expired. Ask for a new one.',
      'pt-BR': 'Este link já foi usado ou expirou. Peça um novo.',
      es: 'Este enlace ya se usó o caducó. Pide uno nuevo.',
    },
    when: 'The token of a mailed link is unknown, used, replaced or expired.',
    log: 'info',
  },
  mail_request_not_open: {
    status: 404,
    title: {
      en: 'This request is no longer open.',
      'pt-BR': 'Esta solicitação não está mais aberta.',
      es: 'Esta solicitud ya no está abierta.',
    },
    when: 'A mail asks for the link of a request that was used, replaced or is too old.',
    log: 'info',
  },
  email_already_verified: {
    status: 409,
    title: {
      en: 'Your e-mail address is already verified.',
      'pt-BR': 'Seu e-mail já está verificado.',
      es: 'Tu correo ya está verificado.',
    },
    when: 'Asking for a verification mail without need.',
    log: 'debug',
  },
  user_not_found: {
    status: 404,
    title: { en: 'There is no such person.', 'pt-BR': 'Essa pessoa não existe.', es: 'Esa persona no existe.' },
    when: 'No person with this id, or the account was deleted.',
    log: 'debug',
  },
  session_not_found: {
    status: 404,
    title: { en: 'There is no such session.', 'pt-BR': 'Essa sessão não existe.', es: 'Esa sesión no existe.' },
    when: 'Ending a session that is not one of the person’s, or has ended.',
    log: 'debug',
  },
  export_not_found: {
    status: 404,
    title: {
      en: 'There is no such file. Ask for your data again.',
      'pt-BR': 'Esse arquivo não existe. Peça seus dados de novo.',
      es: 'Ese archivo no existe. Vuelve a pedir tus datos.',
    },
    when: 'The export is another person’s, is not ready, or was kept for a week and is gone.',
    log: 'debug',
  },
  own_account: {
    status: 409,
    title: {
      en: 'You cannot take your own administrator role away or disable yourself.',
      'pt-BR': 'Você não pode remover seu próprio papel de administrador nem desativar a si mesmo.',
      es: 'No puedes quitarte tu propio rol de administrador ni desactivarte.',
    },
    when: 'An administrator changes their own account in a way that would lock them out.',
    log: 'info',
  },
  form_from_elsewhere: {
    status: 403,
    title: {
      en: 'This form was not sent from Stoa’s own page. Open the page again.',
      'pt-BR': 'Este formulário não foi enviado pela página da Stoa. Abra a página de novo.',
      es: 'Este formulario no se envió desde la página de Stoa. Vuelve a abrir la página.',
    },
    when: 'A sign-in form arrives with the origin of another site.',
    log: 'warn',
  },
  interaction_not_found: {
    status: 404,
    title: {
      en: 'This sign-in has expired. Start again.',
      'pt-BR': 'Este acesso expirou. Comece de novo.',
      es: 'Este inicio de sesión caducó. Empieza de nuevo.',
    },
    when: 'The sign-in interaction is unknown, finished, expired, or belongs to another browser.',
    log: 'debug',
  },
});
