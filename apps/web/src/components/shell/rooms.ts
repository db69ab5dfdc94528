/** Roles that may write courses (product.md, roles of identity). The API decides; this only chooses what to offer. */
export const studioRoles = ['instructor', 'admin'];
/** Roles that may operate the platform. */
export const consoleRoles = ['support', 'admin'];

export function mayOpenStudio(roles: string[]): boolean {
  return roles.some((role) => studioRoles.includes(role));
}

export function mayOpenConsole(roles: string[]): boolean {
  return roles.some((role) => consoleRoles.includes(role));
}

/** A part of the web that not everyone may enter. */
export type Room = 'studio' | 'console';

/** The rooms open to somebody with these roles. */
export function roomsOf(roles: string[]): Room[] {
  return [
    ...(mayOpenStudio(roles) ? (['studio'] as const) : []),
    ...(mayOpenConsole(roles) ? (['console'] as const) : []),
  ];
}
