import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { api, orThrow } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';

export type Course = paths['/api/courses/{id}']['get']['responses'][200]['content']['application/json'];
export type Outline = paths['/api/courses/{id}/lessons']['get']['responses'][200]['content']['application/json'];
export type OutlineModule = Outline['modules'][number];
export type OutlineLesson = OutlineModule['lessons'][number];

/** The course of a slug or id, once per request; the 404 page if there is none. */
export const getCourse = cache(async (slug: string): Promise<Course> => {
  const answer = await (await api()).GET('/api/courses/{id}', { params: { path: { id: slugOf(slug) } } });
  if (isMissing(answer.response)) notFound();
  return orThrow(answer);
});

/** The outline as this person sees it, once per request; the 404 page if there is no such course. */
export const getOutline = cache(async (slug: string): Promise<Outline> => {
  const answer = await (await api()).GET('/api/courses/{id}/lessons', { params: { path: { id: slugOf(slug) } } });
  if (isMissing(answer.response)) notFound();
  return orThrow(answer);
});

/** An id that cannot be one (too long, malformed) names nothing either. */
function isMissing({ status }: Response): boolean {
  return status === 404 || status === 422;
}

/** A path segment as it was meant. Next hands them over encoded; one that is not valid encoding names nothing. */
export function slugOf(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) notFound();
    throw error;
  }
}

/** Lessons under the names of their section, in order: `path` of a lesson is what its source nests deeper than modules. */
export function sectionsOf(lessons: OutlineLesson[]): { name: string | null; lessons: OutlineLesson[] }[] {
  const sections: { name: string | null; lessons: OutlineLesson[] }[] = [];
  for (const lesson of lessons) {
    const name = lesson.path.join(' › ') || null;
    const last = sections.at(-1);
    if (last && last.name === name) last.lessons.push(lesson);
    else sections.push({ name, lessons: [lesson] });
  }
  return sections;
}
