import type { Locale } from '@stoa/kernel';
import type { Block, MailText } from './templates/template.ts';

/** A mail as it is sent. */
export type RenderedMail = { subject: string; html: string; text: string };

/** Brand tokens as hex: mail programs know no OKLCH and no custom properties. */
const light = {
  ground: '#fbf9f5',
  card: '#fefefb',
  ink: '#221d18',
  quiet: '#625c55',
  line: '#ded9d1',
  accent: '#095a90',
  onAccent: '#f9fcff',
};
const dark = {
  ground: '#151310',
  card: '#1d1b17',
  ink: '#ece9e3',
  quiet: '#aea8a0',
  line: '#37332f',
  accent: '#70bbeb',
  onAccent: '#07141f',
};
const sans = "Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const serif = "Newsreader,Georgia,'Times New Roman',serif";

const footers: Record<Locale, { manage: string; unsubscribe: string }> = {
  en: { manage: 'Your account', unsubscribe: 'Unsubscribe' },
  'pt-BR': { manage: 'Sua conta', unsubscribe: 'Cancelar inscrição' },
  es: { manage: 'Tu cuenta', unsubscribe: 'Cancelar la suscripción' },
};

/**
 * Renders a mail: HTML in one column with its colors inlined (light by default, dark where the mail program asks for
 * it), no images, and the same content as plain text. Everything that comes from people is escaped.
 * @throws Error if a link would lead away from the public address
 */
export function renderMail(
  mail: MailText,
  options: { locale: Locale; publicUrl: string; unsubscribePath?: string | undefined },
): RenderedMail {
  const subject = oneLine(mail.subject);
  const link = (path: string) => absolute(path, options.publicUrl);
  const { manage, unsubscribe } = footers[options.locale];
  const footer = [
    { label: manage, address: link('/account') },
    ...(options.unsubscribePath ? [{ label: unsubscribe, address: link(options.unsubscribePath) }] : []),
  ];
  return {
    subject,
    html: renderHtml({ mail, subject, locale: options.locale, link, footer }),
    text: renderText({ mail, link, footer }),
  };
}

/** A path below the public address as an absolute address. */
export function absolute(path: string, publicUrl: string): string {
  const url = new URL(path, publicUrl);
  if (!path.startsWith('/') || url.origin !== new URL(publicUrl).origin) {
    throw new Error('a link in a mail must stay on our own address');
  }
  return url.toString();
}

// Control characters would let a course title write headers or hide text.
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Links at the end, below why the mail came. */
type Footer = readonly { label: string; address: string }[];

type Page = {
  mail: MailText;
  subject: string;
  locale: Locale;
  link: (path: string) => string;
  footer: Footer;
};

function renderHtml({ mail, subject, locale, link, footer }: Page): string {
  const column = `<td style="width:3px;height:13px;font-size:0;line-height:0;background:${light.accent}" class="s-accent-ground"></td>`;
  const gap = '<td style="width:3px;font-size:0;line-height:0"></td>';
  const mark = `<table role="presentation" aria-hidden="true" cellpadding="0" cellspacing="0" style="border-collapse:collapse"><tr><td colspan="7" style="height:3px;font-size:0;line-height:0;background:${light.accent}" class="s-accent-ground"></td></tr><tr><td colspan="7" style="height:3px;font-size:0;line-height:0"></td></tr><tr>${[column, column, column, column].join(gap)}</tr></table>`;
  return `<!doctype html>
<html lang="${locale}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>
:root{color-scheme:light dark}
@media (prefers-color-scheme:dark){
.s-ground{background:${dark.ground}!important}
.s-card{background:${dark.card}!important;border-color:${dark.line}!important}
.s-ink{color:${dark.ink}!important}
.s-quiet{color:${dark.quiet}!important}
.s-line{border-color:${dark.line}!important}
.s-link{color:${dark.accent}!important}
.s-accent-ground{background:${dark.accent}!important}
.s-on-accent{color:${dark.onAccent}!important}
}
</style>
</head>
<body class="s-ground" style="margin:0;padding:0;background:${light.ground}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(mail.preview)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="s-ground" style="background:${light.ground}"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
<tr><td style="padding:0 0 20px"><table role="presentation" cellpadding="0" cellspacing="0"><tr><td style="padding-right:10px;vertical-align:middle">${mark}</td><td class="s-ink" style="font:500 22px/1 ${serif};color:${light.ink}">Stoa</td></tr></table></td></tr>
<tr><td class="s-card" style="background:${light.card};border:1px solid ${light.line};border-radius:10px;padding:32px 28px">
<h1 class="s-ink" style="margin:0 0 16px;font:500 28px/34px ${serif};color:${light.ink}">${escapeHtml(mail.heading)}</h1>
${mail.blocks.map((block) => htmlBlock(block, link)).join('\n')}
</td></tr>
<tr><td class="s-quiet" style="padding:20px 4px 0;font:400 13px/20px ${sans};color:${light.quiet}">${escapeHtml(mail.reason)}<br>${footer.map(({ label, address }) => `<a class="s-quiet" href="${escapeHtml(address)}" style="color:${light.quiet}">${escapeHtml(label)}</a>`).join(' · ')}</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}

function htmlBlock(block: Block, link: (path: string) => string): string {
  const body = `font:400 16px/26px ${sans};color:${light.ink}`;
  switch (block.kind) {
    case 'paragraph':
      return `<p class="s-ink" style="margin:0 0 20px;${body}">${escapeHtml(block.text)}</p>`;
    case 'quote':
      return `<blockquote class="s-ink s-line" style="margin:0 0 20px;padding:4px 0 4px 16px;border-left:3px solid ${light.line};white-space:pre-line;${body}">${escapeHtml(block.text)}</blockquote>`;
    case 'note':
      return `<p class="s-quiet" style="margin:0 0 12px;font:400 14px/22px ${sans};color:${light.quiet}">${escapeHtml(block.text)}</p>`;
    case 'action': {
      const href = escapeHtml(link(block.path));
      // The address in full below the button: for those whose program shows no buttons, and for copying.
      return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 12px"><tr><td class="s-accent-ground" style="background:${light.accent};border-radius:6px"><a class="s-on-accent" href="${href}" style="display:inline-block;padding:12px 20px;font:500 16px/20px ${sans};color:${light.onAccent};text-decoration:none">${escapeHtml(block.label)}</a></td></tr></table>
<p class="s-quiet" style="margin:0 0 20px;font:400 13px/20px ${sans};color:${light.quiet};word-break:break-all">${href}</p>`;
    }
    case 'link':
      return `<p style="margin:0 0 12px;font:400 16px/26px ${sans}"><a class="s-link" href="${escapeHtml(link(block.path))}" style="color:${light.accent}">${escapeHtml(block.label)}</a></p>`;
    case 'facts':
      return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 20px;border-collapse:collapse">${block.items
        .map(
          (fact) =>
            `<tr><td class="s-quiet s-line" style="padding:8px 12px 8px 0;border-top:1px solid ${light.line};font:400 14px/22px ${sans};color:${light.quiet}">${escapeHtml(fact.name)}</td><td class="s-ink s-line" align="right" style="padding:8px 0;border-top:1px solid ${light.line};font:500 14px/22px ${sans};color:${light.ink}">${escapeHtml(fact.value)}</td></tr>`,
        )
        .join('')}</table>`;
  }
}

type Plain = { mail: MailText; link: (path: string) => string; footer: Footer };

function renderText({ mail, link, footer }: Plain): string {
  const parts = [mail.heading, ...mail.blocks.map((block) => textBlock(block, link))];
  return `${parts.join('\n\n')}\n\n-- \nStoa\n${mail.reason}\n${footer.map(({ label, address }) => `${label}: ${address}\n`).join('')}`;
}

function textBlock(block: Block, link: (path: string) => string): string {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
      return block.text;
    case 'action':
    case 'link':
      return `${block.label}:\n${link(block.path)}`;
    case 'quote':
      return block.text
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n');
    case 'facts':
      return block.items.map((fact) => `${fact.name}: ${fact.value}`).join('\n');
  }
}
