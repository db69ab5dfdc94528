/**
 * The one place colors are decided. `npm run design:tokens -w @stoa/web` writes `tokens.css` from it, and a test keeps
 * both the file in step and every text pair above its WCAG contrast.
 *
 * Values are OKLCH `[lightness 0..1, chroma, hue in degrees]`. Neutrals are limestone: warm, hue 75 to 90, never blue.
 * Light is paper in daylight; dark is the same stone at night, designed on its own and not inverted.
 */
export type Oklch = readonly [lightness: number, chroma: number, hue: number];
export type Scheme = 'light' | 'dark';
export type Pair = Readonly<Record<Scheme, Oklch>>;

const tone = (light: Oklch, dark: Oklch): Pair => ({ light, dark });

/** Tokens every page uses. Names follow shadcn/ui so that its patterns can be read as they are. */
export const tokens = {
  background: tone([0.982, 0.006, 85], [0.188, 0.007, 75]),
  foreground: tone([0.235, 0.012, 65], [0.935, 0.009, 85]),
  card: tone([0.996, 0.003, 90], [0.222, 0.008, 75]),
  'card-foreground': tone([0.235, 0.012, 65], [0.935, 0.009, 85]),
  popover: tone([0.998, 0.002, 90], [0.248, 0.009, 75]),
  'popover-foreground': tone([0.235, 0.012, 65], [0.935, 0.009, 85]),
  muted: tone([0.953, 0.009, 85], [0.252, 0.009, 75]),
  'muted-foreground': tone([0.478, 0.014, 70], [0.735, 0.013, 80]),
  secondary: tone([0.93, 0.012, 85], [0.298, 0.01, 75]),
  'secondary-foreground': tone([0.26, 0.014, 65], [0.935, 0.009, 85]),
  accent: tone([0.938, 0.011, 85], [0.285, 0.01, 75]),
  'accent-foreground': tone([0.235, 0.012, 65], [0.945, 0.009, 85]),
  border: tone([0.888, 0.013, 82], [0.325, 0.01, 75]),
  input: tone([0.605, 0.018, 75], [0.545, 0.014, 75]),
  destructive: tone([0.505, 0.146, 33], [0.715, 0.13, 36]),
  'destructive-foreground': tone([0.99, 0.006, 60], [0.19, 0.03, 36]),
  'destructive-soft': tone([0.945, 0.026, 40], [0.285, 0.045, 34]),
  'destructive-soft-foreground': tone([0.42, 0.12, 33], [0.84, 0.075, 40]),
  success: tone([0.47, 0.098, 152], [0.755, 0.115, 152]),
  'success-foreground': tone([0.99, 0.006, 150], [0.19, 0.03, 152]),
  'success-soft': tone([0.945, 0.03, 150], [0.275, 0.035, 152]),
  'success-soft-foreground': tone([0.385, 0.08, 152], [0.86, 0.075, 152]),
  warning: tone([0.515, 0.105, 68], [0.805, 0.125, 78]),
  'warning-foreground': tone([0.99, 0.008, 85], [0.2, 0.03, 75]),
  'warning-soft': tone([0.95, 0.043, 88], [0.29, 0.04, 78]),
  'warning-soft-foreground': tone([0.42, 0.085, 65], [0.87, 0.085, 84]),
  info: tone([0.475, 0.085, 225], [0.765, 0.085, 225]),
  'info-foreground': tone([0.99, 0.005, 220], [0.19, 0.03, 225]),
  'info-soft': tone([0.945, 0.022, 220], [0.28, 0.03, 228]),
  'info-soft-foreground': tone([0.395, 0.07, 228], [0.86, 0.055, 222]),
} satisfies Record<string, Pair>;

/** The accent of a market; `<html data-market>` or any subtree chooses. Learn is the default. */
export const marketTokens = {
  learn: {
    primary: tone([0.452, 0.112, 246], [0.762, 0.102, 238]),
    'primary-hover': tone([0.398, 0.108, 247], [0.815, 0.09, 236]),
    'primary-foreground': tone([0.99, 0.005, 240], [0.185, 0.03, 246]),
    'primary-soft': tone([0.938, 0.024, 240], [0.288, 0.042, 246]),
    'primary-soft-foreground': tone([0.39, 0.1, 247], [0.865, 0.062, 236]),
    ring: tone([0.55, 0.13, 244], [0.72, 0.115, 238]),
  },
  energy: {
    primary: tone([0.525, 0.112, 66], [0.835, 0.132, 82]),
    'primary-hover': tone([0.465, 0.102, 64], [0.875, 0.115, 84]),
    'primary-foreground': tone([0.99, 0.008, 85], [0.21, 0.035, 75]),
    'primary-soft': tone([0.95, 0.045, 86], [0.295, 0.045, 78]),
    'primary-soft-foreground': tone([0.425, 0.09, 64], [0.88, 0.09, 84]),
    ring: tone([0.6, 0.125, 68], [0.79, 0.13, 80]),
  },
  rentals: {
    primary: tone([0.452, 0.078, 122], [0.79, 0.098, 120]),
    'primary-hover': tone([0.398, 0.072, 122], [0.84, 0.088, 120]),
    'primary-foreground': tone([0.99, 0.008, 115], [0.2, 0.03, 122]),
    'primary-soft': tone([0.943, 0.028, 115], [0.285, 0.035, 122]),
    'primary-soft-foreground': tone([0.38, 0.068, 122], [0.875, 0.07, 118]),
    ring: tone([0.55, 0.095, 122], [0.74, 0.1, 120]),
  },
} satisfies Record<string, Record<string, Pair>>;

export type Market = keyof typeof marketTokens;

/** Palettes of generated covers and avatars: ground, two stones, an accent, and the line. Decorative: no text sits on them. */
export const artPalettes = {
  aegean: {
    ground: tone([0.905, 0.034, 235], [0.295, 0.05, 246]),
    stone: tone([0.965, 0.014, 90], [0.395, 0.05, 243]),
    shade: tone([0.76, 0.07, 238], [0.47, 0.08, 240]),
    accent: tone([0.5, 0.115, 246], [0.72, 0.105, 238]),
    spark: tone([0.8, 0.115, 78], [0.82, 0.11, 80]),
    line: tone([0.37, 0.09, 248], [0.87, 0.04, 232]),
  },
  saffron: {
    ground: tone([0.93, 0.052, 86], [0.315, 0.045, 72]),
    stone: tone([0.975, 0.016, 90], [0.415, 0.055, 74]),
    shade: tone([0.82, 0.105, 80], [0.52, 0.085, 72]),
    accent: tone([0.62, 0.135, 56], [0.8, 0.125, 76]),
    spark: tone([0.56, 0.1, 240], [0.7, 0.08, 235]),
    line: tone([0.42, 0.085, 52], [0.9, 0.05, 86]),
  },
  olive: {
    ground: tone([0.915, 0.032, 115], [0.295, 0.034, 124]),
    stone: tone([0.97, 0.015, 95], [0.395, 0.038, 122]),
    shade: tone([0.775, 0.062, 118], [0.485, 0.06, 120]),
    accent: tone([0.515, 0.082, 124], [0.745, 0.092, 120]),
    spark: tone([0.67, 0.125, 42], [0.76, 0.11, 46]),
    line: tone([0.37, 0.058, 126], [0.885, 0.04, 112]),
  },
  terracotta: {
    ground: tone([0.925, 0.034, 52], [0.305, 0.045, 36]),
    stone: tone([0.972, 0.015, 80], [0.41, 0.05, 40]),
    shade: tone([0.79, 0.082, 46], [0.5, 0.085, 38]),
    accent: tone([0.575, 0.13, 36], [0.74, 0.115, 42]),
    spark: tone([0.57, 0.075, 200], [0.72, 0.065, 200]),
    line: tone([0.395, 0.092, 32], [0.89, 0.045, 55]),
  },
} satisfies Record<string, Record<string, Pair>>;

export type ArtPalette = keyof typeof artPalettes;

/** Text (or meaningful shape) over ground, and the least contrast it must have: 4.5 for text, 3 for boundaries and icons (WCAG 2.2, 1.4.3 and 1.4.11). */
export type ContrastRule = { on: string; ink: string; least: number };

const text = (ink: string, ...grounds: string[]): ContrastRule[] => grounds.map((on) => ({ on, ink, least: 4.5 }));
const shape = (ink: string, ...grounds: string[]): ContrastRule[] => grounds.map((on) => ({ on, ink, least: 3 }));

/** Every pair the components use. A component that sets text on another pair adds it here first. */
export const contrastRules: ContrastRule[] = [
  ...text('foreground', 'background', 'card', 'popover', 'muted', 'secondary', 'accent'),
  ...text('card-foreground', 'card'),
  ...text('popover-foreground', 'popover'),
  ...text('muted-foreground', 'background', 'card', 'popover', 'muted', 'accent'),
  ...text('secondary-foreground', 'secondary'),
  ...text('accent-foreground', 'accent'),
  ...text('primary', 'background', 'card', 'popover', 'muted', 'accent'),
  ...text('primary-hover', 'background', 'card'),
  ...text('primary-foreground', 'primary', 'primary-hover'),
  ...text('primary-soft-foreground', 'primary-soft'),
  ...['destructive', 'success', 'warning', 'info'].flatMap((name) => [
    ...text(name, 'background', 'card', 'popover', 'muted'),
    ...text(`${name}-foreground`, name),
    ...text(`${name}-soft-foreground`, `${name}-soft`),
    ...text('foreground', `${name}-soft`),
  ]),
  ...text('foreground', 'primary-soft'),
  ...shape('input', 'background', 'card', 'popover'),
  ...shape('ring', 'background', 'card', 'popover', 'muted'),
];

/** `oklch(45.2% 0.112 246)` */
export function cssColor([lightness, chroma, hue]: Oklch): string {
  return `oklch(${Number((lightness * 100).toFixed(2))}% ${chroma} ${hue})`;
}

function declarations(group: Record<string, Pair>, scheme: Scheme, prefix = ''): string {
  return Object.entries(group)
    .map(([name, pair]) => `  --${prefix}${name}: ${cssColor(pair[scheme])};`)
    .join('\n');
}

function scheme(name: Scheme): string {
  const markets = Object.entries(marketTokens).map(([market, group]) => declarations(group, name, `${market}-`));
  const art = Object.entries(artPalettes).map(([palette, group]) => declarations(group, name, `art-${palette}-`));
  return [`  color-scheme: ${name};`, declarations(tokens, name), ...markets, ...art].join('\n');
}

/** Points short names at one market's or palette's colors. References resolve where they are used, so they follow the nearest scheme. */
function choose(selector: string, from: string, to: string, names: string[]): string {
  return `${selector} {\n${names.map((name) => `  --${to}${name}: var(--${from}${name});`).join('\n')}\n}`;
}

/**
 * The style sheet of all tokens. The class `light` or `dark` chooses a scheme (on the root from the cookie, or on any
 * subtree), else the system does; the nearest class wins.
 */
export function tokensCss(): string {
  const indented = scheme('dark').replace(/^/gm, '  ');
  const markets = Object.entries(marketTokens).map(([market, group]) =>
    choose(
      market === 'learn' ? `:root,\n.light,\n.dark,\n[data-market="learn"]` : `[data-market="${market}"]`,
      `${market}-`,
      '',
      Object.keys(group),
    ),
  );
  const art = Object.entries(artPalettes).map(([palette, group]) =>
    choose(`[data-art="${palette}"]`, `art-${palette}-`, 'art-', Object.keys(group)),
  );
  return [
    '/* Written by scripts/design-tokens.ts from tokens.ts; edit that one. */',
    `:root,\n.light {\n${scheme('light')}\n}`,
    `@media (prefers-color-scheme: dark) {\n  :root:not(.light) {\n${indented}\n  }\n}`,
    `.dark {\n${scheme('dark')}\n}`,
    ...markets,
    ...art,
    '',
  ].join('\n');
}
