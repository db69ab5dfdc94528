import type { Preferences } from './lesson-data.ts';

/** Keeps how somebody watches, for every device. Not told when it fails: the player already does what was asked. */
export function savePreferences(before: Preferences | null, change: Partial<Preferences>): void {
  if (!before) return;
  Object.assign(before, change);
  fetch('/bff/api/users/me/preferences', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(before),
    keepalive: true,
  }).catch(() => undefined);
}
