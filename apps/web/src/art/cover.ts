import type { ArtPalette } from '../design/tokens.ts';
import { type Random, randomFrom } from './random.ts';
import { arch, circle, line, meander, polygon, rect, type Shape, type Tone } from './shapes.ts';

export const coverWidth = 640;
export const coverHeight = 360;

/** A cover: 640 by 360 units, to be drawn in order. `motif` names what it shows. */
export type Cover = { motif: string; palette: ArtPalette; shapes: Shape[] };

/** Sun, sea and a row of fluted columns under a frieze, with their shadows on the floor. */
function colonnade(random: Random): Shape[] {
  const count = random.between(4, 6);
  const pitch = coverWidth / count;
  const shaft = pitch * (0.3 + random.next() * 0.06);
  const sunX = random.between(110, 530);
  const horizon = random.between(196, 224);
  const floor = 300;
  const top = 92;
  const slant = random.pick([-1, 1]) * random.between(40, 90);
  const shapes: Shape[] = [
    { d: rect(0, 0, coverWidth, coverHeight), tone: 'ground' },
    { d: circle(sunX, random.between(138, 170), random.between(44, 64)), tone: 'spark' },
    { d: rect(0, horizon, coverWidth, floor - horizon), tone: 'shade', opacity: 0.75 },
  ];
  for (let wave = 0; wave < 7; wave++) {
    const y = horizon + 12 + wave * 11;
    const x = random.between(0, 520);
    shapes.push({ d: line(x, y, x + random.between(50, 150), y), tone: 'stone', stroke: 1.5, opacity: 0.7 });
  }
  shapes.push({ d: rect(0, floor, coverWidth, 60), tone: 'stone' });
  for (let index = -1; index <= count; index++) {
    const x = pitch * (index + 0.5);
    const half = shaft * 0.66;
    shapes.push({
      d: polygon([
        [x - half, floor],
        [x + half, floor],
        [x + half + slant, coverHeight],
        [x - half + slant, coverHeight],
      ]),
      tone: 'shade',
      opacity: 0.55,
    });
  }
  for (let index = 0; index < count; index++) {
    const x = pitch * (index + 0.5);
    const half = shaft / 2;
    shapes.push(
      {
        d: polygon([
          [x - half * 0.86, top + 18],
          [x + half * 0.86, top + 18],
          [x + half, floor - 10],
          [x - half, floor - 10],
        ]),
        tone: 'stone',
      },
      {
        d: polygon([
          [x + (slant > 0 ? 0.1 : -0.86) * half, top + 18],
          [x + (slant > 0 ? 0.86 : -0.1) * half, top + 18],
          [x + (slant > 0 ? 1 : -0.1) * half, floor - 10],
          [x + (slant > 0 ? 0.1 : -1) * half, floor - 10],
        ]),
        tone: 'shade',
        opacity: 0.5,
      },
      {
        d: [-0.5, -0.17, 0.17, 0.5]
          .map((at) => line(x + at * half * 0.9, top + 24, x + at * half, floor - 14))
          .join(''),
        tone: 'line',
        stroke: 1.25,
        opacity: 0.35,
      },
      { d: rect(x - half * 1.35, top + 6, half * 2.7, 12), tone: 'stone' },
      { d: rect(x - half * 1.35, top + 15, half * 2.7, 3), tone: 'shade' },
      { d: rect(x - half * 1.25, floor - 10, half * 2.5, 10), tone: 'stone' },
      { d: rect(x - half * 1.25, floor - 2.5, half * 2.5, 2.5), tone: 'shade' },
    );
  }
  const unit = 32;
  shapes.push(
    { d: rect(0, 0, coverWidth, top + 6), tone: 'stone' },
    { d: rect(0, top, coverWidth, 6), tone: 'shade', opacity: 0.8 },
    { d: rect(0, 26, coverWidth, 48), tone: 'accent' },
    { d: meander(-unit / 2, 34, Math.ceil(coverWidth / unit) + 1, unit), tone: 'stone', stroke: 3.5 },
  );
  return shapes;
}

type Tile = (x: number, y: number, size: number, flip: boolean) => string;

const tilePatterns: readonly [Tile, ...Tile[]] = [
  (x, y, size, flip) =>
    flip
      ? `M${x + size} ${y}v${size}h${-size}a${size} ${size} 0 0 1 ${size} ${-size}z`
      : `M${x} ${y}v${size}h${size}a${size} ${size} 0 0 0 ${-size} ${-size}z`,
  (x, y, size, flip) =>
    flip
      ? `M${x} ${y}v${size}a${size} ${size} 0 0 0 ${size} ${-size}z`
      : `M${x + size} ${y}v${size}a${size} ${size} 0 0 1 ${-size} ${-size}z`,
  (x, y, size) => `M${x} ${y + size}a${size} ${size} 0 0 1 ${size} ${-size}a${size} ${size} 0 0 1 ${-size} ${size}z`,
  (x, y, size) => circle(x + size / 2, y + size / 2, size * 0.3),
  (x, y, size) => `M${x} ${y + size}a${size / 2} ${size / 2} 0 0 1 ${size} 0z`,
  (x, y, size, flip) => (flip ? `M${x} ${y}h${size}v${size}z` : `M${x} ${y}h${size}l${-size} ${size}z`),
  (x, y, size) => `M${x + size / 2} ${y}l${size / 2} ${size / 2}l${-size / 2} ${size / 2}l${-size / 2} ${-size / 2}z`,
];

/** A floor of inlaid tiles, mirrored left to right as a mason would lay it. */
function mosaic(random: Random): Shape[] {
  const size = 80;
  const columns = coverWidth / size;
  const rows = 5;
  const offset = -20;
  const shapes: Shape[] = [{ d: rect(0, 0, coverWidth, coverHeight), tone: 'stone' }];
  const grounds: readonly [Tone, ...Tone[]] = ['ground', 'shade', 'stone', 'accent', 'ground', 'line'];
  const patternsHere = [random.pick(tilePatterns), random.pick(tilePatterns), random.pick(tilePatterns)] as const;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns / 2; column++) {
      const ground = random.pick(grounds);
      const inks: readonly [Tone, ...Tone[]] =
        ground === 'accent' || ground === 'line'
          ? ['stone', 'ground', 'spark', 'shade']
          : ground === 'shade'
            ? ['line', 'stone', 'accent']
            : ['accent', 'shade', 'spark', 'line'];
      const tone = random.pick(inks);
      const pattern = random.pick(patternsHere);
      const flip = random.next() < 0.5;
      const y = offset + row * size;
      const left = column * size;
      const right = coverWidth - left - size;
      shapes.push({ d: rect(left, y, size, size) + rect(right, y, size, size), tone: ground });
      shapes.push({ d: pattern(left, y, size, flip), tone });
      // The twin is the same tile seen in a mirror: drawn inside a flipped path by swapping its turn.
      shapes.push({ d: mirror(pattern(left, y, size, flip), left, right, size), tone });
    }
  }
  const grid = Array.from({ length: columns + 1 }, (_, index) => line(index * size, 0, index * size, coverHeight));
  const courses = Array.from({ length: rows + 1 }, (_, index) =>
    line(0, offset + index * size, coverWidth, offset + index * size),
  );
  shapes.push({ d: [...grid, ...courses].join(''), tone: 'stone', stroke: 3 });
  return shapes;
}

/** Mirrors relative path data of a tile at `left` into the tile at `right`. Commands used by tiles: M, h, v, l, a, z. */
function mirror(d: string, left: number, right: number, size: number): string {
  return d.replace(/([Mhvlaz])([^Mhvlaz]*)/g, (_, command: string, rest: string) => {
    const numbers =
      rest.trim() === ''
        ? []
        : rest
            .trim()
            .split(/[\s,]+/)
            .map(Number);
    const [a = 0, b = 0, c = 0, large = 0, sweep = 0, dx = 0, dy = 0] = numbers;
    if (command === 'M') return `M${right + size - (a - left)} ${b}`;
    if (command === 'h') return `h${-a}`;
    if (command === 'l') return `l${-a} ${b}`;
    if (command === 'a') return `a${a} ${b} ${c} ${large} ${1 - sweep} ${-dx} ${dy}`;
    return `${command}${rest}`;
  });
}

/** Bands of Greek key around a large disc. */
function frieze(random: Random): Shape[] {
  const unit = random.pick([40, 48, 64]);
  const count = Math.ceil(coverWidth / unit) + 1;
  const cx = random.between(200, 440);
  const r = random.between(96, 128);
  const band = unit + 32;
  const low = coverHeight - band - 18;
  const rays = random.between(20, 32);
  return [
    { d: rect(0, 0, coverWidth, coverHeight), tone: 'ground' },
    {
      d: Array.from({ length: rays }, (_, index) => {
        const angle = (Math.PI * 2 * index) / rays;
        return line(
          cx + Math.cos(angle) * (r + 18),
          170 + Math.sin(angle) * (r + 18),
          cx + Math.cos(angle) * 520,
          170 + Math.sin(angle) * 520,
        );
      }).join(''),
      tone: 'shade',
      stroke: 2,
      opacity: 0.8,
    },
    { d: circle(cx, 170, r), tone: 'accent' },
    { d: circle(cx, 170, r * 0.72), tone: 'spark' },
    { d: circle(cx, 170, r * 0.4), tone: 'stone' },
    { d: circle(cx, 170, r * 0.86), tone: 'stone', stroke: 2 },
    { d: rect(0, low, coverWidth, band), tone: 'stone' },
    { d: rect(0, low, coverWidth, 6) + rect(0, low + band - 6, coverWidth, 6), tone: 'shade' },
    { d: meander(-unit / 2, low + 16, count, unit), tone: 'line', stroke: unit / 9 },
    { d: rect(0, low + band, coverWidth, 18), tone: 'accent' },
  ];
}

/** The rows of a theatre from above, cut by stairs. */
function theatre(random: Random): Shape[] {
  const cx = coverWidth / 2 + random.between(-70, 70);
  const cy = 372;
  const step = random.between(26, 34);
  const rows: readonly [Tone, ...Tone[]] = ['stone', 'ground', 'stone', 'shade'];
  const shapes: Shape[] = [{ d: rect(0, 0, coverWidth, coverHeight), tone: 'ground' }];
  const rings = Math.ceil(440 / step);
  const lit = random.between(3, rings - 5);
  for (let ring = rings; ring >= 2; ring--) {
    const tone = ring === lit ? 'accent' : (rows[ring % rows.length] ?? 'stone');
    shapes.push({ d: circle(cx, cy, 40 + ring * step), tone });
    shapes.push({ d: circle(cx, cy, 40 + ring * step), tone: 'line', stroke: 1, opacity: 0.22 });
  }
  const stairs = random.pick([5, 7]);
  for (let index = 0; index < stairs; index++) {
    const angle = Math.PI * (1 + (index + 0.5) / stairs);
    const width = 7;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const from = 40 + 2 * step;
    shapes.push({
      d: polygon([
        [cx + cos * from - sin * width, cy + sin * from + cos * width],
        [cx + cos * from + sin * width, cy + sin * from - cos * width],
        [cx + cos * 620 + sin * width, cy + sin * 620 - cos * width],
        [cx + cos * 620 - sin * width, cy + sin * 620 + cos * width],
      ]),
      tone: 'shade',
      opacity: 0.9,
    });
  }
  shapes.push(
    { d: circle(cx, cy, 40 + 2 * step), tone: 'spark' },
    { d: circle(cx, cy, 28 + 2 * step), tone: 'stone', stroke: 2 },
    { d: circle(cx, cy, 34), tone: 'accent' },
  );
  return shapes;
}

/** Arches within arches. */
function arcade(random: Random): Shape[] {
  const count = random.pick([3, 4, 5]);
  const pitch = coverWidth / count;
  const base = 322;
  const shapes: Shape[] = [
    { d: rect(0, 0, coverWidth, coverHeight), tone: 'stone' },
    { d: rect(0, 26, coverWidth, 10), tone: 'shade', opacity: 0.7 },
  ];
  const sunIn = random.between(0, count - 1);
  const depths: readonly Tone[] = ['shade', 'ground', random.pick(['accent', 'ground', 'shade'])];
  for (let index = 0; index < count; index++) {
    const cx = pitch * (index + 0.5);
    const height = 252;
    depths.forEach((tone, depth) => {
      const inset = depth * pitch * 0.1;
      shapes.push({ d: arch(cx, base, pitch * 0.8 - inset * 2, height - inset), tone });
    });
    const inner = pitch * 0.8 - pitch * 0.4;
    const innerHeight = height - pitch * 0.2;
    if (index === sunIn) {
      shapes.push({ d: arch(cx, base, inner + pitch * 0.2, innerHeight), tone: 'ground' });
      shapes.push({ d: circle(cx, base - innerHeight * 0.52, Math.min(inner * 0.52, 46)), tone: 'spark' });
      shapes.push({ d: rect(cx - inner / 2 - pitch * 0.1, base - 60, inner + pitch * 0.2, 60), tone: 'accent' });
    }
    shapes.push({ d: arch(cx, base, pitch * 0.8, height), tone: 'line', stroke: 1.5, opacity: 0.5 });
  }
  shapes.push(
    { d: rect(0, base, coverWidth, 40), tone: 'accent' },
    { d: rect(0, base, coverWidth, 8), tone: 'stone' },
    { d: line(0, base + 8, coverWidth, base + 8), tone: 'line', stroke: 1.5, opacity: 0.5 },
  );
  return shapes;
}

const motifs = { colonnade, mosaic, frieze, theatre, arcade } as const;
const motifNames = ['colonnade', 'mosaic', 'frieze', 'theatre', 'arcade'] as const;
const palettes = ['aegean', 'terracotta', 'olive', 'saffron'] as const;

/** The generated cover of a thing, from its id alone: same id, same picture. `palette` overrides the one the id would give. */
export function coverOf(id: string, palette?: ArtPalette): Cover {
  const random = randomFrom(id);
  const motif = random.pick(motifNames);
  const chosen = random.pick(palettes);
  return { motif, palette: palette ?? chosen, shapes: motifs[motif](random) };
}
