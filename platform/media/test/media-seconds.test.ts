import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { mediaSeconds } from '../src/length/media-seconds.ts';

type Watched = { seconds: number | null; reads: number; bytes: number };
async function watch(size: number, file: (offset: number, length: number) => Uint8Array): Promise<Watched> {
  const watched: Watched = { seconds: null, reads: 0, bytes: 0 };
  watched.seconds = await mediaSeconds(size, async (offset, length) => {
    watched.reads += 1;
    watched.bytes += length;
    return file(offset, length);
  });
  return watched;
}
const secondsOf = async (file: Uint8Array) =>
  (await watch(file.length, (offset, length) => file.subarray(offset, offset + length))).seconds;

const u16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer).swap32();
const u64 = (value: bigint) => Buffer.from(BigUint64Array.of(value).buffer).swap64();
const le32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
const box = (type: string, ...content: Buffer[]) => {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type), body]);
};
/** A box that states its size in 64 bits. */
const longBox = (type: string, content: Buffer) =>
  Buffer.concat([u32(1), Buffer.from(type), u64(BigInt(content.length + 16)), content]);
const movieHeader = (scale: number, length: number) =>
  box('mvhd', u32(0), u32(0), u32(0), u32(scale), u32(length), Buffer.alloc(80));
const movie = ({ scale = 600, length = 4500 } = {}) => box('moov', movieHeader(scale, length), box('trak'));
const longMovie = (scale: number, length: bigint) =>
  box('moov', box('mvhd', u32(0x0100_0000), u64(0n), u64(0n), u32(scale), u64(length), Buffer.alloc(80)));
const mp4 = (...boxes: Buffer[]) => Buffer.concat([box('ftyp', Buffer.from('isom0000')), ...boxes]);
const track = (id: number, scale: number) =>
  box(
    'trak',
    box('tkhd', u32(0), u32(0), u32(0), u32(id), Buffer.alloc(64)),
    box('mdia', box('mdhd', u32(0), u32(0), u32(0), u32(scale), u32(0), Buffer.alloc(12))),
  );
const fragmented = (...extends_: Buffer[]) =>
  box(
    'moov',
    movieHeader(1000, 0),
    track(1, 48_000),
    box('mvex', ...extends_, box('trex', u32(0), u32(1), u32(1), u32(1024), Buffer.alloc(8))),
  );
const fragment = (start: number, samples: number) =>
  box(
    'moof',
    box('traf', box('tfhd', u32(0), u32(1)), box('tfdt', u32(0), u32(start)), box('trun', u32(0), u32(samples))),
  );

const element = (id: string, content: Buffer) =>
  Buffer.concat([Buffer.from(id, 'hex'), u32(0x1000_0000 + content.length), content]);
const float = (value: number) => Buffer.from(Float64Array.of(value).buffer).swap64();
const webm = (info: Buffer[], ...clusters: Buffer[]) =>
  Buffer.concat([
    element('1a45dfa3', Buffer.alloc(20)),
    // A segment of unknown length, as recorders in browsers write it.
    Buffer.from('1853806701ffffffffffffff', 'hex'),
    element('114d9b74', Buffer.alloc(40)),
    element('1549a966', Buffer.concat(info)),
    ...clusters,
  ]);
const cluster = (time: number, ...blocks: number[]) =>
  Buffer.concat([
    Buffer.from('1f43b67501ffffffffffffff', 'hex'),
    element('e7', u16(time)),
    ...blocks.map((at) => element('a3', Buffer.concat([Buffer.from([0x81]), u16(at), Buffer.alloc(20)]))),
  ]);

/** Layer III, 44 100 Hz, mono: 1152 samples in 417 bytes at 128 kbit/s, in 208 at 64. */
const mp3Frame = (kilobits: 64 | 128, content = Buffer.alloc(0)) => {
  const head = Buffer.from([0xff, 0xfb, kilobits === 128 ? 0x90 : 0x50, 0xc0]);
  return Buffer.concat([head, content, Buffer.alloc(kilobits === 128 ? 417 : 208)]).subarray(
    0,
    kilobits === 128 ? 417 : 208,
  );
};
const repeated = (count: number, part: Buffer) => Buffer.concat(Array.from({ length: count }, () => part));
const perFrame = 1152 / 44_100;
const isAbout = (got: number | null, wanted: number, tolerance = 0.05) =>
  assert.ok(got !== null && Math.abs(got - wanted) <= tolerance, `${got} is not about ${wanted}`);

const chunk = (id: string, content: Buffer, size = content.length) =>
  Buffer.concat([Buffer.from(id), le32(size), content]);
const pcm = Buffer.from('01000100401f0000803e000002001000', 'hex');
const wave = (...chunks: Buffer[]) => Buffer.concat([Buffer.from('RIFF'), le32(0), Buffer.from('WAVE'), ...chunks]);

const oggPage = (options: { serial: number; samples: bigint; first?: boolean }, content: Buffer) => {
  const head = Buffer.alloc(27);
  head.write('OggS');
  head[5] = options.first ? 2 : 0;
  head.writeBigInt64LE(options.samples, 6);
  head.writeUInt32LE(options.serial, 14);
  head[26] = 1;
  return Buffer.concat([head, Buffer.from([content.length]), content]);
};
const opusHead = Buffer.concat([Buffer.from('OpusHead'), Buffer.from([1, 1, 0x38, 1]), Buffer.alloc(7)]);

describe('the length of a film', () => {
  test('is read in MP4 files, wherever the header lies', async () => {
    assert.equal(await secondsOf(mp4(movie(), box('mdat', Buffer.alloc(5000)))), 7.5);
    assert.equal(await secondsOf(mp4(longBox('mdat', Buffer.alloc(5000)), box('free'), movie())), 7.5);
    assert.equal(await secondsOf(mp4(longMovie(1000, 12_345n))), 12.345);
  });

  test('is read in MP4 files in fragments: in the header, in the index, in the last fragment', async () => {
    const said = mp4(fragmented(box('mehd', u32(0), u32(8500))), fragment(0, 10));
    assert.equal(await secondsOf(said), 8.5);
    const reference = (ticks: number) => Buffer.concat([u32(1000), u32(ticks), u32(0)]);
    const head = Buffer.concat([u32(0), u32(1), u32(1000), u32(0), u32(0), u16(0), u16(2)]);
    assert.equal(
      await secondsOf(mp4(fragmented(), box('sidx', head, reference(4000), reference(2500)), fragment(0, 1))),
      6.5,
    );
    const walked = mp4(fragmented(), fragment(0, 100), box('mdat', Buffer.alloc(40_000)), fragment(480_000, 100));
    isAbout(await secondsOf(walked), 10 + (100 * 1024) / 48_000, 0.001);
    const at = walked.length - fragment(480_000, 100).length;
    const table = Buffer.concat([u32(0), u32(1), u32(0), u32(1), u32(480_000), u32(at), Buffer.from([1, 1, 1])]);
    const size = 8 + 8 + table.length + 16;
    const indexed = Buffer.concat([walked, box('mfra', box('tfra', table), box('mfro', u32(0), u32(size)))]);
    isAbout(await secondsOf(indexed), 10 + (100 * 1024) / 48_000, 0.001);
  });

  test('is read in WebM files, whatever unit they count in', async () => {
    assert.equal(await secondsOf(webm([element('4489', float(2500))])), 2.5);
    assert.equal(await secondsOf(webm([element('2ad7b1', u32(1_000_000_000)), element('4489', float(90))])), 90);
  });

  test('is where the last picture begins in recordings of browsers, which say no length', async () => {
    assert.equal(await secondsOf(webm([], cluster(0, 0, 40), cluster(5000, 0, 33, 700, 680))), 5.7);
    const filler = element('a3', Buffer.concat([Buffer.from([0x81]), u16(20), Buffer.alloc(300_000)]));
    assert.equal(await secondsOf(webm([], cluster(0), cluster(9000, 10), filler)), 9.02);
  });

  test('is not known when the file does not say it or is something else', async () => {
    const unknown = [
      mp4(movie({ length: 0 })),
      mp4(movie({ length: 0xffff_ffff })),
      mp4(movie({ scale: 0 })),
      mp4(longMovie(1, 0x0fff_ffff_ffff_ffffn)),
      mp4(longMovie(1000, 0xffff_ffff_ffff_ffffn)),
      mp4(box('mdat', Buffer.alloc(50))),
      mp4(fragmented()),
      webm([]),
      Buffer.from('ID3 a recording in another format'),
      Buffer.alloc(0),
      Buffer.alloc(100_000, 0xff),
    ];
    for (const file of unknown) assert.equal(await secondsOf(file), null);
  });
});

describe('the length of a recording', () => {
  test('of MP3 follows from its bytes when it keeps one bit rate, tags left out', async () => {
    isAbout(await secondsOf(repeated(500, mp3Frame(128))), 500 * perFrame);
    isAbout(await secondsOf(repeated(40, mp3Frame(64))), 40 * perFrame);
    const id3 = Buffer.concat([
      Buffer.from('ID3\u0004\u0000\u0000'),
      Buffer.from([0, 2, 0, 0]),
      Buffer.alloc(32_768, 0xff),
    ]);
    const trailer = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)]);
    isAbout(await secondsOf(Buffer.concat([id3, repeated(500, mp3Frame(128)), trailer])), 500 * perFrame, 0.05);
  });

  test('of MP3 with changing bit rates is what its header counts, else what its frames add up to', async () => {
    const count = (name: string, side: number, ...rest: Buffer[]) =>
      mp3Frame(128, Buffer.concat([Buffer.alloc(side), Buffer.from(name), ...rest]));
    const sound = Buffer.concat([repeated(300, mp3Frame(64)), repeated(200, mp3Frame(128))]);
    isAbout(await secondsOf(Buffer.concat([count('Xing', 17, u32(1), u32(500)), sound])), 500 * perFrame);
    isAbout(await secondsOf(Buffer.concat([count('Info', 17, u32(1), u32(500)), sound])), 500 * perFrame);
    isAbout(await secondsOf(Buffer.concat([count('VBRI', 32, Buffer.alloc(10), u32(500)), sound])), 500 * perFrame);
    const mixed = Buffer.concat([
      repeated(30, mp3Frame(128)),
      repeated(300, mp3Frame(64)),
      repeated(200, mp3Frame(128)),
    ]);
    isAbout(await secondsOf(mixed), 530 * perFrame);
  });

  test('of WAV is its bytes of sound by the bytes of a second, also where a recorder left no size', async () => {
    const sound = Buffer.alloc(40_000);
    assert.equal(await secondsOf(wave(chunk('fmt ', pcm), chunk('data', sound))), 2.5);
    assert.equal(
      await secondsOf(
        wave(chunk('LIST', Buffer.from('odd')), Buffer.alloc(1), chunk('fmt ', pcm), chunk('data', sound)),
      ),
      2.5,
    );
    for (const size of [0, 0xffff_ffff, 0x7fff_0000]) {
      assert.equal(await secondsOf(wave(chunk('fmt ', pcm), chunk('data', sound, size))), 2.5);
    }
    assert.equal(await secondsOf(wave(chunk('data', sound))), null);
  });

  test('of Ogg is what the last page of its sound counts', async () => {
    const opus = (...rest: Buffer[]) =>
      Buffer.concat([oggPage({ serial: 7, samples: 0n, first: true }, opusHead), ...rest]);
    const last = oggPage({ serial: 7, samples: 96_312n }, Buffer.alloc(200));
    assert.equal(await secondsOf(opus(last)), 2);
    const silent = oggPage({ serial: 7, samples: -1n }, Buffer.alloc(200));
    assert.equal(
      await secondsOf(opus(last, repeated(400, silent), oggPage({ serial: 9, samples: 999_999n }, Buffer.alloc(9)))),
      2,
    );
    assert.equal(await secondsOf(opus(silent)), null);
  });
});

describe('measuring', () => {
  const hostile: Record<string, { start: Buffer; fill: Buffer }> = {
    'an MP4 of nothing but empty boxes': { start: mp4(), fill: box('free') },
    'an MP4 of indexes that claim 65 535 entries': {
      start: mp4(fragmented()),
      fill: box('sidx', u32(0), u32(1), u32(1000), u32(0), u32(0), u16(0), u16(65_535)),
    },
    'an MP4 of tracks': {
      start: Buffer.concat([mp4(), u32(0x7fff_ffff), Buffer.from('moov')]),
      fill: box('trak', box('mdia')),
    },
    'a WebM of clusters that are none': { start: webm([]), fill: Buffer.from('1f43b67581', 'hex') },
    'an MP3 whose bit rate changes all the time': {
      start: mp3Frame(128),
      fill: Buffer.concat([mp3Frame(64), mp3Frame(128)]),
    },
    'a WAV of small chunks': { start: wave(chunk('fmt ', pcm)), fill: chunk('LIST', Buffer.alloc(0)) },
    'an Ogg of beginnings': {
      start: oggPage({ serial: 1, samples: 0n, first: true }, opusHead),
      fill: oggPage({ serial: 2, samples: 0n, first: true }, opusHead),
    },
    'a file of sync bits': { start: Buffer.alloc(12, 0xff), fill: Buffer.from('fffb90c0', 'hex') },
  };
  for (const [name, { start, fill }] of Object.entries(hostile)) {
    test(`gives up on ${name} after bounded work`, async () => {
      const size = 4 * 1024 ** 3;
      const tile = repeated(Math.ceil((512 * 1024) / fill.length), fill);
      const cpu = process.cpuUsage();
      const { reads, bytes } = await watch(size, (offset, length) => {
        const from = offset < start.length ? 0 : (offset - start.length) % fill.length;
        const content = tile.subarray(from, from + length);
        return offset < start.length ? Buffer.concat([start.subarray(offset), content]).subarray(0, length) : content;
      });
      const used = process.cpuUsage(cpu).user / 1e6;
      assert.ok(reads <= 4096 && bytes <= 64 * 1024 * 1024, `${reads} reads, ${bytes} bytes`);
      assert.ok(used < 20, `${used} seconds of work`);
    });
  }

  test('never fails on a file that is cut off, changed or random', async () => {
    const real = [
      mp4(movie(), box('mdat')),
      mp4(fragmented(), fragment(0, 100), fragment(480_000, 100)),
      webm([element('4489', float(2500))], cluster(0, 0, 40)),
      webm([], cluster(0, 0, 40)),
      repeated(5, mp3Frame(128)),
      wave(chunk('fmt ', pcm), chunk('data', Buffer.alloc(100))),
      Buffer.concat([
        oggPage({ serial: 7, samples: 0n, first: true }, opusHead),
        oggPage({ serial: 7, samples: 96_000n }, Buffer.alloc(20)),
      ]),
    ];
    const damaged = fc.record({
      file: fc.constantFrom(...real),
      cut: fc.nat(600),
      changes: fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 8 }),
      tail: fc.uint8Array({ maxLength: 200 }),
    });
    await fc.assert(
      fc.asyncProperty(damaged, async ({ file, cut, changes, tail }) => {
        const bytes = Buffer.concat([file.subarray(0, Math.max(4, file.length - cut)), tail]);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        const seconds = await secondsOf(bytes);
        assert.ok(seconds === null || (seconds > 0 && seconds <= 10_000_000));
      }),
      { numRuns: 3000 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000, size: 'max' }), async (bytes) => {
        assert.ok(((await secondsOf(bytes)) ?? 1) > 0);
      }),
    );
  });
});

const made: Record<string, string[]> = {
  'cbr.mp3': ['-b:a', '64k', '-write_xing', '0'],
  'info.mp3': ['-b:a', '64k'],
  'vbr.mp3': ['-q:a', '4'],
  'vbr-without-header.mp3': ['-q:a', '4', '-write_xing', '0'],
  'low.mp3': ['-ar', '22050', '-ac', '1', '-b:a', '32k', '-id3v2_version', '3', '-metadata', 'title=Tone'],
  'layer2.mp2': ['-b:a', '128k'],
  'pcm.wav': [],
  'adpcm.wav': ['-c:a', 'adpcm_ms'],
  'long.wav': ['-rf64', 'always'],
  'vorbis.ogg': ['-c:a', 'libvorbis'],
  'opus.ogg': ['-c:a', 'libopus'],
  'flac.ogg': ['-c:a', 'flac'],
  'sound.m4a': [],
  'film.mp4': [],
  'film.mov': [],
  'fragments.mp4': ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'],
  'fragments-without-table.mp4': ['-movflags', 'frag_keyframe+empty_moov+default_base_moof+skip_trailer'],
  'indexed.mp4': ['-movflags', 'dash+empty_moov+global_sidx+frag_keyframe'],
  'fragments.mov': ['-movflags', 'frag_keyframe+empty_moov'],
  'film.webm': ['-c:v', 'libvpx', '-b:v', '100k', '-c:a', 'libopus'],
  'live.webm': ['-c:v', 'libvpx', '-b:v', '100k', '-c:a', 'libopus', '-live', '1'],
  'film.mkv': [],
  'theora.ogv': ['-c:v', 'libtheora', '-c:a', 'libvorbis'],
};
test('files of a real encoder have the length that was asked of it', async (t) => {
  if (spawnSync('ffmpeg', ['-version']).status !== 0) {
    t.skip('ffmpeg is not on this machine: only the files written by hand were measured');
    return;
  }
  const encoders = execFileSync('ffmpeg', ['-hide_banner', '-encoders'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  }).toString();
  const folder = await mkdtemp(join(tmpdir(), 'stoa-lengths-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const sound = ['-f', 'lavfi', '-i', 'sine=frequency=330:duration=12.5'];
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=25:duration=12.5'];
  for (const [name, options] of Object.entries(made)) {
    const missing = options.filter(
      (option) => /^lib(vorbis|opus|vpx|theora)$/.test(option) && !encoders.includes(option),
    );
    if (missing.length > 0) {
      t.diagnostic(`${name} was not made: this ffmpeg has no ${missing.join(', ')}`);
      continue;
    }
    const isFilm = /\.(mp4|mov|webm|mkv|ogv)$/.test(name);
    const path = join(folder, name);
    const inputs = isFilm ? [...sound, ...picture, '-g', '50'] : sound;
    execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...inputs, ...options, path], { stdio: 'ignore' });
    const file = await readFile(path);
    const { seconds, bytes } = await watch(file.length, (offset, length) => file.subarray(offset, offset + length));
    await t.test(`${name}: ${seconds} s from ${bytes} of ${file.length} bytes`, () => isAbout(seconds, 12.5, 0.15));
  }
});
