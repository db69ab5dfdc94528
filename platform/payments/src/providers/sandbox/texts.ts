import type { Text } from '@stoa/kernel';
import type { FailureReason } from '../provider.ts';

export const texts = {
  test: { en: 'Test payment', 'pt-BR': 'Pagamento de teste', es: 'Pago de prueba' },
  testNote: {
    en: 'No money moves here. Choose how this payment should go.',
    'pt-BR': 'Nenhum dinheiro é movimentado aqui. Escolha como este pagamento deve terminar.',
    es: 'Aquí no se mueve dinero. Elige cómo debe terminar este pago.',
  },
  amount: { en: 'Amount', 'pt-BR': 'Valor', es: 'Importe' },
  payUntil: { en: 'Pay until', 'pt-BR': 'Pague até', es: 'Paga antes del' },
  held: {
    en: 'The amount is held now and taken later.',
    'pt-BR': 'O valor fica reservado agora e é cobrado depois.',
    es: 'El importe queda retenido ahora y se cobra después.',
  },
  kept: {
    en: 'The card is kept for the next payments.',
    'pt-BR': 'O cartão fica guardado para os próximos pagamentos.',
    es: 'La tarjeta se guarda para los próximos pagos.',
  },
  chooseCard: { en: 'Which card?', 'pt-BR': 'Qual cartão?', es: '¿Qué tarjeta?' },
  chooseWallet: {
    en: 'What should the app answer?',
    'pt-BR': 'O que o aplicativo deve responder?',
    es: '¿Qué debe responder la aplicación?',
  },
  otherDevice: {
    en: 'You can close this page. The one that showed the code goes on by itself.',
    'pt-BR': 'Você pode fechar esta página. A que mostrou o código continua sozinha.',
    es: 'Puedes cerrar esta página. La que mostró el código sigue sola.',
  },
  trouble: { en: 'When something goes wrong', 'pt-BR': 'Quando algo dá errado', es: 'Cuando algo sale mal' },
  pay: { en: 'Pay {amount}', 'pt-BR': 'Pagar {amount}', es: 'Pagar {amount}' },
  keep: { en: 'Keep this card', 'pt-BR': 'Guardar este cartão', es: 'Guardar esta tarjeta' },
  cancel: { en: 'Cancel and go back', 'pt-BR': 'Cancelar e voltar', es: 'Cancelar y volver' },
  goBack: { en: 'Back to Stoa', 'pt-BR': 'Voltar para a Stoa', es: 'Volver a Stoa' },
  tryAgain: { en: 'Choose another card', 'pt-BR': 'Escolher outro cartão', es: 'Elegir otra tarjeta' },
  confirmTitle: { en: 'Is it you?', 'pt-BR': 'É você mesmo?', es: '¿Eres tú?' },
  confirmNote: {
    en: 'Your test bank asks you to confirm this payment.',
    'pt-BR': 'Seu banco de teste pede que você confirme este pagamento.',
    es: 'Tu banco de prueba te pide que confirmes este pago.',
  },
  confirmYes: { en: 'Yes, confirm', 'pt-BR': 'Sim, confirmar', es: 'Sí, confirmar' },
  confirmNo: { en: 'No, refuse', 'pt-BR': 'Não, recusar', es: 'No, rechazar' },
  noAnswer: {
    en: 'The test bank did not answer. Nothing was charged; you can try again.',
    'pt-BR': 'O banco de teste não respondeu. Nada foi cobrado; você pode tentar de novo.',
    es: 'El banco de prueba no respondió. No se cobró nada; puedes intentarlo de nuevo.',
  },
  chooseFirst: {
    en: 'Choose a card to continue.',
    'pt-BR': 'Escolha um cartão para continuar.',
    es: 'Elige una tarjeta para continuar.',
  },
  language: { en: 'Language', 'pt-BR': 'Idioma', es: 'Idioma' },
  notFoundTitle: {
    en: 'This payment page does not exist',
    'pt-BR': 'Esta página de pagamento não existe',
    es: 'Esta página de pago no existe',
  },
  notFoundNote: {
    en: 'Open the payment again from your order.',
    'pt-BR': 'Abra o pagamento de novo a partir do seu pedido.',
    es: 'Abre el pago de nuevo desde tu pedido.',
  },
} satisfies Record<string, Text>;

/** What the page says once it is over. */
export const ends = {
  authorized: { en: 'The amount is held', 'pt-BR': 'O valor está reservado', es: 'El importe está retenido' },
  succeeded: { en: 'Paid', 'pt-BR': 'Pago', es: 'Pagado' },
  failed: { en: 'The payment was refused', 'pt-BR': 'O pagamento foi recusado', es: 'El pago fue rechazado' },
  canceled: { en: 'The payment was canceled', 'pt-BR': 'O pagamento foi cancelado', es: 'El pago fue cancelado' },
  expired: {
    en: 'The time to pay is over',
    'pt-BR': 'O prazo para pagar terminou',
    es: 'El plazo para pagar terminó',
  },
} satisfies Record<string, Text>;

/** Why it was refused. */
export const reasons: Partial<Record<FailureReason, Text>> = {
  declined: {
    en: 'The test bank refused the card.',
    'pt-BR': 'O banco de teste recusou o cartão.',
    es: 'El banco de prueba rechazó la tarjeta.',
  },
  insufficient_funds: {
    en: 'There is not enough money on the card.',
    'pt-BR': 'O cartão não tem saldo suficiente.',
    es: 'La tarjeta no tiene saldo suficiente.',
  },
  authentication_failed: {
    en: 'The payment was not confirmed.',
    'pt-BR': 'O pagamento não foi confirmado.',
    es: 'El pago no se confirmó.',
  },
};

/** The cards on the page: what each does, and its last four digits. They are choices; nobody types a number here. */
export const cards = [
  {
    outcome: 'succeed',
    last4: '4242',
    name: { en: 'A card that works', 'pt-BR': 'Um cartão que funciona', es: 'Una tarjeta que funciona' },
    note: { en: 'The payment goes through.', 'pt-BR': 'O pagamento é aprovado.', es: 'El pago se aprueba.' },
  },
  {
    outcome: 'decline',
    last4: '0002',
    name: { en: 'A card that is declined', 'pt-BR': 'Um cartão recusado', es: 'Una tarjeta rechazada' },
    note: {
      en: 'The bank says no and gives no reason.',
      'pt-BR': 'O banco nega e não diz o motivo.',
      es: 'El banco dice que no y no da motivo.',
    },
  },
  {
    outcome: 'insufficient_funds',
    last4: '9995',
    name: {
      en: 'A card without enough money',
      'pt-BR': 'Um cartão sem saldo',
      es: 'Una tarjeta sin saldo suficiente',
    },
    note: {
      en: 'The bank says no: insufficient funds.',
      'pt-BR': 'O banco nega por falta de saldo.',
      es: 'El banco dice que no por falta de saldo.',
    },
  },
  {
    outcome: 'challenge',
    last4: '3155',
    name: {
      en: 'A card that asks you to confirm',
      'pt-BR': 'Um cartão que pede confirmação',
      es: 'Una tarjeta que pide confirmación',
    },
    note: {
      en: 'The bank asks whether it is you, on one more page.',
      'pt-BR': 'O banco pergunta se é você, em mais uma página.',
      es: 'El banco pregunta si eres tú, en una página más.',
    },
  },
] as const satisfies readonly Card[];

/** The same where a code was scanned: there is no card, but an app with money in it, or not. */
export const wallets = [
  {
    outcome: 'succeed',
    last4: '',
    name: { en: 'Pay', 'pt-BR': 'Pagar', es: 'Pagar' },
    note: { en: 'The payment goes through.', 'pt-BR': 'O pagamento é aprovado.', es: 'El pago se aprueba.' },
  },
  {
    outcome: 'decline',
    last4: '',
    name: { en: 'Refuse', 'pt-BR': 'Recusar', es: 'Rechazar' },
    note: {
      en: 'The bank says no and gives no reason.',
      'pt-BR': 'O banco nega e não diz o motivo.',
      es: 'El banco dice que no y no da motivo.',
    },
  },
  {
    outcome: 'insufficient_funds',
    last4: '',
    name: { en: 'Not enough money', 'pt-BR': 'Sem saldo', es: 'Sin saldo suficiente' },
    note: {
      en: 'The bank says no: insufficient funds.',
      'pt-BR': 'O banco nega por falta de saldo.',
      es: 'El banco dice que no por falta de saldo.',
    },
  },
] as const satisfies readonly Card[];

/** The card offered only where one is kept: for renewals that fail. */
export const keptCard = {
  outcome: 'succeed_then_decline',
  last4: '0341',
  name: {
    en: 'A card that works only today',
    'pt-BR': 'Um cartão que só funciona hoje',
    es: 'Una tarjeta que solo funciona hoy',
  },
  note: {
    en: 'This payment goes through, every later one is declined.',
    'pt-BR': 'Este pagamento é aprovado, os próximos são recusados.',
    es: 'Este pago se aprueba, los siguientes se rechazan.',
  },
} as const satisfies Card;

/** What happens on bad days between a shop and its payment company. */
export const troubles = [
  {
    outcome: 'timeout_before',
    last4: '1001',
    name: {
      en: 'No answer, and nothing charged',
      'pt-BR': 'Sem resposta e sem cobrança',
      es: 'Sin respuesta y sin cobro',
    },
    note: {
      en: 'The line drops before the payment happens.',
      'pt-BR': 'A conexão cai antes do pagamento.',
      es: 'La conexión se corta antes del pago.',
    },
  },
  {
    outcome: 'timeout_after',
    last4: '1002',
    name: { en: 'No answer, but charged', 'pt-BR': 'Sem resposta, mas cobrado', es: 'Sin respuesta, pero cobrado' },
    note: {
      en: 'The line drops after the payment happened, and no notice is sent.',
      'pt-BR': 'A conexão cai depois do pagamento, e nenhum aviso é enviado.',
      es: 'La conexión se corta después del pago y no se envía ningún aviso.',
    },
  },
  {
    outcome: 'duplicate_webhook',
    last4: '1003',
    name: { en: 'The notice comes three times', 'pt-BR': 'O aviso chega três vezes', es: 'El aviso llega tres veces' },
    note: {
      en: 'Paid once, reported three times.',
      'pt-BR': 'Pago uma vez, avisado três vezes.',
      es: 'Pagado una vez, avisado tres veces.',
    },
  },
  {
    outcome: 'late_webhook',
    last4: '1004',
    name: { en: 'The notice comes late', 'pt-BR': 'O aviso chega atrasado', es: 'El aviso llega tarde' },
    note: {
      en: 'You are back before the shop is told.',
      'pt-BR': 'Você volta antes de a loja ser avisada.',
      es: 'Vuelves antes de que avisen a la tienda.',
    },
  },
  {
    outcome: 'reordered_webhook',
    last4: '1005',
    name: {
      en: 'The notices come in the wrong order',
      'pt-BR': 'Os avisos chegam fora de ordem',
      es: 'Los avisos llegan en desorden',
    },
    note: {
      en: '“Paid” comes before “being processed”.',
      'pt-BR': '“Pago” chega antes de “em processamento”.',
      es: '«Pagado» llega antes que «en proceso».',
    },
  },
] as const satisfies readonly Card[];

export type Card = { outcome: string; last4: string; name: Text; note: Text };
