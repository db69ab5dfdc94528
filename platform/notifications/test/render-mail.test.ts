import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { locales } from '@stoa/kernel';
import { renderMail } from '../src/render-mail.ts';
import { templates } from '../src/templates/all.ts';
import { completion } from '../src/templates/completion.ts';
import { enrollment } from '../src/templates/enrollment.ts';
import { resetPassword } from '../src/templates/reset-password.ts';
import type { MailTemplate, Template } from '../src/templates/template.ts';

const publicUrl = 'https://stoa.example';
const reader = { name: 'Ana', timeZone: 'America/Sao_Paulo' };
const hasMail = (template: Template): template is MailTemplate => template.mail !== undefined;
const link = { path: '/reset-password?token=abc&x=1', validMinutes: 60 };

describe('mails', () => {
  for (const template of templates.filter(hasMail)) {
    for (const locale of locales) {
      it(`${template.kind} in ${locale} has a subject, a heading, one language and only links to our own address`, () => {
        const text = template.mail(locale, { params: template.sample[locale], reader, link });
        const mail = renderMail(text, { locale, publicUrl });
        assert.ok(mail.subject.length > 5 && mail.subject.length <= 200);
        assert.match(mail.html, new RegExp(`<html lang="${locale}"`));
        assert.equal(mail.html.match(/<h1/g)?.length, 1);
        assert.doesNotMatch(mail.html, /<img|<script|javascript:|undefined|\[object/);
        assert.doesNotMatch(mail.text, /undefined|\[object|<[a-z]/);
        assert.doesNotMatch(mail.html + mail.text, /!(?!important|doctype)/, 'no exclamation marks in our voice');
        for (const [, href] of mail.html.matchAll(/href="([^"]+)"/g))
          assert.ok(href?.startsWith(`${publicUrl}/`), href);
        for (const block of text.blocks) {
          if (block.kind !== 'action') continue;
          const url = new URL(block.path, publicUrl).toString();
          assert.ok(mail.text.includes(url), 'the plain text has the link');
          assert.ok(mail.html.includes(`href="${url.replaceAll('&', '&amp;')}"`), 'the HTML has the link');
        }
      });
    }
    it(`${template.kind} says something else in each language`, () => {
      const bodies = locales.map((locale) => {
        const text = template.mail(locale, { params: template.sample.en, reader, link });
        return renderMail(text, { locale, publicUrl }).text;
      });
      assert.equal(new Set(bodies).size, locales.length);
    });
  }

  it('escape what people and course authors wrote', () => {
    const params = { courseTitle: `<img src=x onerror=alert(1)> & "quotes" 'n' more`, courseSlug: 'a/../b?c=<d>' };
    const text = enrollment.mail('en', { params, reader: { ...reader, name: '<b>Bobby</b>' } });
    const mail = renderMail(text, { locale: 'en', publicUrl });
    assert.doesNotMatch(mail.html, /<img|<b>/);
    assert.match(mail.html, /&lt;img src=x onerror=alert\(1\)&gt; &amp; &quot;quotes&quot; &#39;n&#39; more/);
    assert.match(mail.html, /&lt;b&gt;Bobby&lt;\/b&gt;/);
    assert.ok(mail.text.includes('https://stoa.example/learn/a%2F..%2Fb%3Fc%3D%3Cd%3E'));
  });

  it('keep a subject on one line whatever the course is called', () => {
    const params = { courseTitle: 'Title\r\nBcc: everyone@example.com\u202e\u0000', courseSlug: 'x' };
    const { subject } = renderMail(enrollment.mail('en', { params, reader }), { locale: 'en', publicUrl });
    assert.equal(subject, 'You are enrolled: Title Bcc: everyone@example.com');
  });

  it('write the day where the person lives and in their language', () => {
    // 1:30 in the night in UTC is the evening before in São Paulo.
    const params = { courseTitle: 'X', courseSlug: 'x', verificationCode: 'ABC', completedAt: '2026-03-15T01:30:00Z' };
    const written = completion.mail('pt-BR', { params, reader });
    assert.match(renderMail(written, { locale: 'pt-BR', publicUrl }).text, /Concluído em: 14 de março de 2026/);
    const nowhere = completion.mail('es', { params, reader: { ...reader, timeZone: 'Nowhere/Land' } });
    assert.match(renderMail(nowhere, { locale: 'es', publicUrl }).text, /15 de marzo de 2026/);
  });

  it('offer the course alone when there is no certificate', () => {
    const params = { courseTitle: 'X', courseSlug: 'x', verificationCode: '', completedAt: '2026-03-15T01:30:00Z' };
    const mail = renderMail(completion.mail('en', { params, reader }), { locale: 'en', publicUrl });
    assert.doesNotMatch(mail.text, /certificate/i);
    assert.match(mail.text, /https:\/\/stoa\.example\/learn\/x/);
  });

  it('say how long a link works', () => {
    const params = { requestId: '1' };
    const minutes = { path: '/r?t=1', validMinutes: 45 };
    assert.match(
      renderMail(resetPassword.mail('en', { params, reader, link }), { locale: 'en', publicUrl }).text,
      /for 1 hour\./,
    );
    assert.match(
      renderMail(resetPassword.mail('es', { params, reader, link: minutes }), { locale: 'es', publicUrl }).text,
      /durante 45 minutos\./,
    );
  });

  it('refuse to lead away from our own address', () => {
    for (const path of ['https://evil.example/', '//evil.example/', 'javascript:alert(1)', '/\\evil.example']) {
      const text = resetPassword.mail('en', { params: { requestId: '1' }, reader, link: { path, validMinutes: 60 } });
      assert.throws(() => renderMail(text, { locale: 'en', publicUrl }), /our own address/, path);
    }
  });

  it('are not written without their link or with foreign parameters', () => {
    assert.throws(() => resetPassword.mail('en', { params: { requestId: '1' }, reader }), /without its link/);
    assert.throws(() => enrollment.mail('en', { params: { requestId: '1' }, reader }));
  });
});
