import type { Locale } from '@stoa/kernel';

/** What people can do about it. The codes are those of payments (`FailureReason`). Whoever is suspected of fraud is not told so. */
const reasons: Readonly<Record<string, Record<Locale, string>>> = {
  declined: {
    en: 'The bank declined the payment. Another card or another way to pay may work.',
    'pt-BR': 'O banco recusou o pagamento. Outro cartão ou outra forma de pagamento pode funcionar.',
    es: 'El banco rechazó el pago. Otra tarjeta u otra forma de pago puede funcionar.',
  },
  insufficient_funds: {
    en: 'There was not enough balance or limit for this payment.',
    'pt-BR': 'Não havia saldo ou limite suficiente para este pagamento.',
    es: 'No había saldo o límite suficiente para este pago.',
  },
  expired_card: {
    en: 'The card has expired. Use one that is still valid.',
    'pt-BR': 'O cartão está vencido. Use um que ainda esteja válido.',
    es: 'La tarjeta está vencida. Usa una que siga vigente.',
  },
  wrong_details: {
    en: 'Something in the card details was not right. Check them and try again.',
    'pt-BR': 'Algum dado do cartão não estava certo. Confira e tente de novo.',
    es: 'Algún dato de la tarjeta no era correcto. Revísalo e inténtalo de nuevo.',
  },
  authentication_failed: {
    en: 'The bank could not confirm that it was you. Try again and follow its steps to the end.',
    'pt-BR': 'O banco não conseguiu confirmar que era você. Tente de novo e siga as etapas até o fim.',
    es: 'El banco no pudo confirmar que eras tú. Inténtalo de nuevo y sigue los pasos hasta el final.',
  },
  limit_exceeded: {
    en: 'The payment is above a limit of the card or account.',
    'pt-BR': 'O pagamento passa de um limite do cartão ou da conta.',
    es: 'El pago supera un límite de la tarjeta o de la cuenta.',
  },
  payer_canceled: {
    en: 'The payment was cancelled before it was finished.',
    'pt-BR': 'O pagamento foi cancelado antes de terminar.',
    es: 'El pago se canceló antes de terminar.',
  },
  expired: {
    en: 'The time to pay was over before the payment arrived.',
    'pt-BR': 'O prazo para pagar terminou antes de o pagamento chegar.',
    es: 'El plazo para pagar terminó antes de que llegara el pago.',
  },
};
/** All that is said of a failure whose reason we do not know, or do not tell. */
export const nothingKnown: Record<Locale, string> = {
  en: 'The payment did not go through.',
  'pt-BR': 'O pagamento não foi concluído.',
  es: 'El pago no se completó.',
};

/** Why a payment failed, in the buyer's words, and what may help; undefined for what we do not know, or do not tell. */
export function failureOf(locale: Locale, reason: string): string | undefined {
  return reasons[reason]?.[locale];
}
