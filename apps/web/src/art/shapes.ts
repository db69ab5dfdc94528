/** Colors by role; the palette of the surrounding `data-art` decides what they are, in light and in dark. */
export type Tone = 'ground' | 'stone' | 'shade' | 'accent' | 'spark' | 'line';

/** One drawn thing. `d` is SVG path data; `stroke` draws the outline with that width instead of filling. */
export type Shape = { d: string; tone: Tone; stroke?: number; opacity?: number };

const round = (value: number) => Math.round(value * 10) / 10;

export function rect(x: number, y: number, width: number, height: number): string {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;
}

export function circle(cx: number, cy: number, r: number): string {
  return `M${round(cx - r)} ${round(cy)}a${round(r)} ${round(r)} 0 1 0 ${round(r * 2)} 0a${round(r)} ${round(r)} 0 1 0 ${round(-r * 2)} 0z`;
}

export function polygon(points: readonly (readonly [number, number])[]): string {
  return `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}z`;
}

export function line(x1: number, y1: number, x2: number, y2: number): string {
  return `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`;
}

/** A round-headed opening: straight sides from `base` up, then half a circle of the same width. */
export function arch(cx: number, base: number, width: number, height: number): string {
  const r = width / 2;
  return `M${round(cx - r)} ${round(base)}V${round(base - height + r)}a${round(r)} ${round(r)} 0 0 1 ${round(width)} 0V${round(base)}z`;
}

/** A band of Greek key: hooks on a base line, `unit` wide and high each. */
export function meander(x: number, y: number, count: number, unit: number): string {
  const step = unit / 5;
  const hooks = Array.from({ length: count }, (_, index) => {
    const left = round(x + index * unit);
    const s = round(step);
    return `M${left} ${round(y + unit)}v${round(-5 * step)}h${round(4 * step)}v${round(3 * step)}h${-round(2 * step)}v${-s}`;
  });
  return `${hooks.join('')}M${round(x)} ${round(y + unit)}h${round(count * unit)}`;
}
