import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { CoursesService } from '@stoa/contracts';
import { type EventType, emit, serviceCtx, systemIds } from '@stoa/kernel';
import { type Answer, eventually, type Person, startTestPlatform } from '@stoa/kernel/testing';
import tar from 'tar-stream';
import { courses } from '../src/index.ts';
import { siblings } from './siblings.ts';

/** Courses beside stand-ins for the contexts it speaks with. */
export async function startWorld(options: Parameters<typeof startTestPlatform>[1] = {}) {
  const others = siblings();
  const platform = await startTestPlatform([courses, ...others.contexts], options);
  const db = platform.host.database('courses');
  const folders: string[] = [];

  const call = platform.call;
  const createCourse = async (as: Person, body: Record<string, unknown> = {}) => {
    const answer = await call('POST', '/api/courses', {
      as,
      body: { title: 'Read an electricity bill', language: 'en', summary: 'Know what you pay for.', ...body },
    });
    return answer.body;
  };
  const addLesson = async (as: Person, courseId: string, body: Record<string, unknown> = {}) => {
    const answer = await call('POST', `/api/courses/${courseId}/lessons`, {
      as,
      body: { title: 'A lesson', module: 'First things', ...body },
    });
    return answer.body;
  };
  const publish = (as: Person, courseId: string) => call('POST', `/api/courses/${courseId}/publish`, { as });
  const importOf = (as: Person, id: string) => call('GET', `/api/courses/imports/${id}`, { as });

  return {
    ...others,
    platform,
    db,
    call,
    createCourse,
    addLesson,
    publish,
    archive: (as: Person, courseId: string) => call('POST', `/api/courses/${courseId}/archive`, { as }),
    publishedCourse: async (as: Person, body: Record<string, unknown> = {}, lesson: Record<string, unknown> = {}) => {
      const course = await createCourse(as, body);
      const first = await addLesson(as, course.id, lesson);
      await publish(as, course.id);
      return { id: String(course.id), slug: String(course.slug), lessonId: String(first.id) };
    },
    /** Events about a course, oldest first. */
    eventsOf: async (courseId: string) => {
      const { rows } = await db.pool.query(
        'select type, aggregate_version as version, data from outbox where subject = $1 order by seq',
        [courseId],
      );
      return rows.map((row) => ({ type: String(row.type).split('.')[3], version: row.version, data: row.data }));
    },
    happen: async <E extends EventType>(
      event: E,
      aggregate: string,
      data: Parameters<typeof emit<E['data']>>[3]['data'],
    ) => {
      await platform.host
        .database(event.context)
        .transaction((tx) => emit(tx, serviceCtx('test'), systemIds, { event, aggregate, data }));
      await platform.host.settle();
    },
    upload: (
      as: Person,
      content: Uint8Array,
      more: { name?: string; query?: string; fields?: Record<string, string> } = {},
    ) => uploadOf(call, { as, content, ...more }),
    importOf,
    /** Waits until an import is over. */
    finished: (as: Person, id: string) =>
      eventually(async () => {
        const { body } = await importOf(as, id);
        return body.state === 'succeeded' || body.state === 'failed' ? body : undefined;
      }, 60_000),
    /** Imports a folder as the command line does, and waits. */
    importFolder: async (as: Person, folder: string, { format = '', publish: toPublish = false } = {}) => {
      const client = platform.host.client(CoursesService);
      const ctx = serviceCtx('cli');
      const { importId } = await client.importFolder(
        { format, folder, instructorId: as.id, instructorName: as.name, publish: toPublish },
        ctx,
      );
      return eventually(async () => {
        const { state, importJson } = await client.getImport({ importId }, ctx);
        return state === 'succeeded' || state === 'failed' ? JSON.parse(importJson) : undefined;
      }, 60_000);
    },
    /** A folder with these files, removed at the end. */
    folderOf: async (files: Record<string, string | Buffer>) => {
      const folder = await mkdtemp(join(tmpdir(), 'stoa-source-'));
      folders.push(folder);
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
      return folder;
    },
    close: async () => {
      await platform.close();
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    },
  };
}
export type World = Awaited<ReturnType<typeof startWorld>>;

type Call = (method: string, path: string, options?: object) => Promise<Answer>;

function uploadOf(
  call: Call,
  options: { as: Person; content: Uint8Array; name?: string; query?: string; fields?: Record<string, string> },
) {
  const boundary = 'a-boundary';
  const fields = Object.entries(options.fields ?? {}).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const name = options.name ?? 'course.tar.gz';
  const body = Buffer.concat([
    Buffer.from(
      `${fields.join('')}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n` +
        'content-type: application/gzip\r\n\r\n',
    ),
    options.content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return call('POST', `/api/courses/imports${options.query ?? ''}`, {
    as: options.as,
    body,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  });
}

/** Files as tar.gz. */
export async function packed(files: Record<string, string | Buffer>): Promise<Buffer> {
  const pack = tar.pack();
  for (const [name, content] of Object.entries(files)) pack.entry({ name }, content);
  pack.finalize();
  return buffer(pack.pipe(createGzip({ level: 1 })));
}

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A course of three lessons as Open edX exports it: a picture, a link between lessons, two problems, active content. */
export function smallOlx(): Record<string, string | Buffer> {
  return {
    'course.xml': '<course url_name="2026" org="Stoa" course="Tea"/>',
    'course/2026.xml':
      '<course display_name="Tea and water" language="en" course_image="leaf.png">' +
      '<chapter url_name="begin"/><chapter url_name="prove"/></course>',
    'about/overview.html':
      '<section><p>Four short lessons about tea.</p><img src="/static/page.png" alt="A pot"></section>',
    'chapter/begin.xml': '<chapter display_name="Begin"><sequential url_name="look"/></chapter>',
    'chapter/prove.xml': '<chapter display_name="Prove it"><sequential url_name="exam"/></chapter>',
    'sequential/look.xml':
      '<sequential display_name="Look around"><vertical url_name="read"/><vertical url_name="more"/></sequential>',
    'sequential/exam.xml':
      '<sequential display_name="Exam" graded="true" format="Exam"><vertical url_name="problems"/></sequential>',
    'vertical/read.xml': '<vertical display_name="What tea is"><html url_name="leaf"/></vertical>',
    'vertical/more.xml':
      '<vertical display_name="More tea"><html url_name="more"/><problem url_name="warm"/></vertical>',
    'vertical/problems.xml': '<vertical display_name="Questions"><problem url_name="one"/></vertical>',
    'html/leaf.xml': '<html filename="leaf" display_name="Leaf"/>',
    'html/leaf.html':
      '<p onclick="steal()">Tea is a <b>leaf</b>.</p><img src="/static/leaf.png" alt="A leaf">' +
      '<script>document.title = "owned"</script><p><a href="/jump_to_id/more">Go on</a></p>',
    'html/more.xml': '<html filename="more" display_name="More"/>',
    'html/more.html': '<p>It needs water.</p>',
    'problem/warm.xml':
      '<problem display_name="Warm"><numericalresponse answer="80"><label>Degrees</label><formulaequationinput/></numericalresponse></problem>',
    'problem/one.xml':
      '<problem display_name="One"><multiplechoiceresponse><p>Look: <img src="/static/leaf.png" alt="leaf"/></p><label>What is tea?</label>' +
      '<choicegroup type="MultipleChoice"><choice correct="false">A stone</choice><choice correct="true">A leaf</choice>' +
      '</choicegroup></multiplechoiceresponse></problem>',
    'static/leaf.png': pixel,
    'static/page.png': Buffer.concat([pixel, Buffer.from('page')]),
  };
}

/** A Markdown course of two lessons in two languages, with a picture. */
export function smallMarkdown(): Record<string, string | Buffer> {
  return {
    'README.md': '# Bread at home\n\nFlour, water, salt and time.\n',
    'translations/README.pt-BR.md': '# Pão em casa\n\nFarinha, água, sal e tempo.\n',
    '1-start/README.md': '# Start\n\nThe first days.\n',
    '1-start/1-flour/README.md':
      '# Flour\n\nChoose a flour.\n\n![A sack](images/sack.png)\n\n[Next](../2-water/README.md)\n',
    '1-start/1-flour/translations/README.pt-BR.md': '# Farinha\n\nEscolha uma farinha.\n',
    '1-start/1-flour/images/sack.png': pixel,
    '1-start/2-water/README.md': '# Water\n\nAs warm as your hand.\n',
  };
}
