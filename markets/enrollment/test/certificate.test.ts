import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { type Person, person } from '@stoa/kernel/testing';
import { coversText, fontRuns, inVisualOrder, typefaceFor } from '@stoa/kernel/typefaces';
import fc from 'fast-check';
import { extractText, getDocumentProxy } from 'unpdf';
import { certificateFonts } from '../src/certificate-fonts.ts';
import { drawCertificate } from '../src/draw-certificate.ts';
import { encodeVerificationCode, formatVerificationCode, parseVerificationCode } from '../src/verification-code.ts';
import { eventsOf, startWorld } from './world.ts';

let world: Awaited<ReturnType<typeof startWorld>>;
let instructor: Person;
before(async () => {
  world = await startWorld();
  instructor = await person({ roles: ['instructor'], name: 'Rui Prado' });
});
after(async () => {
  await world.checkInvariants();
  await world.platform.close();
});

/** Someone who has just completed a course of one lesson. */
async function graduate(options: { who?: Person; title?: string; titles?: Record<string, string> } = {}) {
  const who = options.who ?? (await person({ name: 'Ana Souza' }));
  const lesson = world.lesson('Only');
  const course = await world.course([lesson], { instructor, ...options });
  await world.enroll(who, course);
  const { body } = await world.progress(who, lesson, { state: 'completed' });
  const event = (await eventsOf(world.platform, who)).findLast((said) => said.type.includes('course.completed'));
  assert.ok(event?.data.verificationCode);
  return { who, course, id: String(body.course.certificateId), code: event.data.verificationCode };
}
const download = (id: string, as?: Person) => world.platform.call('GET', `/api/certificates/${id}`, { as });
const verify = (code: string) => world.platform.call('GET', `/api/certificates/verify/${encodeURIComponent(code)}`);

async function read(pdf: Buffer) {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const { text } = await extractText(document, { mergePages: true });
  const { info } = await document.getMetadata();
  const tree = await (await document.getPage(1)).getStructTree();
  return { pages: document.numPages, text: text.replace(/\s+/g, ' '), info, tree: JSON.stringify(tree) };
}

describe('a name in any script', () => {
  const names = {
    Arabic: ['محمد عبد الله الأنصاري', 'noto-sans-arabic-400-arabic'],
    Hebrew: ['דוד בן־גוריון', 'noto-sans-hebrew-400-hebrew'],
    Devanagari: ['श्रीकान्त क्षत्रिय', 'noto-sans-devanagari-400-devanagari'],
    Thai: ['สมชาย ใจดี', 'noto-sans-thai-400-thai'],
    'simplified and traditional Chinese': ['张晓轩 陳美玲', 'cactus-classical-serif'],
    Japanese: ['渡邉 さくら エミ', 'cactus-classical-serif'],
    Korean: ['김민수 뷁', 'gowun-dodum'],
  };
  for (const [script, [name = '', file = '']] of Object.entries(names)) {
    test(`is set whole: ${script}`, async () => {
      const typeface = await typefaceFor(name, [(await certificateFonts()).text]);
      assert.ok(coversText(typeface, name));
      const used = fontRuns(typeface, name).filter((run) => run.text.trim() !== '');
      assert.ok(
        used.every((run) => run.font.startsWith(file)),
        JSON.stringify(used),
      );
      const facts = {
        holderName: name,
        courseTitle: name,
        instructorName: name,
        completedAt: new Date(0),
        timeZone: 'UTC',
      };
      const address = 'https://stoa.example/certificates/4T7QX';
      const pdf = await drawCertificate({ ...facts, language: 'en', code: '4T7QX', verificationUrl: address });
      const { pages, text } = await read(pdf);
      assert.equal(pages, 1);
      for (const letter of ['محمد', 'דוד', 'สมชาย', '陳', 'さくら', '김민수'].filter((part) => name.includes(part)))
        assert.ok(text.normalize('NFKC').includes(letter), `${letter} is not in ${text}`);
    });
  }

  test('loads only the files that it needs', async () => {
    const base = (await certificateFonts()).text;
    assert.equal(await typefaceFor('Ana Souza', [base]), base);
    assert.ok((await typefaceFor('王', [base])).length <= base.length + 2);
  });

  test('that runs from the right has its words in that order, and others keep theirs', () => {
    const lines: [line: string, shown: string][] = [
      ['Ana Maria Souza', 'Ana Maria Souza'],
      ['א ב ג', 'ג ב א'],
      ['Learn א ב now', 'Learn ב א now'],
      ['א ב with Ana ג', 'ג with Ana ב א'],
      ['א 2026 ב', 'ב 2026 א'],
      ['א ב with SQL 2026', 'with SQL 2026 ב א'],
      ['Learn א 2026 now', 'Learn 2026 א now'],
      ['2026', '2026'],
    ];
    for (const [line, shown] of lines) assert.equal(inVisualOrder(line), shown);
    const word = fc.constantFrom('א', 'بيت', 'Ana', '7', '–');
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const shown = inVisualOrder(words.join(' '));
        assert.deepEqual(shown.split(' ').sort(), words.join(' ').split(' ').sort(), 'no word is lost');
      }),
    );
  });
});

describe('the certificate of somebody who asked to be forgotten', () => {
  test('is still genuine for whoever holds its code, and names nobody', async () => {
    const { who, id, code, course } = await graduate();
    await world.platform.call('POST', `/api/certificates/${id}/revocation`, {
      as: instructor,
      body: { reason: 'Ana cheated' },
    });
    await world.platform.call('DELETE', `/api/certificates/${id}/revocation`, {
      as: instructor,
      body: { reason: 'Ana did not' },
    });
    await world.erase(who);
    const { status, body } = await verify(code);
    assert.deepEqual([status, body.valid, body.holderName], [200, true, null]);
    assert.deepEqual([body.courseId, body.instructorName], [course.id, 'Rui Prado']);
    for (const as of [who, instructor, await person({ roles: ['admin'] })])
      assert.equal((await download(id, as)).status, 404);
    const { rows } = await world.platform.host
      .database('enrollment')
      .pool.query(
        'select to_jsonb(c)::text as all from certificates c where id = $1 union all select to_jsonb(a)::text from certificate_actions a where certificate_id = $1',
        [id],
      );
    assert.equal(rows.length, 1);
    assert.doesNotMatch(rows[0].all, new RegExp(`Ana|${who.id}`));
    await world.checkInvariants();
  });

  test('stays as it was for others when its instructor is forgotten, and later ones name nobody', async () => {
    const teacher = await person({ roles: ['instructor'], name: 'Ines Prado' });
    const lesson = world.lesson('Only');
    const course = await world.course([lesson], { instructor: teacher });
    const [first, later] = [await person({ name: 'Bia' }), await person({ name: 'Caio' })];
    for (const who of [first, later]) await world.enroll(who, course);
    const one = (await world.progress(first, lesson, { state: 'completed' })).body.course.certificateId;
    await world.erase(teacher);
    const two = (await world.progress(later, lesson, { state: 'completed' })).body.course.certificateId;
    assert.match((await read((await download(one, first)).raw)).text, /Ines Prado/);
    const { text } = await read((await download(two, later)).raw);
    assert.doesNotMatch(text, /Ines|Instructor/);
  });
});

describe('a certificate', () => {
  test('is one page with name, course, day and code, in the holder’s language and time zone', async () => {
    const who = await person({ name: 'Name in the token' });
    await world.register(who, 'João Conceição', 'pt-BR', 'America/Sao_Paulo');
    const { id, code } = await graduate({ who, title: 'Stones', titles: { 'pt-BR': 'Pedras' } });
    const answer = await download(id, who);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'application/pdf');
    const pdf = await read(answer.raw);
    const day = new Intl.DateTimeFormat('pt-BR', { dateStyle: 'long', timeZone: 'America/Sao_Paulo' }).format(
      new Date(),
    );
    assert.equal(pdf.pages, 1);
    for (const part of ['João Conceição', 'Pedras', 'concluiu o curso', `em ${day}`, code, 'Rui Prado'])
      assert.ok(pdf.text.includes(part), `${part} is not in: ${pdf.text}`);
    assert.ok('Title' in pdf.info && pdf.info.Title === 'Certificado de conclusão: Pedras');
    assert.match(pdf.tree, /"role":"H1"/);
    assert.match(pdf.tree, /"alt":"Código QR/);
  });
  test('is the same bytes every time, whatever the profile says later', async () => {
    const { who, id } = await graduate();
    const digest = async () =>
      createHash('sha256')
        .update((await download(id, who)).raw)
        .digest('hex');
    const first = await digest();
    await world.rename(who, 'Another Name', 'es', 'Europe/Madrid');
    assert.equal(await digest(), first);
  });
  test('is for its holder, the instructor of the course and administrators', async () => {
    const { who, id } = await graduate();
    const status = async (as?: Person) => (await download(id, as)).status;
    assert.equal(await status(who), 200);
    assert.equal(await status(instructor), 200);
    assert.equal(await status(await person({ roles: ['admin'] })), 200);
    assert.equal(await status(await person({ roles: ['instructor'] })), 404);
    assert.equal(await status(await person()), 404);
    assert.equal(await status(), 401);
  });
  test('holds long names, other alphabets and odd time zones on its one page', async () => {
    const facts = {
      instructorName: '',
      completedAt: new Date('2026-03-01T23:30:00Z'),
      timeZone: 'Nowhere/Atlantis',
      language: 'fr',
      code: '4T7QX-9B2KM-0ZR8VN-H5D3W-A1CEF',
      verificationUrl: 'https://stoa.example/certificates/4T7QX-9B2KM-0ZR8VN-H5D3W-A1CEF',
    };
    const long = await drawCertificate({
      ...facts,
      holderName: 'Wolfeschlegel '.repeat(40),
      courseTitle: 'x'.repeat(700),
    });
    const other = await drawCertificate({ ...facts, holderName: 'Владимир Ελένη Nguyễn Łukasz', courseTitle: 'Ж' });
    assert.equal((await read(long)).pages, 1);
    const { text } = await read(other);
    for (const part of ['Владимир', 'Ελένη', 'Nguyễn', 'Łukasz', 'March 1, 2026']) assert.ok(text.includes(part), text);
  });
});

describe('the certificate of somebody who gave no name', () => {
  const phrases = {
    en: ['someone who gave no name', 'can add a name in their account'],
    'pt-BR': ['uma pessoa que não informou o nome', 'pode informar o nome na sua conta'],
    es: ['una persona que no indicó su nombre', 'puede indicar su nombre en su cuenta'],
  };
  for (const [language, [said = '', mended = '']] of Object.entries(phrases)) {
    test(`says so in place of a name, and how to mend it: ${language}`, async () => {
      const pdf = await drawCertificate({
        holderName: ' ',
        courseTitle: 'Stones',
        instructorName: 'Rui Prado',
        completedAt: new Date(0),
        timeZone: 'UTC',
        language,
        code: '4T7QX',
        verificationUrl: 'https://stoa.example/certificates/4T7QX',
      });
      const { text, info, tree } = await read(pdf);
      assert.ok(text.includes(said) && text.includes(mended), text);
      assert.match(tree, /"role":"P"/);
      assert.equal(Reflect.get(info, 'Subject'), said);
    });
  }

  test('takes on the name that is given later, once', async () => {
    const who = await person({ name: '' });
    await world.register(who, '', 'en', 'UTC');
    const { id, code } = await graduate({ who });
    assert.equal((await verify(code)).body.holderName, '');
    assert.match((await read((await download(id, who)).raw)).text, /someone who gave no name/);
    await world.rename(who, 'Lia Prates', 'en', 'UTC');
    assert.equal((await verify(code)).body.holderName, 'Lia Prates');
    const { text } = await read((await download(id, who)).raw);
    assert.match(text, /Lia Prates/);
    assert.doesNotMatch(text, /gave no name|add a name/);
    await world.rename(who, 'Somebody Else', 'en', 'UTC');
    assert.equal((await verify(code)).body.holderName, 'Lia Prates');
  });

  test('takes on the name that the sign-in tells when it is downloaded, of its holder alone', async () => {
    const who = await person({ name: '' });
    const { id, code } = await graduate({ who });
    await download(id, instructor);
    assert.equal((await verify(code)).body.holderName, '');
    await download(id, await person({ id: who.id, name: 'Lia Prates' }));
    assert.equal((await verify(code)).body.holderName, 'Lia Prates');
  });
});

describe('verification', () => {
  test('tells anyone with the code whose it is and for what, however it is typed', async () => {
    const { code, course, id } = await graduate({ title: 'Stones' });
    const { status, body } = await verify(code);
    assert.equal(status, 200);
    assert.ok(body.completedAt);
    assert.deepEqual(
      { ...body, completedAt: null },
      {
        id,
        code,
        valid: true,
        revoked: false,
        revokedAt: null,
        holderName: 'Ana Souza',
        courseId: course.id,
        courseSlug: 'a-course',
        courseTitle: 'Stones',
        instructorName: 'Rui Prado',
        completedAt: null,
      },
    );
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    assert.equal((await verify(typed)).body.id, id);
  });
  test('knows nothing of other codes', async () => {
    for (const code of ['00000-00000-000000-00000-00000', 'x', "' or 1=1"]) {
      const { status, body } = await verify(code);
      assert.deepEqual([status, body.code], [404, 'certificate_not_found']);
    }
  });
  test('gives back the bits of every code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const code = encodeVerificationCode(bytes);
        assert.equal(code.length, 26);
        assert.equal(parseVerificationCode(formatVerificationCode(code)), code);
        let value = 0n;
        for (const character of code)
          value = value * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(character));
        assert.equal(value.toString(16).padStart(32, '0'), Buffer.from(bytes).toString('hex'));
      }),
    );
  });
});

describe('revoking', () => {
  const revoke = (id: string, as: Person) =>
    world.platform.call('POST', `/api/certificates/${id}/revocation`, { as, body: { reason: 'A test account' } });
  const restore = (id: string, as: Person) =>
    world.platform.call('DELETE', `/api/certificates/${id}/revocation`, { as });

  test('is seen by everyone at once, can be undone, and leaves a record', async () => {
    const { who, id, code } = await graduate();
    assert.equal((await revoke(id, instructor)).status, 201);
    const first = (await verify(code)).body;
    assert.deepEqual([first.valid, first.revoked], [false, true]);
    assert.equal((await revoke(id, instructor)).body.revokedAt, first.revokedAt);
    assert.equal((await download(id, who)).body.code, 'certificate_revoked');
    assert.equal((await restore(id, instructor)).status, 200);
    assert.equal((await verify(code)).body.valid, true);
    assert.equal((await download(id, who)).status, 200);
    const { rows } = await world.platform.host
      .database('enrollment')
      .pool.query(
        'select action, actor_id, reason from certificate_actions where certificate_id = $1 order by acted_at',
        [id],
      );
    assert.deepEqual(rows, [
      { action: 'revoked', actor_id: instructor.id, reason: 'A test account' },
      { action: 'restored', actor_id: instructor.id, reason: '' },
    ]);
  });
  test('is for the instructor of the course and administrators', async () => {
    const { who, id } = await graduate();
    assert.equal((await revoke(id, who)).status, 403);
    assert.equal((await revoke(id, await person({ roles: ['instructor'] }))).status, 404);
    assert.equal((await revoke(id, await person({ roles: ['admin'] }))).status, 201);
    const learning = await world.platform.call('GET', '/api/enrollments', { as: who });
    assert.equal(learning.body.items[0].certificate.revoked, true);
  });
});
