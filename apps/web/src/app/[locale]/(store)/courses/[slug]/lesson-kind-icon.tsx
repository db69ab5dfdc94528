import {
  CirclePlay,
  Code,
  ExternalLink,
  FileText,
  ListChecks,
  type LucideProps,
  Paperclip,
  Volume2,
} from 'lucide-react';
import type { OutlineLesson } from './course-data.ts';

const icons = {
  text: FileText,
  video: CirclePlay,
  audio: Volume2,
  file: Paperclip,
  embed: Code,
  quiz: ListChecks,
  link: ExternalLink,
} as const satisfies Record<OutlineLesson['kind'], unknown>;

/** What kind of lesson it is. With a label it is read aloud, without one it is decoration. */
export function LessonKindIcon({
  kind,
  label,
  ...props
}: Omit<LucideProps, 'ref'> & { kind: OutlineLesson['kind']; label?: string }) {
  const Icon = icons[kind];
  return <Icon {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })} {...props} />;
}
