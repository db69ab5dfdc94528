import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { listenForFields } from '../src/app/bff/studio/typed-before-file.ts';

const names = ['title', 'module'];

function streamOf(pieces: Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const left = pieces.values();
  return new ReadableStream({
    pull: (controller) => {
      const { value } = left.next();
      if (value) controller.enqueue(value);
      else controller.close();
    },
  });
}

/** A form as a browser sends it, in pieces of so many bytes. */
async function formOf(parts: [name: string, value: string | File][], pieceBytes = 1024) {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  const sent = new Response(form);
  const type = sent.headers.get('content-type');
  const content = Buffer.from(await sent.arrayBuffer());
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < content.length; at += pieceBytes) {
    pieces.push(new Uint8Array(content.subarray(at, at + pieceBytes)));
  }
  return { type, content, body: streamOf(pieces) };
}
const fileOf = (bytes: number) => new File([new Uint8Array(randomBytes(bytes))], 'film.mp4', { type: 'video/mp4' });

test('what was typed before a file is read while the form passes by, which arrives as it was', async () => {
  for (const [bytes, pieceBytes] of [
    [10, 1],
    [10, 100_000],
    [300_000, 7],
    [300_000, 65_536],
  ] as const) {
    const title = 'Fotosíntese: “luz” & água\r\n--- 🌱';
    const form = await formOf(
      [
        ['title', title],
        ['module', 'Plantas'],
        ['other', 'x'],
        ['file', fileOf(bytes)],
      ],
      pieceBytes,
    );
    const heard = listenForFields(form.body, { contentType: form.type, names });
    assert.deepEqual(Buffer.from(await new Response(heard.body).arrayBuffer()), form.content);
    assert.deepEqual(await heard.typed(), { title, module: 'Plantas' }, `${bytes} bytes in pieces of ${pieceBytes}`);
  }
});

test('what was typed is known, too, when the rest of the form is not waited for', async () => {
  const form = await formOf([
    ['title', 'Seen'],
    ['module', 'Films'],
    ['file', fileOf(300_000)],
  ]);
  const heard = listenForFields(form.body, { contentType: form.type, names });
  const reader = heard.body.getReader();
  await reader.read();
  await reader.cancel();
  assert.deepEqual(await heard.typed(), { title: 'Seen', module: 'Films' });
});

test('what is no such form, or says more than people type, is passed on and taken for nothing', async () => {
  const long = await formOf([
    ['title', 'x'.repeat(400)],
    ['module', 'Films'],
    ['file', fileOf(10)],
  ]);
  const cases: [content: string | Buffer, contentType: string | null, typed: object][] = [
    ['{}', 'application/json', {}],
    ['--x\r\nbroken', 'multipart/form-data; boundary=x', {}],
    ['--x\r\nbroken\r\n--x--\r\n', 'multipart/form-data; boundary=x', {}],
    ['', 'multipart/form-data; boundary=x', {}],
    ['--x', 'multipart/form-data', {}],
    ['--x', null, {}],
    [long.content, long.type, { title: 'x'.repeat(300), module: 'Films' }],
  ];
  for (const [content, contentType, typed] of cases) {
    const body = streamOf([new Uint8Array(Buffer.from(content))]);
    const heard = listenForFields(body, { contentType, names });
    assert.deepEqual(Buffer.from(await new Response(heard.body).arrayBuffer()), Buffer.from(content));
    assert.deepEqual(await heard.typed(), typed, String(contentType));
  }
});
