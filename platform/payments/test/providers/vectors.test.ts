import assert from 'node:assert/strict';
import { createVerify } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { payPalSignedText } from '../../src/providers/paypal/verify-webhook.ts';
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
