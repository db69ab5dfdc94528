import { arch, circle, line, polygon, rect, type Shape } from './shapes.ts';

/*
 * The walk of a stoa in one-point perspective, late afternoon: columns on the left, sea beyond them, light falling
 * between them onto the floor and up the wall. Depth z = 1 is the picture plane; everything shrinks with 1/z.
 */
export const heroWidth = 720;
export const heroHeight = 600;

const eye = { x: 306, y: 318 };
const reach = { columns: 366, wall: 470, ceiling: 372, floor: 320 };
const end = 7.2;
const depths = [1.08, 1.42, 1.86, 2.44, 3.2, 4.2, 5.5] as const;

type Point = readonly [number, number];
/** `across` -1 is the line of the columns, 1 the wall; `up` 1 is the ceiling, -1 the floor. */
const at = (across: number, up: number, z: number): Point => [
  eye.x + (across * (across < 0 ? reach.columns : reach.wall)) / z,
  eye.y - (up * (up > 0 ? reach.ceiling : reach.floor)) / z,
];

function column(z: number): Shape[] {
  const [x, floor] = at(-1, -1, z);
  const [, ceiling] = at(-1, 1, z);
  const half = 33 / z;
  const unit = 1 / z;
  const low = floor - 22 * unit;
  const high = ceiling + 40 * unit;
  const flutes = [-0.62, -0.3, 0.02, 0.34, 0.66]
    .map((turn) => line(x + turn * half * 0.86, high, x + turn * half, low))
    .join('');
  return [
    {
      d: polygon([
        [x - half * 0.86, high],
        [x + half * 0.86, high],
        [x + half, low],
        [x - half, low],
      ]),
      tone: 'stone',
    },
    {
      d: polygon([
        [x + half * 0.16, high],
        [x + half * 0.86, high],
        [x + half, low],
        [x + half * 0.2, low],
      ]),
      tone: 'shade',
      opacity: 0.72,
    },
    { d: flutes, tone: 'line', stroke: Math.max(0.6, 1.5 * unit), opacity: 0.3 },
    {
      d: polygon([
        [x - half * 0.9, high],
        [x + half * 0.9, high],
        [x + half * 1.32, high - 18 * unit],
        [x - half * 1.32, high - 18 * unit],
      ]),
      tone: 'stone',
    },
    { d: rect(x - half * 1.42, ceiling, half * 2.84, 23 * unit), tone: 'stone' },
    { d: rect(x - half * 1.42, ceiling + 19 * unit, half * 2.84, 4 * unit), tone: 'shade' },
    { d: rect(x + half * 0.4, ceiling, half * 1.02, 23 * unit), tone: 'shade', opacity: 0.6 },
    { d: rect(x - half * 1.3, low, half * 2.6, 22 * unit), tone: 'stone' },
    { d: rect(x + half * 0.35, low, half * 0.95, 22 * unit), tone: 'shade', opacity: 0.7 },
    { d: rect(x - half * 1.3, low, half * 2.6, 3 * unit), tone: 'shade', opacity: 0.5 },
  ];
}

/** Sunlight between two columns: across the floor, nearer as it goes right, then up the wall. */
function light(from: number, to: number): Shape[] {
  const [a, b] = [from * 1.05, to * 0.95];
  const shift = 0.8;
  return [
    { d: polygon([at(-1, -1, a), at(-1, -1, b), at(1, -1, b * shift), at(1, -1, a * shift)]), tone: 'stone' },
    {
      d: polygon([
        at(1, -1, a * shift),
        at(1, -1, b * shift),
        at(1, 0.12, b * shift * 0.95),
        at(1, 0.12, a * shift * 0.95),
      ]),
      tone: 'stone',
      opacity: 0.85,
    },
  ];
}

/** A person in a robe, feet at the given place; `turn` 1 looks right, -1 left. */
function person(across: number, z: number, turn: 1 | -1, tone: Shape['tone']): Shape[] {
  const [x, y] = at(across, -1, z);
  const s = 1 / z;
  const t = turn;
  const n = (value: number) => Math.round(value * 10) / 10;
  const robe = `M${n(x - 40 * s)} ${n(y)}C${n(x - 36 * s)} ${n(y - 120 * s)} ${n(x - 34 * s)} ${n(y - 190 * s)} ${n(x - 24 * s)} ${n(y - 252 * s)}Q${n(x)} ${n(y - 286 * s)} ${n(x + 24 * s)} ${n(y - 252 * s)}C${n(x + 34 * s)} ${n(y - 190 * s)} ${n(x + 34 * s)} ${n(y - 120 * s)} ${n(x + 42 * s)} ${n(y)}z`;
  const drape = `M${n(x - t * 22 * s)} ${n(y - 254 * s)}C${n(x + t * 4 * s)} ${n(y - 190 * s)} ${n(x + t * 26 * s)} ${n(y - 120 * s)} ${n(x + t * 18 * s)} ${n(y - 8 * s)}`;
  const arm = `M${n(x + t * 20 * s)} ${n(y - 232 * s)}Q${n(x + t * 40 * s)} ${n(y - 180 * s)} ${n(x + t * 62 * s)} ${n(y - 206 * s)}`;
  return [
    {
      d: polygon([
        [x - 38 * s, y],
        [x + 38 * s, y],
        [x + 200 * s, y + 26 * s],
        [x + 120 * s, y + 26 * s],
      ]),
      tone: 'line',
      opacity: 0.22,
    },
    { d: robe, tone },
    { d: circle(x + t * 3 * s, y - 296 * s, 23 * s), tone: 'line' },
    { d: drape, tone: 'stone', stroke: 5 * s, opacity: 0.55 },
    { d: arm, tone, stroke: 15 * s },
  ];
}

/** Every shape of the picture, back to front. */
export function heroShapes(): Shape[] {
  const [farLeft, farFloor] = at(-1, -1, end);
  const [farRight, farCeiling] = at(1, 1, end);
  const near = 0.8;
  const pairs = depths.flatMap((depth, index) => {
    const next = depths[index + 1];
    return next ? [[depth, next] as const] : [];
  });
  return [
    { d: rect(0, 0, heroWidth, heroHeight), tone: 'ground' },
    { d: circle(112, 236, 62), tone: 'spark' },
    { d: rect(0, eye.y, heroWidth, heroHeight - eye.y), tone: 'accent', opacity: 0.75 },
    {
      d: polygon([
        [0, eye.y],
        [0, 296],
        [46, 284],
        [96, 300],
        [150, 292],
        [210, 309],
        [240, eye.y],
      ]),
      tone: 'shade',
    },
    {
      d: [
        line(40, 336, 118, 336),
        line(150, 344, 196, 344),
        line(12, 356, 70, 356),
        line(92, 366, 160, 366),
        line(30, 386, 96, 386),
        line(70, 408, 120, 408),
        line(10, 430, 60, 430),
      ].join(''),
      tone: 'stone',
      stroke: 2,
      opacity: 0.75,
    },
    // The room: floor, wall, ceiling, and the far end with its door.
    { d: polygon([at(-1, -1, near), at(-1, -1, end), at(1, -1, end), at(1, -1, near)]), tone: 'shade' },
    { d: polygon([at(1, 1, near), at(1, 1, end), at(1, -1, end), at(1, -1, near)]), tone: 'ground' },
    { d: polygon([at(1, 1, near), at(1, 1, end), at(1, -1, end), at(1, -1, near)]), tone: 'shade', opacity: 0.42 },
    { d: polygon([at(-1.06, 1, near), at(-1.06, 1, end), at(1, 1, end), at(1, 1, near)]), tone: 'shade', opacity: 1 },
    { d: polygon([at(-1.06, 1, near), at(-1.06, 1, end), at(1, 1, end), at(1, 1, near)]), tone: 'line', opacity: 0.16 },
    { d: rect(farLeft, farCeiling, farRight - farLeft, farFloor - farCeiling), tone: 'stone' },
    { d: arch(farLeft + (farRight - farLeft) * 0.56, farFloor, 30, 62), tone: 'shade' },
    ...pairs.flatMap(([from, to]) => light(from, to)),
    ...light(0.82, depths[0]),
    // Courses of the wall and beams of the ceiling, drawn by the same depths as the columns.
    {
      d: [0.66, 0.33, 0, -0.33, -0.66].map((up) => line(...at(1, up, near), ...at(1, up, end))).join(''),
      tone: 'line',
      stroke: 1,
      opacity: 0.16,
    },
    {
      d: polygon([at(1, 0.52, near), at(1, 0.52, end), at(1, 0.4, end), at(1, 0.4, near)]),
      tone: 'accent',
      opacity: 0.9,
    },
    ...depths.map(
      (z): Shape => ({
        d: polygon([at(-1, 1, z * 0.97), at(1, 1, z * 0.97), at(1, 1, z * 1.05), at(-1, 1, z * 1.05)]),
        tone: 'stone',
        opacity: 0.85,
      }),
    ),
    // Architrave over the columns, then the columns from far to near, people standing between them.
    { d: polygon([at(-1, 1, near), at(-1, 1, end), at(-1, 0.9, end), at(-1, 0.9, near)]), tone: 'stone' },
    ...depths
      .toReversed()
      .flatMap((z) => [
        ...(z === 2.44 ? [...person(0.12, 2.62, 1, 'accent'), ...person(0.46, 2.55, -1, 'spark')] : []),
        ...column(z),
      ]),
  ];
}
