import { z } from 'zod';
import { Note } from './note.ts';

/**
 * The document format of lessons, problems and messages: a tree of typed nodes, ProseMirror-shaped so that the
 * editor can load it as it is. There is no HTML node, on purpose: what is not in this list cannot be stored, so
 * nothing stored can run in a reader's browser.
 *
 * `src` and `href` use these schemes only:
 * - `https:` (and `http:`, `mailto:`, `tel:` for links),
 * - `asset:<id>` a file of the media context (importers write `asset:<path in the source>`; the import replaces it),
 * - `lesson:<id>` a lesson of the same course (importers write `lesson:<source key>`),
 * - `#fragment` inside the same lesson.
 */

const linkTarget = z
  .string()
  .max(2048)
  .regex(/^(https?:\/\/|mailto:|tel:|asset:|lesson:|#)/);
const mediaSource = z
  .string()
  .max(2048)
  .regex(/^(https:\/\/|asset:)/);
const language = z.string().max(35);

export const Mark = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bold') }),
  z.strictObject({ type: z.literal('italic') }),
  z.strictObject({ type: z.literal('underline') }),
  z.strictObject({ type: z.literal('strike') }),
  z.strictObject({ type: z.literal('code') }),
  z.strictObject({ type: z.literal('subscript') }),
  z.strictObject({ type: z.literal('superscript') }),
  z.strictObject({ type: z.literal('highlight') }),
  z.strictObject({
    type: z.literal('link'),
    attrs: z.strictObject({ href: linkTarget, title: z.string().max(500).optional() }),
  }),
]);
export type Mark = z.infer<typeof Mark>;

/** Inline content: text with marks, a line break, an inline formula or a small inline picture. */
export const Inline = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), marks: z.array(Mark).optional() }),
  z.strictObject({ type: z.literal('hardBreak') }),
  z.strictObject({ type: z.literal('inlineMath'), attrs: z.strictObject({ latex: z.string().max(10_000) }) }),
  z.strictObject({
    type: z.literal('inlineImage'),
    attrs: z.strictObject({ src: mediaSource, alt: z.string().max(1000) }),
  }),
]);
export type Inline = z.infer<typeof Inline>;

const inlines = z.array(Inline);

export type TableCell = {
  type: 'tableCell' | 'tableHeader';
  attrs?: { colspan?: number | undefined; rowspan?: number | undefined } | undefined;
  content: Block[];
};
export type ListItem = { type: 'listItem'; attrs?: { checked?: boolean | undefined } | undefined; content: Block[] };

/** One block of a document. `video`, `audio`, `file`, `embed` and `problem` carry what the player needs. */
export type Block =
  | { type: 'paragraph'; content?: Inline[] | undefined }
  | { type: 'heading'; attrs: { level: number; id?: string | undefined }; content?: Inline[] | undefined }
  | { type: 'bulletList'; content: ListItem[] }
  | { type: 'orderedList'; attrs?: { start?: number | undefined } | undefined; content: ListItem[] }
  | { type: 'blockquote'; content: Block[] }
  | { type: 'callout'; attrs: { tone: 'note' | 'tip' | 'warning' }; content: Block[] }
  | { type: 'details'; attrs: { summary: string }; content: Block[] }
  | { type: 'codeBlock'; attrs: { language?: string | undefined }; text: string }
  | { type: 'mathBlock'; attrs: { latex: string } }
  | { type: 'horizontalRule' }
  | {
      type: 'image';
      attrs: {
        src: string;
        alt: string;
        caption?: string | undefined;
        width?: number | undefined;
        height?: number | undefined;
      };
    }
  | {
      type: 'table';
      attrs?: { caption?: string | undefined } | undefined;
      content: { type: 'tableRow'; content: TableCell[] }[];
    }
  | {
      type: 'video';
      attrs: {
        id: string;
        title: string;
        /** `youtube:<id>` is shown as a click-to-load embed, `asset:` and `https:` play in our player. */
        src: string;
        durationSeconds?: number | undefined;
        posterSrc?: string | undefined;
        captions?: { language: string; label: string; src: string }[] | undefined;
      };
    }
  | { type: 'audio'; attrs: { id: string; title: string; src: string; durationSeconds?: number | undefined } }
  | { type: 'file'; attrs: { src: string; name: string; bytes?: number | undefined } }
  | { type: 'embed'; attrs: { src: string; title: string } }
  | { type: 'problem'; attrs: { problemId: string } }
  | {
      type: 'unsupported';
      /**
       * Something a source had that Stoa cannot run yet; shown as a note with its title, never silently dropped. `says` is
       * what `note` says, as data: whoever reads gets it in their language (`document-notes.ts`).
       */
      attrs: { kind: string; title: string; note: string; says?: Note | undefined };
    };

const blocks = z.lazy((): z.ZodType<Block[]> => z.array(Block).max(5000));
const listItem: z.ZodType<ListItem> = z.strictObject({
  type: z.literal('listItem'),
  attrs: z.strictObject({ checked: z.boolean().optional() }).optional(),
  content: blocks,
});
const tableCell: z.ZodType<TableCell> = z.strictObject({
  type: z.enum(['tableCell', 'tableHeader']),
  attrs: z
    .strictObject({ colspan: z.int().min(1).max(50).optional(), rowspan: z.int().min(1).max(200).optional() })
    .optional(),
  content: blocks,
});

export const Block: z.ZodType<Block> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('paragraph'), content: inlines.optional() }),
  z.strictObject({
    type: z.literal('heading'),
    attrs: z.strictObject({ level: z.int().min(2).max(6), id: z.string().max(200).optional() }),
    content: inlines.optional(),
  }),
  z.strictObject({ type: z.literal('bulletList'), content: z.array(listItem) }),
  z.strictObject({
    type: z.literal('orderedList'),
    attrs: z.strictObject({ start: z.int().optional() }).optional(),
    content: z.array(listItem),
  }),
  z.strictObject({ type: z.literal('blockquote'), content: blocks }),
  z.strictObject({
    type: z.literal('callout'),
    attrs: z.strictObject({ tone: z.enum(['note', 'tip', 'warning']) }),
    content: blocks,
  }),
  z.strictObject({
    type: z.literal('details'),
    attrs: z.strictObject({ summary: z.string().max(1000) }),
    content: blocks,
  }),
  z.strictObject({
    type: z.literal('codeBlock'),
    attrs: z.strictObject({ language: z.string().max(40).optional() }),
    text: z.string().max(200_000),
  }),
  z.strictObject({ type: z.literal('mathBlock'), attrs: z.strictObject({ latex: z.string().max(10_000) }) }),
  z.strictObject({ type: z.literal('horizontalRule') }),
  z.strictObject({
    type: z.literal('image'),
    attrs: z.strictObject({
      src: mediaSource,
      alt: z.string().max(2000),
      caption: z.string().max(2000).optional(),
      width: z.int().min(1).max(20_000).optional(),
      height: z.int().min(1).max(20_000).optional(),
    }),
  }),
  z.strictObject({
    type: z.literal('table'),
    attrs: z.strictObject({ caption: z.string().max(1000).optional() }).optional(),
    content: z.array(z.strictObject({ type: z.literal('tableRow'), content: z.array(tableCell) })).max(2000),
  }),
  z.strictObject({
    type: z.literal('video'),
    attrs: z.strictObject({
      id: z.string().max(200),
      title: z.string().max(500),
      src: z
        .string()
        .max(2048)
        .regex(/^(https:\/\/|asset:|youtube:[A-Za-z0-9_-]{6,20}$)/),
      durationSeconds: z.number().min(0).optional(),
      posterSrc: mediaSource.optional(),
      captions: z
        .array(z.strictObject({ language, label: z.string().max(100), src: mediaSource }))
        .max(100)
        .optional(),
    }),
  }),
  z.strictObject({
    type: z.literal('audio'),
    attrs: z.strictObject({
      id: z.string().max(200),
      title: z.string().max(500),
      src: mediaSource,
      durationSeconds: z.number().min(0).optional(),
    }),
  }),
  z.strictObject({
    type: z.literal('file'),
    attrs: z.strictObject({ src: mediaSource, name: z.string().max(300), bytes: z.int().min(0).optional() }),
  }),
  z.strictObject({
    type: z.literal('embed'),
    attrs: z.strictObject({
      src: z
        .string()
        .max(2048)
        .regex(/^https:\/\//),
      title: z.string().max(500),
    }),
  }),
  z.strictObject({ type: z.literal('problem'), attrs: z.strictObject({ problemId: z.string().max(200) }) }),
  z.strictObject({
    type: z.literal('unsupported'),
    attrs: z.strictObject({
      kind: z.string().max(100),
      title: z.string().max(500),
      note: z.string().max(2000),
      says: Note.optional(),
    }),
  }),
]);

export const Document = z.strictObject({ type: z.literal('doc'), content: z.array(Block).max(5000) });
export type Document = z.infer<typeof Document>;
