import type { Locale, Text } from '@stoa/kernel';
import { consistsOf, isCommonPassword, withoutAccents } from './common-passwords.ts';
import { errors } from './errors.ts';
import { normalizePassword } from './passwords.ts';

const reasons = {
  password_too_common: {
    en: 'This is one of the passwords that are guessed first. A few unrelated words make a good one.',
    'pt-BR':
      'Esta é uma das primeiras senhas que se tentam. Algumas palavras sem relação entre si formam uma boa senha.',
    es: 'Es una de las primeras contraseñas que se prueban. Unas palabras sin relación entre sí forman una buena.',
  },
  password_contains_identity: {
    en: 'Do not use your name or e-mail address as the password.',
    'pt-BR': 'Não use seu nome nem seu e-mail como senha.',
    es: 'No uses tu nombre ni tu correo como contraseña.',
  },
  password_too_short: {
    en: 'Use at least 8 characters.',
    'pt-BR': 'Use no mínimo 8 caracteres.',
    es: 'Usa al menos 8 caracteres.',
  },
} satisfies Record<string, Text>;

type Person = { email: string; name: string };

/**
 * Refuses passwords that would be guessed: shorter than 8 characters, among the common ones, or the person's own
 * address or name, or that of the service, with decorations. There are no composition rules (NIST SP 800-63B-4, 3.1.1.2).
 * @param pointer JSON pointer of the field, e.g. `/password`
 * @param publicUrl where people find the service
 * @throws password_refused
 */
export function checkPassword(
  password: string,
  options: { person: Person; locale: Locale; pointer: string; publicUrl: string },
): void {
  const reason = refusal(password, options.person, new URL(options.publicUrl).hostname.split('.'));
  if (!reason) return;
  throw errors.password_refused({
    errors: [{ pointer: options.pointer, code: reason, message: reasons[reason][options.locale] }],
  });
}

function refusal(password: string, person: Person, service: readonly string[]): keyof typeof reasons | undefined {
  const text = normalizePassword(password);
  // Counted again after normalization, in characters as people see them.
  if ([...text].length < 8) return 'password_too_short';
  if (isCommonPassword(text, service)) return 'password_too_common';
  const [local = '', domain = ''] = person.email.toLowerCase().split('@');
  const own = [local, domain, person.email, person.name].map(withoutAccents);
  const words = [...own, ...local.split(/[^\p{L}]+/u), domain.split('.')[0] ?? '', ...person.name.split(/\s+/)];
  return own.includes(withoutAccents(text)) || consistsOf(text, words) ? 'password_contains_identity' : undefined;
}
