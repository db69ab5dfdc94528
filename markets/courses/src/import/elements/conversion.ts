import type { Block, Inline, Mark } from '@stoa/contracts/document';
import type { Element, ElementContent, RootContent } from 'hast';
import type { ConversionNotes } from '../conversion-notes.ts';
import type { ResolveAddress } from '../document-address.ts';

export type ConversionOptions = {
  /**
   * Rewrites the source's own addresses: the new address, `null` when the source should have it but does not, or
   * `undefined` when the address is not of the source. Only `resolve` may give out `asset:` and `lesson:`.
   */
  resolve?: ResolveAddress;
  /** Start of the ids of videos and sounds, unique in the course. */
  idPrefix?: string;
};

export type Node = RootContent | ElementContent;
export type Picture = {
  type: 'picture';
  src: string;
  alt: string;
  width: number | null;
  height: number | null;
  link: string | null;
};
export type Run = Inline | Picture | { type: 'display'; latex: string };
/** Blocks made so far and the inline content that waits to become a paragraph. */
export type Flow = { blocks: Block[]; run: Run[] };
export type Place = { marks: Mark[]; depth: number; code: boolean };

/** One conversion: what it may use, what it has noted so far, and the way back into the tree for what lies inside an element. */
export type Work = ConversionOptions & {
  notes: ConversionNotes;
  missing: Set<string>;
  ids: { next: number };
  /** The blocks that nodes make by themselves. */
  blocksOf: (nodes: readonly Node[], place: Place) => Block[];
  /** Adds what nodes hold to a flow that is being written. */
  walk: (nodes: readonly Node[], flow: Flow, place: Place) => void;
};

export type BlockConverter = (node: Element, place: Place, work: Work) => Block[];
export type InlineConverter = (node: Element, flow: Flow, place: Place, work: Work) => void;
