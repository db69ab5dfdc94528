import assert from 'node:assert/strict';
import { createVerify } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { createOfflineVerifier, payPalSignedText } from '../../src/providers/paypal/verify-webhook.ts';
import { crc16, decodeBrCode, encodeBrCode } from '../../src/providers/pix/br-code.ts';
import { fromPixId, toPixId } from '../../src/providers/pix/references.ts';
import { WebhookRefused } from '../../src/providers/provider.ts';
import { signWebhook, verifySignature } from '../../src/providers/stoa-signature.ts';
import { fixturesAbsent, readFixture } from './fixtures.ts';

describe('signatures and codes against the shared vectors', () => {
  it('Stripe: every header is taken or refused as its vector says', (t) => {
    if (fixturesAbsent) return t.skip(fixturesAbsent);
    const { vectors } = z
      .object({
        vectors: z.array(
          z.object({
            case: z.string(),
            secret: z.string(),
            now: z.number(),
            header: z.string(),
            body: z.string(),
            valid: z.boolean(),
          }),
        ),
      })
      .parse(readFixture('stripe', 'signature-vectors.json'));
    assert.ok(vectors.length >= 10);
    for (const vector of vectors) {
      const verify = () =>
        verifySignature({
          secret: vector.secret,
          header: vector.header,
          body: Buffer.from(vector.body),
          now: new Date(vector.now * 1000),
        });
      if (vector.valid) assert.doesNotThrow(verify, vector.case);
      else assert.throws(verify, WebhookRefused, vector.case);
    }
  });

  it('PayPal: the signed text and the CRC are the ones that were signed', (t) => {
    if (fixturesAbsent) return t.skip(fixturesAbsent);
    const { vectors, public_key_pem: key } = z
      .object({
        public_key_pem: z.string(),
        vectors: z.array(
          z.object({
            case: z.string(),
            valid: z.boolean(),
            transmission_id: z.string(),
            transmission_time: z.string(),
            webhook_id: z.string(),
            raw_body: z.string(),
            crc32: z.number(),
            signed_text: z.string().optional(),
            signature: z.string(),
          }),
        ),
      })
      .parse(readFixture('paypal', 'signature-vectors.json'));
    assert.ok(vectors.length >= 5);
    for (const vector of vectors) {
      const text = payPalSignedText({
        id: vector.transmission_id,
        time: vector.transmission_time,
        webhookId: vector.webhook_id,
        rawBody: Buffer.from(vector.raw_body),
      });
      assert.ok(text.endsWith(`|${vector.crc32}`), vector.case);
      if (vector.signed_text) assert.equal(text, vector.signed_text);
      assert.equal(
        createVerify('RSA-SHA256').update(text).verify(key, vector.signature, 'base64'),
        vector.valid,
        vector.case,
      );
    }
  });

  it('BR Code: every code is read into its fields, and a tampered one is none', (t) => {
    if (fixturesAbsent) return t.skip(fixturesAbsent);
    const { vectors } = z
      .object({
        vectors: z.array(
          z.object({
            kind: z.string(),
            brcode: z.string(),
            valid: z.boolean().nullish(),
            fields: z.unknown().optional(),
          }),
        ),
      })
      .parse(readFixture('pix', 'brcode-vectors.json'));
    assert.ok(vectors.length >= 8);
    for (const { kind, brcode, valid, fields } of vectors) {
      const decoded = decodeBrCode(brcode);
      if (valid === false) assert.equal(decoded, undefined, kind);
      else assert.ok(decoded, kind);
      if (fields) assert.deepEqual(decoded, fields, kind);
    }
  });
});

describe('signatures against vectors of our own', () => {
  const refusal = (reason: string) => (error: unknown) => error instanceof WebhookRefused && error.reason === reason;

  it('Stripe: what another program has signed is taken, and nothing that differs in one byte', () => {
    const good = {
      secret: 'whsec_test',
      header: 't=1700000000,v1=c25fec335f20601dcb662f0e7c4944646158a9324bb6ed8b7f6ab126449f507a',
      body: Buffer.from('{"id":"evt_test","object":"event"}'),
      now: new Date(1_700_000_000_000),
    };
    verifySignature(good);
    assert.equal(signWebhook(good.secret, good.body, good.now), good.header);
    // While a secret is changed there are two, and what is no signature of this scheme is passed over.
    verifySignature({ ...good, header: `${good.header.replace('v1=c', 'v1=d')},${good.header.split(',')[1]},v0=00` });
    verifySignature({ ...good, now: new Date(1_700_000_300_000) });
    const spoilt = [
      { secret: 'whsec_tesT' },
      { body: Buffer.from('{"id":"evt_test","object":"event"}\n') },
      { header: good.header.replace('t=1700000000', 't=1700000001') },
      { header: good.header.replace(/a$/, 'b') },
      { header: good.header.replace('v1=', 'v0=') },
      { header: undefined },
    ];
    for (const change of spoilt) assert.throws(() => verifySignature({ ...good, ...change }), refusal('signature'));
    for (const now of [1_700_000_301_000, 1_699_999_699_000])
      assert.throws(() => verifySignature({ ...good, now: new Date(now) }), refusal('stale'));
  });

  it('PayPal: what OpenSSL has signed is taken with its certificate, and nothing that differs in one byte', async () => {
    const { webhookId, headers, rawBody, certificate, signedText } = payPalVector;
    const at = (now: string, id = webhookId) =>
      createOfflineVerifier({
        webhookId: id,
        clock: { now: () => new Date(now) },
        mostDays: 4,
        certHosts: ['api.paypal.com'],
        apiOrigin: 'https://api-m.paypal.com',
        extraCertificates: [certificate],
        fetchCertificate: async () => certificate,
      });
    const soon = '2027-03-01T12:01:00Z';
    const request = { headers, rawBody, url: 'https://shop.example/api/webhooks/paypal', method: 'POST' };
    assert.equal(
      payPalSignedText({
        id: headers['paypal-transmission-id'],
        time: headers['paypal-transmission-time'],
        webhookId,
        rawBody,
      }),
      signedText,
    );
    assert.equal(await at(soon)(request), 'genuine');
    const changed = Buffer.from(rawBody.toString().replace('49.00', '49.01'));
    const spoilt = [
      { ...request, rawBody: changed },
      { ...request, headers: { ...headers, 'paypal-transmission-time': '2027-03-01T12:00:01Z' } },
      {
        ...request,
        headers: { ...headers, 'paypal-transmission-id': headers['paypal-transmission-id'].replace('6', '7') },
      },
      {
        ...request,
        headers: { ...headers, 'paypal-transmission-sig': headers['paypal-transmission-sig'].replace(/^./, '0') },
      },
    ];
    for (const one of spoilt) await assert.rejects(at(soon)(one), refusal('signature'));
    await assert.rejects(at(soon, '1JE4291016473214D')(request), refusal('signature'));
    await assert.rejects(at('2027-03-06T12:00:00Z')(request), refusal('stale'));
    const elsewhere = { ...headers, 'paypal-cert-url': 'https://api.paypal.com.example/v1/notifications/certs/CERT-1' };
    await assert.rejects(at(soon)({ ...request, headers: elsewhere }), refusal('foreign'));
  });
});

describe('BR Code', () => {
  it('has the CRC of the standard', () => {
    assert.equal(crc16('123456789'), '29B1');
  });

  it('writes the published static code to the letter', () => {
    const code = encodeBrCode({
      kind: 'static',
      key: '123e4567-e12b-12d1-a456-426655440000',
      amount: '10.00',
      merchantName: 'Fulano de Tal',
      merchantCity: 'BRASILIA',
    });
    assert.equal(
      code,
      '00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000520400005303986540510.005802BR5913Fulano de Tal6008BRASILIA62070503***6304288F',
    );
  });

  it('writes a dynamic code to the letter', () => {
    const code = encodeBrCode({
      kind: 'dynamic',
      location: 'https://pix.example.com/qr/9d36b84fc70b478fb95c12729b90ca25',
      merchantName: 'Fulano de Tal',
      merchantCity: 'BRASILIA',
    });
    assert.ok(code.endsWith('6304729E'));
  });

  it('reads back whatever it wrote, and nothing with one character changed', () => {
    const text = (least: number, most: number) =>
      fc
        .stringMatching(new RegExp(`^[A-Za-z0-9 .-]{${least},${most}}$`))
        .filter((value) => value.trim() === value && value.length >= least);
    fc.assert(
      fc.property(
        text(1, 77),
        text(1, 25),
        text(1, 15),
        fc.integer({ min: 1, max: 99_999_999 }),
        fc.nat(),
        (key, name, city, cents, at) => {
          const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
          if (key.length > 99 - 18 - 4) return;
          const code = encodeBrCode({ kind: 'static', key, amount, merchantName: name, merchantCity: city });
          const fields = decodeBrCode(code);
          assert.ok(fields);
          assert.deepEqual(fields['26'], { '00': 'br.gov.bcb.pix', '01': key });
          assert.equal(fields['54'], amount);
          assert.equal(fields['59'], name);
          const place = at % code.length;
          const other = code[place] === '0' ? '1' : '0';
          const broken = code.slice(0, place) + other + code.slice(place + 1);
          assert.equal(decodeBrCode(broken), undefined);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never throws on what somebody pastes', () => {
    fc.assert(fc.property(fc.string(), (text) => void decodeBrCode(text)));
    assert.equal(decodeBrCode(''), undefined);
    assert.equal(decodeBrCode('6304'), undefined);
  });

  it('drops accents and cuts what is too long', () => {
    const fields = decodeBrCode(
      encodeBrCode({
        kind: 'static',
        key: 'a@b.c',
        merchantName: 'Padaria São João da Boa Vista Ltda',
        merchantCity: 'São José dos Campos',
      }),
    );
    assert.equal(fields?.['59'], 'Padaria Sao Joao da Boa V');
    assert.equal(fields?.['60'], 'Sao Jose dos Ca');
  });
});

describe('references of Pix', () => {
  it('turn a UUID into a txid and back, and anything else into one that is always the same', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        const id = toPixId(uuid);
        assert.match(id, /^[a-zA-Z0-9]{26,35}$/);
        assert.equal(fromPixId(id), uuid);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.match(toPixId(text), /^[a-zA-Z0-9]{26,35}$/);
        assert.equal(toPixId(text), toPixId(text));
      }),
    );
    assert.equal(fromPixId('0'.repeat(35)), null);
  });
});

describe('our own signature', () => {
  it('is taken for five minutes, on the very bytes, with the very secret', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ minLength: 1 }),
        fc.integer({ min: -300, max: 300 }),
        (body, secret, age) => {
          const at = new Date(1_700_000_000_000);
          const header = signWebhook(secret, body, at);
          const now = new Date(at.getTime() + age * 1000);
          verifySignature({ secret, header, body: Buffer.from(body), now });
          assert.throws(
            () => verifySignature({ secret: `${secret}x`, header, body: Buffer.from(body), now }),
            WebhookRefused,
          );
          assert.throws(() => verifySignature({ secret, header, body: Buffer.from(`${body} `), now }), WebhookRefused);
          const later = new Date(at.getTime() + 301_000);
          assert.throws(() => verifySignature({ secret, header, body: Buffer.from(body), now: later }), WebhookRefused);
        },
      ),
    );
  });
});

/**
 * Signed with OpenSSL (`openssl dgst -sha256 -sign`) and a key made for it and thrown away; its certificate vouches for
 * itself and is trusted here alone.
 */
const payPalVector = {
  webhookId: '1JE4291016473214C',
  headers: {
    'paypal-transmission-id': '69cd13f0-d67a-11e5-baa3-778b53f4ae55',
    'paypal-transmission-time': '2027-03-01T12:00:00Z',
    'paypal-auth-algo': 'SHA256withRSA',
    'paypal-cert-url': 'https://api.paypal.com/v1/notifications/certs/CERT-1',
    'paypal-transmission-sig':
      'Y1faE1zwYvQNMPebNQFqDtjaFydW/6Z6hHxxaEDz9DULurMI0P/ZHFitxYW2WEZPM4D4cdAsU4LqybXRqq/6UAodeKzG2tZpgY21' +
      '+xzzW5VMARkXQnZkAtqegaO3DIBzeUu+g6vSdJjE05SsKkrvqFPgT2Y+c7G2cPPK3KAZAY7GrJv9u91XTVj0bi8td3m/dlyeKjlT' +
      'EO7Pvp25BV2rhQAsbu3azPzbBBzd8DFlW/DuK2Jj9zAeQJAH2hbJGY/xLHErrDNSwlgC7PEJQQKwyRIEHM9Zjb0oY+P0vE/znKVq' +
      'rxIaNDtTYjG5tMu6hg3U4adk91jsu9mQXFwqlNnupw==',
  },
  rawBody: Buffer.from(
    '{"id":"WH-STOA-1","event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"amount":{"value":"49.00","currency_code":"BRL"},"note":"Chá"}}',
  ),
  signedText: '69cd13f0-d67a-11e5-baa3-778b53f4ae55|2027-03-01T12:00:00Z|1JE4291016473214C|3292757014',
  certificate: `-----BEGIN CERTIFICATE-----
MIIDPzCCAiegAwIBAgIUUyM4u47jr4yQwNbrWlQCuZIH0UswDQYJKoZIhvcNAQEL
BQAwLjEsMCoGA1UEAwwjbWVzc2FnZXZlcmlmaWNhdGlvbmNlcnRzLnBheXBhbC5j
b20wIBcNMjYxMTIxMTQwOTQxWhgPMjEyNjEwMjgxNDA5NDFaMC4xLDAqBgNVBAMM
I21lc3NhZ2V2ZXJpZmljYXRpb25jZXJ0cy5wYXlwYWwuY29tMIIBIjANBgkqhkiG
9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzCyAMlLy1ALNdX+/35JzT7QYfzzbePD44hbg
VemUnvcIVjov+XUCaX30eGbf7RIOQxJtjZdYgpjKCWBFtkpngp9SlOMpupnEPs6Z
KVwW5nl/GTPDy2On+1Po0FmOxqTplRkkGWtnQIQnwfRg+JSQyAzSX7DoXjOsS7lR
4pZwZODoBSpEjSWOmIHlSg+DAzZ/AzoqmiYZ6dn6CRzGCt4ILJiP2XQYI9IRD8U3
n73+vKNT7D5ElTAI7qB9ZT0umA7kPngt6xQCja/YnN8wIAkBlUDzx3jqTfGYO31v
jg8UaRbnfhFeaqIELXj7I3QbSpP7yOKM+Zy11AFQCtWODFwytwIDAQABo1MwUTAd
BgNVHQ4EFgQUb3rzxyA5UwVtk9kdKzGxfooShy4wHwYDVR0jBBgwFoAUb3rzxyA5
UwVtk9kdKzGxfooShy4wDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOC
AQEAjp+wZP09WTwdpY0sX0H/55d67RzCvix8T2sYFXDbw4AMetdS7GN7ZNuKEK/R
8OnKvZUQtjV+SepwMhQ7dEa3BsifmrNy8skiXvPuKZYx+qDRNNEZl70+IXsnLCu0
+O53zcHQSEeHs4g80V8y04UqwSIVM9ujMpBWv5oKxrd4SxN8mb9KvZ9f8QERByDw
mlkeQvXGkwp6O6Wtpo+QYpZyJYejcLQ/EaZpeGq4F7ZBv9y1uHhwPbYTRoBZLjdn
jpGgP+IKlV8M/edIj2YJ/hadBDgctAcWn0XShfkAoXUJHGXk1nb/LJYdt7rT93CU
NsgIwEScdB3NJRmn5Q73YQ8jww==
-----END CERTIFICATE-----
`,
};
