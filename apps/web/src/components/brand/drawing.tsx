import type { Shape, Tone } from '@/art/shapes.ts';

const fills: Record<Tone, string> = {
  ground: 'fill-art-ground',
  stone: 'fill-art-stone',
  shade: 'fill-art-shade',
  accent: 'fill-art-accent',
  spark: 'fill-art-spark',
  line: 'fill-art-line',
};
const strokes: Record<Tone, string> = {
  ground: 'stroke-art-ground',
  stone: 'stroke-art-stone',
  shade: 'stroke-art-shade',
  accent: 'stroke-art-accent',
  spark: 'stroke-art-spark',
  line: 'stroke-art-line',
};

/** Shapes as SVG, colored by classes: no style attribute, so that the strictest content security policy lets it through. */
export function Drawing({ shapes }: { shapes: Shape[] }) {
  return shapes.map(({ d, tone, stroke, opacity }, index) => (
    <path
      // biome-ignore lint/suspicious/noArrayIndexKey: a drawing never reorders
      key={index}
      d={d}
      className={stroke === undefined ? fills[tone] : strokes[tone]}
      {...(stroke === undefined ? {} : { fill: 'none', strokeWidth: stroke })}
      {...(opacity === undefined ? {} : { opacity })}
    />
  ));
}
