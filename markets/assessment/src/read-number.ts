/** Longest number or expression a learner may type. */
export const MAX_NUMBER_LENGTH = 200;

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const VULGAR_FRACTION = /[\u00bc-\u00be\u2150-\u215e\u2189]/gu;

/**
 * Reads what a learner typed into a numerical response.
 *
 * Understood: `3.14` and `3,14`, thousands groups (`1,234.5`, `1.234,5`, `1 234,5`, `1'234`), scientific notation
 * (`1.5e-3`, `1,5×10^3`, `10²`), fractions (`1/3`, `½`), a percent sign (`25%` is 0.25), and arithmetic with
 * `+ - * / ^` and parentheses, where `^` binds tighter than a sign (`-2^2` is -4) and to the right.
 * Nothing is evaluated as code.
 *
 * With both separators present the last one is the decimal separator in any language. A single separator that is the
 * language's thousands separator groups only where it could (`1,234` in English is 1234, `0,125` and `3,14` are not);
 * so a decimal comma works in English and a decimal point in Portuguese, except in exactly that shape.
 *
 * @param text what was typed, at most `MAX_NUMBER_LENGTH` characters
 * @param options.locale BCP 47 tag that decides the decimal separator; unknown tags read as English
 * @param options.unit unit of the response; may stand before or after the number and is dropped (`12 kg`, `R$ 10`)
 * @returns a finite number (never -0), or `null` when it is not one: letters, division by zero, overflow
 */
export function readNumber(text: string, options: { locale: string; unit?: string | undefined }): number | null {
  if (text.length > MAX_NUMBER_LENGTH) return null;
  const source = normalizeSymbols(dropUnit(text.trim(), options.unit));
  const expression = new ExpressionReader(source, decimalSeparator(options.locale));
  const value = expression.read();
  return value === 0 ? 0 : value;
}

/** The decimal separator people of this language write: `.` or `,`. */
export function decimalSeparator(locale: string): '.' | ',' {
  const known = separators.get(locale);
  if (known !== undefined) return known;
  const separator = findSeparator(locale);
  // Tags come from outside; only so many of them are worth remembering.
  if (separators.size < 100) separators.set(locale, separator);
  return separator;
}

const separators = new Map<string, '.' | ','>();

function findSeparator(locale: string): '.' | ',' {
  let format: Intl.NumberFormat;
  try {
    format = new Intl.NumberFormat(locale);
  } catch {
    // An unknown tag is not an error of the learner's answer.
    return '.';
  }
  return format.formatToParts(1.5).some((part) => part.type === 'decimal' && part.value === ',') ? ',' : '.';
}

function dropUnit(text: string, unit: string | undefined): string {
  const wanted = unit?.trim().toLowerCase();
  if (!wanted) return text;
  const lower = text.toLowerCase();
  // Lengths change under lower-casing in a few scripts; then the positions would not agree.
  if (lower.length !== text.length) return text;
  if (lower.endsWith(wanted)) return text.slice(0, -wanted.length).trim();
  if (lower.startsWith(wanted)) return text.slice(wanted.length).trim();
  return text;
}

function normalizeSymbols(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u2212\u2010-\u2013\ufe63]/gu, '-')
    .replace(/[×·⋅∙]/gu, '*')
    .replace(/[xX](?=\s*10\s*[\^⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹])/gu, '*')
    .replace(/[÷∕]/gu, '/')
    .replace(/[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/gu, (power) => {
      const digits = power.replace(/[⁻⁺]/u, '');
      const sign = power.startsWith('⁻') ? '-' : '';
      return `^${sign}${[...digits].map((digit) => SUPERSCRIPTS.indexOf(digit)).join('')}`;
    })
    .replace(VULGAR_FRACTION, (fraction) => `(${fraction.normalize('NFKC').replace('\u2044', '/')})`)
    .replace(/\u2044/gu, '/');
}

const NUMBER_SHAPE = /[.,]?\d(?:[\d.,]|[\s'’](?=\d))*/uy;
const EXPONENT = /[eE]([+-]?\d{1,4})(?![\d.,])/uy;

/** Recursive descent over one short line; `null` anywhere means the whole line is not a number. */
class ExpressionReader {
  readonly #source: string;
  readonly #decimal: '.' | ',';
  #position = 0;

  constructor(source: string, decimal: '.' | ',') {
    this.#source = source;
    this.#decimal = decimal;
  }

  read(): number | null {
    const value = this.#sum();
    this.#skipSpaces();
    return this.#position === this.#source.length ? value : null;
  }

  #sum(): number | null {
    let left = this.#product();
    for (;;) {
      const operator = this.#take('+', '-');
      if (left === null || operator === null) return left;
      const right = this.#product();
      if (right === null) return null;
      left = finite(operator === '+' ? left + right : left - right);
    }
  }

  #product(): number | null {
    let left = this.#signed();
    for (;;) {
      const operator = this.#take('*', '/');
      if (left === null || operator === null) return left;
      const right = this.#signed();
      if (right === null) return null;
      left = finite(operator === '*' ? left * right : left / right);
    }
  }

  #signed(): number | null {
    const sign = this.#take('+', '-');
    if (sign === null) return this.#power();
    const value = this.#signed();
    return value === null || sign === '+' ? value : -value;
  }

  #power(): number | null {
    const base = this.#percent();
    if (base === null || this.#take('^') === null) return base;
    const exponent = this.#signed();
    return exponent === null ? null : finite(base ** exponent);
  }

  #percent(): number | null {
    const value = this.#primary();
    return value !== null && this.#take('%') !== null ? value / 100 : value;
  }

  #primary(): number | null {
    if (this.#take('(') !== null) {
      const value = this.#sum();
      return this.#take(')') === null ? null : value;
    }
    this.#skipSpaces();
    const shape = this.#match(NUMBER_SHAPE);
    if (shape === null) return null;
    const mantissa = plainDecimal(shape[0], this.#decimal);
    const exponent = this.#match(EXPONENT)?.[1] ?? '0';
    return mantissa === null ? null : finite(Number(`${mantissa}e${exponent}`));
  }

  #take(...symbols: string[]): string | null {
    this.#skipSpaces();
    const next = this.#source[this.#position];
    if (next === undefined || !symbols.includes(next)) return null;
    this.#position += 1;
    return next;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#source);
    if (found !== null) this.#position = pattern.lastIndex;
    return found;
  }

  #skipSpaces(): void {
    while (/\s/u.test(this.#source[this.#position] ?? '')) this.#position += 1;
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** `1.234,5` → `1234.5`; `null` when the separators make no number. */
function plainDecimal(shape: string, localeDecimal: '.' | ','): string | null {
  const separators = readSeparators(shape, localeDecimal);
  if (separators === null) return null;
  const { decimal, group } = separators;
  const [whole = '', fraction = '', ...rest] = decimal === null ? [shape] : shape.split(decimal);
  if (rest.length > 0 || !/^\d*$/u.test(fraction)) return null;
  const groups = group === null ? [whole] : whole.split(group);
  const [first = '', ...others] = groups;
  const grouped = others.length > 0;
  if (!(grouped ? /^\d{1,3}$/u : /^\d*$/u).test(first)) return null;
  if (others.some((digits) => !/^\d{3}$/u.test(digits))) return null;
  return `${groups.join('') || '0'}.${fraction || '0'}`;
}

function readSeparators(
  shape: string,
  localeDecimal: '.' | ',',
): { decimal: '.' | ',' | null; group: string | RegExp | null } | null {
  const spaces = /[\s'’]/u.test(shape) ? /[\s'’]/u : null;
  const dots = shape.split('.').length - 1;
  const commas = shape.split(',').length - 1;
  if (dots > 0 && commas > 0) {
    const decimal = shape.lastIndexOf('.') > shape.lastIndexOf(',') ? '.' : ',';
    return spaces === null ? { decimal, group: decimal === '.' ? ',' : '.' } : null;
  }
  if (dots + commas === 0) return { decimal: null, group: spaces };
  const only = dots > 0 ? '.' : ',';
  if (dots + commas > 1) return spaces === null ? { decimal: null, group: only } : null;
  const groupsThousands = only !== localeDecimal && spaces === null && /^[1-9]\d{0,2}[.,]\d{3}$/u.test(shape);
  return groupsThousands ? { decimal: null, group: only } : { decimal: only, group: spaces };
}
