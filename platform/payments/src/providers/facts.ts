/**
 * Facts about providers that are not in a specification we can read: each with where it comes from and when that was
 * looked at, so that an operator can check and correct them (`STOA_PROVIDER_FACTS`, a JSON object of name and value).
 * `spec` was read in the provider's own specification or documentation, in the copy at hand; `secondary` in somebody
 * else's; `general` is what is commonly known of it and was not read in a primary source.
 */
export type Fact<T> = { value: T; source: string; evidence: 'spec' | 'secondary' | 'general'; asOf: string };

const fact = <T>(value: T, source: string, evidence: Fact<T>['evidence'], asOf = '2026-11-21'): Fact<T> => ({
  value,
  source,
  evidence,
  asOf,
});

export const defaultFacts = {
  'stripe.holdDays': fact(7, 'https://docs.stripe.com/payments/place-a-hold-on-a-payment-method', 'general'),
  'stripe.leastMinutes': fact(30, 'https://docs.stripe.com/api/checkout/sessions/create#expires_at', 'general'),
  'stripe.mostHours': fact(24, 'https://docs.stripe.com/api/checkout/sessions/create#expires_at', 'general'),
  'stripe.noFractions': fact(
    'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF',
    'https://docs.stripe.com/currencies#zero-decimal',
    'spec',
  ),
  'stripe.threeDigits': fact('BHD JOD KWD OMN TND', 'https://docs.stripe.com/currencies#three-decimal', 'general'),
  'stripe.minimum': fact(
    'USD 50 EUR 50 BRL 50 GBP 30 JPY 50 MXN 1000',
    'https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts',
    'general',
  ),
  'paypal.holdDays': fact(
    29,
    'https://developer.paypal.com/docs/checkout/standard/customize/authorization/',
    'general',
  ),
  // PayPal tries to deliver for three days; what is older was overheard.
  'paypal.webhookDays': fact(4, 'https://developer.paypal.com/api/rest/webhooks/', 'general'),
  // For how long PayPal keeps a request id of an order.
  'paypal.repeatHours': fact(6, 'PayPal Orders API 2.13, PayPal-Request-Id', 'spec'),
  'stripe.repeatHours': fact(24, 'https://docs.stripe.com/api/idempotent_requests', 'spec'),
  'paypal.noFractions': fact('HUF JPY TWD', 'https://developer.paypal.com/reference/currency-codes/', 'spec'),
  'paypal.currencies': fact(
    'AUD BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD',
    'https://developer.paypal.com/reference/currency-codes/',
    'spec',
  ),
  'picpay.holdDays': fact(5, 'PicPay E-commerce Public API 3.0, ecommerce.json', 'spec'),
  'pix.expiryDefaultSeconds': fact(86_400, 'https://bacen.github.io/pix-api/ 2.9.0', 'spec'),
} satisfies Record<string, Fact<number | string>>;

export type FactName = keyof typeof defaultFacts;
export type Facts = { [Name in FactName]: (typeof defaultFacts)[Name]['value'] };

/**
 * The facts of an installation: the defaults, with what the operator corrected.
 * @param corrections JSON object of fact names and values
 * @throws Error naming a fact that does not exist or has another type
 */
export function readFacts(corrections?: string): Facts {
  const values: Record<string, number | string> = Object.fromEntries(
    Object.entries(defaultFacts).map(([name, { value }]) => [name, value]),
  );
  const given: unknown = corrections ? JSON.parse(corrections) : {};
  if (typeof given !== 'object' || given === null) throw new Error('STOA_PROVIDER_FACTS is not a JSON object');
  for (const [name, value] of Object.entries(given)) {
    const known = values[name];
    if (known === undefined) throw new Error(`STOA_PROVIDER_FACTS: there is no fact ${name}`);
    if (typeof value !== typeof known) throw new Error(`STOA_PROVIDER_FACTS: ${name} is a ${typeof known}`);
    values[name] = value;
  }
  return narrow(values);
}

function narrow(values: Record<string, number | string>): Facts {
  const number = (name: FactName) => Number(values[name]);
  const text = (name: FactName) => String(values[name]);
  return {
    'stripe.holdDays': number('stripe.holdDays'),
    'stripe.leastMinutes': number('stripe.leastMinutes'),
    'stripe.mostHours': number('stripe.mostHours'),
    'stripe.noFractions': text('stripe.noFractions'),
    'stripe.threeDigits': text('stripe.threeDigits'),
    'stripe.minimum': text('stripe.minimum'),
    'paypal.holdDays': number('paypal.holdDays'),
    'paypal.webhookDays': number('paypal.webhookDays'),
    'paypal.repeatHours': number('paypal.repeatHours'),
    'stripe.repeatHours': number('stripe.repeatHours'),
    'paypal.noFractions': text('paypal.noFractions'),
    'paypal.currencies': text('paypal.currencies'),
    'picpay.holdDays': number('picpay.holdDays'),
    'pix.expiryDefaultSeconds': number('pix.expiryDefaultSeconds'),
  };
}

/** `USD 50 EUR 30` as amounts by currency. */
export function amountsByCurrency(text: string): Record<string, number> {
  const words = text.split(/\s+/).filter(Boolean);
  const amounts: Record<string, number> = {};
  for (let at = 0; at + 1 < words.length; at += 2) amounts[words[at] ?? ''] = Number(words[at + 1]);
  return amounts;
}
