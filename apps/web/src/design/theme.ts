/** What a person can choose. `system` follows the device and is the default. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Readable by script on purpose: the switch writes it and holds nothing private. */
export const themeCookie = 'stoa_theme';

/** The chosen theme, or `system` for anything unknown. */
export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system';
}
