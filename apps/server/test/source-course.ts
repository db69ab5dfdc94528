import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { isGradable, type ProblemDefinition, type ResponseDefinition } from '@stoa/contracts/problem';
import { plainText } from '../../../markets/courses/src/import/document-text.ts';
import type { ImportedCourse } from '../../../markets/courses/src/import/imported-course.ts';
import { readMarkdownCourse } from '../../../markets/courses/src/import/markdown/read-markdown-course.ts';
import { readOlx } from '../../../markets/courses/src/import/read-olx.ts';
import { openFolder } from '../../../markets/courses/src/import/source-tree.ts';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
/** Real courses that are no part of the repository. */
export const sharedData = resolve(repository, process.env.STOA_SHARED_DATA ?? '../shared/data');

/** A course as its files say, read without the platform: the truth that the API is compared with. */
export type SourceCourse = { folder: string; format: 'olx' | 'markdown'; truth: ImportedCourse };

export async function readSourceCourse(folder: string, format: 'olx' | 'markdown'): Promise<SourceCourse> {
  const tree = openFolder(folder);
  return { folder, format, truth: await (format === 'olx' ? readOlx(tree) : readMarkdownCourse(tree)) };
}

/** One pixel, so that a picture of the course is really one. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/**
 * Writes a course of four lessons as Open edX exports them: reading with active content in it, a video, five kinds of
 * graded problems, and a last page. So the whole path is tested also where the real course is absent.
 */
export async function writeSmallCourse(folder: string, name = 'Tea'): Promise<string> {
  const video = await readFile(
    join(repository, 'demo/courses/read-an-electricity-bill/media/from-watts-to-the-bill.mp4'),
  );
  const files: Record<string, string | Buffer> = {
    'course.xml': `<course url_name="2026" org="Stoa" course="${name}"/>`,
    'course/2026.xml':
      `<course display_name="${name} and water" language="en" course_image="leaf.png">` +
      '<chapter url_name="begin"/><chapter url_name="prove"/></course>',
    'about/short_description.html': `Everything a good cup of ${name.toLowerCase()} needs.`,
    'about/overview.html': '<section class="about"><h2>About</h2><p>Four short lessons.</p></section>',
    'chapter/begin.xml': '<chapter display_name="Begin"><sequential url_name="look"/></chapter>',
    'chapter/prove.xml':
      '<chapter display_name="Prove it"><sequential url_name="exam"/><sequential url_name="end"/></chapter>',
    'sequential/look.xml':
      '<sequential display_name="Look around"><vertical url_name="read"/><vertical url_name="watch"/></sequential>',
    'sequential/exam.xml':
      '<sequential display_name="Exam" graded="true" format="Exam"><vertical url_name="problems"/></sequential>',
    'sequential/end.xml': '<sequential display_name="The end"><vertical url_name="farewell"/></sequential>',
    'vertical/read.xml': '<vertical display_name="What tea is"><html url_name="leaf"/></vertical>',
    'vertical/watch.xml': '<vertical display_name="Watch it brew"><video url_name="brew"/></vertical>',
    'vertical/problems.xml':
      '<vertical display_name="Five questions"><problem url_name="one"/><problem url_name="many"/>' +
      '<problem url_name="list"/><problem url_name="number"/><problem url_name="word"/></vertical>',
    'vertical/farewell.xml': '<vertical display_name="Farewell"><html url_name="bye"/></vertical>',
    'html/leaf.xml': '<html filename="leaf" display_name="Leaf"/>',
    'html/leaf.html':
      '<h3>Leaf</h3><p onclick="steal()">Tea is a <b>leaf</b>.</p><img src="/static/leaf.png" alt="A leaf">' +
      '<script>document.title = "owned"</script><a href="javascript:alert(1)">never</a>' +
      '<iframe srcdoc="<script>parent.x=1</script>"></iframe><svg onload="alert(1)"><circle r="1"/></svg>',
    'html/bye.xml': '<html filename="bye" display_name="Bye"/>',
    'html/bye.html': '<p>Go and brew.</p>',
    'video/brew.xml':
      '<video display_name="Brewing" html5_sources="[&quot;/static/brew.mp4&quot;]" sub="" transcripts="{&quot;en&quot;: &quot;brew.srt&quot;}">' +
      '<source src="/static/brew.mp4"/><transcript language="en" src="brew.srt"/><video_asset duration="30.0"/></video>',
    'problem/one.xml':
      '<problem display_name="One" max_attempts="3"><multiplechoiceresponse><label>What is tea?</label><choicegroup type="MultipleChoice">' +
      '<choice correct="false">A stone</choice><choice correct="true">A leaf</choice><choice correct="false">A fish</choice>' +
      '</choicegroup></multiplechoiceresponse><demandhint><hint>It grows.</hint></demandhint></problem>',
    'problem/many.xml':
      '<problem display_name="Many"><choiceresponse><label>What does it need?</label><checkboxgroup>' +
      '<choice correct="true">Water</choice><choice correct="true">Time</choice><choice correct="false">Luck</choice>' +
      '</checkboxgroup></choiceresponse></problem>',
    'problem/list.xml':
      '<problem display_name="List"><optionresponse><label>Green tea is</label><optioninput>' +
      '<option correct="True">cooler</option><option correct="False">hotter</option></optioninput></optionresponse></problem>',
    'problem/number.xml':
      '<problem display_name="Number"><numericalresponse answer="80"><label>Degrees</label>' +
      '<responseparam type="tolerance" default="5"/><formulaequationinput/></numericalresponse></problem>',
    'problem/word.xml':
      '<problem display_name="Word"><stringresponse answer="oolong" type="ci"><label>A kind of tea</label>' +
      '<additional_answer answer="wulong"/><textline size="20"/></stringresponse></problem>',
    'static/leaf.png': pixel,
    'static/brew.mp4': video,
    'static/brew.srt':
      '1\n00:00:00,000 --> 00:00:04,000\nWater first.\n\n2\n00:00:05,000 --> 00:00:29,000\nThen the leaf.\n',
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** A folder as tar.gz (ustar), the way courses are uploaded. */
export async function packFolder(folder: string): Promise<Buffer> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  const gzip = createGzip({ level: 1 });
  const chunks: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = once(gzip, 'end');
  for (const name of names) {
    const content = await readFile(join(folder, name));
    gzip.write(tarHeader(name, content.length));
    gzip.write(content);
    gzip.write(Buffer.alloc((512 - (content.length % 512)) % 512));
  }
  gzip.end(Buffer.alloc(1024));
  await finished;
  return Buffer.concat(chunks);
}

function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(512);
  const bytes = Buffer.byteLength(name);
  const cut = bytes > 100 ? name.lastIndexOf('/', 154) : -1;
  header.write(name.slice(cut + 1), 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        0', 148);
  header.write('ustar\0' + '00', 257);
  if (cut >= 0) header.write(name.slice(0, cut), 345, 155);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** A problem as a learner sees it, as far as answering needs it. */
type Shown = {
  problem: {
    parts: { type: string; response?: { id: string; kind: string; choices?: { id: string; content: never[] }[] } }[];
  };
};
type Answers = Record<string, string | string[] | number>;

/** The right answers of a problem by its source, in the ids the learner was shown. */
export function rightAnswers(definition: ProblemDefinition, shown: Shown): Answers {
  return answersOf(definition, shown, true);
}

/** Answers that are wrong in every response that can be got wrong. */
export function wrongAnswers(definition: ProblemDefinition, shown: Shown): Answers {
  return answersOf(definition, shown, false);
}

export { isGradable };

function answersOf(definition: ProblemDefinition, shown: Shown, right: boolean): Answers {
  const views = new Map(
    shown.problem.parts.flatMap((part) => (part.response ? [[part.response.id, part.response]] : [])),
  );
  const answers: Answers = {};
  for (const part of definition.parts) {
    if (part.type !== 'response') continue;
    const { response } = part;
    const view = views.get(response.id);
    if (!view) throw new Error(`response ${response.id} is not shown`);
    answers[response.id] =
      'choices' in response ? pickChoices(response, view.choices ?? [], right) : typedAnswer(response, right);
  }
  return answers;
}

type Choosing = Extract<ResponseDefinition, { choices: unknown }>;

function pickChoices(response: Choosing, shown: { id: string; content: never[] }[], right: boolean): string | string[] {
  const texts = (content: Parameters<typeof plainText>[0]) => plainText(content);
  const wanted = response.choices.filter((choice) => choice.correct === right);
  const ids = wanted.map((choice) => {
    const text = texts(choice.content);
    const index = response.choices.indexOf(choice);
    // Pictures say nothing in text; those lists are not shuffled.
    const found = text ? shown.find((one) => texts(one.content) === text) : shown[index];
    if (!found) throw new Error(`the choice "${text}" is not shown`);
    return found.id;
  });
  if (response.kind === 'multiple_choice') return right ? ids : ids.slice(0, 1);
  return ids[0] ?? '';
}

const unlikely = 'certainly not this one';
const fits = (pattern: string, text: string) => new RegExp(`^(?:${pattern})$`, 'i').test(text);

function typedAnswer(response: Exclude<ResponseDefinition, Choosing>, right: boolean): string | number {
  if (response.kind === 'numerical') {
    const full = response.answers.find((answer) => answer.credit === 1) ?? response.answers[0];
    if (!full) throw new Error('a numerical response without answers');
    if ('value' in full) return right ? full.value : full.value * 3 + 1000;
    return right ? (full.from + full.to) / 2 : full.to + 1000;
  }
  if (response.kind === 'text') {
    // Where any text is right, as in reflection questions, there is no wrong one to give.
    if (!right)
      return response.answers.some(({ match, value }) => match === 'pattern' && fits(value, unlikely)) ? '' : unlikely;
    const exact = response.answers.find((answer) => answer.match === 'exact' && answer.credit === 1);
    if (exact) return exact.value;
    for (const answer of response.answers) {
      const literal = answer.value.replaceAll(/[\\^$|?*+()[\]{}]/g, '');
      const parts = answer.value.split('|').map((part) => part.replaceAll(/[^\p{L}\p{N} ]/gu, ''));
      for (const candidate of [literal.replaceAll('.', 'a'), literal.replaceAll('.', ''), ...parts])
        if (fits(answer.value, candidate)) return candidate;
    }
    throw new Error(`no answer known for ${response.answers.map((answer) => answer.value).join(' or ')}`);
  }
  throw new Error(`${response.kind} cannot be answered`);
}
