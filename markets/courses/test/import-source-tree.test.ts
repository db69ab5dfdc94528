import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import tar, { type Header } from 'tar-stream';
import { ImportError, type ImportErrorCode } from '../src/import/import-error.ts';
import { type ArchiveLimits, openArchive, openFolder } from '../src/import/source-tree.ts';

const base = await mkdtemp(join(tmpdir(), 'stoa-source-tree-'));
after(() => rm(base, { recursive: true, force: true }));
let counter = 0;
type TarHeader = Partial<Header> & Pick<Header, 'name'>;

async function freshFolder(): Promise<string> {
  counter += 1;
  const folder = join(base, String(counter), 'into');
  await mkdir(folder, { recursive: true });
  return folder;
}

async function* chunked(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function tarOf(entries: [TarHeader, (string | Buffer)?][]): Promise<Buffer> {
  const pack = tar.pack();
  for (const [header, content] of entries) pack.entry(header, content ?? '');
  pack.finalize();
  return buffer(pack);
}
const tarGz = async (entries: [TarHeader, (string | Buffer)?][]) => gzipSync(await tarOf(entries));

type ZipEntry = {
  name: string;
  content?: string | Buffer;
  mode?: number;
  flags?: number;
  method?: number;
  statedBytes?: number;
  extra?: Buffer;
};

/** A zip writer that writes what it is told, honest or not. */
function zipOf(entries: ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'utf8');
    const plain = Buffer.from(entry.content ?? '');
    const method = entry.method ?? 8;
    const packed = method === 8 ? deflateRawSync(plain) : plain;
    const flags = 0x800 | (entry.flags ?? 0);
    const size = entry.statedBytes ?? plain.length;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc32(plain), 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(name.length, 26);
    locals.push(local, name, packed);
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    header.writeUInt16LE(0x0314, 4);
    header.writeUInt16LE(20, 6);
    header.writeUInt16LE(flags, 8);
    header.writeUInt16LE(method, 10);
    header.writeUInt32LE(crc32(plain), 16);
    header.writeUInt32LE(packed.length, 20);
    header.writeUInt32LE(size, 24);
    header.writeUInt16LE(name.length, 28);
    header.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    header.writeUInt32LE(offset, 42);
    central.push(header, name);
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

async function refused(archive: Buffer, code: ImportErrorCode, limits: Partial<ArchiveLimits> = {}) {
  const into = await freshFolder();
  await assert.rejects(openArchive(chunked(archive), { into, limits }), (error) => {
    assert.ok(error instanceof ImportError, String(error));
    assert.equal(error.code, code, error.message);
    return true;
  });
  assert.deepEqual(await readdir(into), [], 'a refused archive leaves nothing behind');
  assert.deepEqual(await readdir(join(into, '..')), ['into'], 'nothing is written outside');
}

const hostileNames: [string, string][] = [
  ['climbs out', '../evil.txt'],
  ['climbs out in the middle', 'a/../../evil.txt'],
  ['ends in two dots', 'a/..'],
  ['is absolute', '/etc/evil.txt'],
  ['starts with a drive letter', 'C:/evil.txt'],
  ['starts with a drive letter and no slash', 'c:evil.txt'],
  ['has backslashes', '..\\evil.txt'],
  ['has a line break', 'a\nb.txt'],
  ['has a delete character', 'a\u007fb.txt'],
  ['has a segment longer than file systems allow', `${'x'.repeat(300)}.txt`],
  ['is longer than a thousand characters', `${'abcdefgh/'.repeat(200)}x.txt`],
];

for (const [what, name] of hostileNames) {
  test(`a tar.gz with a name that ${what} is refused`, async () => {
    await refused(
      await tarGz([
        [{ name: 'good.txt' }, 'good'],
        [{ name }, 'evil'],
      ]),
      'archive_unsafe',
    );
  });
  test(`a zip with a name that ${what} is refused`, async () => {
    await refused(
      zipOf([
        { name: 'good.txt', content: 'good' },
        { name, content: 'evil' },
      ]),
      'archive_unsafe',
    );
  });
}

test('a zip with a NUL in a name is refused', async () => {
  await refused(zipOf([{ name: 'a\0.txt', content: 'evil' }]), 'archive_unsafe');
});

for (const type of ['symlink', 'link', 'character-device', 'block-device', 'fifo'] as const) {
  test(`a tar.gz with a ${type} is refused`, async () => {
    await refused(await tarGz([[{ name: 'x', type, linkname: '/etc/passwd' }]]), 'archive_unsafe');
  });
}

test('a link followed by a file through it is refused before the file', async () => {
  const archive = await tarGz([[{ name: 'dir', type: 'symlink', linkname: '..' }], [{ name: 'dir/evil.txt' }, 'evil']]);
  await refused(archive, 'archive_unsafe');
});

test('a zip with a symbolic link is refused', async () => {
  await refused(zipOf([{ name: 'x', content: '/etc/passwd', mode: 0o120777 }]), 'archive_unsafe');
});

test('a zip with a device is refused', async () => {
  await refused(zipOf([{ name: 'x', mode: 0o020666 }]), 'archive_unsafe');
});

for (const [what, first, second] of [
  ['the same name twice', 'a.txt', 'a.txt'],
  ['names that differ by case', 'a/Read.txt', 'A/read.TXT'],
  ['names that differ by normal form', 'caf\u00e9.txt', 'cafe\u0301.txt'],
  ['names that differ by empty segments', 'a/b.txt', 'a//./b.txt'],
  ['a file that is also a folder', 'a', 'a/b.txt'],
  ['a folder that is also a file', 'a/b.txt', 'A'],
] as const) {
  test(`a tar.gz with ${what} is refused`, async () => {
    await refused(
      await tarGz([
        [{ name: first }, '1'],
        [{ name: second }, '2'],
      ]),
      'archive_unsafe',
    );
  });
  test(`a zip with ${what} is refused`, async () => {
    await refused(
      zipOf([
        { name: first, content: '1' },
        { name: second, content: '2' },
      ]),
      'archive_unsafe',
    );
  });
}

test('an archive with more entries than allowed is refused, folders included', async () => {
  const entries = Array.from({ length: 6 }, (_, i): [TarHeader] => [{ name: `d${i}`, type: 'directory' }]);
  await refused(await tarGz(entries), 'archive_too_large', { files: 5 });
  await refused(zipOf(Array.from({ length: 6 }, (_, i) => ({ name: `${i}` }))), 'archive_too_large', { files: 5 });
});

test('an archive that unpacks to more bytes than allowed is refused', async () => {
  const content = Buffer.alloc(50_000, 'abc');
  await refused(await tarGz([[{ name: 'a' }, content]]), 'archive_too_large', { unpackedBytes: 40_000 });
  await refused(zipOf([{ name: 'a', content }]), 'archive_too_large', { unpackedBytes: 40_000 });
});

test('an archive that is itself bigger than allowed is refused', async () => {
  const content = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 251));
  await refused(await tarGz([[{ name: 'a' }, content]]), 'archive_too_large', { archiveBytes: 100 });
  await refused(zipOf([{ name: 'a', content }]), 'archive_too_large', { archiveBytes: 100 });
});

test('a compression bomb is refused by its ratio, long before the byte limit', async () => {
  const content = Buffer.alloc(40 * 1024 * 1024);
  await refused(await tarGz([[{ name: 'a' }, content]]), 'archive_too_large');
  await refused(zipOf([{ name: 'a', content }]), 'archive_too_large');
});

test('a tar whose long-name header asks for megabytes of memory is refused', async () => {
  const size = 8 * 1024 * 1024;
  const [header] = [await tarOf([[{ name: '././@LongLink', type: 'file', size: 0 }]])];
  const block = Buffer.from(header.subarray(0, 512));
  block.write(`${size.toString(8).padStart(11, '0')} `, 124, 'latin1');
  block.write('L', 156, 'latin1');
  block.write('        ', 148, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  await refused(gzipSync(Buffer.concat([block, Buffer.alloc(size, 'a'), header])), 'archive_unreadable');
});

test('a file that is no archive, an empty one and a lone gzip of text are unreadable', async () => {
  await refused(Buffer.from('<html>not an archive</html>'), 'archive_unreadable');
  await refused(Buffer.alloc(0), 'archive_unreadable');
  await refused(gzipSync(Buffer.from('just text'.repeat(200))), 'archive_unreadable');
  await refused(Buffer.from('PK\x03\x04 and then nothing'), 'archive_unreadable');
  await refused(Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), 'archive_unreadable');
});

test('a truncated archive is unreadable', async () => {
  const whole = await tarGz([[{ name: 'a' }, Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * i) % 256))]]);
  await refused(whole.subarray(0, whole.length >> 1), 'archive_unreadable');
  const zip = zipOf([{ name: 'a', content: 'hello' }]);
  await refused(zip.subarray(0, zip.length - 10), 'archive_unreadable');
});

test('an encrypted zip is unreadable', async () => {
  await refused(zipOf([{ name: 'a', content: 'x', flags: 1 }]), 'archive_unreadable');
});

test('a zip that lies about sizes or uses an unknown method is unreadable', async () => {
  await refused(zipOf([{ name: 'a', content: Buffer.alloc(5000, 'a'), statedBytes: 10 }]), 'archive_unreadable');
  await refused(zipOf([{ name: 'a', content: 'x', method: 99 }]), 'archive_unreadable');
});

test('an honest tar.gz and zip give the same tree, with archives inside left as files', async () => {
  const inner = zipOf([{ name: '../evil.txt', content: 'evil' }]);
  const fromTar = await openArchive(
    chunked(
      await tarGz([
        [{ name: './course/', type: 'directory' }],
        [{ name: './course/course.xml' }, '<course/>'],
        [{ name: 'course/static/Bild äö.png' }, 'png'],
        [{ name: 'course/static/inner.zip' }, inner],
      ]),
      7,
    ),
    { into: await freshFolder() },
  );
  const fromZip = await openArchive(
    chunked(
      zipOf([
        { name: 'course/', mode: 0o040755 },
        { name: 'course/course.xml', content: '<course/>' },
        { name: 'course/static/Bild äö.png', content: 'png', method: 0 },
        { name: 'course/static/inner.zip', content: inner },
      ]),
      7,
    ),
    { into: await freshFolder() },
  );
  for (const tree of [fromTar, fromZip]) {
    assert.deepEqual(await tree.list(), ['course/course.xml', 'course/static/Bild äö.png', 'course/static/inner.zip']);
    assert.equal(Buffer.from(await tree.read('course/course.xml')).toString(), '<course/>');
    assert.equal(await tree.size('course/static/inner.zip'), inner.length);
    assert.equal((await buffer(tree.open('course/static/Bild äö.png'))).toString(), 'png');
    assert.equal(await tree.exists('../evil.txt'), false);
    assert.equal(await tree.exists('course/static/inner.zip'), true);
    await assert.rejects(tree.read('course/static/inner.zip', 3), { code: 'source_file_too_large' });
    await assert.rejects(tree.read('/etc/passwd'), { code: 'source_missing' });
  }
});

test('an archive can be opened from a file on disk', async () => {
  const into = await freshFolder();
  const path = join(into, 'course.tar.gz');
  await writeFile(path, await tarGz([[{ name: 'course.xml' }, '<course/>']]));
  const tree = await openArchive(path, { into });
  assert.deepEqual(await tree.list(), ['course.xml']);
  await assert.rejects(openArchive(join(into, 'absent.zip'), { into }), { code: 'archive_unreadable' });
});

test('a folder lists its regular files and never follows symbolic links', async () => {
  const folder = await freshFolder();
  await mkdir(join(folder, 'html'));
  await writeFile(join(folder, 'course.xml'), '<course/>');
  await writeFile(join(folder, 'html', 'a.html'), '<p>a</p>');
  await writeFile(join(folder, '..', 'secret.txt'), 'secret');
  await symlink(join(folder, '..', 'secret.txt'), join(folder, 'html', 'link.html'));
  await symlink(join(folder, '..'), join(folder, 'up'));
  const tree = openFolder(folder);
  assert.deepEqual(await tree.list(), ['course.xml', 'html/a.html']);
  assert.equal(await tree.exists('html/link.html'), false);
  await assert.rejects(tree.read('up/secret.txt'), { code: 'source_missing' });
  await assert.rejects(tree.read('../secret.txt'), { code: 'source_missing' });
  await assert.rejects(openFolder(join(folder, 'absent')).list(), { code: 'source_missing' });
});
