const constants: Record<string, number> = { pi: Math.PI, e: Math.E };
const functions: Record<string, (x: number) => number> = {
  sqrt: Math.sqrt,
  abs: Math.abs,
  exp: Math.exp,
  ln: Math.log,
  log10: Math.log10,
  log2: Math.log2,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
};
const longest = 200;
const deepest = 30;

/**
 * The value of an arithmetic expression as problem authors write answers: `4*10^2`, `1/3`, `-2.5e-3`, `50%`,
 * `2*pi`. Null for everything else (variables, unknown functions, complex numbers, results that are not finite), so
 * that a problem which needs more than arithmetic is kept instead of graded wrongly. Never evaluates code.
 */
export function evaluateNumber(text: string): number | null {
  if (text.length > longest) return null;
  const tokens = text.match(/\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|\*\*|\S/g) ?? [];
  let at = 0;
  let failed = false;
  const peek = () => tokens[at] ?? '';
  const fail = (): number => {
    failed = true;
    at = tokens.length;
    return Number.NaN;
  };
  const sum = (depth: number): number => {
    let value = product(depth);
    while (peek() === '+' || peek() === '-') {
      const minus = tokens[at++] === '-';
      const right = product(depth);
      value = minus ? value - right : value + right;
    }
    return value;
  };
  const product = (depth: number): number => {
    let value = signed(depth);
    while (peek() === '*' || peek() === '/') {
      const divide = tokens[at++] === '/';
      const right = signed(depth);
      value = divide ? value / right : value * right;
    }
    return value;
  };
  const signed = (depth: number): number => {
    if (depth > deepest) return fail();
    if (peek() === '-' || peek() === '+') return tokens[at++] === '-' ? -signed(depth + 1) : signed(depth + 1);
    return power(depth);
  };
  const power = (depth: number): number => {
    const base = atom(depth);
    if (peek() !== '^' && peek() !== '**') return base;
    at += 1;
    return base ** signed(depth + 1);
  };
  const atom = (depth: number): number => {
    const token = tokens[at++] ?? '';
    if (token === '(') return closed(depth);
    if (/^[\d.]/.test(token)) return percent(Number(token));
    if (Object.hasOwn(constants, token)) return constants[token] ?? fail();
    if (Object.hasOwn(functions, token) && peek() === '(') {
      at += 1;
      return (functions[token] ?? fail)(closed(depth));
    }
    return fail();
  };
  const closed = (depth: number): number => {
    const value = sum(depth + 1);
    if (tokens[at++] !== ')') return fail();
    return percent(value);
  };
  const percent = (value: number): number => {
    if (peek() !== '%') return value;
    at += 1;
    return value / 100;
  };
  const value = sum(0);
  return failed || at !== tokens.length || !Number.isFinite(value) ? null : value;
}
