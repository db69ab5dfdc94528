import type { Note } from '@stoa/contracts/note';
import { sayNotes } from './notes.ts';

/**
 * Why an import was refused as a whole. `code` is stable and safe to show; one broken block inside a course is never
 * an ImportError but a `failed` line of its report.
 *
 * - `archive_unsafe`: names that leave the folder, links, devices, colliding names: somebody built it to do harm.
 * - `archive_too_large`: more files, bytes or a higher compression ratio than the limits allow.
 * - `archive_unreadable`: not a tar.gz or zip, truncated, damaged or encrypted.
 * - `source_missing`: the folder or the file asked for is not there.
 * - `source_file_too_large`: a file is bigger than what may be held in memory.
 * - `source_too_large`: a folder with too many files, or a course with too many blocks.
 * - `source_not_a_course`: no `course.xml` or `library.xml` where one may be.
 * - `import_too_slow`, `import_too_heavy`: reading it took more time or memory than a course may take.
 * - `xml_invalid`, `xml_too_large`, `html_too_large`: one document could not be read.
 */
export type ImportErrorCode =
  | 'archive_unsafe'
  | 'archive_too_large'
  | 'archive_unreadable'
  | 'source_missing'
  | 'source_file_too_large'
  | 'source_too_large'
  | 'source_not_a_course'
  | 'import_too_slow'
  | 'import_too_heavy'
  | 'xml_invalid'
  | 'xml_too_large'
  | 'html_too_large';

export class ImportError extends Error {
  readonly code: ImportErrorCode;
  /** The reason for the report, where it can stop one block only. */
  readonly note: Note | null;

  constructor(code: ImportErrorCode, why: string | Note, options?: ErrorOptions) {
    super(typeof why === 'string' ? why : sayNotes([why], 'en'), options);
    this.name = 'ImportError';
    this.code = code;
    this.note = typeof why === 'string' ? null : why;
  }
}

/** The message of anything thrown, for logs. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
