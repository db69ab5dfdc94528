import { createHash } from 'node:crypto';
import { currencyExponent, fill, type Locale, locales } from '@stoa/kernel';
import type { ChargeReport } from '../provider.ts';
import type { ChargeRow } from './book.ts';
import { type Card, cards, ends, keptCard, reasons, texts, troubles, wallets } from './texts.ts';

// The colors are the web's design tokens; a test holds them against apps/web/src/design/tokens.ts.
/** Light and dark, as CSS declarations. */
export const pageColors = {
  light: `--background:oklch(98.2% 0.006 85);--foreground:oklch(23.5% 0.012 65);--card:oklch(99.6% 0.003 90);--muted-foreground:oklch(47.8% 0.014 70);--border:oklch(88.8% 0.013 82);--input:oklch(60.5% 0.018 75);--primary:oklch(45.2% 0.112 246);--primary-hover:oklch(39.8% 0.108 247);--primary-foreground:oklch(99% 0.005 240);--primary-soft:oklch(93.8% 0.024 240);--primary-soft-foreground:oklch(39% 0.1 247);--ring:oklch(55% 0.13 244);--warning-soft:oklch(95% 0.043 88);--warning-soft-foreground:oklch(42% 0.085 65);--destructive:oklch(50.5% 0.146 33)`,
  dark: `--background:oklch(18.8% 0.007 75);--foreground:oklch(93.5% 0.009 85);--card:oklch(22.2% 0.008 75);--muted-foreground:oklch(73.5% 0.013 80);--border:oklch(32.5% 0.01 75);--input:oklch(54.5% 0.014 75);--primary:oklch(76.2% 0.102 238);--primary-hover:oklch(81.5% 0.09 236);--primary-foreground:oklch(18.5% 0.03 246);--primary-soft:oklch(28.8% 0.042 246);--primary-soft-foreground:oklch(86.5% 0.062 236);--ring:oklch(72% 0.115 238);--warning-soft:oklch(29% 0.04 78);--warning-soft-foreground:oklch(87% 0.085 84);--destructive:oklch(71.5% 0.13 36)`,
};

const style = `:root{color-scheme:light dark;${pageColors.light}}
@media (prefers-color-scheme:dark){:root{${pageColors.dark}}}
*{box-sizing:border-box}
body{margin:0;background:var(--background);color:var(--foreground);font:1rem/1.5 ui-sans-serif,system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:34rem;margin:0 auto;padding:0 1rem}
header{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;padding-block:1.25rem}
.mark{display:inline-flex;align-items:center;gap:.5rem;font:500 1.375rem/1 ui-serif,Georgia,serif;letter-spacing:-.01em}
.mark svg{width:1.125rem;height:1.125rem;color:var(--primary)}
.badge{background:var(--warning-soft);color:var(--warning-soft-foreground);border-radius:6px;padding:.125rem .5rem;font-size:.875rem}
h1{font:500 1.75rem/2.125rem ui-serif,Georgia,serif;margin:.5rem 0}
h2,legend{font:600 1rem/1.5rem ui-sans-serif,system-ui,sans-serif}
p{margin:.5rem 0}
.soft{color:var(--muted-foreground)}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:1rem 0;padding:1rem;background:var(--card);border:1px solid var(--border);border-radius:10px}
dt{color:var(--muted-foreground)}
dd{margin:0;text-align:end;font-variant-numeric:tabular-nums}
.sum{font:500 1.375rem/1.75rem ui-serif,Georgia,serif}
fieldset{border:0;margin:1.5rem 0 0;padding:0;min-width:0}
legend{padding:0;margin-bottom:.5rem}
.choice{display:flex;gap:.75rem;align-items:flex-start;min-height:2.75rem;padding:.75rem 1rem;background:var(--card);border:1px solid var(--border);border-radius:10px;margin-top:.5rem;cursor:pointer}
.choice:has(:checked){border-color:var(--primary);box-shadow:inset 0 0 0 1px var(--primary)}
.choice:has(:focus-visible){outline:2px solid var(--ring);outline-offset:2px}
.choice input{flex:none;width:1.125rem;height:1.125rem;margin:.1875rem 0 0;accent-color:var(--primary)}
.choice span{display:block}
.choice .digits{margin-inline-start:auto;color:var(--muted-foreground);font-variant-numeric:tabular-nums;white-space:nowrap}
.choice small{display:block;font-size:.875rem;line-height:1.25rem;color:var(--muted-foreground)}
details{margin-top:1.5rem}
summary{cursor:pointer;min-height:2.75rem;padding:.5rem 0;font-weight:600;border-radius:6px}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.5rem 0 2rem}
button,.button{font:inherit;font-weight:500;min-height:2.75rem;padding:.5rem 1.25rem;border-radius:6px;border:1px solid var(--input);background:none;color:var(--foreground);text-decoration:none;cursor:pointer}
.first{background:var(--primary);border-color:var(--primary);color:var(--primary-foreground)}
.first:hover{background:var(--primary-hover);border-color:var(--primary-hover)}
:focus-visible{outline:2px solid var(--ring);outline-offset:2px}
.notice{padding:.75rem 1rem;border:1px solid currentColor;border-radius:10px;background:var(--warning-soft);color:var(--warning-soft-foreground)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:0;padding:0}
nav a{display:inline-block;padding:.5rem 0;min-height:1.5rem;color:var(--foreground)}
nav [aria-current]{font-weight:600;text-decoration:none}
footer{padding-block:1rem 2rem;border-top:1px solid var(--border)}
@media (max-width:24rem){dl{grid-template-columns:1fr;gap:0}dd{text-align:start;margin-bottom:.5rem}.choice .digits{display:none}}`;

const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * What the browser may do on the page: show it and send its form. Browsers hold `form-action` against the redirect that
 * follows a form too, so the addresses the payer returns to are in it.
 */
export function contentSecurityPolicy(charge?: Pick<ChargeRow, 'return_url' | 'cancel_url'>): string {
  const back = charge ? [originOf(charge.return_url), originOf(charge.cancel_url)] : [];
  const targets = [...new Set(["'self'", ...back])].filter(Boolean).join(' ');
  return `default-src 'none'; style-src 'sha256-${styleHash}'; form-action ${targets}; frame-ancestors 'none'; base-uri 'none'`;
}

function originOf(url: string): string {
  const origin = URL.canParse(url) ? new URL(url).origin : 'null';
  return origin === 'null' ? '' : origin;
}

const languages: Record<Locale, string> = { en: 'English', 'pt-BR': 'Português', es: 'Español' };

function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[mark] ?? mark,
  );
}

type Document = { locale: Locale; title: string; main: string; address: string };

function renderDocument({ locale, title, main, address }: Document): string {
  const links = locales.map((other) =>
    other === locale
      ? `<li><a href="${escapeHtml(address)}?lang=${other}" lang="${other}" aria-current="true">${languages[other]}</a></li>`
      : `<li><a href="${escapeHtml(address)}?lang=${other}" lang="${other}" hreflang="${other}">${languages[other]}</a></li>`,
  );
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)} · Stoa</title><style>${style}</style></head><body>
<header><span class="mark"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M1 2.75h14M2.75 5.5V15M6.25 5.5V15M9.75 5.5V15M13.25 5.5V15" fill="none" stroke="currentColor" stroke-width="1.5"/></svg>Stoa</span>
<span class="badge">${escapeHtml(texts.test[locale])}</span></header>
<main>${main}</main>
<footer><nav aria-label="${escapeHtml(texts.language[locale])}"><ul>${links.join('')}</ul></nav></footer>
</body></html>`;
}

/** An amount as people read it. The division is for display alone. */
export function formatMoney({ amount, currency }: { amount: number; currency: string }, locale: Locale): string {
  const exponent = currencyExponent(currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(amount / 10 ** exponent);
}

function renderCard(card: Card, locale: Locale, checked: boolean): string {
  const id = `card-${card.outcome}`;
  return `<label class="choice" for="${id}"><input type="radio" id="${id}" name="outcome" value="${card.outcome}" required${checked ? ' checked' : ''}><span>${escapeHtml(card.name[locale])}<small>${escapeHtml(card.note[locale])}</small></span>${card.last4 ? `<span class="digits" aria-hidden="true">•••• ${card.last4}</span>` : ''}</label>`;
}

export type PageNotice = 'no_answer' | 'choose';

type PageInput = {
  charge: ChargeRow;
  report: ChargeReport;
  locale: Locale;
  address: string;
  notice?: PageNotice | undefined;
};

/** The payer's page as it stands: cards to choose from, the bank's question, or how it ended. */
export function renderPage(input: PageInput): string {
  const { charge, report, locale, address } = input;
  const text = (key: keyof typeof texts) => escapeHtml(texts[key][locale]);
  const amount = formatMoney(report.amount, locale);
  const until = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(new Date(charge.expires_at));
  const facts = `<dl><dt>${text('amount')}</dt><dd class="sum">${escapeHtml(amount)}</dd>${
    report.state === 'requires_action' ? `<dt>${text('payUntil')}</dt><dd>${escapeHtml(until)}</dd>` : ''
  }</dl>`;
  const form = (inner: string) =>
    `<form method="post" action="${escapeHtml(address)}?lang=${locale}" enctype="multipart/form-data">${inner}</form>`;

  if (report.state === 'requires_action' && charge.challenged) {
    const main = `<h1>${text('confirmTitle')}</h1><p>${text('confirmNote')}</p><p class="soft">${escapeHtml(charge.description)}</p>${facts}
${form(`<div class="actions"><button class="first" name="outcome" value="succeed">${text('confirmYes')}</button><button name="outcome" value="decline">${text('confirmNo')}</button></div>`)}`;
    return renderDocument({ locale, title: texts.confirmTitle[locale], main, address });
  }

  if (report.state === 'requires_action') {
    const notice =
      input.notice &&
      {
        no_answer: text('noAnswer'),
        choose: text('chooseFirst'),
      }[input.notice];
    const isCode = charge.presents === 'qr_code';
    const choices = isCode ? wallets : charge.keep_method ? [...cards, keptCard] : cards;
    const main = `<h1>${escapeHtml(charge.description)}</h1><p class="soft">${text('testNote')}</p>${
      notice ? `<p class="notice" role="status">${notice}</p>` : ''
    }${facts}${charge.capture === 'manual' ? `<p class="soft">${text('held')}</p>` : ''}${
      charge.keep_method ? `<p class="soft">${text('kept')}</p>` : ''
    }
${form(`<fieldset><legend>${text(isCode ? 'chooseWallet' : 'chooseCard')}</legend>${choices.map((card, index) => renderCard(card, locale, index === 0)).join('')}
<details><summary>${text('trouble')}</summary>${troubles.map((card) => renderCard(card, locale, false)).join('')}</details></fieldset>
<div class="actions"><button class="first">${report.amount.amount === 0 ? text('keep') : escapeHtml(fill(texts.pay[locale], { amount }))}</button><button name="action" value="cancel" formnovalidate>${text('cancel')}</button></div>`)}`;
    return renderDocument({ locale, title: `${texts.test[locale]}: ${charge.description}`, main, address });
  }

  const end = report.state === 'processing' ? 'authorized' : report.state;
  const why = report.reason ? reasons[report.reason]?.[locale] : undefined;
  const paid = end === 'succeeded' || end === 'authorized';
  const main = `<h1>${escapeHtml(ends[end][locale])}</h1>${why ? `<p>${escapeHtml(why)}</p>` : ''}<p class="soft">${escapeHtml(charge.description)}</p>${facts}
${
  // Who scanned a code goes on where it was shown.
  charge.presents === 'qr_code'
    ? `<p>${text('otherDevice')}</p>`
    : `<div class="actions"><a class="button first" href="${escapeHtml(paid ? charge.return_url : charge.cancel_url)}">${text('goBack')}</a></div>`
}`;
  return renderDocument({ locale, title: ends[end][locale], main, address });
}

/** The page for an address that leads nowhere. */
export function renderNotFound(locale: Locale, address: string): string {
  const main = `<h1>${escapeHtml(texts.notFoundTitle[locale])}</h1><p>${escapeHtml(texts.notFoundNote[locale])}</p>`;
  return renderDocument({ locale, title: texts.notFoundTitle[locale], main, address });
}
