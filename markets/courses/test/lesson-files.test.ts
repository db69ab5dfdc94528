import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { serviceCtx, systemIds } from '@stoa/kernel';
import { ctxOf, type Person, person } from '@stoa/kernel/testing';
import { findUsedFiles } from '../src/find-used-files.ts';
import { captionBytes } from '../src/receive-file.ts';
import { startWorld, type World } from './world.ts';

const mostBytes = 3 * 1024 * 1024;
let world: World;
let ana: Person;
before(async () => {
  world = await startWorld({ settings: { STOA_COURSE_FILE_MAX_BYTES: String(mostBytes) } });
  ana = await person({ roles: ['instructor'], name: 'Ana' });
});
after(() => world.close());

type Sent = { name?: string; type?: string; content?: Buffer };
async function post(as: Person | undefined, courseId: string, { name, type, content }: Sent = {}) {
  const form = new FormData();
  const file = new File([new Uint8Array(content ?? Buffer.from('a film'))], name ?? 'film.mp4', {
    type: type ?? 'video/mp4',
  });
  form.set('file', file);
  const request = new Request('http://stoa.test', { method: 'POST', body: form });
  return world.call('POST', `/api/courses/${courseId}/files`, {
    ...(as ? { as } : {}),
    body: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
  });
}

test('a film that its author sends arrives whole, for those who are enrolled, and plays in a lesson at its length', async () => {
  const course = await world.createCourse(ana);
  // More than one call to media takes.
  const content = randomBytes(2.5 * 1024 * 1024);
  const sha256 = createHash('sha256').update(content).digest('hex');
  world.media.seconds.set(`file/${sha256}`, 61.5);
  const sent = await post(ana, course.id, { content, name: 'Ação, take 2.mp4' });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  const { assetId, src } = sent.body;
  assert.deepEqual(sent.body, {
    assetId,
    src: `asset:${assetId}`,
    kind: 'video',
    fileName: 'Ação, take 2.mp4',
    contentType: 'video/mp4',
    bytes: content.length,
    seconds: 61.5,
  });
  const asset = world.media.assets.get(assetId);
  assert.deepEqual([asset?.ownerKind, asset?.ownerId, asset?.visibility], ['course', course.id, 'enrolled']);
  assert.ok(asset?.content.equals(content));
  assert.ok(asset && world.media.disposable.has(asset.key));
  const lesson = await world.addLesson(ana, course.id, {
    content: { type: 'doc', content: [{ type: 'video', attrs: { id: 'film', title: 'Take 2', src } }] },
  });
  assert.deepEqual([lesson.kind, lesson.durationSeconds, lesson.mediaSeconds], ['video', 62, 62]);
  assert.equal(lesson.assets[assetId].fileName, 'Ação, take 2.mp4');

  const { appended } = world.media;
  assert.equal((await post(ana, course.id, { content, name: 'again.mp4' })).body.assetId, assetId);
  assert.equal(world.media.appended, appended, 'the same bytes are not sent again');
});

test('each kind of file says which block shows it', async () => {
  const course = await world.createCourse(ana);
  const kindOf = async (name: string, type: string) =>
    (await post(ana, course.id, { name, type, content: Buffer.from(name) })).body.kind;
  assert.equal(await kindOf('a.webm', 'video/webm'), 'video');
  assert.equal(await kindOf('a.m4a', 'audio/mp4'), 'audio');
  assert.equal(await kindOf('a.PNG', 'image/png'), 'image');
  assert.equal(await kindOf('a.vtt', 'text/vtt'), 'captions');
  assert.equal(await kindOf('a.pdf', 'application/pdf'), 'file');
});

test('a file is the author’s alone to send, and refused when its kind, its size or its absence says so', async () => {
  const course = await world.createCourse(ana);
  const begun = world.media.begun.length;
  const bea = await person({ roles: ['instructor'], name: 'Bea' });
  assert.equal((await post(bea, course.id)).body.code, 'course_not_found');
  assert.equal((await post(await person(), course.id)).body.code, 'not_allowed');
  assert.equal((await post(undefined, course.id)).status, 401);
  assert.equal((await post(ana, course.id, { name: 'page.html', type: 'text/html' })).body.code, 'file_type_refused');
  assert.equal((await post(ana, course.id, { content: Buffer.alloc(0) })).body.code, 'file_missing');
  assert.equal((await post(ana, course.id, { content: Buffer.alloc(mostBytes + 1) })).body.code, 'payload_too_large');
  assert.equal(world.media.begun.length, begun, 'nothing of that reached media');
  const json = await world.call('POST', `/api/courses/${course.id}/files`, { as: ana, body: {} });
  assert.equal(json.body.code, 'unsupported_media_type');
  // What media shows it to be counts, not its name.
  assert.equal((await post(ana, course.id, { type: 'text/html' })).body.code, 'file_type_refused');
  world.media.tooLarge.add('huge.mp4');
  assert.equal((await post(ana, course.id, { name: 'huge.mp4' })).body.code, 'payload_too_large');
});

/** Puts a file into a lesson; `fields` stand before it in the form. */
async function put(
  as: Person | undefined,
  lessonId: string,
  { name, type, content, query = '', fields = {} }: Sent & { query?: string; fields?: Record<string, string> },
) {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set('file', new File([new Uint8Array(content ?? Buffer.from(name ?? ''))], name ?? '', { type: type ?? '' }));
  const request = new Request('http://stoa.test', { method: 'PUT', body: form });
  return world.call('PUT', `/api/lessons/${lessonId}/file${query}`, {
    ...(as ? { as } : {}),
    body: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
  });
}
const of = (src: string, as: string) => `?as=${as}&of=${encodeURIComponent(src)}`;

test('a lesson is given a film, its captions, its poster and another film; what was written about it stays', async () => {
  const course = await world.createCourse(ana);
  const words = { type: 'paragraph', content: [{ type: 'text', text: 'Watch closely.' }] };
  const lesson = await world.addLesson(ana, course.id, { title: 'Leaves', content: { type: 'doc', content: [words] } });
  const first = await put(ana, lesson.id, { name: 'one.mp4', type: 'video/mp4' });
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.equal(first.body.kind, 'video');
  const [, film] = first.body.content.content;
  assert.deepEqual([film.type, film.attrs.title], ['video', 'Leaves']);
  const { src } = film.attrs;
  const again = await put(ana, lesson.id, { name: 'one.mp4', type: 'video/mp4' });
  assert.equal(again.body.content.content.length, 2, 'sent twice, it is there once');

  const vtt = (text: string) => ({ name: 'said.vtt', type: 'text/vtt', content: Buffer.from(`WEBVTT\n\n${text}`) });
  await put(ana, lesson.id, { ...vtt('a'), query: `${of(src, 'captions')}&language=en` });
  await put(ana, lesson.id, { ...vtt('b'), query: of(src, 'captions'), fields: { language: 'pt-BR' } });
  await put(ana, lesson.id, { ...vtt('c'), query: of(src, 'captions'), fields: { language: 'en' } });
  const shown = await put(ana, lesson.id, { name: 'p.png', type: 'image/png', query: of(src, 'poster') });
  const { captions, posterSrc } = shown.body.content.content[1].attrs;
  assert.deepEqual(
    captions.map((one: { language: string; label: string }) => [one.language, one.label]),
    [
      ['pt-BR', 'Português (Brasil)'],
      ['en', 'English'],
    ],
  );
  const addresses = [src, posterSrc, ...captions.map((one: { src: string }) => one.src)];
  assert.deepEqual(Object.keys(shown.body.assets).sort(), addresses.map((one) => one.slice('asset:'.length)).sort());

  const drop = async (query: string) => world.call('DELETE', `/api/lessons/${lesson.id}/file${query}`, { as: ana });
  const left = async (query: string) => {
    const { attrs } = (await drop(query)).body.content.content[1];
    return [attrs.captions?.length ?? 0, attrs.posterSrc !== undefined];
  };
  const second = await put(ana, lesson.id, { name: 'two.mp4', type: 'video/mp4', query: of(src, 'content') });
  const { id, src: other, ...kept } = second.body.content.content[1].attrs;
  assert.notEqual(other, src);
  assert.equal(`asset:${id}`, other);
  assert.deepEqual(kept, { title: 'Leaves', captions, posterSrc });
  assert.deepEqual(second.body.content.content[0], words);
  const gone = await put(ana, lesson.id, { name: 'p.png', type: 'image/png', query: of(src, 'poster') });
  assert.equal(gone.body.code, 'lesson_file_not_found');

  assert.deepEqual(await left(`${of(other, 'captions')}&language=fr`), [2, true]);
  assert.deepEqual(await left(`${of(other, 'captions')}&language=en`), [1, true]);
  assert.deepEqual(await left(of(other, 'poster')), [1, false]);
  assert.deepEqual(await left(`${of(other, 'captions')}&language=pt-BR`), [0, false]);
  assert.equal((await drop(of(src, 'poster'))).body.code, 'lesson_file_not_found');
  assert.equal((await drop(of(other, 'captions'))).body.errors[0].pointer, '/language');

  const paper = await put(ana, lesson.id, { name: 'two.pdf', type: 'application/pdf', query: of(other, 'content') });
  assert.deepEqual(paper.body.content.content[1].attrs.name, 'two.pdf');
  assert.equal(paper.body.kind, 'file');
  const captioned = await put(ana, lesson.id, {
    ...vtt('d'),
    query: `${of(paper.body.content.content[1].attrs.src, 'captions')}&language=en`,
  });
  assert.equal(captioned.body.code, 'captions_without_video');
});

test('a file finds its place in a table or a box, and the lesson as somebody else leaves it meanwhile', async () => {
  const course = await world.createCourse(ana);
  const { src } = (await post(ana, course.id, { name: 'a.png', type: 'image/png', content: Buffer.from('a') })).body;
  const image = { type: 'image', attrs: { src, alt: 'A leaf', caption: 'Green', width: 10, height: 10 } };
  const box = { type: 'callout', attrs: { tone: 'tip' }, content: [image] };
  const lesson = await world.addLesson(ana, course.id, { content: { type: 'doc', content: [box] } });
  const paragraph = { type: 'paragraph', content: [{ type: 'text', text: 'Written meanwhile.' }] };
  world.media.pauseMs = 300;
  const [sent] = await Promise.all([
    put(ana, lesson.id, { name: 'b.png', type: 'image/png', query: of(src, 'content') }),
    world.call('PATCH', `/api/lessons/${lesson.id}`, {
      as: ana,
      body: { content: { type: 'doc', content: [paragraph, box] } },
    }),
  ]);
  world.media.pauseMs = 0;
  const [first, second] = sent.body.content.content;
  assert.deepEqual(first, paragraph);
  const { src: other, ...attrs } = second.content[0].attrs;
  assert.notEqual(other, src);
  assert.deepEqual(attrs, { alt: 'A leaf', caption: 'Green' });
});

test('a file becomes a lesson of its own under the names that stand before it, once', async () => {
  const course = await world.createCourse(ana);
  const add = async (sent: Sent, fields: Record<string, string>, as: Person | undefined = ana) => {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set(
      'file',
      new File([new Uint8Array(sent.content ?? Buffer.from('a'))], sent.name ?? '', { type: sent.type ?? '' }),
    );
    const request = new Request('http://stoa.test', { method: 'POST', body: form });
    return world.call('POST', `/api/courses/${course.id}/lessons/file`, {
      as,
      body: Buffer.from(await request.arrayBuffer()),
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
    });
  };
  const film = { name: 'take-2.mp4', type: 'video/mp4' };
  const names = { title: ' Take 2 ', module: 'Seen' };
  const made = await add(film, names);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const [{ type, attrs }] = made.body.content.content;
  assert.deepEqual([made.body.title, made.body.moduleTitle, made.body.kind], ['Take 2', 'Seen', 'video']);
  assert.deepEqual([type, attrs.title, attrs.src], ['video', 'Take 2', `asset:${attrs.id}`]);
  assert.equal((await add(film, names)).body.id, made.body.id);
  assert.notEqual((await add(film, { ...names, title: 'Take 3' })).body.id, made.body.id);

  const begun = world.media.begun.length;
  const refusals = async (sent: Sent, fields: Record<string, string>) => {
    const { body } = await add(sent, fields);
    return [
      body.code,
      ...(body.errors ?? []).map((one: { pointer: string; code: string }) => `${one.pointer} ${one.code}`),
    ];
  };
  assert.deepEqual(await refusals(film, { title: ' ' }), ['validation_failed', '/title required', '/module required']);
  assert.deepEqual(await refusals(film, { title: 'a'.repeat(301), module: 'a\0b' }), [
    ...['validation_failed', '/title too_long', '/module invalid'],
  ]);
  assert.deepEqual(await refusals({ name: 'a.srt', type: '' }, names), ['captions_without_video']);
  assert.deepEqual(await refusals({ name: '' }, names), ['file_missing']);
  assert.deepEqual(await refusals({ name: 'a.html', type: 'text/html' }, names), ['file_type_refused']);
  const bea = await person({ roles: ['instructor'], name: 'Bea' });
  assert.equal((await add(film, names, bea)).body.code, 'course_not_found');
  assert.equal((await add(film, names, await person())).body.code, 'not_allowed');
  assert.equal(world.media.begun.length, begun, 'nothing of that reached media');
});

test('captions that come as SubRip are kept as WebVTT, in whatever encoding they were written', async () => {
  const course = await world.createCourse(ana);
  const lesson = await world.addLesson(ana, course.id, { title: 'Film' });
  const film = await put(ana, lesson.id, { name: 'f.mp4', type: 'video/mp4' });
  const { src } = film.body.content.content[0].attrs;
  const said = '1\r\n00:00:01,000 --> 00:00:02,500\r\nAção <i>já</i>\r\n';
  const written: [language: string, content: Buffer][] = [
    ['pt-BR', Buffer.from(said)],
    ['es', Buffer.from(said, 'latin1')],
    ['en', Buffer.from(`\uFEFF${said}`, 'utf16le')],
    ['fr', Buffer.from(`\uFEFF${said}`, 'utf16le').swap16()],
  ];
  for (const [language, content] of written) {
    const query = `${of(src, 'captions')}&language=${language}`;
    const given = await put(ana, lesson.id, { name: 'Take 2.SRT', type: 'application/x-subrip', content, query });
    assert.equal(given.status, 200, JSON.stringify(given.body));
    const { captions } = given.body.content.content[0].attrs;
    const asset = world.media.assets.get(captions.at(-1).src.slice('asset:'.length));
    assert.deepEqual(
      [asset?.fileName, asset?.contentType, asset?.content.toString()],
      ['Take 2.vtt', 'text/vtt', 'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nAção <i>já</i>\n'],
      language,
    );
  }
});

test('what is no captions, no poster or nobody’s to change is refused, and says why', async () => {
  const course = await world.createCourse(ana);
  const lesson = await world.addLesson(ana, course.id, { title: 'Film' });
  const film = await put(ana, lesson.id, { name: 'f.mp4', type: 'video/mp4' });
  const { src } = film.body.content.content[0].attrs;
  const begun = world.media.begun.length;
  const code = async (sent: Parameters<typeof put>[2], as: Person | undefined = ana) =>
    (await put(as, lesson.id, sent)).body.code;
  const vtt = { name: 'a.vtt', type: 'text/vtt' };
  const srt = { name: 'a.srt', type: 'application/x-subrip' };
  const captions = `${of(src, 'captions')}&language=en`;
  assert.equal(await code({ ...srt, content: Buffer.from('said by nobody'), query: captions }), 'captions_not_vtt');
  assert.equal(await code({ ...srt, content: Buffer.alloc(captionBytes + 1), query: captions }), 'payload_too_large');
  assert.equal(await code({ ...srt, query: '?as=content' }), 'captions_without_video');
  assert.equal(await code({ name: 'a.txt', query: captions }), 'captions_not_vtt');
  assert.equal(await code({ name: 'a.pdf', query: of(src, 'poster') }), 'poster_not_an_image');
  assert.equal(await code({ ...vtt, query: '?as=content' }), 'captions_without_video');
  assert.equal(await code({ ...vtt, query: '?as=captions&language=en' }), 'captions_without_video');
  assert.equal(await code({ ...vtt, query: '?as=poster' }), 'captions_without_video');
  for (const language of [undefined, 'no language', 'en-abcdefg-u']) {
    const fields: Record<string, string> = language === undefined ? {} : { language };
    const answer = await put(ana, lesson.id, { ...vtt, query: of(src, 'captions'), fields });
    assert.deepEqual([answer.status, answer.body.errors[0].pointer], [400, '/language'], JSON.stringify(answer.body));
  }
  assert.equal(await code({ name: '' }), 'file_missing');
  assert.equal(await code({ name: 'page.html', type: 'text/html' }), 'file_type_refused');
  assert.equal(await code({ name: 'f.mp4' }, await person({ roles: ['instructor'] })), 'lesson_not_found');
  assert.equal(await code({ name: 'f.mp4' }, await person()), 'not_allowed');
  assert.equal((await put(undefined, lesson.id, { name: 'f.mp4' })).status, 401);
  assert.equal(world.media.begun.length, begun, 'nothing of that reached media');
  // What media shows it to be counts, not its name.
  const unknown = { name: 'b.vtt', type: 'text/plain', query: `${of(src, 'captions')}&language=en` };
  assert.equal(await code(unknown), 'captions_not_vtt');
  assert.equal(
    await code({ name: 'a.vtt', type: 'image/png', query: `${of(src, 'captions')}&language=en` }),
    'captions_not_vtt',
  );
  assert.equal(await code({ name: 'a.png', type: 'text/vtt', query: of(src, 'poster') }), 'poster_not_an_image');
});

test('a file leaves nothing behind on the way, kept or refused', () => {
  const folder = join(world.platform.home, 'imports');
  assert.deepEqual(existsSync(folder) ? readdirSync(folder) : [], []);
});

test('media is told of every file that a draft, a translation, a description, a cover or a bundle shows, and of no other', async () => {
  const ids = Array.from({ length: 9 }, () => systemIds.id());
  const [film, captions, poster, translated, linked, described, cover, bundled, spare] = ids;
  const course = await world.createCourse(ana, {
    description: { type: 'doc', content: [{ type: 'image', attrs: { src: `asset:${described}`, alt: 'Leaves' } }] },
  });
  const link = { type: 'link', attrs: { href: `asset:${linked}` } };
  const { id: lessonId } = await world.addLesson(ana, course.id, {
    content: {
      type: 'doc',
      content: [
        {
          type: 'video',
          attrs: {
            id: 'film',
            title: 'Take 2',
            src: `asset:${film}`,
            posterSrc: `asset:${poster}`,
            captions: [{ language: 'es', label: 'Español', src: `asset:${captions}` }],
          },
        },
        { type: 'paragraph', content: [{ type: 'text', text: 'Take it along', marks: [link] }] },
      ],
    },
  });
  const content = { type: 'doc', content: [{ type: 'image', attrs: { src: `asset:${translated}`, alt: 'Folhas' } }] };
  await world.db.pool.query('update lessons set translations = $2 where id = $1', [
    lessonId,
    { 'pt-BR': { title: 'Filme', content } },
  ]);
  const rename = { as: ana, body: { title: 'Renamed' } };
  assert.equal((await world.call('PATCH', `/api/lessons/${lessonId}`, rename)).status, 200);
  await world.db.pool.query('update courses set cover_asset_id = $2 where id = $1', [course.id, cover]);
  await world.db.pool.query(
    `insert into bundles (id, slug, title, price_amount, price_currency, seller_id, cover_asset_id)
     values ($1, 'two-of-them', 'Two', 100, 'BRL', $2, $3)`,
    [systemIds.id(), ana.id, bundled],
  );
  const used = async () => {
    const answer = await findUsedFiles({ db: world.db })({ ids }, serviceCtx('media'));
    return ids.filter((id) => answer.ids.includes(id));
  };
  assert.deepEqual(await used(), ids.slice(0, 8));
  await world.call('PATCH', `/api/lessons/${lessonId}`, { as: ana, body: { markdown: 'Only words.' } });
  await world.call('DELETE', `/api/courses/${course.id}/cover`, { as: ana });
  assert.deepEqual(await used(), [translated, described, bundled]);
  assert.ok(spare);
  await assert.rejects(findUsedFiles({ db: world.db })({ ids }, ctxOf(ana)), { code: 'not_allowed' });
});

test('media hears of every file before what shows it is stored, so that it is not deleted meanwhile', async (t) => {
  const course = await world.createCourse(ana);
  const [picture, linked, described] = Array.from({ length: 3 }, () => systemIds.id());
  const shows = (id: unknown) => ({
    type: 'doc',
    content: [{ type: 'image', attrs: { src: `asset:${id}`, alt: 'A leaf' } }],
  });
  const early: string[] = [];
  const asked = () => early.splice(0);
  t.mock.method(world.media, 'whenAsked', async (ids: string[]) => {
    const used = (await findUsedFiles({ db: world.db })({ ids }, serviceCtx('media'))).ids;
    early.push(...ids.filter((id) => !used.includes(id)));
  });
  const lesson = await world.addLesson(ana, course.id, { content: shows(picture) });
  assert.deepEqual(asked(), [picture]);
  const link = { type: 'text', text: 'A list', marks: [{ type: 'link', attrs: { href: `asset:${linked}` } }] };
  const content = { type: 'doc', content: [{ type: 'paragraph', content: [link] }] };
  assert.equal((await world.call('PATCH', `/api/lessons/${lesson.id}`, { as: ana, body: { content } })).status, 200);
  assert.deepEqual(asked(), [linked]);
  const body = { description: shows(described) };
  assert.equal((await world.call('PATCH', `/api/courses/${course.id}`, { as: ana, body })).status, 200);
  assert.deepEqual(asked(), [described]);
});
