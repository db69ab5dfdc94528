import type { Block, Document } from '@stoa/contracts/document';
import type { ResolveAddress } from './document-address.ts';
import { oneLine, plainText } from './document-text.ts';
import { draftModules, indexLessons, leavesOf, type OlxLessonDraft, uniqueKeys } from './draft-olx-lessons.ts';
import { htmlToDocument } from './html-to-document.ts';
import { ImportError } from './import-error.ts';
import type {
  ImportedCourse,
  ImportedFile,
  ImportedLesson,
  ImportedModule,
  ImportReportItem,
  SourceTree,
} from './imported-course.ts';
import { note, noteOf } from './notes.ts';
import { lossOfPolicy, lossOfSettings, orphans, staticItems, unreadContainers } from './olx-losses.ts';
import { passThresholdOf, readPolicy } from './olx-policy.ts';
import { readStaticFiles, type StaticFiles } from './olx-static-files.ts';
import { type OlxLeaf, readOlxLeaf, safeName } from './read-olx-leaf.ts';
import { type OlxBlock, type OlxFolder, readOlxOutline } from './read-olx-outline.ts';
import { attribute, readXml } from './read-xml.ts';

type Found = { folder: OlxFolder; top: 'course.xml' | 'library.xml' };

const wordsPerMinute = 200;
const lessonBlockLimit = 5000;
const searchDepth = 3;
const readBudget = 512 * 1024 * 1024;

/**
 * Reads an Open edX course (OLX) or, when there is no course, a content library from a source tree. The course may
 * lie at the top or up to three folders below.
 *
 * Chapters become modules and verticals become lessons, with the sequential's title as their path; the blocks of a
 * vertical become the lesson's document in order. The report has one item for every leaf block in outline order, then
 * one for whatever else was left out, then one per static file, present or missing.
 *
 * Throws ImportError `source_not_a_course`, `xml_invalid` (the top file) or `source_too_large`; anything wrong with a
 * single block is a `failed` item.
 */
export async function readOlx(tree: SourceTree): Promise<ImportedCourse> {
  const { main, besides } = await findTop(tree);
  const { folder, top } = main;
  const root = readXml(await folder.read(top));
  const run = attribute(root, 'url_name') ?? '';
  const policy = await readPolicy(folder, run);
  const { course, opened } = await readOlxOutline({ folder, top, policyOf: policy.of });
  const modules = draftModules(course);
  const lessonOf = indexLessons(modules);
  const files = await readStaticFiles(folder);
  const used = new Set<string>();
  const resolveFor = (source: string): ResolveAddress => resolver({ source, files, used, lessonOf });

  const report: ImportReportItem[] = [];
  const made = new Map<string, { contentType: string; text: string; from: string | null }>();
  const imported: ImportedModule[] = [];
  const problemKeys = uniqueKeys();
  const passThreshold = await passThresholdOf(folder, run);
  for (const draft of modules) {
    const lessons: ImportedLesson[] = [];
    for (const lesson of draft.lessons) {
      const read = await readLesson({ lesson, folder, files, resolveFor, report, made, problemKeys, passThreshold });
      if (lesson.shown) lessons.push(read);
    }
    if (lessons.length > 0) imported.push({ sourceKey: draft.key, title: draft.title, translations: {}, lessons });
  }

  const identity = courseIdentity(course, root.attributes);
  const about = await readAbout(folder, resolveFor);
  const cover = coverOf(course.settings.course_image, { files, used });
  report.push(...unreadContainers(course), ...lossOfSettings(course), ...about.report, ...cover.report);
  report.push(...(await lossOfPolicy({ folder, run, course, policyPath: policy.path, passThreshold })));
  report.push(...(await orphans(folder, opened)));
  for (const beside of besides) report.push(await keepLibrary(beside, made));
  for (const { path, from } of [...made].map(([path, { from }]) => ({ path, from }))) {
    if (from !== null) used.add(from);
    used.add(path);
  }
  report.push(...staticItems({ files, used, made, course }));

  return {
    format: 'olx',
    ...identity,
    summary: about.summary,
    description: about.description,
    language: languageTag(course.settings.language),
    translations: {},
    outcomes: stringList(course.settings.learning_info),
    coverPath: cover.path,
    instructors: instructorNames(course.settings.instructor_info),
    modules: imported,
    files: await collectFiles({ folder, files, made }),
    report,
  };
}

async function findTop(tree: SourceTree): Promise<{ main: Found; besides: Found[] }> {
  const paths = await tree.list();
  const at = (name: Found['top']): Found[] =>
    paths
      .filter((path) => path === name || path.endsWith(`/${name}`))
      .map((path) => path.slice(0, path.length - name.length))
      .filter((prefix) => prefix.split('/').length - 1 <= searchDepth && !prefix.startsWith('__MACOSX/'))
      .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
      .map((prefix) => ({ folder: folderAt(tree, prefix), top: name }));
  const libraries = at('library.xml');
  const [course] = at('course.xml');
  if (course !== undefined) return { main: course, besides: libraries };
  const [library, ...others] = libraries;
  if (library !== undefined) return { main: library, besides: others };
  throw new ImportError('source_not_a_course', 'there is no course.xml at the top or up to three folders below');
}

/** A file may be referred to many times; all reads together stay within a budget. */
function folderAt(tree: SourceTree, prefix: string): OlxFolder {
  let total = 0;
  return {
    tree,
    prefix,
    has: (path) => tree.exists(prefix + path),
    read: async (path, maxBytes) => {
      const bytes = await tree.read(prefix + path, maxBytes);
      total += bytes.byteLength;
      if (total > readBudget) throw new ImportError('source_too_large', 'the course refers to too much text');
      return bytes;
    },
  };
}

/** Names course and run as Open edX does: `course-v1:org+course+run`. */
function courseIdentity(course: OlxBlock, top: Record<string, string>) {
  const { org = top.org ?? '', display_name: name } = course.settings;
  if (course.type === 'library') {
    const sourceKey = `library-v1:${org}+${course.settings.library ?? course.key}`;
    return { sourceKey, title: oneLine(name ?? '', 300) || sourceKey };
  }
  const sourceKey = `course-v1:${org}+${course.settings.course ?? top.course ?? ''}+${course.key}`;
  return { sourceKey, title: oneLine(name ?? '', 300) || sourceKey };
}

function resolver(input: {
  source: string;
  files: StaticFiles;
  used: Set<string>;
  lessonOf: Map<string, string>;
}): ResolveAddress {
  const { source, files, used, lessonOf } = input;
  return (url) => {
    const name = files.nameIn(url);
    if (name !== null) {
      files.refer(name, source);
      const path = files.find(name);
      if (path === null) return null;
      used.add(path);
      return `asset:${path}`;
    }
    const jump =
      /^(?:https?:\/\/[^/]+)?(?:\/courses\/[^/]+)?\/jump_to(?:_id)?\/(?:[^/?#]*@)?([^/?#@]+)\/?(?:[?#]|$)/.exec(url);
    if (jump === null) return undefined;
    const lesson = lessonOf.get(jump[1] ?? '');
    return lesson === undefined ? null : `lesson:${lesson}`;
  };
}

async function readLesson(input: {
  lesson: OlxLessonDraft;
  folder: OlxFolder;
  files: StaticFiles;
  resolveFor: (source: string) => ResolveAddress;
  report: ImportReportItem[];
  made: Map<string, { contentType: string; text: string; from: string | null }>;
  problemKeys: (key: string) => string;
  passThreshold: number | undefined;
}): Promise<ImportedLesson> {
  const { lesson, folder, files, resolveFor, report, made, problemKeys, passThreshold } = input;
  const content: Block[] = [];
  const problems: ImportedLesson['problems'] = [];
  let [seconds, words] = [0, 0];
  for (const block of lesson.leaves) {
    const resolve = resolveFor(block.source);
    let leaf: OlxLeaf = await readOlxLeaf({ block, lessonTitle: lesson.title, folder, files, resolve, passThreshold });
    if (content.length + leaf.blocks.length > lessonBlockLimit) {
      leaf = { ...leaf, blocks: [], problem: null, outcome: 'failed', notes: [note('lesson_full')], words: 0 };
    }
    if (leaf.problem !== null) leaf = renamedProblem(leaf, problemKeys(leaf.problem.sourceKey));
    content.push(...leaf.blocks);
    if (leaf.problem !== null) problems.push({ ...leaf.problem, from: { source: block.source, path: block.titles } });
    seconds += leaf.durationSeconds;
    words += leaf.words;
    for (const { path, ...file } of leaf.files) {
      const free = file.from === null ? freePath(path, file.text, made) : path;
      if (!files.paths.includes(free)) made.set(free, file);
    }
    report.push({
      source: block.source,
      path: block.titles,
      type: block.type,
      outcome: leaf.outcome,
      notes: leaf.notes,
      lessonKey: lesson.shown ? lesson.key : null,
    });
  }
  return {
    sourceKey: lesson.key,
    title: lesson.title,
    path: lesson.path,
    kind: null,
    durationSeconds: Math.round(seconds + (words / wordsPerMinute) * 60),
    content: { type: 'doc', content },
    translations: {},
    problems,
    graded: lesson.graded,
  };
}

function freePath(path: string, text: string, made: ReadonlyMap<string, { text: string }>): string {
  let free = path;
  for (let n = 2; made.has(free) && made.get(free)?.text !== text; n++) free = path.replace(/\.xml$/, `~${n}.xml`);
  return free;
}

/** The same problem may be used twice; attempts must not be shared between the two places. */
function renamedProblem(leaf: OlxLeaf, sourceKey: string): OlxLeaf {
  if (leaf.problem === null || leaf.problem.sourceKey === sourceKey) return leaf;
  return {
    ...leaf,
    problem: { ...leaf.problem, sourceKey },
    blocks: leaf.blocks.map((block) =>
      block.type === 'problem' ? { type: 'problem', attrs: { problemId: sourceKey } } : block,
    ),
  };
}

async function readAbout(folder: OlxFolder, resolveFor: (source: string) => ResolveAddress) {
  const report: ImportReportItem[] = [];
  const textOf = async (path: string) => {
    if (!(await folder.has(path))) return '';
    try {
      return new TextDecoder().decode(await folder.read(path, 1024 * 1024));
    } catch (error) {
      report.push({ source: path, type: 'about', outcome: 'failed', notes: [noteOf(error)], lessonKey: null });
      return '';
    }
  };
  const convert = (html: string, source: string) => {
    try {
      return htmlToDocument(html, { resolve: resolveFor(source), idPrefix: 'about' });
    } catch (error) {
      report.push({ source, type: 'about', outcome: 'failed', notes: [noteOf(error)], lessonKey: null });
      return { blocks: [], notes: [], missing: [] };
    }
  };
  const overview = convert(await textOf('about/overview.html'), 'about/overview.html');
  if (overview.notes.length > 0) {
    const { notes } = overview;
    report.push({ source: 'about/overview.html', type: 'about', outcome: 'converted', notes, lessonKey: null });
  }
  const short = convert(await textOf('about/short_description.html'), 'about/short_description.html');
  const handled = new Set(['overview.html', 'short_description.html', 'title.html']);
  const all = (await folder.tree.list())
    .filter((path) => path.startsWith(folder.prefix))
    .map((p) => p.slice(folder.prefix.length));
  for (const path of all) {
    const [place, name = ''] = path.split('/');
    if ((place !== 'about' && place !== 'info') || (place === 'about' && handled.has(name))) continue;
    const text = await textOf(path);
    const hasContent = /\.html?$/.test(path)
      ? plainText(convert(text, path).blocks).trim() !== ''
      : !['', '[]', '{}'].includes(text.replace(/\s+/g, ''));
    if (!hasContent) continue;
    const notes = [note(place === 'info' ? 'news_no_place' : 'page_no_place')];
    report.push({ source: path, type: place, outcome: 'failed', notes, lessonKey: null });
  }
  const description: Document = { type: 'doc', content: overview.blocks };
  return { summary: oneLine(plainText(short.blocks), 500), description, report };
}

function coverOf(name: string | undefined, { files, used }: { files: StaticFiles; used: Set<string> }) {
  const report: ImportReportItem[] = [];
  if (name === undefined || name === '') return { path: null, report };
  const path = files.find(files.nameIn(name) ?? name);
  if (path !== null) used.add(path);
  else
    report.push({
      source: `static/${oneLine(name, 300)}`,
      type: 'cover',
      outcome: 'failed',
      notes: [note('cover_missing')],
      lessonKey: null,
    });
  return { path, report };
}

/** A question bank beside the course: its problems are kept as files until Stoa has question banks. */
async function keepLibrary(
  beside: Found,
  made: Map<string, { contentType: string; text: string; from: string | null }>,
): Promise<ImportReportItem> {
  const { folder, top } = beside;
  const source = `${folder.prefix}${top}`;
  try {
    const { course: library } = await readOlxOutline({ folder, top, policyOf: () => ({}) });
    const name = `${library.settings.org ?? ''}+${library.settings.library ?? library.key}`;
    let kept = 0;
    for (const block of leavesOf(library)) {
      if (block.failure !== null) continue;
      const text = new TextDecoder().decode(await folder.read(block.source.replace(/#.*$/, '')));
      made.set(`olx/library/${safeName(name)}/${safeName(block.type)}/${safeName(block.key)}.xml`, {
        contentType: 'application/xml',
        text,
        from: null,
      });
      kept += 1;
    }
    const title = oneLine(library.settings.display_name ?? '', 200);
    const notes = [note('question_bank_kept', { name: title, count: kept })];
    return { source, type: 'library', outcome: 'raw', notes, lessonKey: null };
  } catch (error) {
    return { source, type: 'library', outcome: 'failed', notes: [noteOf(error)], lessonKey: null };
  }
}

async function collectFiles(input: {
  folder: OlxFolder;
  files: StaticFiles;
  made: ReadonlyMap<string, { contentType: string; text: string }>;
}): Promise<ImportedFile[]> {
  const { folder, files, made } = input;
  const collected: ImportedFile[] = [];
  for (const path of files.paths) {
    collected.push({
      path,
      name: baseName(path),
      contentType: contentTypeOf(path),
      bytes: await folder.tree.size(folder.prefix + path),
      open: () => folder.tree.open(folder.prefix + path),
    });
  }
  for (const [path, { contentType, text }] of made) {
    const bytes = new TextEncoder().encode(text);
    collected.push({
      path,
      name: baseName(path),
      contentType,
      bytes: bytes.byteLength,
      open: async function* () {
        yield bytes;
      },
    });
  }
  return collected;
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

const contentTypes: Record<string, string> = {
  avif: 'image/avif',
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  ogg: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  srt: 'application/x-subrip',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  vtt: 'text/vtt',
  wav: 'audio/wav',
  webm: 'video/webm',
  webp: 'image/webp',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};

/** By extension. What a browser could run (HTML, scripts) is plain bytes, so that it is downloaded and never opened. */
function contentTypeOf(path: string): string {
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(contentTypes, extension) ? (contentTypes[extension] ?? '') : 'application/octet-stream';
}

function languageTag(text: string | undefined): string {
  try {
    return Intl.getCanonicalLocales((text ?? 'en').replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

function stringList(text: string | undefined): string[] {
  const value = parsed(text);
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => (typeof one === 'string' && one.trim() !== '' ? [oneLine(one, 500)] : []));
}

function instructorNames(text: string | undefined): string[] {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || !('instructors' in value)) return [];
  const list: unknown = value.instructors;
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('name' in one) || typeof one.name !== 'string') return [];
    const name = oneLine(one.name, 200);
    return name === '' ? [] : [name];
  });
}
