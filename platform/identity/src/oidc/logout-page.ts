import { randomBytes } from 'node:crypto';
import { negotiateLocale, type Text } from '@stoa/kernel';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { webClientId } from './adapter.ts';

const texts = {
  question: { en: 'Sign out of Stoa?', 'pt-BR': 'Sair da Stoa?', es: '¿Cerrar sesión en Stoa?' },
  signOut: { en: 'Sign out', 'pt-BR': 'Sair', es: 'Cerrar sesión' },
  stay: { en: 'Stay signed in', 'pt-BR': 'Continuar conectado', es: 'Seguir conectado' },
} satisfies Record<string, Text>;

/**
 * The page of RP-initiated logout. Our own web has asked already and proves it with the person's ID token: then the
 * form is sent at once (with a button where scripts are off). Anyone else's link only asks.
 */
export function renderLogout(ctx: KoaContextWithOIDC, form: string): void {
  const locale = negotiateLocale(ctx.get('accept-language'));
  const nonce = randomBytes(16).toString('base64');
  const asked = ctx.oidc.client?.clientId === webClientId && ctx.oidc.entities.IdTokenHint !== undefined;
  ctx.set(
    'content-security-policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; frame-ancestors 'none'; base-uri 'none'`,
  );
  const submit = `const f=document.getElementById('op.logoutForm');const i=document.createElement('input');i.type='hidden';i.name='logout';i.value='yes';f.append(i);f.submit()`;
  ctx.type = 'html';
  ctx.body = `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${texts.question[locale]}</title>
<style nonce="${nonce}">
:root{color-scheme:light dark}body{font:1.0625rem/1.5 system-ui,sans-serif;display:grid;min-height:100vh;place-content:center;margin:0;padding:1rem}
h1{font-size:1.5rem;margin:0 0 1.5rem}p{display:flex;flex-wrap:wrap;gap:.75rem;margin:0}
button{font:inherit;min-height:2.75rem;padding:.5rem 1.25rem;border-radius:.5rem;border:1px solid currentColor;background:none;color:inherit;cursor:pointer}
</style></head><body><main><h1>${texts.question[locale]}</h1>${form}
<p><button type="submit" form="op.logoutForm" name="logout" value="yes">${texts.signOut[locale]}</button>
<button type="submit" form="op.logoutForm">${texts.stay[locale]}</button></p></main>
${asked ? `<script nonce="${nonce}">${submit}</script>` : ''}</body></html>`;
}
