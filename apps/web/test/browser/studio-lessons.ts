import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser } from 'playwright-core';
import { testWithAll } from '../../../../scripts/only-with-all.ts';
import { axe, hydrated } from './harness.ts';
import type { RunningPlatform } from './platform.ts';

/** One pixel. */
export const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A second of silence: 8 bits, 8000 samples. */
function silence(): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + 8000, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(8000, 40);
  return Buffer.concat([head, Buffer.alloc(8000, 128)]);
}

/** A draft with these lessons, each named with its module before it, by the API; and the page of it. */
async function draftWith(platform: RunningPlatform, title: string, lessons: [module: string, title: string][]) {
  const ask = await platform.as(platform.account('instructor'));
  const send = async (path: string, body: object): Promise<{ id: string }> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
    const answer = await ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, `${path} answered ${answer.status}`);
    return answer.json();
  };
  const { id } = await send('/api/courses', { title, language: 'en', summary: 'Made to be moved.' });
  for (const [module, name] of lessons) {
    await send(`/api/courses/${id}/lessons`, { title: name, module, markdown: 'Read this first.' });
  }
  const outline = async (): Promise<Record<string, string[]>> => {
    const { modules }: { modules: { title: string; lessons: { title: string }[] }[] } = await (
      await ask(`/api/courses/${id}/lessons`)
    ).json();
    return Object.fromEntries(modules.map((one) => [one.title, one.lessons.map((lesson) => lesson.title)]));
  };
  const publish = () => ask(`/api/courses/${id}/publish`, { method: 'POST' });
  return { href: `${platform.url}/studio/courses/${id}`, outline, publish };
}

type ListedCourse = { id: string; slug: string; title: string };
type Outline = { modules: { lessons: { id: string; kind: string }[] }[] };
type Assets = { assets: Record<string, { url: string; contentType: string }> };

/** A new lesson of a demo course, by its API, and the pages of it. */
async function newLesson(platform: RunningPlatform, title: string) {
  const ask = await platform.as(platform.account('instructor'));
  const { items }: { items: ListedCourse[] } = await (await ask('/api/courses/mine')).json();
  const course = items.find((one) => one.title === 'Write clearly at work') ?? assert.fail('no such course');
  const answer = await ask(`/api/courses/${course.id}/lessons`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ title, module: 'Made in the studio', markdown: 'Read this first.' }),
  });
  assert.equal(answer.status, 201);
  const { id }: { id: string } = await answer.json();
  return { studio: `/studio/courses/${course.id}/lessons/${id}`, learn: `/learn/${course.slug}/${id}`, course };
}

/** The film of the demo world. */
async function film(platform: RunningPlatform): Promise<Buffer> {
  const ask = await platform.as(platform.account('instructor'));
  const { items }: { items: ListedCourse[] } = await (await ask('/api/courses/mine')).json();
  for (const { id } of items) {
    const outline: Outline = await (await ask(`/api/courses/${id}/lessons`)).json();
    const lesson = outline.modules.flatMap((module) => module.lessons).find(({ kind }) => kind === 'video');
    if (!lesson) continue;
    const { assets }: Assets = await (await ask(`/api/lessons/${lesson.id}`)).json();
    const asset = Object.values(assets).find(({ contentType }) => contentType.startsWith('video/'));
    if (asset) return Buffer.from(await (await fetch(new URL(asset.url, platform.url))).arrayBuffer());
  }
  assert.fail('no demo course has a film');
}

const said = Buffer.from('WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nHello\n');

/** What is done to lessons in the studio. Shares the platform of studio.test.ts: starting another one costs more than it. */
export function testLessons(world: () => { platform: RunningPlatform; browser: Browser }): void {
  testWithAll(
    'a recording that is sent becomes a lesson that plays; what only calls itself a film is refused',
    async () => {
      const { platform, browser } = world();
      const { page, close } = await platform.open(browser, 'instructor');
      await page.goto(`${platform.url}/studio`);
      await page.getByRole('link', { name: 'Write clearly at work', exact: true }).click();
      await page.waitForURL(/\/studio\/courses\//);
      const form = page.getByRole('form', { name: 'Add a lesson from a file' });
      const choose = (name: string, mimeType: string, buffer: Buffer) =>
        form.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
      const add = form.getByRole('button', { name: 'Add lesson' });
      await choose('film.mp4', 'video/mp4', Buffer.from('<script>alert(1)</script>'));
      await add.click();
      await form.getByText('Lessons cannot show this kind of file').waitFor();
      await choose('Read aloud.wav', 'audio/wav', silence());
      assert.deepEqual(await axe(page), []);
      await form.getByLabel('Title of the lesson').fill('Read aloud');
      await form.getByLabel('Module', { exact: true }).fill('Heard');
      await add.click();
      await page.getByText('The lesson is in the course.').waitFor();
      await page.getByRole('link', { name: 'Read aloud', exact: true }).click();
      await page.waitForURL(/\/learn\/[^/]+\/[0-9a-f-]+$/);
      await page.getByRole('heading', { level: 1, name: 'Read aloud' }).waitFor();
      const seconds = await page.locator('audio').evaluate(async (audio) => {
        if (!(audio instanceof HTMLAudioElement)) throw new Error('no audio');
        audio.load();
        await new Promise((resolve, reject) => {
          audio.addEventListener('loadedmetadata', resolve);
          audio.addEventListener('error', () => reject(new Error(audio.error?.message)));
        });
        return audio.duration;
      });
      assert.equal(seconds, 1);
      await close();
    },
  );

  testWithAll('a lesson is given a film, captions, a poster and another film, and the player shows them', async () => {
    const { platform, browser } = world();
    const { studio, learn, course } = await newLesson(platform, 'Watch');
    const { page, complaints, close } = await platform.open(browser, 'instructor');
    await page.goto(`${platform.url}/studio/courses/${course.id}`);
    await page.getByRole('link', { name: 'Edit Watch', exact: true }).click();
    await page.waitForURL(`${platform.url}${studio}`);
    const send = async (form: string, file: { name: string; mimeType: string; buffer: Buffer }) => {
      const button = page.getByRole('button', { name: form, exact: true });
      const around = page.locator('form').filter({ has: button });
      await around.locator('input[type=file]').setInputFiles(file);
      await button.click();
    };
    const bytes = await film(platform);
    await page.getByRole('button', { name: 'Add file', exact: true }).click();
    await page.getByText('Choose a file first.').waitFor();
    await send('Add file', { name: 'one.mp4', mimeType: 'video/mp4', buffer: bytes });
    await page.getByText('Video · one.mp4').waitFor();

    await page.getByText('Add captions: Watch').click();
    await send('Save captions', { name: 'a.txt', mimeType: 'text/plain', buffer: said });
    await page.getByText('Captions are a WebVTT or SubRip file').waitFor();
    await page.getByLabel('Language of the captions').selectOption('pt-BR');
    const subRip = Buffer.from('1\r\n00:00:00,000 --> 00:00:02,000\r\nHello\r\n');
    await send('Save captions', { name: 'a.srt', mimeType: 'application/x-subrip', buffer: subRip });
    const remove = page.getByRole('button', { name: 'Remove the captions in Português (Brasil)' });
    await remove.waitFor();
    await page.getByText('Set the poster: Watch').click();
    await send('Save poster', { name: 'p.png', mimeType: 'image/png', buffer: picture });
    await page.getByRole('button', { name: 'Remove poster' }).waitFor();
    await page.getByText('Use another file: Watch').click();
    // The same film with an empty box at its end, so that it is another file.
    const other = Buffer.concat([bytes, Buffer.from('00000008', 'hex'), Buffer.from('free')]);
    await send('Use this file', { name: 'two.mp4', mimeType: 'video/mp4', buffer: other });
    await page.getByText('Video · two.mp4').waitFor();
    assert.deepEqual(await axe(page), []);

    const player = await page.context().newPage();
    await player.goto(`${platform.url}${learn}`);
    await player.getByText('Read this first.').waitFor();
    const shown = await player.locator('video').evaluate(async (video) => {
      if (!(video instanceof HTMLVideoElement)) throw new Error('no film');
      const [track] = video.querySelectorAll('track');
      const captions = await (await fetch(track?.src ?? '')).text();
      const poster = await fetch(video.poster);
      return { language: track?.srclang, captions, poster: poster.headers.get('content-type') };
    });
    assert.deepEqual(shown, { language: 'pt-BR', captions: said.toString(), poster: 'image/png' });
    await player.close();

    await remove.click();
    await remove.waitFor({ state: 'detached' });
    await page.waitForFunction(
      () => document.activeElement?.getAttribute('aria-label') === 'Captions and poster of Watch',
    );
    await page.getByRole('button', { name: 'Remove poster' }).click();
    await page.getByRole('button', { name: 'Remove poster' }).waitFor({ state: 'detached' });
    assert.deepEqual(
      complaints.filter((complaint) => !complaint.includes('422')),
      [],
    );
    await close();
  });

  test('a text lesson is written, refused in words where something would be lost, and changed around its file', async () => {
    const { platform, browser } = world();
    const { page, complaints, close } = await platform.open(browser, 'instructor');
    await page.goto(`${platform.url}/studio`);
    await page.getByRole('link', { name: 'Write clearly at work', exact: true }).click();
    await page.getByRole('link', { name: 'Write a lesson', exact: true }).click();
    await page.waitForURL(/\/lessons\/new$/);
    await page.getByLabel('Title of the lesson').fill('Short sentences');
    await page.getByLabel('Module', { exact: true }).fill('Made in the studio');
    await page.getByLabel('Text', { exact: true }).fill('## Why\n\nSee [this](notes.md).\n\n- one\n- two');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('"notes.md" is no web address').first().waitFor();
    assert.deepEqual(await axe(page), []);
    assert.match(await page.getByLabel('Text', { exact: true }).inputValue(), /^## Why/);
    await page.getByLabel('Text', { exact: true }).fill('## Why\n\nSee [this](https://example.org/).\n\n- one\n- two');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The lesson is saved.').waitFor();
    const lessonPage = new URL(page.url()).pathname;
    await page.getByRole('link', { name: 'View lesson' }).click();
    await page.getByRole('heading', { level: 2, name: 'Why' }).waitFor();
    assert.equal(await page.locator('.prose-stoa li').count(), 2);

    await page.goto(`${platform.url}${lessonPage}`);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'Read aloud.wav', mimeType: 'audio/wav', buffer: silence() });
    await page.getByRole('button', { name: 'Add file', exact: true }).click();
    await page.getByText('Audio · Read aloud.wav').waitFor();
    await page.getByRole('link', { name: 'Edit the text' }).click();
    const text = page.getByLabel('Text', { exact: true });
    await text.waitFor();
    assert.match(await text.inputValue(), /!\[Audio: Short sentences\]\(kept:1\)\n$/);
    await text.fill('![Audio](kept:1)\n\nRead it **aloud**.');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The lesson is saved.').waitFor();
    await page.getByText('Audio · Read aloud.wav').waitFor();
    await page.getByRole('link', { name: 'View lesson' }).click();
    await page.locator('.prose-stoa strong', { hasText: 'aloud' }).waitFor();
    assert.equal(await page.locator('.prose-stoa audio').count(), 1);
    assert.equal(await page.getByRole('heading', { level: 2, name: 'Why' }).count(), 0);
    assert.deepEqual(complaints, []);
    await close();
  });

  testWithAll('files and texts of lessons are given without scripts, and what is refused is said', async () => {
    const { platform, browser } = world();
    const { studio, course } = await newLesson(platform, 'Without scripts');
    const { page, close } = await platform.open(browser, 'instructor', { javaScriptEnabled: false });
    await page.goto(`${platform.url}/pt-BR${studio}`);
    const send = async (form: string, file: { name: string; mimeType: string; buffer: Buffer } | null) => {
      const button = page.getByRole('button', { name: form, exact: true });
      const around = page.locator('form').filter({ has: button });
      if (file) await around.locator('input[type=file]').setInputFiles(file);
      await button.click();
    };
    await send('Adicionar arquivo', null);
    await page.getByRole('alert').getByText('Escolha um arquivo.').waitFor();
    // Above what Next would buffer of a body.
    const large = Buffer.concat([
      await film(platform),
      Buffer.from('00b71b00', 'hex'),
      Buffer.from('free'),
      Buffer.alloc(11_999_992),
    ]);
    await send('Adicionar arquivo', { name: 'um.mp4', mimeType: 'video/mp4', buffer: large });
    await page.getByText('A aula foi salva.').waitFor();
    await page.getByText('Vídeo · um.mp4').waitFor();
    await page.getByText('Adicionar legendas: Without scripts').click();
    await page.getByLabel('Idioma das legendas').selectOption('es');
    await send('Salvar legendas', { name: 'a.vtt', mimeType: 'text/vtt', buffer: Buffer.from('1\n00:00 no') });
    await page.getByRole('alert').getByText('As legendas são um arquivo WebVTT').waitFor();
    await page.getByText('Adicionar legendas: Without scripts').click();
    await page.getByLabel('Idioma das legendas').selectOption('es');
    await send('Salvar legendas', { name: 'a.vtt', mimeType: 'text/vtt', buffer: said });
    await page.getByText('A aula foi salva.').waitFor();
    const remove = page.getByRole('button', { name: 'Remover as legendas em Español' });
    await remove.click();
    await remove.waitFor({ state: 'detached' });
    assert.match(await page.content(), /A aula não tem mais essa parte\./);

    await page.getByRole('link', { name: 'Editar o texto' }).click();
    await page.getByLabel('Texto', { exact: true }).fill('Sem [script](x.md).');
    await page.getByRole('button', { name: 'Salvar', exact: true }).click();
    await page.getByText('"x.md" não é um endereço da web').first().waitFor();
    assert.equal(await page.getByLabel('Texto', { exact: true }).inputValue(), 'Sem [script](x.md).');
    await page.getByLabel('Texto', { exact: true }).fill('Sem script.\n\n![Vídeo](kept:1)');
    await page.getByRole('button', { name: 'Salvar', exact: true }).click();
    await page.getByText('A aula foi salva.').waitFor();
    await page.getByText('Vídeo · um.mp4').waitFor();

    await page.goto(`${platform.url}/pt-BR/studio/courses/${course.id}`);
    // The browser's own choice of a file, which scripts hide, is wider than a phone.
    await page.setViewportSize({ width: 320, height: 640 });
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(excess, 0, 'scrolls sideways where no script runs');
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByLabel('Título da aula').fill('Um filme só');
    await page.getByLabel('Módulo', { exact: true }).fill('Vistos');
    await send('Adicionar aula', { name: 'um.html', mimeType: 'text/html', buffer: said });
    const refusal = page.getByRole('alert').filter({ hasText: 'Não foi possível adicionar a aula' });
    await refusal.getByText('As aulas não mostram este tipo de arquivo').waitFor();
    // A browser lets nobody put the file there again, but what was typed is.
    assert.equal(await page.getByLabel('Título da aula').inputValue(), 'Um filme só');
    assert.equal(await page.getByLabel('Módulo', { exact: true }).inputValue(), 'Vistos');
    await send('Adicionar aula', { name: 'dois.mp4', mimeType: 'video/mp4', buffer: large });
    await page.getByRole('heading', { level: 1, name: 'Um filme só' }).waitFor();
    await page.getByText('A aula foi salva.').waitFor();
    await page.getByText('Vídeo · dois.mp4').waitFor();
    // What a page is told through its address nobody else can write.
    await page.goto(`${platform.url}/pt-BR${studio}?told=something`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await page.getByText('A aula foi salva.').count(), 0);
    await close();
  });

  testWithAll(
    'two people write one lesson: the second sees both texts, loses nothing of either, and chooses',
    async () => {
      const { platform, browser } = world();
      const { studio } = await newLesson(platform, 'Written by two');
      const lesson = studio.split('/').at(-1);
      const ask = await platform.as(platform.account('instructor'));
      const stored = async (): Promise<{ version: number; markdown: string | null }> =>
        (await ask(`/api/lessons/${lesson}/text`)).json();
      const saveElsewhere = async (markdown = '') => {
        const { version } = await stored();
        const answer = await ask(`/api/lessons/${lesson}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json', 'if-match': `"${version}"` },
          body: JSON.stringify({ markdown }),
        });
        assert.equal(answer.status, 200);
      };
      const giveElsewhere = async (name: string) => {
        const body = new FormData();
        body.set('file', new File([new Uint8Array(silence()), name], name, { type: 'audio/wav' }));
        assert.equal((await ask(`/api/lessons/${lesson}/file`, { method: 'PUT', body })).status, 200);
      };
      await giveElsewhere('one.wav');
      const { page, complaints, close } = await platform.open(browser, 'instructor');
      const write = async (words: string, at = page) => {
        await at.goto(`${platform.url}${studio}/text`);
        const text = at.getByLabel('Text', { exact: true });
        if (at === page) await hydrated(text);
        await text.fill((await text.inputValue()).replace('Read this first.', words));
      };
      const save = (at = page) => at.getByRole('button', { name: 'Save', exact: true }).click();
      const conflict = 'Somebody else changed this lesson while you were writing';

      await write('Mine.');
      await giveElsewhere('two.wav');
      await saveElsewhere((await stored()).markdown?.replace('Read this first.', 'Theirs.'));
      await save();
      await page.getByText(conflict).waitFor();
      assert.deepEqual(await axe(page), []);
      await page
        .getByText('Put at the end of your text, because it is new in the lesson: Audio: Written by two.')
        .waitFor();
      const mine = 'Mine.\n\n![Audio: Written by two](kept:1)\n\n![Audio: Written by two](kept:2)';
      assert.equal(await page.getByLabel('Text', { exact: true }).inputValue(), mine);
      assert.match(await page.getByLabel('Text saved meanwhile').inputValue(), /^Theirs\./);
      await page.getByRole('button', { name: 'Go on with theirs' }).click();
      assert.match(await page.getByLabel('Text', { exact: true }).inputValue(), /^Theirs\./);
      assert.equal(await page.getByLabel('Your text').inputValue(), mine);
      // Refused with both in the form, and still neither is lost.
      await page.getByLabel('Text', { exact: true }).fill('See [this](notes.md).');
      await save();
      await page.getByText('"notes.md" is no web address').first().waitFor();
      assert.equal(await page.getByLabel('Your text').inputValue(), mine);
      await page.getByRole('button', { name: 'Go on with mine' }).click();
      await page.getByRole('button', { name: 'Save mine' }).click();
      await page.getByText('The lesson is saved.').waitFor();
      assert.equal((await stored()).markdown?.trim(), mine);
      await page.getByText('Audio · two.wav').waitFor();

      // What is no change of the words is no conflict.
      await saveElsewhere('Read this first.');
      await write('Mine again.');
      await ask(`/api/lessons/${lesson}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ preview: true }),
      });
      await save();
      await page.getByText('The lesson is saved.').waitFor();
      assert.equal((await stored()).markdown, 'Mine again.\n');

      await saveElsewhere('Read this first.');
      const plain = await platform.open(browser, 'instructor', { javaScriptEnabled: false });
      await write('Mine by lamplight.', plain.page);
      await saveElsewhere('Theirs again.');
      await save(plain.page);
      await plain.page.getByText(conflict).waitFor();
      assert.equal(await plain.page.getByLabel('Text saved meanwhile').inputValue(), 'Theirs again.\n');
      await plain.page.getByRole('button', { name: 'Save mine' }).click();
      await plain.page.getByText('The lesson is saved.').waitFor();
      assert.equal((await stored()).markdown, 'Mine by lamplight.\n');
      await plain.close();

      // What they left is too long to be written here; what was typed can still be copied, also what was typed first.
      await saveElsewhere('Read this first.');
      await write('Mine, kept.');
      await saveElsewhere('Theirs once more.');
      await save();
      await page.getByRole('button', { name: 'Go on with theirs' }).click();
      await page.getByLabel('Text', { exact: true }).fill('Both.');
      const long = { type: 'paragraph', content: [{ type: 'text', text: 'word '.repeat(20_001).trim() }] };
      await ask(`/api/lessons/${lesson}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ content: { type: 'doc', content: [long] } }),
      });
      await page.getByLabel('Title of the lesson').fill('Written by three');
      await save();
      await page.getByText('What you wrote stays here to copy').waitFor();
      assert.deepEqual(await axe(page), []);
      assert.equal(await page.getByLabel('Your text').inputValue(), 'Both.');
      assert.equal((await page.getByLabel('What you wrote before').inputValue()).trim(), 'Mine, kept.');
      await save();
      await page.getByRole('heading', { level: 1, name: 'Written by three' }).waitFor();
      assert.equal((await stored()).markdown, null);
      assert.deepEqual(complaints, []);
      await close();
    },
  );

  for (const javaScriptEnabled of [true, false]) {
    testWithAll(
      `lessons are moved and removed ${javaScriptEnabled ? 'by keyboard, and what moved keeps the focus' : 'without scripts'}`,
      async () => {
        const { platform, browser } = world();
        const course = await draftWith(platform, 'Tides', [
          ['Sea', 'Ebb'],
          ['Sea', 'Flood'],
          ['Sea', 'Slack water'],
          ['Land', 'Beach'],
        ]);
        assert.equal((await course.publish()).ok, true);
        const { page, complaints, close } = await platform.open(browser, 'instructor', { javaScriptEnabled });
        await page.goto(course.href);
        await page.getByRole('button', { name: 'Move lesson Ebb down' }).focus();
        await page.keyboard.press('Enter');
        // Exactly: without scripts it stands in a <noscript>, which is no text of what is around it.
        await page.getByText('Ebb is now number 2 of 3.', { exact: true }).first().waitFor();
        assert.deepEqual(await course.outline(), { Sea: ['Flood', 'Ebb', 'Slack water'], Land: ['Beach'] });
        if (javaScriptEnabled) {
          await page.waitForFunction(
            () => document.activeElement?.getAttribute('aria-label') === 'Move lesson Ebb down',
          );
          await page.keyboard.press('Enter');
          await page.getByText('Ebb is now number 3 of 3.').waitFor();
          // At the end only the way back is left.
          await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Move lesson Ebb up');
          await page.keyboard.press('Enter');
          await page.getByText('Ebb is now number 2 of 3.').last().waitFor();
        }
        assert.equal(await page.getByRole('button', { name: 'Move lesson Beach up' }).count(), 0);
        assert.deepEqual(javaScriptEnabled ? await axe(page) : [], []);

        await page.getByRole('link', { name: 'Edit Beach', exact: true }).click();
        await page.getByText('Now it is in “Land”, which has no other lesson').waitFor();
        await page.getByLabel('Move to another module').selectOption('Sea');
        await page.getByRole('button', { name: 'Move', exact: true }).click();
        await page.getByText('Beach is now in “Sea”.', { exact: true }).first().waitFor();
        assert.deepEqual(await course.outline(), { Sea: ['Flood', 'Ebb', 'Slack water', 'Beach'] });

        await page.getByRole('link', { name: 'Remove lesson' }).click();
        await page.getByRole('heading', { level: 1, name: 'Remove “Beach”?' }).waitFor();
        await page.getByText('their progress is told by the lessons that remain').waitFor();
        assert.deepEqual(javaScriptEnabled ? await axe(page) : [], []);
        await page.getByRole('link', { name: 'Cancel' }).click();
        await page.getByRole('heading', { level: 1, name: 'Beach' }).waitFor();
        const remove = async (title: string) => {
          await page.goto(course.href);
          await page.getByRole('link', { name: `Edit ${title}`, exact: true }).click();
          await page.getByRole('link', { name: 'Remove lesson' }).click();
          await page.getByRole('button', { name: 'Remove lesson' }).click();
          await page.getByText(`“${title}” is no longer in the course.`).waitFor();
        };
        await remove('Beach');
        assert.deepEqual(await course.outline(), { Sea: ['Flood', 'Ebb', 'Slack water'] });
        assert.equal(await page.getByRole('link', { name: 'Edit Beach', exact: true }).count(), 0);
        await remove('Slack water');
        await remove('Ebb');
        // Nobody may be left with a course in the catalogue that has nothing in it.
        await page.getByRole('link', { name: 'Edit Flood', exact: true }).click();
        await page.getByRole('link', { name: 'Remove lesson' }).click();
        await page.getByText('It is the only one of a published course.').waitFor();
        assert.equal(await page.getByRole('button', { name: 'Remove lesson' }).count(), 0);
        assert.deepEqual(await course.outline(), { Sea: ['Flood'] });
        if (javaScriptEnabled) assert.deepEqual(complaints, []);
        await close();
      },
    );
  }

  testWithAll('what is typed and chosen in a form before the scripts are there is saved', async () => {
    const { platform, browser } = world();
    const { studio } = await newLesson(platform, 'Written early');
    const course = await draftWith(platform, 'Begun early', [['Only', 'One']]);
    const { page, complaints, close } = await platform.open(browser, 'instructor');
    /** Opens a page whose scripts come only after what is done to it. */
    const early = async (address: string, write: () => Promise<void>) => {
      let go: () => void = () => undefined;
      const wanted = new Promise<void>((resolve) => {
        go = resolve;
      });
      await page.route('**/_next/static/**/*.js', async (route) => {
        await wanted;
        await route.continue();
      });
      await page.goto(address, { waitUntil: 'commit' });
      await write();
      go();
      await hydrated(page.getByRole('button', { name: 'Save', exact: true }));
      await page.unrouteAll({ behavior: 'wait' });
    };
    const text = page.getByLabel('Text', { exact: true });
    // What is kept as it stands in the page.
    await early(`${platform.url}${studio}/text`, async () => {
      await page.getByLabel('Title of the lesson').fill('Written very early');
      await text.fill('Typed before the scripts.');
    });
    await page.waitForFunction(() => document.querySelector('textarea')?.value === 'Typed before the scripts.');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Written very early' }).waitFor();
    await page.goto(`${platform.url}${studio}/text`);
    assert.equal((await text.inputValue()).trim(), 'Typed before the scripts.');
    // What the form keeps for itself, where one field rules another.
    await early(course.href, async () => {
      await page.getByLabel('Summary').fill('Summed up early.');
      await page.getByLabel('Level').selectOption('beginner');
      await page.getByLabel('Price in').selectOption('BRL');
    });
    await page.getByLabel('Price', { exact: true }).fill('49');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
    await page.reload();
    assert.equal(await page.getByLabel('Summary').inputValue(), 'Summed up early.');
    assert.equal(await page.getByLabel('Level').inputValue(), 'beginner');
    assert.equal(await page.getByLabel('Price', { exact: true }).inputValue(), '49.00');
    assert.deepEqual(complaints, []);
    await close();
  });

  testWithAll('whoever leaves a text unsaved is asked first, whichever way they go', async () => {
    const { platform, browser } = world();
    const { studio } = await newLesson(platform, 'Left in the middle');
    const { page, complaints, close } = await platform.open(browser, 'instructor');
    const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    const text = page.getByLabel('Text', { exact: true });
    const cancel = page.getByRole('link', { name: 'Cancel' });
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    const lesson = new URL(studio, platform.url).href;
    const open = async () => {
      await page.getByRole('link', { name: 'Edit the text' }).click();
      await page.waitForURL(`${lesson}/text`);
      await text.waitFor();
    };
    const isStillWritten = async () => {
      await question.waitFor({ state: 'detached' });
      assert.equal(page.url(), `${lesson}/text`);
      assert.equal(await text.inputValue(), 'Half a thought');
    };
    await page.goto(lesson);
    await hydrated(page.getByRole('link', { name: 'Edit the text' }));
    // Loaded by itself the page would be left by a load, too: these ways are those between pages of ours.
    await open();
    await cancel.click();
    await page.waitForURL(lesson);
    assert.equal(await question.count(), 0, 'nothing was written');

    await open();
    await text.fill('Half a thought');
    await cancel.focus();
    await page.keyboard.press('Enter');
    await question.waitFor();
    assert.equal(await focused(), 'Stay');
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press('Enter');
    await isStillWritten();
    await page.waitForFunction(() => document.activeElement?.textContent === 'Cancel');

    const { length } = await page.evaluate(() => ({ length: history.length }));
    await page.evaluate(() => history.back());
    await question.waitFor();
    await page.keyboard.press('Escape');
    await isStillWritten();
    assert.equal(await page.evaluate(() => history.length), length);

    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'My learning' }).click();
    await question.waitFor();
    await page.keyboard.press('Escape');
    await isStillWritten();

    const [asked] = await Promise.all([page.waitForEvent('dialog'), page.close({ runBeforeUnload: true })]);
    assert.equal(asked.type(), 'beforeunload');
    await asked.dismiss();
    await isStillWritten();

    await page.evaluate(() => history.back());
    await question.getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL(lesson);
    await page.getByRole('link', { name: 'Edit the text' }).waitFor();

    await open();
    await text.fill('Half a thought');
    await cancel.click();
    await question.waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Leave');
    await page.keyboard.press('Enter');
    await page.waitForURL(lesson);

    // A refused text is not saved either; a saved one is.
    await open();
    await text.fill('Half a thought');
    await page.getByLabel('Title of the lesson').fill(' ');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alert').getByText('Give the lesson a title.').waitFor();
    await cancel.click();
    await question.getByRole('button', { name: 'Stay' }).click();
    await isStillWritten();
    await page.getByLabel('Title of the lesson').fill('Left at its end');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The lesson is saved.').waitFor();
    assert.equal(await question.count(), 0);
    assert.deepEqual(complaints, []);
    await close();
  });

  testWithAll('the forms of a lesson are whole at 320 px in the dark, in Portuguese', async () => {
    const { platform, browser } = world();
    const { studio, course } = await newLesson(platform, 'Umapalavramuitocompridasemnenhumespaçoparaquebrar');
    const { page, complaints, close } = await platform.open(browser, 'instructor', {
      viewport: { width: 320, height: 800 },
      colorScheme: 'dark',
    });
    const judge = async (name: string) => {
      const excess = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(excess, 0, `${name} scrolls sideways`);
      assert.deepEqual(await axe(page), [], name);
    };
    await page.goto(`${platform.url}/pt-BR${studio}`);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'um.mp4', mimeType: 'video/mp4', buffer: await film(platform) });
    await page.getByRole('button', { name: 'Adicionar arquivo', exact: true }).click();
    await page.getByText('Vídeo · um.mp4').waitFor();
    for (const summary of await page.locator('main summary').all()) await summary.click();
    await judge('the page of a lesson');
    await page.goto(`${platform.url}/pt-BR${studio}/text`);
    await page.getByText('Títulos, listas e links').click();
    await judge('the text of a lesson');
    await page.goto(`${platform.url}/pt-BR/studio/courses/${course.id}/lessons/new`);
    await page.getByText('Títulos, listas e links').click();
    await judge('a new lesson');
    await page.getByLabel('Título da aula').fill(' ');
    await page.getByRole('button', { name: 'Salvar', exact: true }).click();
    await page.getByRole('alert').getByText('Dê um título à aula.').waitFor();
    await judge('a refused lesson');
    await page.getByRole('link', { name: 'Cancelar' }).click();
    await page.getByRole('alertdialog', { name: 'Sair sem salvar?' }).waitFor();
    await judge('the question of who leaves a lesson');
    assert.deepEqual(complaints, []);
    await close();
  });
}
