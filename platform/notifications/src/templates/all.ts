import { completion } from './completion.ts';
import { enrollment } from './enrollment.ts';
import { resetPassword } from './reset-password.ts';
import type { Template } from './template.ts';
import { verifyEmail } from './verify-email.ts';
import { welcome } from './welcome.ts';

/** Every kind of message, in the order people see in their preferences. */
export const templates: readonly Template[] = [welcome, enrollment, completion, verifyEmail, resetPassword];

/** The template of a kind; undefined if there is none. */
export function findTemplate(kind: string): Template | undefined {
  return templates.find((template) => template.kind === kind);
}

/**
 * The template of a message that was stored.
 * @throws Error if the kind is gone, which a release must not do while messages of it wait
 */
export function templateOf(kind: string): Template {
  const template = findTemplate(kind);
  if (!template) throw new Error(`there is no template for ${kind}`);
  return template;
}
