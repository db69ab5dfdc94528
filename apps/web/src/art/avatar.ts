import type { ArtPalette } from '../design/tokens.ts';
import { randomFrom } from './random.ts';
import { circle, rect, type Shape, type Tone } from './shapes.ts';

/** A person's generated picture, 40 by 40 units. */
export type AvatarPicture = { palette: ArtPalette; shapes: Shape[] };

const palettes = ['aegean', 'terracotta', 'olive', 'saffron'] as const;

/** A rosette: one quarter drawn from the id and turned around the centre, like a ceiling coffer. Same id, same picture. */
export function avatarOf(id: string): AvatarPicture {
  const random = randomFrom(`avatar ${id}`);
  const palette = random.pick(palettes);
  const dark = random.next() < 0.5;
  const ground: Tone = dark ? 'accent' : 'ground';
  const petal: Tone = dark ? random.pick(['stone', 'ground']) : random.pick(['accent', 'line', 'shade']);
  const heart: Tone = random.pick(['spark', 'spark', dark ? 'line' : 'accent']);
  const shapes: Shape[] = [{ d: rect(0, 0, 40, 40), tone: ground }];
  const kind = random.between(0, 4);
  if (kind === 0) {
    shapes.push({
      d: 'M20 20a15 15 0 0 1 15-15a15 15 0 0 1-15 15zM20 20a15 15 0 0 1 15 15a15 15 0 0 1-15-15zM20 20a15 15 0 0 1-15 15a15 15 0 0 1 15-15zM20 20a15 15 0 0 1-15-15a15 15 0 0 1 15 15z',
      tone: petal,
    });
  } else if (kind === 1) {
    shapes.push(
      { d: circle(20, 40, 26), tone: 'shade' },
      { d: circle(20, 40, 19), tone: petal },
      { d: circle(20, 40, 12), tone: ground },
    );
  } else if (kind === 2) {
    shapes.push({
      d: [7, 15.5, 24, 32.5].map((x) => rect(x - 2.25, 14, 4.5, 26)).join('') + rect(3, 7, 34, 4),
      tone: petal,
    });
  } else if (kind === 3) {
    shapes.push(
      { d: 'M0 0h20a20 20 0 0 1-20 20zM40 40h-20a20 20 0 0 1 20-20z', tone: petal },
      { d: 'M40 0v20a20 20 0 0 1-20-20zM0 40v-20a20 20 0 0 1 20 20z', tone: 'shade' },
    );
  } else {
    shapes.push({ d: circle(20, 20, 15), tone: petal }, { d: circle(20, 20, 10), tone: ground });
  }
  if (kind !== 2) shapes.push({ d: circle(20, kind === 1 ? 9 : 20, kind === 1 ? 4.5 : 5), tone: heart });
  return { palette, shapes };
}
