import { type ClassValue, clsx } from 'clsx';

/*
 * What a utility decides, for those our components let others override. Kept small on purpose: this travels with every
 * page. The order matters, the first that fits wins.
 */
const kinds: readonly [pattern: RegExp, kind?: string][] = [
  [/^(?:hidden|block|inline|inline-block|flex|inline-flex|grid|inline-grid|contents)$/, 'display'],
  [/^(?:static|relative|absolute|fixed|sticky)$/, 'position'],
  [/^text-(?:xs|sm|base|lg|\d?xl|\[[\d.]+\w+\])$/, 'font-size'],
  [/^text-(?:start|end|left|center|right)$/, 'text-align'],
  [/^text-(?!wrap|nowrap|balance|pretty)/, 'color'],
  [/^font-(?:sans|display|mono)$/, 'font-family'],
  [/^font-/, 'font-weight'],
  [/^border(?:-[trblsexy])?(?:-\d)?$/],
  [/^border-(?:solid|dashed|dotted)$/, 'border-style'],
  [/^border-(?!collapse|separate|spacing)[a-z]{2}/, 'border-color'],
  [/^-?(inset(?:-[xy])?|gap(?:-[xy])?|rounded(?:-[trblse]{1,2})?|space-[xy])(?:-|$)/],
  [
    /^-?(size|[wh]|m(?:in|ax)-[wh]|[pm][xytrblse]?|top|end|bottom|start|bg|aspect|whitespace|items|justify|leading|opacity|z|cursor|shadow)-/,
  ],
];

/** What a wider utility takes with it. */
const covers: Record<string, readonly string[]> = {
  size: ['w', 'h'],
  p: ['px', 'py', 'pt', 'pr', 'pb', 'pl', 'ps', 'pe'],
  px: ['pr', 'pl', 'ps', 'pe'],
  py: ['pt', 'pb'],
  m: ['mx', 'my', 'mt', 'mr', 'mb', 'ml', 'ms', 'me'],
  mx: ['mr', 'ml', 'ms', 'me'],
  my: ['mt', 'mb'],
  inset: ['inset-x', 'inset-y', 'top', 'end', 'bottom', 'start'],
  'inset-x': ['end', 'start'],
  'inset-y': ['top', 'bottom'],
  gap: ['gap-x', 'gap-y'],
  'font-size': ['leading'],
};

/**
 * Joins class names; a later utility replaces an earlier one of the same kind under the same variants, so that
 * `className` props can override. Classes it does not know all stay.
 */
export function cn(...inputs: ClassValue[]): string {
  const taken = new Set<string>();
  const kept: string[] = [];
  for (const name of clsx(inputs).split(/\s+/).reverse()) {
    const [variants, utility] = parts(name);
    const kind = kindOf(utility);
    if (kind) {
      if (taken.has(variants + kind)) continue;
      for (const one of [kind, ...(covers[kind] ?? [])]) taken.add(variants + one);
    }
    kept.push(name);
  }
  return kept.reverse().join(' ');
}

/** `md:hover:px-2!` is `px-2` under `md:hover:` and important. A colon inside brackets belongs to the value. */
function parts(name: string): [variants: string, utility: string] {
  const important = name.endsWith('!');
  const plain = important ? name.slice(0, -1) : name;
  let depth = 0;
  let start = 0;
  for (let index = 0; index < plain.length; index += 1) {
    const character = plain[index];
    if (character === '[') depth += 1;
    else if (character === ']') depth -= 1;
    else if (character === ':' && depth === 0) start = index + 1;
  }
  return [`${plain.slice(0, start)}${important ? '!' : ''}`, plain.slice(start)];
}

function kindOf(utility: string): string | undefined {
  for (const [pattern, kind] of kinds) {
    const found = pattern.exec(utility);
    if (found) return kind ?? found[1] ?? found[0];
  }
  return undefined;
}
