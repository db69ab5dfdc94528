import type { XmlElement } from '@rgrove/parse-xml';
import { type Block, Document } from '@stoa/contracts/document';
import { documentNote, unsupportedBlock } from '@stoa/contracts/document-notes';
import type { Note } from '@stoa/contracts/note';
import type { ProblemDefinition } from '@stoa/contracts/problem';
import type { ResolveAddress } from './document-address.ts';
import { countWords, oneLine } from './document-text.ts';
import { elementsToBlocks } from './elements/elements-to-blocks.ts';
import { htmlToDocument } from './html-to-document.ts';
import type { ImportReportItem } from './imported-course.ts';
import { NotedError, note, noteOf } from './notes.ts';
import type { StaticFiles } from './olx-static-files.ts';
import type { OlxBlock, OlxFolder } from './read-olx-outline.ts';
import { readOlxProblem } from './read-olx-problem.ts';
import { readOlxVideo } from './read-olx-video.ts';
import { attribute, elementsBelow, elementsIn, isEmpty, proseNodes, xmlText } from './read-xml.ts';

/** What one leaf block of the outline gives to its lesson and to the report. */
export type OlxLeaf = {
  blocks: Block[];
  problem: { sourceKey: string; definition: ProblemDefinition } | null;
  outcome: ImportReportItem['outcome'];
  notes: Note[];
  /** Study time beyond reading, in seconds. */
  durationSeconds: number;
  /** Words to read. */
  words: number;
  /** New files: converted captions, and the XML of blocks that cannot be shown. */
  files: { path: string; contentType: string; text: string; from: string | null }[];
};

export type LeafWork = {
  block: OlxBlock;
  lessonTitle: string;
  folder: OlxFolder;
  files: StaticFiles;
  resolve: ResolveAddress;
  /** Share of a problem's points from which it is passed, if the source says it. */
  passThreshold: number | undefined;
};

const htmlBytes = 8 * 1024 * 1024;

/** Converts one leaf block. Never throws: what cannot be read is a `failed` leaf with its reason. */
export async function readOlxLeaf(work: LeafWork): Promise<OlxLeaf> {
  const { block } = work;
  if (block.failure !== null) return failed(block.failure);
  if (block.staffOnly) return failed(note('staff_only'));
  try {
    const leaf = await readByType(work);
    const checked = Document.safeParse({ type: 'doc', content: leaf.blocks });
    if (!checked.success)
      return failed(note('not_valid_document', { place: checked.error.issues[0]?.path.join('.') ?? '' }));
    const notes = [...block.containerNotes, ...accessNotes(block), ...leaf.notes];
    const outcome = leaf.outcome === 'imported' && notes.length > 0 ? 'converted' : leaf.outcome;
    return { ...leaf, outcome, notes };
  } catch (error) {
    return failed(noteOf(error));
  }
}

function readByType(work: LeafWork): Promise<OlxLeaf> {
  switch (work.block.type) {
    case 'html':
    case 'announcement':
      return readHtml(work);
    case 'video':
    case 'videoalpha':
      return readVideo(work);
    case 'problem':
      return Promise.resolve(readProblem(work));
    default:
      return Promise.resolve(readUnsupported(work));
  }
}

function failed(reason: Note): OlxLeaf {
  return { blocks: [], problem: null, outcome: 'failed', notes: [reason], durationSeconds: 0, words: 0, files: [] };
}

function leafOf(blocks: Block[], notes: Note[]): OlxLeaf {
  const outcome = notes.length === 0 ? 'imported' : 'converted';
  const words = countWords(blocks);
  return { blocks, problem: null, outcome, notes, durationSeconds: 0, words, files: [] };
}

function accessNotes(block: OlxBlock): Note[] {
  const groups = (block.settings.group_access ?? '').trim();
  return groups === '' || groups === '{}' || groups === 'null' ? [] : [note('groups_only')];
}

async function readHtml({ block, lessonTitle, folder, files, resolve }: LeafWork): Promise<OlxLeaf> {
  const options = { resolve, idPrefix: block.key };
  const converted = await (async () => {
    if (!isEmpty(block.element)) {
      const text = block.element.text;
      files.referAll(allText(block.element), block.source);
      // Inline bodies are either markup of the XML itself or HTML as text (CDATA).
      if (elementsIn(block.element).length > 0) return elementsToBlocks(proseNodes(block.element), options);
      files.referAll(text, block.source);
      return htmlToDocument(text, options);
    }
    const name = attribute(block.element, 'filename') ?? block.key;
    const path = `html/${name.replaceAll(':', '/')}.html`;
    if (!(await folder.has(path))) throw new NotedError(note('text_missing', { path }));
    const html = new TextDecoder().decode(await folder.read(path, htmlBytes));
    files.referAll(html, block.source);
    return htmlToDocument(html, options);
  })();
  return leafOf(withHeading(converted.blocks, block, lessonTitle), converted.notes);
}

/** Names that editors give to new blocks; they say nothing to a reader. */
const emptyNames =
  /^(text|html|raw html|blank html page|untitled|iframe|anonymous javascript|zooming image|new html)$/i;

/** The block's name becomes a heading when the reader would not see it otherwise. */
function withHeading(blocks: Block[], block: OlxBlock, lessonTitle: string): Block[] {
  const name = oneLine(block.settings.display_name ?? '', 300).replace(/\s*[-–—:]\s*$/, '');
  const same = (other: string) => other.trim().toLowerCase() === name.toLowerCase();
  if (name === '' || blocks.length === 0 || emptyNames.test(name) || same(lessonTitle)) return blocks;
  if (blocks.some(({ type }) => type === 'heading')) return blocks;
  return [{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: name }] }, ...blocks];
}

async function readVideo(work: LeafWork): Promise<OlxLeaf> {
  const title = oneLine(work.block.settings.display_name ?? '', 500) || work.lessonTitle;
  const video = await readOlxVideo({ ...work, title });
  return {
    ...leafOf(video.blocks, video.notes),
    durationSeconds: video.durationSeconds,
    files: video.captionFiles.map(({ path, from, vtt }) => ({ path, from, text: vtt, contentType: 'text/vtt' })),
  };
}

function readProblem({ block, lessonTitle, files, resolve, passThreshold }: LeafWork): OlxLeaf {
  files.referAll(allText(block.element), block.source);
  const title = oneLine(block.settings.display_name ?? '', 500) || lessonTitle;
  const { settings, key: idPrefix } = block;
  const read = readOlxProblem(block.element, { title, settings, resolve, idPrefix, passThreshold });
  const { definition, ungradable, notes } = read;
  const blocks: Block[] = [{ type: 'problem', attrs: { problemId: block.key } }];
  const prose = definition.parts.flatMap((part) =>
    part.type === 'prose'
      ? part.content
      : 'choices' in part.response
        ? part.response.choices.flatMap(({ content }) => content)
        : [],
  );
  const reasons = ungradable.length > 0 ? [note('not_gradable', { kinds: ungradable.join(', ') })] : [];
  const nothing = definition.parts.every((part) => part.type !== 'response');
  if (nothing) reasons.push(note('asks_nothing'));
  const leaf = leafOf(blocks, [...reasons, ...notes]);
  return {
    ...leaf,
    outcome: ungradable.length > 0 || nothing ? 'raw' : leaf.outcome,
    words: countWords(prose),
    problem: { sourceKey: block.key, definition },
  };
}

const toolNotes: Record<string, Note> = {
  lti: documentNote('tool_external'),
  lti_consumer: documentNote('tool_external'),
  openassessment: documentNote('tool_peer_assessment'),
  poll: documentNote('tool_poll'),
  survey: documentNote('tool_survey'),
  'drag-and-drop-v2': documentNote('tool_drag_and_drop'),
  edx_sga: documentNote('tool_staff_graded_assignment'),
  staffgradedxblock: documentNote('tool_staff_graded_points'),
  discussion: documentNote('tool_discussion'),
  done: documentNote('tool_completion_button'),
  annotatable: documentNote('tool_annotated_text'),
  word_cloud: documentNote('tool_word_cloud'),
};

/** A block Stoa cannot run: a note in its place, its readable text after it, and its XML kept as a file. */
function readUnsupported({ block, lessonTitle, files, resolve }: LeafWork): OlxLeaf {
  const { type, settings, element, key } = block;
  files.referAll(allText(element), block.source);
  const known = Object.hasOwn(toolNotes, type) ? toolNotes[type] : undefined;
  const tool = known ?? documentNote('tool_other', { type: type.slice(0, 100) });
  const title = oneLine(settings.display_name ?? settings.block_name ?? attributeTitle(element), 500) || lessonTitle;
  const host = URL.parse(settings.launch_url ?? '')?.hostname;
  const says = host ? documentNote('tool_of_host_not_run', { tool, host }) : documentNote('tool_not_run', { tool });
  const prose = readableText(block, resolve);
  const blocks: Block[] = [unsupportedBlock({ kind: type, title, says }), ...prose.blocks];
  const named = host ? note('tool_of_host', { tool, host }) : tool;
  const reason = note(prose.blocks.length > 0 ? 'tool_kept_with_text' : 'tool_kept', { tool: named });
  return {
    ...leafOf(blocks, [reason, ...prose.notes]),
    outcome: 'raw',
    files: [
      {
        path: `olx/${safeName(type)}/${safeName(key)}.xml`,
        contentType: 'application/xml',
        text: xmlText(element),
        from: null,
      },
    ],
  };
}

/** Keys come from outside; as a path they must not lead anywhere. */
export function safeName(key: string): string {
  return key.replace(/[^\w-]/g, '_').slice(0, 150) || '_';
}

function attributeTitle(element: XmlElement): string {
  return elementsIn(element).find(({ name }) => name === 'title')?.text ?? '';
}

function readableText(block: OlxBlock, resolve: ResolveAddress): { blocks: Block[]; notes: Note[] } {
  const options = { resolve, idPrefix: block.key };
  const { element, settings } = block;
  switch (block.type) {
    case 'annotatable':
      return elementsToBlocks(
        proseNodes(element, ({ name }) => name === 'instructions'),
        options,
      );
    case 'openassessment': {
      const prompts = elementsBelow(element).filter(({ name }) => name === 'prompts');
      const texts = prompts.flatMap(elementsBelow).filter(({ name }) => name === 'description');
      return htmlToDocument(texts.map(({ text }) => `<div>${text}</div>`).join(''), options);
    }
    case 'staffgradedxblock':
      return htmlToDocument(settings.instructions ?? '', options);
    case 'poll':
      return elementsToBlocks([{ type: 'text', value: settings.question ?? '' }], options);
    default:
      return { blocks: [], notes: [] };
  }
}

/** All attribute values and texts, for finding what a block refers to. */
function allText(element: XmlElement): string {
  const own = (one: XmlElement) => Object.values(one.attributes).join('\n');
  return [own(element), ...elementsBelow(element).map(own), element.text].join('\n');
}
