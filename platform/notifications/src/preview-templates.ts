import { type Ctx, type Locale, locales, requireRole } from '@stoa/kernel';
import { z } from 'zod';
import { errors } from './errors.ts';
import { absolute, renderMail } from './render-mail.ts';
import { findTemplate, templates } from './templates/all.ts';
import { channels } from './templates/template.ts';

export const TemplateSummary = z.strictObject({
  kind: z.string(),
  name: z.string(),
  channels: z.array(z.enum(channels)),
  security: z.boolean(),
});
export const TemplatePreview = z.strictObject({
  ...TemplateSummary.shape,
  locale: z.enum(locales),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  notice: z.strictObject({ title: z.string(), body: z.string(), url: z.string() }).nullable(),
});

const readers: Record<Locale, { name: string; timeZone: string }> = {
  en: { name: 'Grace Okafor', timeZone: 'Europe/London' },
  'pt-BR': { name: 'Marina Duarte', timeZone: 'America/Sao_Paulo' },
  es: { name: 'Lucía Herrera', timeZone: 'Europe/Madrid' },
};

/** Every kind of message. For support. */
export function listTemplates() {
  return async (ctx: Ctx): Promise<{ items: z.output<typeof TemplateSummary>[] }> => {
    requireRole(ctx, 'support');
    return {
      items: templates.map(({ kind, label, channels: offered, security }) => ({
        kind,
        name: label[ctx.locale],
        channels: [...offered],
        security,
      })),
    };
  };
}

/** A kind of message with sample data, in a language. For support. @throws template_not_found */
export function previewTemplate(deps: { publicUrl: string }) {
  return async (
    { kind, locale = 'en' }: { kind: string; locale?: Locale | undefined },
    ctx: Ctx,
  ): Promise<z.output<typeof TemplatePreview>> => {
    requireRole(ctx, 'support');
    const template = findTemplate(kind);
    if (!template) throw errors.template_not_found();
    const params = template.sample[locale];
    const reader = readers[locale];
    const link = template.linked ? { path: '/?link=sample', validMinutes: 60 } : undefined;
    const mail = renderMail(template.mail(locale, { params, reader, link }), { locale, publicUrl: deps.publicUrl });
    const notice = template.notice?.(locale, { params, reader });
    return {
      kind,
      name: template.label[ctx.locale],
      channels: [...template.channels],
      security: template.security,
      locale,
      ...mail,
      notice: notice ? { title: notice.title, body: notice.body, url: absolute(notice.path, deps.publicUrl) } : null,
    };
  };
}
