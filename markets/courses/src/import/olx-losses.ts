import type { Note } from '@stoa/contracts/note';
import { oneLine } from './document-text.ts';
import type { ImportReportItem } from './imported-course.ts';
import { note } from './notes.ts';
import type { StaticFiles } from './olx-static-files.ts';
import { isContainer, type OlxBlock, type OlxFolder } from './read-olx-outline.ts';
import { elementsIn } from './read-xml.ts';

/** Containers that could not be read or are empty would otherwise vanish without a line. */
export function unreadContainers(course: OlxBlock): ImportReportItem[] {
  const items: ImportReportItem[] = [];
  const visit = (block: OlxBlock) => {
    if (block.children.length === 0 && isContainer(block)) {
      const library = block.settings.source_library_id;
      items.push({
        source: block.source,
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
  return paths.flatMap((source): ImportReportItem[] => {
    const draft = source.startsWith('drafts/') && source.endsWith('.xml');
    if (!draft && (!blockFolders.test(source) || opened.has(source))) return [];
    const notes = [note(draft ? 'draft_left_out' : 'orphan_left_out')];
    return [{ source, type: draft ? 'draft' : 'orphan', outcome: 'failed', notes, lessonKey: null }];
  });
}

const programCode = /\.(js|mjs|css|html?|xhtml|swf|eot|ttf|woff2?|jar|class|py)$/i;

/** What became of each file of the source, and what the source refers to and does not have. */
export function staticItems(input: {
  files: StaticFiles;
  used: ReadonlySet<string>;
  made: ReadonlyMap<string, { from: string | null }>;
}): ImportReportItem[] {
  const { files, used, made } = input;
  const converted = new Map([...made].flatMap(([path, { from }]) => (from === null ? [] : [[from, path] as const])));
  const referred = new Set([...files.references.keys()].map(files.find));
  const present = files.paths.map((source): ImportReportItem => {
    const base = { source, type: 'static', lessonKey: null };
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
    return [
      { source: `static/${oneLine(name, 300)}`, type: 'static', outcome: 'failed', notes: [why], lessonKey: null },
    ];
  });
  return [...present, ...missing];
}
