import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { isWholePicture } from '../src/whole-picture.ts';
import { pictures } from './pictures.ts';

/** Bytes without any order, the same in every run. */
const noise = Buffer.concat(Array.from({ length: 64 }, (_, n) => createHash('sha256').update(`${n}`).digest()));

for (const [kind, whole] of Object.entries(pictures)) {
  test(`a ${kind} is taken, also with something appended`, () => {
    assert.ok(isWholePicture(whole));
    assert.ok(isWholePicture(Buffer.concat([whole, Buffer.from('made with a camera')])));
  });

  test(`a ${kind} that is cut off is refused, wherever that is`, () => {
    // A GIF without its last byte, which only says that it ends, is shown by every browser.
    const last = whole.length - (kind === 'gif' ? 1 : 0);
    for (let length = 0; length < last; length += 1)
      assert.ok(!isWholePicture(whole.subarray(0, length)), `${length} of ${whole.length} bytes`);
  });

  test(`the first bytes of a ${kind} before something else are refused`, () => {
    for (const kept of [4, 8, 12, 16])
      for (const rest of [noise, Buffer.alloc(2000), Buffer.from('no picture at all. '.repeat(100))])
        assert.ok(!isWholePicture(Buffer.concat([whole.subarray(0, kept), rest])), `${kept} bytes`);
  });
}

/** The same bytes with others at a place. */
function changed(whole: Buffer, at: number, ...bytes: number[]): Buffer {
  const copy = Buffer.from(whole);
  copy.set(bytes, at);
  return copy;
}

test('a picture without a width, or with damaged parts, is refused', () => {
  const { png, jpeg, webp, gif, avif } = pictures;
  assert.ok(!isWholePicture(changed(png, 16, 0, 0, 0, 0)), 'and the sum of its header is wrong');
  assert.ok(!isWholePicture(changed(png, png.indexOf('IDAT') + 6, 0xff, 0xff)), 'pixels with a wrong sum');
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  assert.ok(frame > 0);
  assert.ok(!isWholePicture(changed(jpeg, frame + 7, 0, 0)));
  assert.ok(!isWholePicture(changed(jpeg, frame + 5, 0, 0)));
  assert.ok(!isWholePicture(changed(jpeg, frame, 0xff, 0xfe)), 'a scan of which no size was told');
  const code = webp.indexOf(Buffer.from([0x9d, 0x01, 0x2a]));
  assert.ok(code > 0);
  assert.ok(!isWholePicture(changed(webp, code + 3, 0, 0)));
  assert.ok(!isWholePicture(changed(webp, code, 0)));
  const image = gif.indexOf(','.charCodeAt(0), 13 + 6);
  assert.ok(!isWholePicture(changed(gif, image + 5, 0, 0)));
  assert.ok(!isWholePicture(changed(avif, avif.indexOf('ispe') + 8, 0, 0, 0, 0)));
  assert.ok(!isWholePicture(changed(avif, avif.indexOf('mdat'), 0x66, 0x72, 0x65, 0x65)));
});

test('what is no picture of ours is refused', () => {
  for (const text of ['', 'x', '<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.7', 'RIFF\0\0\0\0WAVE'])
    assert.ok(!isWholePicture(Buffer.from(text)), text);
});
