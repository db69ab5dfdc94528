import { randomBytes } from 'node:crypto';
import {
  type Asked,
  jsonOf,
  type Machine,
  type PayerAction,
  record,
  type Simulator,
  type StartOptions,
  startMachine,
  type Told,
  type Voice,
} from './server.ts';

type Payment = {
  referenceId: string;
  status: 'created' | 'expired' | 'authorized' | 'paid' | 'refunded' | 'chargeback';
  cents: number;
  autoCapture: boolean;
  callbackUrl: string;
  returnUrl: string | null;
  leaveUrl: string | null;
  expiresAt: string;
  authorizationId: string | null;
  paid: number;
  refunded: number;
  canceled: boolean;
};

const token = 'picpay-token';
const sellerToken = 'picpay-seller-token';

/** PicPay's e-commerce API (v3, with the legacy cancellations), which has no sandbox of its own. */
export function startPicPay(options: StartOptions = {}): Promise<Simulator> {
  return startMachine(options, (voice) => ({
    machine: createPicPay(voice),
    settings: {
      STOA_PICPAY_API_URL: `${voice.url}/ecommerce/public`,
      STOA_PICPAY_TOKEN: token,
      STOA_PICPAY_SELLER_TOKEN: sellerToken,
    },
  }));
}

// Amounts are JSON numbers in reais with at most two decimals; compared as text, so that no float is trusted.
const centsOf = (value: unknown): number | undefined => {
  if (typeof value !== 'number' || !/^\d{1,9}(\.\d{1,2})?$/.test(String(value))) return undefined;
  const [whole = '0', fraction = ''] = String(value).split('.');
  return Number(whole + fraction.padEnd(2, '0'));
};
const reais = (cents: number) => Number(`${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`);

function invalid(...fields: string[]): Told {
  return {
    status: 422,
    body: {
      message: 'Algumas propriedades não passaram no teste de validação.',
      errors: fields.map((field) => ({ field, message: 'O campo não é válido.' })),
    },
  };
}

function createPicPay({ url, now, webhookUrl, send }: Voice): Machine {
  const payments = new Map<string, Payment>();

  const summaryOf = (payment: Payment) => ({
    authorized: reais(payment.authorizationId ? payment.cents : 0),
    paid: reais(payment.paid),
    refunded: reais(payment.refunded),
  });
  const statusOf = (payment: Payment) => ({
    referenceId: payment.referenceId,
    status: payment.status,
    ...(payment.authorizationId ? { authorizationId: payment.authorizationId, summary: summaryOf(payment) } : {}),
    ...(payment.canceled && !payment.authorizationId ? { summary: summaryOf(payment) } : {}),
  });

  function tell(payment: Payment): void {
    const body = (referenceId: string) =>
      JSON.stringify({
        referenceId,
        ...(payment.authorizationId ? { authorizationId: payment.authorizationId } : {}),
      });
    send({
      url: webhookUrl() ?? payment.callbackUrl,
      body: body(payment.referenceId),
      // There is no signature and so no age: a static token is all there is.
      sign: (_body, how) => ({ 'x-seller-token': how === 'genuine' ? sellerToken : 'forged' }),
      unknownOrder: () => body(randomBytes(8).toString('hex')),
    });
  }

  function answer(asked: Asked): Told {
    if (asked.headers['x-picpay-token'] !== token)
      return { status: 401, body: { message: 'O Token informado é inválido' } };
    const path = asked.path.replace(/^\/ecommerce\/public/, '');
    if (asked.method === 'POST' && !asked.headers['content-type']?.startsWith('application/json'))
      return invalid('body');
    if (path === '/payments' && asked.method === 'POST') return create(asked);
    const call = /^\/payments\/([^/]+)\/(status|capture|refunds|cancellations)$/.exec(path);
    const payment = payments.get(decodeURIComponent(call?.[1] ?? ''));
    if (!call) return { status: 404, body: { message: 'Not Found' } };
    if (!payment) return { status: 404, body: { message: 'Pedido não encontrado' } };
    expire(payment);
    if (call[2] === 'status' && asked.method === 'GET') return { status: 200, body: statusOf(payment) };
    if (asked.method !== 'POST') return { status: 405, body: { message: 'Method Not Allowed' } };
    if (call[2] === 'capture') return capture(payment, asked);
    return call[2] === 'refunds' ? refund(payment, asked) : cancelLegacy(payment, asked);
  }

  function expire(payment: Payment): void {
    if (payment.status === 'created' && Date.parse(payment.expiresAt) <= now().getTime()) payment.status = 'expired';
  }

  function create(asked: Asked): Told {
    const body = record(jsonOf(asked));
    const buyer = record(body.buyer);
    const cents = centsOf(body.value);
    const wrong: string[] = [];
    const known = typeof body.referenceId === 'string' ? payments.get(body.referenceId) : undefined;
    if (typeof body.referenceId !== 'string' || body.referenceId === '') wrong.push('referenceId');
    if (typeof body.callbackUrl !== 'string' || !URL.canParse(body.callbackUrl)) wrong.push('callbackUrl');
    if (cents === undefined || cents <= 0) wrong.push('value');
    if (!/^(\d{3}\.\d{3}\.\d{3}-\d{2}|\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2})$/.test(String(buyer.document ?? '')))
      wrong.push('buyer.document');
    if (buyer.phone !== undefined && !/^\+\d{2} \d{2} \d{4,5}-\d{4}$/.test(String(buyer.phone)))
      wrong.push('buyer.phone');
    if (body.expiresAt !== undefined && Number.isNaN(Date.parse(String(body.expiresAt)))) wrong.push('expiresAt');
    if (body.purchaseMode !== undefined && body.purchaseMode !== 'online' && body.purchaseMode !== 'in-store')
      wrong.push('purchaseMode');
    if (known && known.cents !== cents) wrong.push('referenceId');
    if (wrong.length > 0 || cents === undefined) return invalid(...wrong);
    const payment: Payment = known ?? {
      referenceId: String(body.referenceId),
      status: 'created',
      cents,
      autoCapture: body.autoCapture !== false,
      callbackUrl: String(body.callbackUrl),
      returnUrl: typeof body.returnUrl === 'string' ? body.returnUrl : null,
      leaveUrl: typeof body.leaveUrl === 'string' ? body.leaveUrl : null,
      expiresAt:
        typeof body.expiresAt === 'string' ? body.expiresAt : new Date(now().getTime() + 86_400_000).toISOString(),
      authorizationId: null,
      paid: 0,
      refunded: 0,
      canceled: false,
    };
    payments.set(payment.referenceId, payment);
    const paymentUrl = `${url}/_pay/${encodeURIComponent(payment.referenceId)}`;
    return {
      status: 200,
      body: {
        referenceId: payment.referenceId,
        paymentUrl,
        expiresAt: payment.expiresAt,
        qrcode: { content: paymentUrl, base64: 'data:image/png;base64,iVBORw0KGgo=' },
      },
    };
  }

  function capture(payment: Payment, asked: Asked): Told {
    const { amount } = record(jsonOf(asked));
    const cents = amount === undefined ? payment.cents : centsOf(amount);
    if (payment.status !== 'authorized') return invalid('status');
    if (!cents || cents > payment.cents) return invalid('amount');
    payment.paid = cents;
    payment.status = 'paid';
    tell(payment);
    return {
      status: 200,
      body: {
        id: randomBytes(12).toString('hex'),
        referenceId: payment.referenceId,
        status: 'paid',
        summary: summaryOf(payment),
      },
    };
  }

  function refund(payment: Payment, asked: Asked): Told {
    const body = record(jsonOf(asked));
    if (payment.authorizationId && body.authorizationId !== payment.authorizationId) return invalid('authorizationId');
    if (payment.status === 'created' || payment.status === 'authorized') return callOff(payment, 201);
    if (payment.status !== 'paid' && payment.status !== 'refunded') return invalid('status');
    const cents = body.amount === undefined ? payment.paid - payment.refunded : centsOf(body.amount);
    if (!cents || cents > payment.paid - payment.refunded) return invalid('amount.');
    payment.refunded += cents;
    payment.status = 'refunded';
    tell(payment);
    return {
      status: 201,
      body: { id: randomBytes(12).toString('hex'), referenceId: payment.referenceId, summary: summaryOf(payment) },
    };
  }

  function callOff(payment: Payment, status: number): Told {
    payment.status = 'refunded';
    payment.canceled = true;
    return { status, body: { id: randomBytes(12).toString('hex'), referenceId: payment.referenceId } };
  }

  function cancelLegacy(payment: Payment, asked: Asked): Told {
    const body = record(jsonOf(asked));
    if (payment.authorizationId && body.authorizationId !== payment.authorizationId) return invalid('authorizationId');
    if (payment.status === 'created' || payment.status === 'authorized') callOff(payment, 200);
    else if (payment.status === 'paid') {
      payment.refunded = payment.paid;
      payment.status = 'refunded';
      tell(payment);
    } else return invalid('status');
    return { status: 200, body: { referenceId: payment.referenceId, cancellationId: randomBytes(12).toString('hex') } };
  }

  function act(referenceId: string, action: PayerAction): { goTo: string | null } {
    if (action === 'card_ends') throw new Error('picpay: keeps no cards');
    const payment = payments.get(referenceId);
    if (!payment) throw new Error('picpay: no such payment');
    expire(payment);
    switch (action) {
      case 'pay':
        if (payment.status !== 'created') throw new Error('picpay: the payment is over');
        payment.authorizationId = randomBytes(12).toString('hex');
        payment.status = payment.autoCapture ? 'paid' : 'authorized';
        if (payment.autoCapture) payment.paid = payment.cents;
        tell(payment);
        return { goTo: payment.returnUrl };
      case 'expire':
        payment.status = 'expired';
        tell(payment);
        return { goTo: null };
      case 'dispute':
        payment.status = 'chargeback';
        tell(payment);
        return { goTo: null };
      default:
        // Whoever declines in the app leaves the payment as it is.
        return { goTo: payment.leaveUrl };
    }
  }

  return {
    name: 'picpay',
    answer,
    operationOf: ({ path }) => {
      if (path.endsWith('/payments')) return 'create';
      if (path.endsWith('/capture')) return 'capture';
      return path.endsWith('/status') ? 'find' : 'refund';
    },
    act,
    find: (given) => {
      const last = given.split('/').pop() ?? '';
      return payments.has(last) ? last : undefined;
    },
    book: () =>
      [...payments.values()].map((payment) => ({
        reference: payment.referenceId,
        providerReference: payment.referenceId,
        amount: { amount: payment.cents, currency: 'BRL' },
        state: payment.status,
        captured: payment.paid,
        refunded: payment.refunded,
        refunds: payment.refunded > 0 ? [{ reference: '', amount: payment.refunded }] : [],
      })),
    distort: (body, what) => {
      const status = record(body);
      if (what !== 'amount' || !status.summary) return body;
      return { ...status, summary: { ...record(status.summary), authorized: 0.01, paid: 0.01 } };
    },
  };
}
