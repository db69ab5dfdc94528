import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { locales } from '@stoa/kernel';
import { encryptForBrowser } from '../src/channels/web-push-encryption.ts';
import { segmentsOf } from '../src/preview-templates.ts';
import { absolute } from '../src/render-mail.ts';
import { templates } from '../src/templates/all.ts';
import { digest } from '../src/templates/digest.ts';
import { dunning } from '../src/templates/dunning.ts';
import { instalmentTemplates } from '../src/templates/instalments.ts';
import { paymentFailed } from '../src/templates/payment-failed.ts';
import { refund } from '../src/templates/refund.ts';
import { subscription, toldChanges } from '../src/templates/subscription.ts';
import type { Template } from '../src/templates/template.ts';
import { price } from '../src/templates/words.ts';
import { writeMail } from '../src/write-mail.ts';

const publicUrl = 'https://stoa.example';
const reader = { name: 'Ana', timeZone: 'America/Sao_Paulo' };
const code = { code: '123456', validMinutes: 10 };
const link = { path: '/x?token=abc', validMinutes: 60 };
const clean = (text: string) => {
  assert.ok(text.trim().length > 3, text);
  assert.doesNotMatch(text, /undefined|null|NaN|\[object|\{\w+\}|!/, text);
};

/** All words of a kind in a language, by channel. */
function wordsOf(template: Template, locale: (typeof locales)[number], params: unknown): Record<string, string[]> {
  const notice = template.notice?.(locale, { params, reader });
  const sms = template.sms?.(locale, { params, reader, code });
  const mail = template.mail
    ? writeMail({ kind: template.kind, params, recipient: { name: 'Ana', locale, time_zone: 'UTC' }, link, publicUrl })
    : undefined;
  return {
    ...(mail ? { email: [mail.subject, mail.text] } : {}),
    ...(sms ? { sms: [sms.path ? `${sms.text} ${absolute(sms.path, publicUrl)}` : sms.text] } : {}),
    ...(notice
      ? { push: [notice.title, notice.body], inapp: [notice.title, notice.body, absolute(notice.path, publicUrl)] }
      : {}),
  };
}

describe('every kind of message', () => {
  for (const template of templates) {
    it(`${template.kind} is written in every channel it has and in every language`, () => {
      for (const locale of locales) {
        clean(template.label[locale]);
        const words = wordsOf(template, locale, template.sample[locale]);
        assert.deepEqual(Object.keys(words).sort(), [...template.channels].sort());
        for (const texts of Object.values(words)) texts.forEach(clean);
        for (const text of words.sms ?? [])
          assert.ok(segmentsOf(text) <= 4 && text.length <= 320, `${text.length}: ${text}`);
        for (const text of words.push ?? []) assert.ok(text.length <= 200, text);
        if (words.push) {
          const [title, body] = words.push;
          const payload = Buffer.from(
            JSON.stringify({ id: 'x'.repeat(36), title, body, url: publicUrl, kind: template.kind }),
          );
          assert.ok(payload.length < 3000);
        }
      }
      for (const channel of template.channels) {
        // The same facts in each language: what differs are the words.
        const texts = locales.map((locale) => JSON.stringify(wordsOf(template, locale, template.sample.en)[channel]));
        assert.equal(new Set(texts).size, locales.length, `${template.kind} ${channel} says the same in two languages`);
      }
    });
  }

  it('has a place: kinds are different, and what protects the account cannot be switched off', () => {
    assert.equal(new Set(templates.map(({ kind }) => kind)).size, templates.length);
    assert.deepEqual(
      templates.filter(({ security }) => security).map(({ kind }) => kind),
      ['verify-email', 'reset-password', 'change-email', 'email-changed', 'phone-code'],
    );
  });

  it('is not written with parameters that are not its own', () => {
    for (const template of templates) {
      const write = () => wordsOf(template, 'en', { something: 'else' });
      assert.throws(write, template.kind);
    }
  });
});

describe('the words of a purchase', () => {
  it('name amounts as the language and the currency do', () => {
    assert.equal(price('pt-BR', { amount: 12990, currency: 'BRL' }).replace(/\s/g, ' '), 'R$ 129,90');
    assert.equal(price('en', { amount: 12990, currency: 'USD' }), '$129.90');
    assert.equal(price('es', { amount: 12990, currency: 'EUR' }).replace(/\s/g, ' '), '129,90 €');
    assert.equal(price('en', { amount: 1500, currency: 'JPY' }), '¥1,500');
    assert.equal(price('en', { amount: 1500, currency: 'KWD' }).replace(/\s/g, ' '), 'KWD 1.500');
  });

  it('explain every reason of payments, and say something useful about one they do not know', () => {
    const known = [
      'declined',
      'insufficient_funds',
      'expired_card',
      'wrong_details',
      'authentication_failed',
      'limit_exceeded',
      'payer_canceled',
      'expired',
    ];
    for (const locale of locales) {
      const sample = Object(paymentFailed.sample[locale]);
      const bodies = [...known, 'suspected_fraud', 'a_code_of_tomorrow'].map(
        (reason) => paymentFailed.notice?.(locale, { params: { ...sample, reason }, reader }).body ?? '',
      );
      bodies.forEach(clean);
      assert.equal(new Set(bodies.slice(0, known.length)).size, known.length);
      // Whoever is suspected is told no more than that it did not go through.
      assert.equal(bodies[known.length], bodies[known.length + 1]);
      // Nor by what is tried again without them.
      for (const template of [dunning, instalmentTemplates.part_missed, instalmentTemplates.paused]) {
        const said = (failureReason: string) => {
          const words = wordsOf(template, locale, { ...Object(template.sample[locale]), failureReason });
          Object.values(words).flat().forEach(clean);
          return JSON.stringify(words);
        };
        assert.equal(said('suspected_fraud'), said(''), template.kind);
        assert.notEqual(said('expired_card'), said(''), template.kind);
      }
    }
  });

  it('have a sentence for every change of a subscription, with and without a date', () => {
    for (const locale of locales) {
      for (const change of toldChanges) {
        for (const periodEnd of ['', '2026-04-01T09:00:00Z']) {
          const params = { ...Object(subscription.sample[locale]), change, periodEnd };
          Object.values(wordsOf(subscription, locale, params))
            .flat()
            .forEach(clean);
        }
      }
    }
  });

  it('say when there is no further try, no credit note, and nothing that ends', () => {
    for (const locale of locales) {
      const last = wordsOf(dunning, locale, { ...Object(dunning.sample[locale]), nextRetryAt: '' });
      Object.values(last).flat().forEach(clean);
      const bare = { ...Object(refund.sample[locale]), full: false, ended: [], creditNoteId: '' };
      Object.values(wordsOf(refund, locale, bare))
        .flat()
        .forEach(clean);
    }
  });

  it('count what a digest does not tell one by one', () => {
    const [first] = Object(digest.sample['pt-BR']).items;
    const text = wordsOf(digest, 'pt-BR', { period: 'weekly', items: [first], more: 4 }).email?.join('\n') ?? '';
    assert.match(text, /Sua semana na Stoa: 5 novidades/);
    assert.match(text, /E mais 4\./);
  });
});

describe('segments of text messages', () => {
  it('are counted as they are charged', () => {
    assert.equal(segmentsOf('x'.repeat(160)), 1);
    assert.equal(segmentsOf('x'.repeat(161)), 2);
    assert.equal(segmentsOf('[]'.repeat(40)), 1);
    assert.equal(segmentsOf('[]'.repeat(41)), 2, 'two units each');
    assert.equal(segmentsOf('ã'.repeat(70)), 1);
    assert.equal(segmentsOf('ã'.repeat(296)), 5, 'as the provider counts');
  });
});

describe('what a browser is sent', () => {
  it('fits for the longest notice there can be', () => {
    const payload = JSON.stringify({
      id: 'x'.repeat(36),
      title: 'ã'.repeat(120),
      body: 'ã'.repeat(400),
      url: `${publicUrl}/${'x'.repeat(500)}`,
      kind: 'x'.repeat(40),
    });
    const key = Buffer.from(
      'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      'base64url',
    );
    assert.ok(
      encryptForBrowser({ plaintext: Buffer.from(payload), receiverKey: key, authSecret: Buffer.alloc(16) }).length <=
        4096,
    );
  });
});
