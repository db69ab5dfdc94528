import { ImageResponse } from 'next/og';
import type { NextRequest } from 'next/server';
import { sendToApi } from '@/api/transport.ts';
import { coverHeight, coverOf, coverWidth } from '@/art/cover.ts';
import { toLinearSrgb } from '@/design/contrast.ts';
import { artPalettes, type Oklch } from '@/design/tokens.ts';
import { defaultLocale } from '@/i18n/locales.ts';

const size = { width: 1200, height: 630 };

/** `/og/courses/<slug>.png`: what a shared link to a course shows where it has no cover of its own. */
export async function GET(_request: NextRequest, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const file = decode((await params).file);
  const slug = file?.endsWith('.png') ? file.slice(0, -'.png'.length) : '';
  if (!slug) return new Response(null, { status: 404 });
  // As a visitor: a picture that others see must not hold what only this person may see.
  const answer = await sendToApi(
    new Request(`http://stoa.internal/api/courses/${encodeURIComponent(slug)}`, {
      headers: { 'accept-language': defaultLocale },
    }),
  );
  if (!answer.ok) return new Response(null, { status: answer.status === 404 ? 404 : 503 });
  const course: unknown = await answer.json();
  const id = textOf(course, 'id');
  const title = textOf(course, 'title');
  return new ImageResponse(
    <div style={{ display: 'flex', flexDirection: 'column', width: '100%', height: '100%', background: '#fbf9f5' }}>
      {/* biome-ignore lint/performance/noImgElement: drawn into a picture, never a page */}
      <img src={coverPicture(id)} width={1200} height={410} alt="" style={{ objectFit: 'cover' }} />
      <div
        style={{
          display: 'flex',
          flex: 1,
          flexDirection: 'column',
          justifyContent: 'center',
          padding: '0 64px',
          color: '#26221d',
        }}
      >
        <div style={{ display: 'flex', fontSize: title.length > 60 ? 44 : 56, lineHeight: 1.15, letterSpacing: -1 }}>
          {title.length > 110 ? `${title.slice(0, 108)}…` : title}
        </div>
        <div style={{ display: 'flex', marginTop: 16, fontSize: 28, color: '#6b6358' }}>Stoa</div>
      </div>
    </div>,
    { ...size, headers: { 'cache-control': 'public, max-age=3600' } },
  );
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function textOf(value: unknown, name: string): string {
  const field: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof field === 'string' ? field : '';
}

/** The course's generated cover as an SVG data address, in the light scheme. */
function coverPicture(id: string): string {
  const { palette, shapes } = coverOf(id);
  const paths = shapes.map(({ d, tone, stroke, opacity }) => {
    const color = hex(artPalettes[palette][tone].light);
    const paint = stroke === undefined ? `fill="${color}"` : `fill="none" stroke="${color}" stroke-width="${stroke}"`;
    return `<path d="${d}" ${paint}${opacity === undefined ? '' : ` opacity="${opacity}"`}/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="410" viewBox="0 0 ${coverWidth} ${coverHeight}" preserveAspectRatio="xMidYMid slice">${paths.join('')}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

/** sRGB as `#rrggbb`: the drawing engine does not know OKLCH. */
function hex(color: Oklch): string {
  const channel = (linear: number) => {
    const encoded = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${toLinearSrgb(color).map(channel).join('')}`;
}
