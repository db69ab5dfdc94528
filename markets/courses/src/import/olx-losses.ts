import type { Note } from '@stoa/contracts/note';
import { oneLine } from './document-text.ts';
import { ImportError } from './import-error.ts';
import type { ImportReportItem } from './imported-course.ts';
import { note } from './notes.ts';
import type { StaticFiles } from './olx-static-files.ts';
import { isContainer, type OlxBlock, type OlxFolder } from './read-olx-outline.ts';
import { attribute, elementsIn, readXml } from './read-xml.ts';

/** Containers that could not be read or are empty would otherwise vanish without a line. */
export function unreadContainers(course: OlxBlock): ImportReportItem[] {
  const items: ImportReportItem[] = [];
  const visit = (block: OlxBlock) => {
    if (block.children.length === 0 && isContainer(block)) {
      const library = block.settings.source_library_id;
      items.push({
        source: block.source,
        path: block.titles,
        type: block.type,
        outcome: library ? 'failed' : 'imported',
        notes: library ? [note('library_empty', { library: oneLine(library, 200) })] : [],
        lessonKey: null,
      });
    }
    block.children.forEach(visit);
  };
  visit(course);
  return items;
}

const lostSettings =
  'start due hide_after_due is_time_limited default_time_limit_minutes is_practice_exam is_proctored_enabled is_onboarding_exam group_access hide_from_toc required_content prereq'.split(
    ' ',
  );

/** Dates, time limits and conditions of chapters, sequentials and verticals, which Stoa does not apply yet. */
export function lossOfSettings(course: OlxBlock): ImportReportItem[] {
  const items: ImportReportItem[] = [];
  const visit = (block: OlxBlock) => {
    if (isContainer(block) && block !== course) {
      const lost = lostSettings.filter((name) => !/^(|false|null|\{\}|None)$/.test(block.settings[name] ?? ''));
      if (lost.length > 0) {
        items.push({
          source: block.source,
          path: block.titles,
          type: block.type,
          outcome: 'converted',
          notes: [note('settings_not_applied', { names: lost.join(', ') })],
          lessonKey: null,
        });
      }
    }
    block.children.forEach(visit);
  };
  visit(course);
  return items;
}

/** What the course says about itself that has no place here. */
export async function lossOfPolicy(input: {
  folder: OlxFolder;
  run: string;
  course: OlxBlock;
  policyPath: string | null;
  passThreshold: number | undefined;
}) {
  const { folder, run, course, policyPath, passThreshold } = input;
  const items: ImportReportItem[] = [];
  const add = (source: string, type: string, one: Note) => {
    items.push({ source, type, outcome: 'converted', notes: [one], lessonKey: null });
  };
  const carried = new Set(
    'display_name language course_image learning_info instructor_info url_name org course library'.split(' '),
  );
  const lost = Object.entries(course.settings).filter(([name, value]) => {
    return !carried.has(name) && !/^(|\[\]|\{\}|null|false)$/.test(value);
  });
  if (lost.length > 0) {
    add(
      policyPath ?? course.source,
      'policy',
      note('course_settings_left_out', { names: lost.map(([name]) => name).join(', ') }),
    );
  }
  const grading = `policies/${run}/grading_policy.json`;
  if (await folder.has(grading))
    add(
      grading,
      'policy',
      passThreshold === undefined
        ? note('grading_policy_left_out')
        : note('grading_policy_in_part', { percent: Math.round(passThreshold * 100) }),
    );
  for (const child of elementsIn(course.element)) {
    if (child.name === 'wiki') add(`${course.source}#wiki`, 'wiki', note('wiki_left_out'));
    if (/textbook$/.test(child.name)) add(`${course.source}#${child.name}`, 'textbook', note('textbooks_kept'));
  }
  return items;
}

const blockFolders =
  /^(chapter|sequential|vertical|problem|video|library_content|lti|lti_consumer|annotatable|discussion|html|poll|survey)\/.+\.xml$/;

/** Definitions that no outline reaches, and drafts, which were never published. */
export async function orphans(folder: OlxFolder, opened: ReadonlySet<string>): Promise<ImportReportItem[]> {
  const paths = (await folder.tree.list())
    .filter((path) => path.startsWith(folder.prefix))
    .map((p) => p.slice(folder.prefix.length));
  const items: ImportReportItem[] = [];
  for (const source of paths) {
    const draft = source.startsWith('drafts/') && source.endsWith('.xml');
    if (!draft && (!blockFolders.test(source) || opened.has(source))) continue;
    const notes = [note(draft ? 'draft_left_out' : 'orphan_left_out')];
    const type = draft ? 'draft' : 'orphan';
    items.push({ source, path: await ownTitle(folder, source), type, outcome: 'failed', notes, lessonKey: null });
  }
  return items;
}

/** What a definition calls itself. One that cannot be read is left out all the same, and has no title to say it with. */
async function ownTitle(folder: OlxFolder, source: string): Promise<string[]> {
  try {
    const title = oneLine(attribute(readXml(await folder.read(source)), 'display_name') ?? '', 300);
    return title === '' ? [] : [title];
  } catch (error) {
    if (error instanceof ImportError && error.code !== 'source_too_large') return [];
    throw error;
  }
}

/** The first block that refers to a file, or to one that is missing, by the file's path or the name it is missed under. */
function referrers(files: StaticFiles, course: OlxBlock): Map<string, string[]> {
  const titles = new Map<string, string[]>();
  const visit = (block: OlxBlock) => {
    titles.set(block.source, block.titles);
    block.children.forEach(visit);
  };
  visit(course);
  const found = new Map<string, string[]>();
  for (const [name, sources] of files.references) {
    const place = files.find(name) ?? name;
    const first = [...sources].find((source) => titles.has(source));
    if (first !== undefined && !found.has(place)) found.set(place, titles.get(first) ?? []);
  }
  return found;
}

const programCode = /\.(js|mjs|css|html?|xhtml|swf|eot|ttf|woff2?|jar|class|py)$/i;

/** What became of each file of the source, and what the source refers to and does not have. */
export function staticItems(input: {
  files: StaticFiles;
  used: ReadonlySet<string>;
  made: ReadonlyMap<string, { from: string | null }>;
  course: OlxBlock;
}): ImportReportItem[] {
  const { files, used, made, course } = input;
  const shownIn = referrers(files, course);
  const converted = new Map([...made].flatMap(([path, { from }]) => (from === null ? [] : [[from, path] as const])));
  const referred = new Set([...files.references.keys()].map(files.find));
  const present = files.paths.map((source): ImportReportItem => {
    const base = { source, path: shownIn.get(source) ?? [], type: 'static', lessonKey: null };
    const vtt = converted.get(source);
    if (vtt !== undefined)
      return { ...base, outcome: 'converted', notes: [note('captions_also_as_vtt', { path: vtt })] };
    if (used.has(source)) return { ...base, outcome: 'imported', notes: [] };
    const why = programCode.test(source)
      ? 'program_code_kept'
      : referred.has(source)
        ? 'used_by_unshown'
        : 'used_by_none';
    return { ...base, outcome: 'raw', notes: [note(why)] };
  });
  const missing = [...files.references].flatMap(([name, sources]): ImportReportItem[] => {
    if (files.find(name) !== null) return [];
    const [first = ''] = sources;
    const more = sources.size - 1;
    const why =
      more > 0
        ? note('referred_by_many_but_missing', { source: first, more })
        : note('referred_but_missing', { source: first });
    const [source, path] = [`static/${oneLine(name, 300)}`, shownIn.get(name) ?? []];
    return [{ source, path, type: 'static', outcome: 'failed', notes: [why], lessonKey: null }];
  });
  return [...present, ...missing];
}
