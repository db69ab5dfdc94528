import { type Ctx, type Locale, locales, requireRole } from '@stoa/kernel';
import { z } from 'zod';
import { errors } from './errors.ts';
import { absolute, renderMail } from './render-mail.ts';
import { findTemplate, templates } from './templates/all.ts';
import { type Channel, channels, type Template } from './templates/template.ts';

const urgencies = ['security', 'prompted', 'normal', 'low'] as const;

export const TemplateSummary = z.strictObject({
  kind: z.string(),
  name: z.string(),
  channels: z.array(z.enum(channels)),
  security: z.boolean(),
  urgency: z.enum(urgencies),
});
const NoticePreview = z.strictObject({ title: z.string(), body: z.string(), url: z.string() });
export const TemplatePreview = z.strictObject({
  ...TemplateSummary.shape,
  locale: z.enum(locales),
  mail: z.strictObject({ subject: z.string(), html: z.string(), text: z.string() }).nullable(),
  sms: z.strictObject({ text: z.string(), segments: z.int() }).nullable(),
  push: NoticePreview.nullable(),
  inapp: NoticePreview.nullable(),
});

const readers: Record<Locale, { name: string; timeZone: string }> = {
  en: { name: 'Grace Okafor', timeZone: 'Europe/London' },
  'pt-BR': { name: 'Marina Duarte', timeZone: 'America/Sao_Paulo' },
  es: { name: 'Lucía Herrera', timeZone: 'Europe/Madrid' },
};

const summaryOf = ({ kind, label, channels: offered, security, urgency }: Template, ctx: Ctx) => ({
  kind,
  name: label[ctx.locale],
  channels: [...offered],
  security,
  urgency,
});

/** Every kind of message. For support. */
export function listTemplates() {
  return async (ctx: Ctx): Promise<{ items: z.output<typeof TemplateSummary>[] }> => {
    requireRole(ctx, 'support');
    return { items: templates.map((template) => summaryOf(template, ctx)) };
  };
}

type Asked = { kind: string; locale?: Locale | undefined; channel?: Channel | undefined };

/**
 * A kind of message with sample data in a language, in one channel or all it has: by the same functions that write the
 * real one. For support.
 * @throws template_not_found
 */
export function previewTemplate(deps: { publicUrl: string }) {
  return async ({ kind, locale = 'en', channel }: Asked, ctx: Ctx): Promise<z.output<typeof TemplatePreview>> => {
    requireRole(ctx, 'support');
    const template = findTemplate(kind);
    if (!template || (channel && !template.channels.includes(channel))) throw errors.template_not_found();
    const shown = (one: Channel) => template.channels.includes(one) && (channel ?? one) === one;
    const unread = { params: template.sample[locale], reader: readers[locale] };
    const link = template.linked ? { path: '/?link=sample', validMinutes: 60 } : undefined;
    const code = template.coded ? { code: '123456', validMinutes: 10 } : undefined;
    const notice = template.notice?.(locale, unread);
    const noticePreview = notice && {
      title: notice.title,
      body: notice.body,
      url: absolute(notice.path, deps.publicUrl),
    };
    const sms = shown('sms') ? template.sms?.(locale, { ...unread, code }) : undefined;
    const text = sms && (sms.path ? `${sms.text} ${absolute(sms.path, deps.publicUrl)}` : sms.text);
    const mail = shown('email') ? template.mail?.(locale, { ...unread, link }) : undefined;
    return {
      ...summaryOf(template, ctx),
      locale,
      mail: mail ? renderMail(mail, { locale, publicUrl: deps.publicUrl }) : null,
      sms: text ? { text, segments: segmentsOf(text) } : null,
      push: shown('push') ? (noticePreview ?? null) : null,
      inapp: shown('inapp') ? (noticePreview ?? null) : null,
    };
  };
}

/** GSM 03.38 and its extension; a text with any other character is sent in UTF-16. */
const gsm = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;
const extension = /[\^{}\\[~\]|€]/g;

/** How many text messages a text is charged as (3GPP 23.038 and 23.040). */
export function segmentsOf(text: string): number {
  const plain = gsm.test(text);
  const length = plain ? text.length + (text.match(extension)?.length ?? 0) : text.length;
  const [single, part] = plain ? [160, 153] : [70, 67];
  return length <= single ? 1 : Math.ceil(length / part);
}
