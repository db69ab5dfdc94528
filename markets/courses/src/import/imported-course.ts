import type { Document } from '@stoa/contracts/document';
import type { Note } from '@stoa/contracts/note';
import type { ProblemDefinition } from '@stoa/contracts/problem';

/**
 * What every importer produces: a course as plain data, without ids, plus one report line per item of the source.
 * The import job stores it; source keys make a second import of the same source update the first.
 */
export type ImportedCourse = {
  format: 'olx' | 'markdown';
  /** Stable identity of the course in its source, e.g. `course-v1:OpenedX+DemoX+DemoCourse`. */
  sourceKey: string;
  title: string;
  summary: string;
  description: Document;
  /** BCP 47 tag of the source language. */
  language: string;
  /** Other languages in which at least one lesson exists. */
  translations: Record<string, { title?: string; summary?: string; description?: Document }>;
  outcomes: string[];
  /** Path of a file in `files`, or null. */
  coverPath: string | null;
  instructors: string[];
  modules: ImportedModule[];
  /** Files that lessons use, by their path in the source. */
  files: ImportedFile[];
  report: ImportReportItem[];
};

export type ImportedModule = {
  sourceKey: string;
  title: string;
  translations: Record<string, { title: string }>;
  lessons: ImportedLesson[];
};

export type LessonKind = 'text' | 'video' | 'audio' | 'file' | 'embed' | 'quiz' | 'link';

export type ImportedLesson = {
  sourceKey: string;
  title: string;
  /** Titles between the module and the lesson in sources that nest deeper (e.g. the OLX sequential). */
  path: string[];
  /** As its author named it; null when it is to be told from the content. */
  kind: LessonKind | null;
  /** Estimated study time: videos plus reading at 200 words a minute, in seconds. */
  durationSeconds: number;
  content: Document;
  translations: Record<string, { title: string; content: Document }>;
  /** Problems the content refers to by `problem` nodes; `problemId` there is this `sourceKey`. */
  problems: { sourceKey: string; definition: ProblemDefinition; from?: Pick<ImportReportItem, 'source' | 'path'> }[];
  /** Counts for a grade in the source. A graded lesson is completed by passing its problems. */
  graded: boolean;
};

export type ImportedFile = {
  path: string;
  name: string;
  contentType: string;
  bytes: number;
  /** Opens the bytes from their start; nothing is read before the first chunk is asked for. */
  open: () => AsyncIterable<Uint8Array>;
};

export type ImportReportItem = {
  /** Where in the source, e.g. `problem/85f3f7f9.xml`. */
  source: string;
  /**
   * The same place for people: titles from the course down to the piece, as its author sees them there. When it is left
   * out, the report names the lesson of `lessonKey`.
   */
  path?: string[];
  /** The source's own type, e.g. `problem`, `html`, `static`. */
  type: string;
  outcome: 'imported' | 'converted' | 'raw' | 'failed';
  /** What changed and why; empty for `imported`. */
  notes: Note[];
  /** Source key of the lesson that shows it; replaced by the lesson's id in the stored report. */
  lessonKey: string | null;
};

/** A file tree an importer reads: a folder on disk or an archive unpacked into a private folder. */
export type SourceTree = {
  /** Paths of all regular files, `/`-separated, relative, without `..`, in a stable order. */
  list: () => Promise<string[]>;
  /** The whole file as bytes. Throws if it is larger than `maxBytes` (default 10 MiB). */
  read: (path: string, maxBytes?: number) => Promise<Uint8Array>;
  size: (path: string) => Promise<number>;
  open: (path: string) => AsyncIterable<Uint8Array>;
  exists: (path: string) => Promise<boolean>;
};
