/**
 * Draws "From watts to the bill", the film of the demo course on electricity bills, frame by frame from SVG, and
 * encodes it with FFmpeg (H.264, AAC). Nothing in it is borrowed: pictures and sound are made of the code below.
 *
 *   node demo/video/render.ts demo/courses/read-an-electricity-bill/media/from-watts-to-the-bill.mp4
 *
 * Needs Node 24, the packages of this repository (sharp) and `ffmpeg` on the PATH. The film carries no words, only
 * numbers and units, so one file serves every language; the captions beside it tell the story.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import sharp from 'sharp';

const width = 854;
const height = 480;
const framesPerSecond = 24;
const durationSeconds = 45;

const paper = '#f5f1e8';
const ink = '#2b2722';
const stone = '#d8cfbd';
const saffron = '#d9952b';
const blue = '#2f6f94';
const olive = '#7d8446';
const font = 'Inter, DejaVu Sans, sans-serif';

/** Progress of `time` from `start` to `end`, 0 to 1, easing in and out so that nothing jerks. */
function ease(time: number, start: number, end: number): number {
  const linear = Math.min(1, Math.max(0, (time - start) / (end - start)));
  return linear * linear * (3 - 2 * linear);
}

type TextOptions = { x: number; y: number; size: number; color?: string; anchor?: 'start' | 'middle' | 'end' };

function text(content: string, { x, y, size, color = ink, anchor = 'middle' }: TextOptions): string {
  return `<text x="${x}" y="${y}" font-family="${font}" font-size="${size}" fill="${color}" text-anchor="${anchor}">${content}</text>`;
}

/** A lamp of 100 W burns while the clock turns ten hours: one kilowatt-hour. */
function lampScene(time: number): string {
  const hours = 10 * ease(time, 1.5, 7);
  const angle = hours * 36;
  const result = ease(time, 7, 8);
  return `
    <circle cx="240" cy="185" r="${100 + 6 * Math.sin(time * 2)}" fill="${saffron}" opacity="0.18"/>
    <circle cx="240" cy="185" r="58" fill="${saffron}"/>
    <rect x="218" y="238" width="44" height="34" rx="6" fill="${ink}"/>
    ${text('100 W', { x: 240, y: 325, size: 34 })}
    <circle cx="600" cy="185" r="84" fill="none" stroke="${ink}" stroke-width="5"/>
    <g transform="rotate(${angle} 600 185)"><line x1="600" y1="185" x2="600" y2="120" stroke="${blue}" stroke-width="7" stroke-linecap="round"/></g>
    ${text(`${Math.round(hours)} h`, { x: 600, y: 325, size: 34 })}
    ${text('×', { x: 420, y: 200, size: 48 })}
    <g opacity="${result}">${text('100 W × 10 h = 1 kWh', { x: 427, y: 415, size: 40, color: blue })}</g>`;
}

/** The meter runs from one reading to the next; the difference is what was used. */
function meterScene(time: number): string {
  const used = 184 * ease(time, 1.5, 6.5);
  const difference = ease(time, 6.5, 7.5);
  const reading = String(Math.round(4820 + used)).padStart(5, '0');
  const digits = [...reading]
    .map((digit, index) => {
      const x = 232 + index * 78;
      return `<rect x="${x}" y="130" width="66" height="92" rx="8" fill="${ink}"/>${text(digit, { x: x + 33, y: 198, size: 60, color: paper })}`;
    })
    .join('');
  return `
    <rect x="192" y="84" width="470" height="184" rx="16" fill="none" stroke="${ink}" stroke-width="4"/>
    ${digits}
    ${text('kWh', { x: 640, y: 254, size: 22, anchor: 'end' })}
    <g transform="rotate(${used * 12} 427 330)"><circle cx="427" cy="330" r="34" fill="none" stroke="${stone}" stroke-width="10"/><circle cx="427" cy="296" r="8" fill="${saffron}"/></g>
    <g opacity="${difference}">${text('05004 − 04820 = 184 kWh', { x: 427, y: 428, size: 38, color: blue })}</g>`;
}

const uses = [
  { label: '64', share: 64, color: saffron, icon: 'shower' },
  { label: '52', share: 52, color: blue, icon: 'fridge' },
  { label: '38', share: 38, color: olive, icon: 'screen' },
  { label: '30', share: 30, color: stone, icon: 'lamp' },
] as const;

function icon(name: (typeof uses)[number]['icon'], x: number): string {
  const shapes = {
    shower: `<path d="M${x - 20} 400 h40 M${x} 400 v-18 M${x - 14} 410 v14 M${x} 410 v14 M${x + 14} 410 v14"/>`,
    fridge: `<rect x="${x - 15}" y="382" width="30" height="44" rx="4"/><line x1="${x - 15}" y1="398" x2="${x + 15}" y2="398"/>`,
    screen: `<rect x="${x - 24}" y="384" width="48" height="32" rx="4"/><line x1="${x - 10}" y1="424" x2="${x + 10}" y2="424"/>`,
    lamp: `<circle cx="${x}" cy="398" r="14"/><line x1="${x - 6}" y1="420" x2="${x + 6}" y2="420"/>`,
  };
  return `<g fill="none" stroke="${ink}" stroke-width="3.5" stroke-linecap="round">${shapes[name]}</g>`;
}

/** The same 184 kWh by what used them; near the end shorter showers make the first column lower. */
function usesScene(time: number): string {
  const columns = uses.map(({ share, color, icon: name }, index) => {
    const grown = ease(time, 0.8 + index * 0.9, 2.4 + index * 0.9);
    const saved = index === 0 ? 24 * ease(time, 7, 9) : 0;
    const value = (share - saved) * grown;
    const size = value * 4.2;
    const x = 190 + index * 158;
    return `<rect x="${x - 40}" y="${360 - size}" width="80" height="${size}" rx="4" fill="${color}"/>
      ${text(String(Math.round(value)), { x, y: 348 - size, size: 26 })}${icon(name, x)}`;
  });
  const total = 184 - 24 * ease(time, 7, 9);
  return `<line x1="110" y1="362" x2="744" y2="362" stroke="${ink}" stroke-width="3"/>${columns.join('')}
    ${text(`${Math.round(total)} kWh`, { x: 427, y: 56, size: 34, color: blue })}`;
}

/** Energy, network and taxes stack to the total of the bill. */
function billScene(time: number): string {
  const parts = [
    { share: 46, color: saffron },
    { share: 32, color: blue },
    { share: 22, color: olive },
  ];
  let top = 400;
  const stack = parts.map(({ share, color }, index) => {
    const grown = ease(time, 1 + index * 1.6, 2.4 + index * 1.6);
    const size = share * 3 * grown;
    top -= size;
    return `<rect x="150" y="${top}" width="150" height="${size}" fill="${color}"/>
      <g opacity="${grown}">${text(`${share} %`, { x: 330, y: top + size / 2 + 10, size: 28, anchor: 'start' })}</g>`;
  });
  const sum = ease(time, 6, 7);
  return `<line x1="120" y1="402" x2="330" y2="402" stroke="${ink}" stroke-width="3"/>${stack.join('')}
    <g opacity="${sum}"><rect x="500" y="110" width="230" height="280" rx="12" fill="#fffdf7" stroke="${ink}" stroke-width="3"/>
    <rect x="526" y="140" width="110" height="12" rx="6" fill="${stone}"/><rect x="526" y="172" width="178" height="12" rx="6" fill="${stone}"/>
    <rect x="526" y="204" width="150" height="12" rx="6" fill="${stone}"/><rect x="526" y="236" width="178" height="12" rx="6" fill="${stone}"/>
    ${text('160 kWh', { x: 615, y: 312, size: 34, color: blue })}${text('= 100 %', { x: 615, y: 356, size: 28 })}</g>`;
}

/** The colonnade of the house, rising column by column. */
function closingScene(time: number): string {
  const columns = [0, 1, 2, 3].map((index) => {
    const size = 150 * ease(time, 0.5 + index * 0.5, 1.6 + index * 0.5);
    return `<rect x="${307 + index * 64}" y="${330 - size}" width="26" height="${size}" fill="${ink}"/>`;
  });
  const roof = ease(time, 3, 3.8);
  return `${columns.join('')}<rect x="280" y="334" width="294" height="12" fill="${ink}"/>
    <rect x="${427 - 147 * roof}" y="158" width="${294 * roof}" height="16" fill="${saffron}"/>`;
}

const scenes = [
  { start: 0, end: 10, draw: lampScene },
  { start: 10, end: 20, draw: meterScene },
  { start: 20, end: 31, draw: usesScene },
  { start: 31, end: 40, draw: billScene },
  { start: 40, end: 45, draw: closingScene },
];

/** The picture at a moment in seconds; scenes fade in and out within half a second. */
function frame(seconds: number): string {
  const scene = scenes.find(({ end }) => seconds < end) ?? scenes[scenes.length - 1];
  const drawn = scene === undefined ? '' : scene.draw(seconds - scene.start);
  const visible =
    scene === undefined
      ? 0
      : ease(seconds, scene.start, scene.start + 0.5) * (1 - ease(seconds, scene.end - 0.5, scene.end));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="${paper}"/><g opacity="${visible.toFixed(3)}">${drawn}</g></svg>`;
}

const output = process.argv[2];
if (output === undefined) throw new Error('usage: node demo/video/render.ts <file.mp4>');

// A soft fifth that breathes every eight seconds; two octaves low, so that it never competes with a screen reader.
const pad = `0.05*(sin(2*PI*110*t)+0.6*sin(2*PI*165*t)+0.3*sin(2*PI*220*t))*(0.6+0.4*sin(2*PI*t/8))`;
const ffmpeg = spawn(
  'ffmpeg',
  [
    ...['-y', '-loglevel', 'error'],
    ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-r', String(framesPerSecond), '-i', '-'],
    ...['-f', 'lavfi', '-i', `aevalsrc=${pad}:s=44100:d=${durationSeconds}`],
    ...['-af', `afade=in:d=1.5,afade=out:st=${durationSeconds - 2}:d=2`],
    ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-crf', '24', '-preset', 'slow', '-g', '48'],
    // Index at the front, so that playing starts before the file is there; no dates, so that equal code gives equal files.
    ...['-c:a', 'aac', '-b:a', '64k', '-movflags', '+faststart', '-fflags', '+bitexact', '-map_metadata', '-1'],
    ...['-t', String(durationSeconds), output],
  ],
  { stdio: ['pipe', 'inherit', 'inherit'] },
);
const finished = once(ffmpeg, 'close');
for (let index = 0; index < durationSeconds * framesPerSecond; index += 1) {
  const pixels = await sharp(Buffer.from(frame(index / framesPerSecond)))
    .removeAlpha()
    .raw()
    .toBuffer();
  if (!ffmpeg.stdin.write(pixels)) await once(ffmpeg.stdin, 'drain');
}
ffmpeg.stdin.end();
const [code] = await finished;
if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);

// A still for the player, from the moment the columns stand.
await sharp(Buffer.from(frame(26)))
  .png({ palette: true })
  .toFile(output.replace(/\.mp4$/, '.png'));
