import type { Document } from '@stoa/contracts/document';

/** One row of `courses` as statements return it. */
export type CourseRow = {
  id: string;
  slug: string;
  title: string;
  summary: string;
  description: Document;
  language: string;
  level: 'all' | 'beginner' | 'intermediate' | 'advanced';
  category: string | null;
  outcomes: string[];
  price_amount: number | null;
  price_currency: string | null;
  /** Paid in so many monthly parts, for so many ten-thousandths more; null when only at once. */
  instalment_parts: number | null;
  instalment_surcharge: number;
  cover_asset_id: string | null;
  translations: CourseTranslations;
  languages: string[];
  state: 'draft' | 'published' | 'archived';
  version: number;
  instructor_id: string;
  instructor_name: string;
  lesson_count: number;
  duration_seconds: number;
  published_at: string | null;
  updated_at: string;
};

export type CourseTranslations = Record<
  string,
  { title?: string; summary?: string; description?: Document; outcomes?: string[] }
>;

/** What lists show of a course. */
export type CourseListRow = Pick<
  CourseRow,
  | 'id'
  | 'slug'
  | 'title'
  | 'summary'
  | 'language'
  | 'level'
  | 'category'
  | 'price_amount'
  | 'price_currency'
  | 'cover_asset_id'
  | 'languages'
  | 'state'
  | 'instructor_id'
  | 'instructor_name'
  | 'lesson_count'
  | 'duration_seconds'
> & {
  /** Title and summary in the language asked for, if the course has them. */
  local_title: string | null;
  local_summary: string | null;
  /** What the list is sorted by. */
  sort_key: string;
};

/** A lesson without its content, with its module: one row of an outline. */
export type OutlineRow = {
  id: string;
  module_id: string;
  module_title: string;
  title: string;
  path: string[];
  kind: 'text' | 'video' | 'audio' | 'file' | 'embed' | 'quiz' | 'link';
  duration_seconds: number;
  /** How long its video and audio play; 0 when that is not known. */
  media_seconds: number;
  completion: 'viewed' | 'watched' | 'passed';
  graded: boolean;
  preview: boolean;
  asset_ids: string[];
};

/** A whole lesson; its module's title is in the outline. */
export type LessonRow = Omit<OutlineRow, 'module_title'> & {
  course_id: string;
  content: Document;
  translations: Record<string, { title: string; content: Document }>;
  version: number;
};
