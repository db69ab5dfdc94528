import type { XmlElement } from '@rgrove/parse-xml';
import type { Note } from '@stoa/contracts/note';
import { oneLine } from './document-text.ts';
import { ImportError } from './import-error.ts';
import type { SourceTree } from './imported-course.ts';
import { note, noteOf } from './notes.ts';
import { attribute, elementsIn, isEmpty, readXml } from './read-xml.ts';

/** A block of the outline with its definition found, its policy applied and its children in order. */
export type OlxBlock = {
  type: string;
  /** `url_name`, or a name made from the parent's and the position when the source gives none. */
  key: string;
  /** The key of the block above, or null for the course. */
  parentKey: string | null;
  /** Where it is defined, relative to the course: `html/x.xml`, or `vertical/x.xml#key` when inline. */
  source: string;
  /** Titles from the course down to the block, as its author sees them; what has none is passed over. */
  titles: string[];
  element: XmlElement;
  /** Attributes of the definition, overridden by `policy.json`. */
  settings: Record<string, string>;
  children: OlxBlock[];
  /** Why the block could not be read, or null. */
  failure: Note | null;
  /** What its containers do that Stoa does not, e.g. drawing problems at random. */
  containerNotes: Note[];
  /** Staff only in the source, itself or by a container. */
  staffOnly: boolean;
};

/** The files of one course or library; paths are relative to its folder. */
export type OlxFolder = {
  has: (path: string) => Promise<boolean>;
  read: (path: string, maxBytes?: number) => Promise<Uint8Array>;
  tree: SourceTree;
  /** Folder of `course.xml` in the tree, empty or ending in `/`. */
  prefix: string;
};

export type OlxOutline = {
  course: OlxBlock;
  /** Definition files that were opened, relative to the course folder. */
  opened: Set<string>;
};

const containers = new Set(
  'course chapter sequential vertical library library_content itembank split_test conditional wrapper randomize problemset videosequence'.split(
    ' ',
  ),
);
/** Children of a course that are settings, not blocks. */
const notBlocks = new Set('wiki textbook pdf_textbook html_textbook group_configuration show sources'.split(' '));
const blockLimit = 50_000;
const depthLimit = 30;

type Parent = {
  type: string;
  key: string;
  source: string;
  titles: string[];
  path: string[];
  notes: Note[];
  staffOnly: boolean;
};

/** A container's children become the lesson's own; everything else is a leaf. */
export function isContainer(block: OlxBlock): boolean {
  return containers.has(block.type) && block.failure === null;
}

/**
 * Reads the outline from `course.xml` or `library.xml` down: follows pointers into `<type>/<url_name>.xml`, takes
 * definitions that are written inline, and applies policy. A block that cannot be read carries its `failure`; only an
 * unreadable top file and more than 50 000 blocks stop the import.
 */
export async function readOlxOutline(input: {
  folder: OlxFolder;
  top: 'course.xml' | 'library.xml';
  policyOf: (type: string, key: string) => Record<string, string>;
}): Promise<OlxOutline> {
  const { folder, top, policyOf } = input;
  const opened = new Set<string>([top]);
  let blocks = 0;

  const readBlock = async (element: XmlElement, parent: Parent, index: number): Promise<OlxBlock> => {
    blocks += 1;
    if (blocks > blockLimit) throw new ImportError('source_too_large', `the course has more than ${blockLimit} blocks`);
    const type = element.name;
    const named = attribute(element, 'url_name') ?? attribute(element, 'slug');
    const key = oneLine(named ?? '', 200) || `${parent.key}_${type}_${index}`.slice(-200);
    const block: OlxBlock = {
      type,
      key,
      parentKey: parent.key || null,
      source: parent.source === '' ? top : `${parent.source}#${key}`,
      titles: parent.titles,
      element,
      settings: {},
      children: [],
      failure: null,
      containerNotes: parent.notes,
      staffOnly: parent.staffOnly,
    };
    const identity = `${type}/${key}`;
    if (parent.path.includes(identity)) return { ...block, failure: note('contains_itself') };
    if (parent.path.length > depthLimit) return { ...block, failure: note('outline_too_deep') };
    try {
      await define(block);
    } catch (error) {
      if (error instanceof ImportError && error.code === 'source_too_large') throw error;
      block.failure = noteOf(error);
    }
    block.settings = { ...block.element.attributes, ...policyOf(type, key) };
    const title = oneLine(block.settings.display_name ?? '', 300);
    if (title !== '') block.titles = [...parent.titles, title];
    block.staffOnly = parent.staffOnly || block.settings.visible_to_staff_only === 'true';
    if (!isContainer(block)) return block;
    const notes = [...parent.notes, ...notesOfContainer(block)];
    const inside: Parent = { ...block, path: [...parent.path, identity], notes };
    for (const [at, child] of elementsIn(block.element).entries()) {
      if (!notBlocks.has(child.name)) block.children.push(await readBlock(child, inside, at));
    }
    return block;
  };

  /** Open edX calls an element a pointer when `url_name` is all it has; the definition is then in its own file. */
  const define = async (block: OlxBlock) => {
    if (!isEmpty(block.element)) return;
    const inline = block.element;
    const names = Object.keys(inline.attributes).filter((name) => !/^(url_name|slug|org|course)$/.test(name));
    const file = await definitionFile(folder, block.type, block.key);
    if (file === null) {
      if (names.length > 0) return;
      throw new ImportError('source_missing', note('definition_missing', { path: `${block.type}/${block.key}.xml` }));
    }
    opened.add(file);
    block.source = file;
    const root = readXml(await folder.read(file));
    if (root.name !== block.type) {
      const names = { path: file, found: root.name, wanted: block.type };
      throw new ImportError('xml_invalid', note('definition_of_other', names));
    }
    block.element = root;
    const elsewhere = attribute(root, 'filename');
    if (elsewhere === null || block.type === 'html' || !isEmpty(root)) return;
    const body = await definitionFile(folder, block.type, elsewhere);
    if (body === null || body === file) return;
    opened.add(body);
    block.source = body;
    block.element = readXml(await folder.read(body));
    for (const [name, value] of Object.entries(root.attributes)) {
      if (name !== 'filename') block.element.attributes[name] ??= value;
    }
  };

  const root = readXml(await folder.read(top));
  if (root.name !== 'course' && root.name !== 'library') {
    throw new ImportError('source_not_a_course', `${top} holds <${root.name}>, neither a course nor a library`);
  }
  const course = await readBlock(
    root,
    { type: '', key: '', source: '', titles: [], path: [], notes: [], staffOnly: false },
    0,
  );
  if (course.failure !== null) throw new ImportError('source_not_a_course', course.failure);
  return { course, opened };
}

/** `:` in a `url_name` stands for a folder; blanks were written as underscores by older exports. */
async function definitionFile(folder: OlxFolder, type: string, key: string): Promise<string | null> {
  const path = `${type}/${key.replaceAll(':', '/')}.xml`;
  for (const candidate of [path, path.replaceAll(' ', '_')]) {
    if (await folder.has(candidate)) return candidate;
  }
  return null;
}

function notesOfContainer(block: OlxBlock): Note[] {
  const all = elementsIn(block.element).length;
  switch (block.type) {
    case 'library_content':
    case 'itembank': {
      const drawn = block.settings.max_count ?? '1';
      return [note('drawn_at_random', { drawn, all })];
    }
    case 'randomize':
      return [note('one_at_random', { all })];
    case 'split_test':
      return [note('versions_shown')];
    case 'conditional':
      return [note('condition_dropped')];
    default:
      return [];
  }
}
