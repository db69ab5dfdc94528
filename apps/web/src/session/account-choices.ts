import { sendToApi } from '../api/transport.ts';
import { parseTheme, themeCookie } from '../design/theme.ts';
import { isAppLocale, locales } from '../i18n/locales.ts';
import type { CookieJar, Session } from './session-cookie.ts';

/** What this device took over from an account at the last sign-in: `dark.pt-BR`. */
export const takenOverCookie = 'stoa_taken_over';
const localeCookie = 'stoa_locale';

/** A cookie to set for a year; empty ones are removed. */
export type ChoiceCookie = { name: string; value: string };

/**
 * Language and appearance of the account, for a device that has no choice of its own: nothing was ever chosen on it, or
 * what stands there is what an account brought at an earlier sign-in. What somebody chose here stays.
 * @returns cookies to set, and whether the language of the account applies
 */
export async function takeOverChoices(
  session: Session,
  jar: CookieJar,
): Promise<{ cookies: ChoiceCookie[]; speaksOwnLanguage: boolean }> {
  const [tookTheme, tookLocale] = jar.get(takenOverCookie)?.value.split('.') ?? [];
  const own = (name: string, took: string | undefined) => {
    const value = jar.get(name)?.value;
    return value !== undefined && value !== '' && value !== took;
  };
  const theme = own(themeCookie, tookTheme) ? undefined : await themeOf(session);
  const { locale } = session.user;
  const speaks = isAppLocale(locale) && !own(localeCookie, tookLocale) ? locale : undefined;
  return {
    cookies: [
      ...(theme ? [{ name: themeCookie, value: theme === 'system' ? '' : theme }] : []),
      ...(speaks ? [{ name: localeCookie, value: speaks }] : []),
      { name: takenOverCookie, value: `${theme ?? ''}.${speaks ?? ''}` },
    ],
    speaksOwnLanguage: speaks !== undefined,
  };
}

/** What to keep in the cookie of that name once a person has chosen here for their account: it follows the account from now on. */
export function takenOver(jar: CookieJar, chosen: { theme?: string; locale?: string }): string {
  const [theme = '', locale = ''] = jar.get(takenOverCookie)?.value.split('.') ?? [];
  return `${chosen.theme ?? theme}.${chosen.locale ?? locale}`;
}

/** A path without the language in it: the cookie then decides. */
export function withoutLocale(path: string): string {
  const [first = '', ...rest] = path.slice(1).split(/(?=[/?#])/);
  return locales.some((locale) => locale === first) ? `/${rest.join('').replace(/^\/+/, '')}` : path;
}

/** The appearance kept with the account; undefined when it cannot be asked, which must not stop a sign-in. */
async function themeOf(session: Session) {
  const answer = await sendToApi(
    new Request('http://stoa.internal/api/users/me/preferences', {
      headers: { authorization: `Bearer ${session.accessToken}` },
    }),
  );
  if (!answer.ok) return undefined;
  const body: unknown = await answer.json();
  const theme = typeof body === 'object' && body !== null && 'theme' in body ? body.theme : undefined;
  return parseTheme(typeof theme === 'string' ? theme : undefined);
}
