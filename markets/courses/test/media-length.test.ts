import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readMediaSeconds } from '../src/import/media-length.ts';
import { readSource } from '../src/import/read-source.ts';

const readerOf = (file: Uint8Array) => async (offset: number, length: number) => file.subarray(offset, offset + length);
const secondsOf = (file: Uint8Array) => readMediaSeconds(readerOf(file));

const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer).swap32();
const u64 = (value: bigint) => Buffer.from(BigUint64Array.of(value).buffer).swap64();
const box = (type: string, ...content: Buffer[]) => {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type), body]);
};
/** A box that states its size in 64 bits. */
const longBox = (type: string, content: Buffer) =>
  Buffer.concat([u32(1), Buffer.from(type), u64(BigInt(content.length + 16)), content]);
const movie = ({ scale = 600, length = 4500 } = {}) =>
  box('moov', box('mvhd', u32(0), u32(0), u32(0), u32(scale), u32(length), Buffer.alloc(80)), box('trak'));
const longMovie = (scale: number, length: bigint) =>
  box('moov', box('mvhd', u32(0x0100_0000), u64(0n), u64(0n), u32(scale), u64(length), Buffer.alloc(80)));
const mp4 = (...boxes: Buffer[]) => Buffer.concat([box('ftyp', Buffer.from('isom0000')), ...boxes]);

const element = (id: string, content: Buffer) =>
  Buffer.concat([Buffer.from(id, 'hex'), u32(0x1000_0000 + content.length), content]);
const float = (value: number) => Buffer.from(Float64Array.of(value).buffer).swap64();
const webm = (...info: Buffer[]) =>
  Buffer.concat([
    element('1a45dfa3', Buffer.alloc(20)),
    // A segment of unknown length, as recorders in browsers write it.
    Buffer.from('1853806701ffffffffffffff', 'hex'),
    element('114d9b74', Buffer.alloc(40)),
    element('1549a966', Buffer.concat(info)),
    element('1f43b675', Buffer.alloc(100)),
  ]);

describe('the length of a film', () => {
  test('is read in MP4 files, wherever the header lies', async () => {
    assert.equal(await secondsOf(mp4(movie(), box('mdat', Buffer.alloc(5000)))), 7.5);
    assert.equal(await secondsOf(mp4(longBox('mdat', Buffer.alloc(5000)), box('free'), movie())), 7.5);
    assert.equal(await secondsOf(mp4(longMovie(1000, 12_345n))), 12.345);
  });

  test('is read in WebM files, whatever unit they count in', async () => {
    assert.equal(await secondsOf(webm(element('4489', float(2500)))), 2.5);
    assert.equal(await secondsOf(webm(element('2ad7b1', u32(1_000_000_000)), element('4489', float(90)))), 90);
  });

  test('is not known when the file does not say it or is something else', async () => {
    const unknown = [
      mp4(movie({ length: 0 })),
      mp4(movie({ length: 0xffff_ffff })),
      mp4(movie({ scale: 0 })),
      mp4(longMovie(1000, 0xffff_ffff_ffff_ffffn)),
      mp4(box('mdat', Buffer.alloc(50))),
      webm(),
      Buffer.from('ID3 a recording in another format'),
      Buffer.alloc(0),
    ];
    for (const file of unknown) assert.equal(await secondsOf(file), null);
  });

  test('is looked for in a bounded number of places, also in files that are made to lead astray', async () => {
    let reads = 0;
    const endless = async (_offset: number, length: number) => {
      reads += 1;
      return box('free', Buffer.alloc(length)).subarray(0, length);
    };
    assert.equal(await readMediaSeconds(endless), null);
    assert.ok(reads < 2000, `${reads} reads`);
    const start = fc.constantFrom(mp4(), webm(), Buffer.from('1a45dfa3', 'hex'));
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (head, tail) => {
        const seconds = await secondsOf(Buffer.concat([head, tail]));
        assert.ok(seconds === null || seconds > 0);
      }),
    );
  });
});

test('a film that lies in a course brings its length, unless the author gave it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'stoa-film-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'README.md'), '# Films\n\nTwo films.\n');
  await writeFile(join(folder, 'film.mp4'), mp4(movie({ length: 36_000 })));
  await writeFile(join(folder, '01-own.md'), '---\ntitle: Own\nvideo: film.mp4\nduration: 20m\n---\n\nLong text.\n');
  await writeFile(join(folder, '02-said.md'), '---\ntitle: Said\nvideo: film.mp4\nmediaDuration: 50s\n---\n\nText.\n');
  const source = { path: folder, format: 'markdown' as const, workFolder: join(folder, 'work') };
  const course = await readSource(source, { seconds: 60, memoryMb: 256 });
  const lengths = course.modules
    .flatMap((module) => module.lessons)
    .map(({ durationSeconds, content }) => {
      const video = content.content.find((block) => block.type === 'video');
      return [durationSeconds, video?.attrs.durationSeconds];
    });
  assert.deepEqual(lengths, [
    [1200, 60],
    [50, 50],
  ]);
});
