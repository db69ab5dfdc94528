import { defineErrors } from '@stoa/kernel';

export const errors = defineErrors({
  sandbox_payment_not_found: {
    status: 404,
    title: {
      en: 'There is no such test payment.',
      'pt-BR': 'Esse pagamento de teste não existe.',
      es: 'Ese pago de prueba no existe.',
    },
    when: 'The sandbox has no charge with this provider reference, or the sandbox is switched off.',
    log: 'debug',
  },
  sandbox_payment_over: {
    status: 409,
    title: {
      en: 'This test payment is already over.',
      'pt-BR': 'Esse pagamento de teste já terminou.',
      es: 'Ese pago de prueba ya terminó.',
    },
    when: 'The charge was paid, refused, canceled or has expired, so the outcome can no longer happen to it.',
    log: 'debug',
  },
});

/** The charge is past the point where this could happen to it. */
export class ChargeEnded extends Error {
  constructor() {
    super('the charge is over');
    this.name = 'ChargeEnded';
  }
}
