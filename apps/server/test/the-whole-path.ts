import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { Document } from '@stoa/contracts/document';
import { sayNotes } from '../../../markets/courses/src/import/notes.ts';
import { type Account, type Api, mailsTo, newKey, promote, register, tokenFromMail, until } from './api-client.ts';
import { isGradable, packFolder, rightAnswers, type SourceCourse, wrongAnswers } from './source-course.ts';

export type PathOptions = {
  api: Api;
  operator: Account;
  source: SourceCourse;
  /** Language of the learner. */
  locale: 'en' | 'pt-BR' | 'es';
  /** Distinguishes the people of several walks on one platform. */
  tag: string;
  /** Compare the bytes of every file of every lesson (default), or leave files out. */
  files?: boolean;
  /** Answer every n-th problem wrongly before rightly; default every one. */
  wrongEvery?: number;
};

/** What a walk found, without ids and times: equal walks give equal findings. */
export type Findings = {
  report: { summary: unknown; items: string[] };
  outline: { title: string; lessons: string[] }[];
  lessons: { title: string; language: string; blocks: string[]; files: number }[];
  problems: { title: string; gradable: boolean; wrongScore: number | null; score: number | null }[];
  progress: { completedLessons: number; totalLessons: number; percent: number };
  certificate: unknown;
  notifications: string[];
  mails: string[];
};

/**
 * From sign-up to a certificate that anyone can verify, through the API alone: an instructor imports and publishes a
 * course, a learner finds it, enrolls, reads and watches and answers everything, and completes it. Whatever the API
 * says on the way is compared with the source of the course.
 */
export async function theWholePath(options: PathOptions): Promise<Findings> {
  const { source } = options;
  const instructor = await becomeInstructor(options);
  const { courseId, report } = await importCourse(options, instructor);
  const slug = await publish(options, instructor, courseId);
  const learner = await signUp(options);
  await findInCatalogue(options, { courseId, slug });
  const outline = await enroll(options, learner, courseId);
  const lessons = await readLessons(options, learner, outline);
  const problems = await answerProblems(options, learner, outline);
  const progress = await completeLessons(options, learner, { courseId, outline });
  const certificate = await getCertificate(options, learner, { courseId, title: source.truth.title });
  const told = await readMessages(options, learner);
  return { report, outline: outlineShape(outline), lessons, problems, progress, certificate, ...told };
}

/** Registers an instructor: signing up makes a student, an operator makes more of them. */
export async function becomeInstructor({
  api,
  operator,
  tag,
}: Pick<PathOptions, 'api' | 'operator' | 'tag'>): Promise<Account> {
  const person = await register(api, { email: `instructor-${tag}@stoa.test`, name: 'Iara Mendes' });
  const refused = await api.send('POST', '/api/courses/imports', { as: person, form: new FormData() });
  assert.equal(refused.status, 403, 'a student may not import');
  return promote(api, operator, person, ['student', 'instructor']);
}

/** Uploads the folder of a course as tar.gz and waits for its import. */
export async function uploadCourse(api: Api, instructor: Account, source: SourceCourse) {
  const form = new FormData();
  const archive = await packFolder(source.folder);
  form.set(
    'file',
    new Blob([new Uint8Array(archive)], { type: 'application/gzip' }),
    `${basename(source.folder)}.tar.gz`,
  );
  const queued = await api.call('POST', `/api/courses/imports?format=${source.format}`, {
    as: instructor,
    form,
    expect: 202,
  });
  const order = ['queued', 'running', 'succeeded', 'failed'];
  let reached = 0;
  const done = await until(
    'the import ends',
    async () => {
      const { body } = await api.call('GET', `/api/courses/imports/${queued.body.id}`, { as: instructor });
      assert.ok(order.indexOf(body.state) >= reached, `${body.state} came after ${order[reached]}`);
      reached = order.indexOf(body.state);
      return body.state === 'succeeded' || body.state === 'failed' ? body : undefined;
    },
    180_000,
  );
  assert.equal(done.state, 'succeeded', JSON.stringify(done.error));
  return done;
}

async function importCourse(options: PathOptions, instructor: Account) {
  const { api, source } = options;
  const done = await uploadCourse(api, instructor, source);
  const lines = (items: { source: string; type: string; outcome: string; note: string }[]) =>
    items.map(({ source: from, type, outcome, note }) => `${from} ${type} ${outcome} ${note}`);
  const truth = source.truth.report.map(({ notes, ...item }) => ({ ...item, note: sayNotes(notes, 'en') }));
  assert.deepEqual(lines(done.items), lines(truth), 'the loss report names every item of the source');
  assert.equal(done.summary.total, source.truth.report.length);
  assert.equal(
    done.items.filter((item: { lessonId: string | null }) => item.lessonId !== null).length,
    source.truth.report.filter((item) => item.lessonKey !== null).length,
    'each item of a lesson leads to it',
  );
  return { courseId: String(done.courseId), report: { summary: done.summary, items: lines(done.items) } };
}

async function publish({ api, source }: PathOptions, instructor: Account, courseId: string): Promise<string> {
  const hidden = await api.send('GET', `/api/courses/${courseId}`);
  assert.equal(hidden.status, 404, 'a draft is nobody else’s business');
  const { body: draft } = await api.call('GET', `/api/courses/${courseId}`, { as: instructor });
  assert.equal(draft.title, source.truth.title);
  if (!draft.summary)
    await api.call('PATCH', `/api/courses/${courseId}`, {
      as: instructor,
      body: { summary: 'A course worth its time.' },
    });
  const { body } = await api.call('POST', `/api/courses/${courseId}/publish`, { as: instructor });
  assert.equal(body.state, 'published');
  return body.slug;
}

async function signUp(options: PathOptions): Promise<Account> {
  const { api, operator, locale, tag } = options;
  const learner = await register(api, {
    email: `learner-${tag}@stoa.test`,
    name: 'Luísa Ramos',
    locale,
    timeZone: 'America/Sao_Paulo',
  });
  const token = await tokenFromMail(api, operator, { to: learner.email, kind: 'verify-email' });
  await api.call('POST', '/api/auth/verify-email', { body: { token }, expect: 204 });
  const { body: again } = await api.call('POST', '/api/auth/verify-email', { body: { token }, expect: 422 });
  assert.equal(again.code, 'link_not_valid', 'the link works once');
  const { body: me } = await api.call('GET', '/api/users/me', { as: learner });
  assert.deepEqual([me.emailVerified, me.locale], [true, locale]);
  return learner;
}

async function findInCatalogue({ api, source }: PathOptions, course: { courseId: string; slug: string }) {
  const words = encodeURIComponent(source.truth.title.split(/\s+/).slice(0, 3).join(' '));
  const { body } = await api.call('GET', `/api/courses?q=${words}&language=${source.truth.language}&price=free`);
  const found = body.items.find((item: { id: string }) => item.id === course.courseId);
  assert.ok(found, `“${source.truth.title}” is in the catalogue`);
  assert.equal(found.lessonCount, lessonsOf(source).length);
  const { body: bySlug } = await api.call('GET', `/api/courses/${encodeURIComponent(course.slug)}`);
  assert.equal(bySlug.id, course.courseId);
  if (source.truth.coverPath) {
    const cover = await api.bytes(new URL(bySlug.coverUrl, api.url).pathname);
    assert.equal(cover.status, 200, 'anyone sees the cover');
  }
}

type OutlineLesson = {
  id: string;
  title: string;
  path: string[];
  kind: string;
  durationSeconds: number;
  completion: 'viewed' | 'watched' | 'passed';
  locked: boolean;
  preview: boolean;
};
type OutlineModule = { id: string; title: string; lessons: OutlineLesson[] };

async function enroll(options: PathOptions, learner: Account, courseId: string): Promise<OutlineModule[]> {
  const { api, source, locale } = options;
  const before = await api.call('GET', `/api/courses/${courseId}/lessons`, { as: learner, locale });
  const closed = before.body.modules.flatMap((module: OutlineModule) => module.lessons).slice(1);
  assert.ok(
    closed.every((lesson: OutlineLesson) => lesson.locked),
    'without enrollment only the preview is open',
  );
  if (closed[0]) {
    const refused = await api.send('GET', `/api/lessons/${closed[0].id}`, { as: learner });
    assert.deepEqual([refused.status, refused.body.code], [403, 'lesson_locked']);
  }
  const key = newKey();
  const enrollIn = () => api.send('POST', `/api/courses/${courseId}/enrollments`, { as: learner, key });
  // The course becomes known to enrollment by an event.
  const first = await until('enrolling', async () => {
    const answer = await enrollIn();
    if (answer.status === 404) return undefined;
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer;
  }).catch(async () => api.call('POST', `/api/courses/${courseId}/enrollments`, { as: learner, key: newKey() }));
  const again = await api.call('POST', `/api/courses/${courseId}/enrollments`, { as: learner, key: newKey() });
  assert.equal(again.body.id, first.body.id, 'enrolling twice is enrolling once');

  const { body } = await api.call('GET', `/api/courses/${courseId}/lessons`, { as: learner, locale });
  const modules: OutlineModule[] = body.modules;
  const own = (texts: Record<string, { title?: string }>, title: string) => texts[locale]?.title ?? title;
  assert.deepEqual(
    modules.map((module) => [module.title, module.lessons.map((lesson) => [...lesson.path, lesson.title])]),
    source.truth.modules.map((module) => [
      own(module.translations, module.title),
      module.lessons.map((lesson) => [...lesson.path, own(lesson.translations, lesson.title)]),
    ]),
    'the outline has the titles of the source in their order',
  );
  assert.ok(modules.every((module) => module.lessons.every((lesson) => !lesson.locked)));
  return modules;
}

async function readLessons(options: PathOptions, learner: Account, outline: OutlineModule[]) {
  const { api, source, locale } = options;
  const truths = lessonsOf(source);
  const compared = new Map<string, string>();
  const found: Findings['lessons'] = [];
  for (const [index, { id }] of outline.flatMap((module) => module.lessons).entries()) {
    const truth = truths[index];
    assert.ok(truth);
    const { body: lesson } = await api.call('GET', `/api/lessons/${id}`, { as: learner, locale });
    const local = truth.translations[locale];
    assert.equal(lesson.language, local ? locale : source.truth.language, `language of “${truth.title}”`);
    const content = Document.parse(lesson.content);
    const written = local?.content ?? truth.content;
    assert.deepEqual(
      content.content.map((block) => block.type),
      written.content.map((block) => block.type),
    );
    const pairs = pairAddresses(written, content);
    for (const { from, to } of pairs) {
      assert.doesNotMatch(to, /^(javascript|data|vbscript|blob):/i);
      if (!to.startsWith('asset:')) continue;
      const asset = lesson.assets[to.slice('asset:'.length)];
      assert.ok(asset, `“${truth.title}” gives the address of ${from}`);
      compared.set(from.slice('asset:'.length), asset.url);
    }
    found.push({
      title: lesson.title,
      language: lesson.language,
      blocks: content.content.map((block) => block.type),
      files: pairs.filter(({ to }) => to.startsWith('asset:')).length,
    });
    await api.call('POST', `/api/progress/lessons/${id}`, { as: learner, body: { state: 'viewed' } });
  }
  if (options.files !== false) for (const [path, url] of compared) await compareFile(options, path, url);
  return found;
}

/** The file behind a signed address is the file of the source, and nothing in it can run on our pages. */
async function compareFile({ api, source }: PathOptions, path: string, url: string): Promise<void> {
  const { status, headers, content } = await api.bytes(url);
  assert.equal(status, 200, path);
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  const file = source.truth.files.find((one) => one.path === path);
  assert.ok(file, `${path} is a file of the source`);
  const wanted = createHash('sha256');
  for await (const chunk of file.open()) wanted.update(chunk);
  assert.equal(createHash('sha256').update(content).digest('hex'), wanted.digest('hex'), `the bytes of ${path}`);
  if (content.length > 2) {
    const range = await api.bytes(url, { headers: { range: 'bytes=1-2' } });
    assert.equal(range.status, 206);
    assert.deepEqual(range.content, content.subarray(1, 3));
  }
}

async function answerProblems(options: PathOptions, learner: Account, outline: OutlineModule[]) {
  const { api, source, locale } = options;
  const truths = lessonsOf(source);
  const found: Findings['problems'] = [];
  for (const [index, { id }] of outline.flatMap((module) => module.lessons).entries()) {
    const definitions = truths[index]?.problems ?? [];
    if (definitions.length === 0) continue;
    const { body } = await api.call('GET', `/api/lessons/${id}/problems`, { as: learner, locale });
    assert.equal(body.items.length, definitions.length, `problems of “${truths[index]?.title}”`);
    for (const [place, { definition }] of definitions.entries()) {
      const shown = body.items[place];
      assert.ok(!JSON.stringify(shown.problem).includes('"correct"'), 'what is right is not told before an answer');
      const gradable: boolean = shown.problem.gradable;
      if (!isGradable(definition)) assert.equal(gradable, false);
      if (!gradable) {
        found.push({ title: shown.problem.title, gradable, wrongScore: null, score: null });
        continue;
      }
      const attempt = (answers: unknown) =>
        api.call('POST', `/api/problems/${shown.id}/attempts`, {
          as: learner,
          // Numbers are sent as such, so the language of the learner does not matter to them.
          locale,
          body: { answers },
          key: newKey(),
          expect: 201,
        });
      let wrongScore: number | null = null;
      const hasTries = definition.maxAttempts === null || definition.maxAttempts > 1;
      const mayBeWrong = hasTries && found.length % (options.wrongEvery ?? 1) === 0;
      const wrong = wrongAnswers(withTranslation(definition, locale), shown);
      if (
        mayBeWrong &&
        Object.values(wrong).some((answer) => (Array.isArray(answer) ? answer.length > 0 : answer !== ''))
      ) {
        wrongScore = (await attempt(wrong)).body.lastAttempt.result.score;
        assert.ok((wrongScore ?? 1) < 1, `“${definition.title}” is not solved by wrong answers`);
      }
      const { body: after } = await attempt(rightAnswers(withTranslation(definition, locale), shown));
      assert.equal(after.lastAttempt.result.score, 1, `“${definition.title}” is solved by the answers of its source`);
      assert.equal(after.state.passed, true);
      found.push({ title: shown.problem.title, gradable, wrongScore, score: after.lastAttempt.result.score });
    }
  }
  return found;
}

type Definition = SourceCourse['truth']['modules'][number]['lessons'][number]['problems'][number]['definition'];

/** The definition with the choices in the learner's language, since choices are recognized by what they say. */
function withTranslation(definition: Definition, locale: string): Definition {
  const choices = definition.translations?.[locale]?.choices;
  if (!choices) return definition;
  return {
    ...definition,
    parts: definition.parts.map((part) =>
      part.type === 'response' && 'choices' in part.response
        ? {
            ...part,
            response: {
              ...part.response,
              choices: part.response.choices.map((choice) => ({
                ...choice,
                content: choices[choice.id] ?? choice.content,
              })),
            },
          }
        : part,
    ),
  };
}

async function completeLessons(
  options: PathOptions,
  learner: Account,
  { courseId, outline }: { courseId: string; outline: OutlineModule[] },
): Promise<Findings['progress']> {
  const { api } = options;
  const report = (id: string, body: object) => api.call('POST', `/api/progress/lessons/${id}`, { as: learner, body });
  for (const lesson of outline.flatMap((module) => module.lessons)) {
    if (lesson.completion === 'passed') {
      await until(`“${lesson.title}” is passed`, async () => (await stateOf(lesson.id)) === 'completed');
      continue;
    }
    if (lesson.completion === 'watched' || lesson.kind === 'video') {
      const end = lesson.durationSeconds;
      const half = Math.floor(end / 2);
      await report(lesson.id, { state: 'viewed', positionSeconds: half, watched: [[0, half]] });
      const { body } = await api.call('GET', `/api/lessons/${lesson.id}`, { as: learner });
      assert.equal(body.progress.positionSeconds, half, 'the video resumes where it was left');
      await report(lesson.id, { state: 'viewed', positionSeconds: end, watched: [[half, end]] });
    }
    if ((await stateOf(lesson.id)) !== 'completed') await report(lesson.id, { state: 'completed' });
  }
  const { body } = await api.call('GET', `/api/progress/courses/${courseId}`, { as: learner });
  const { completedLessons, totalLessons, percent } = body;
  assert.ok(body.completedAt, 'the course is completed');
  assert.deepEqual([completedLessons, percent], [totalLessons, 100]);
  return { completedLessons, totalLessons, percent };

  async function stateOf(id: string): Promise<string | undefined> {
    const { body: course } = await api.call('GET', `/api/progress/courses/${courseId}`, { as: learner });
    return course.lessons.find((lesson: { id: string }) => lesson.id === id)?.state;
  }
}

async function getCertificate(options: PathOptions, learner: Account, course: { courseId: string; title: string }) {
  const { api } = options;
  const { body } = await api.call('GET', '/api/enrollments?completed=true', { as: learner });
  const mine = body.items.find((item: { course: { id: string } }) => item.course.id === course.courseId);
  assert.ok(mine?.certificate, 'there is a certificate');
  const pdf = await api.bytes(`/api/certificates/${mine.certificate.id}`, { as: learner });
  assert.equal(pdf.status, 200);
  assert.equal(pdf.headers.get('content-type'), 'application/pdf');
  assert.equal(pdf.content.subarray(0, 5).toString(), '%PDF-');
  assert.ok(pdf.content.length > 2000);
  const { body: verified } = await api.call('GET', `/api/certificates/verify/${mine.certificate.code}`);
  assert.deepEqual([verified.valid, verified.holderName, verified.courseId], [true, learner.name, course.courseId]);
  const unknown = await api.send('GET', '/api/certificates/verify/00000-00000-00000-00000-00000-0');
  assert.equal(unknown.status, 404);
  return {
    valid: verified.valid,
    holderName: verified.holderName,
    courseTitle: verified.courseTitle,
    instructorName: verified.instructorName,
  };
}

async function readMessages(options: PathOptions, learner: Account) {
  const { api, operator, locale } = options;
  const wanted = ['completion', 'enrollment', 'verify-email', 'welcome'];
  const mails = await until('all mails are sent', async () => {
    const sent = (await mailsTo(api, operator, learner.email)).filter((mail) => mail.state === 'sent');
    return wanted.every((kind) => sent.some((mail) => mail.kind === kind)) ? sent : undefined;
  });
  assert.deepEqual(mails.map((mail) => mail.kind).sort(), wanted, 'each mail was written once');
  assert.ok(
    mails.every((mail) => mail.locale === locale),
    'mails are in the language of the learner',
  );
  const { body } = await api.call('GET', '/api/notifications', { as: learner, locale });
  const kinds = body.items.map((item: { kind: string }) => item.kind);
  for (const kind of ['enrollment', 'completion']) assert.ok(kinds.includes(kind), `${kind} is under the bell`);
  return {
    notifications: body.items.map((item: { title: string }) => item.title).sort(),
    mails: mails.map((mail) => `${mail.kind}: ${mail.subject}`).sort(),
  };
}

function lessonsOf(source: SourceCourse) {
  return source.truth.modules.flatMap((module) => module.lessons);
}

function outlineShape(outline: OutlineModule[]): Findings['outline'] {
  return outline.map((module) => ({
    title: module.title,
    lessons: module.lessons.map(
      (lesson) => `${[...lesson.path, lesson.title].join(' / ')} (${lesson.kind}, ${lesson.completion})`,
    ),
  }));
}

/** Addresses in a document of the source beside those at the same places in the document the API gave. */
function pairAddresses(from: unknown, to: unknown): { from: string; to: string }[] {
  if (Array.isArray(from) && Array.isArray(to)) return from.flatMap((one, index) => pairAddresses(one, to[index]));
  if (typeof from !== 'object' || from === null || typeof to !== 'object' || to === null) return [];
  const other = new Map(Object.entries(to));
  return Object.entries(from).flatMap(([key, value]) => {
    const address = other.get(key);
    if (
      (key === 'src' || key === 'href' || key === 'posterSrc') &&
      typeof value === 'string' &&
      typeof address === 'string'
    )
      return [{ from: value, to: address }];
    return pairAddresses(value, address);
  });
}
