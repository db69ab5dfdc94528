import 'server-only';
import type { Block } from '@stoa/contracts/document';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { api, orThrow, problemOf } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';

export type Lesson = paths['/api/lessons/{id}']['get']['responses'][200]['content']['application/json'];
export type LearnerProblem = paths['/api/problems/{id}']['get']['responses'][200]['content']['application/json'];
export type Preferences = paths['/api/users/me/preferences']['get']['responses'][200]['content']['application/json'];

/** A lesson, or why it is closed to this person. Once per request; the 404 page if there is none. */
export const getLesson = cache(async (id: string): Promise<{ lesson: Lesson } | { locked: { reason: string } }> => {
  const answer = await (await api()).GET('/api/lessons/{id}', { params: { path: { id } } });
  const { status } = answer.response;
  if (status === 404 || status === 422) notFound();
  if (status === 403) {
    const problem = problemOf(answer);
    if (problem.code === 'lesson_locked') return { locked: { reason: problem.title } };
  }
  return { lesson: orThrow(answer) };
});

/** The problems of a lesson by id, for one that has any. */
export async function getProblems(lesson: Lesson): Promise<Map<string, LearnerProblem>> {
  if (!hasProblem(lesson.content.content)) return new Map();
  const answer = await (await api()).GET('/api/lessons/{lessonId}/problems', {
    params: { path: { lessonId: lesson.id } },
  });
  return new Map(orThrow(answer).items.map((item) => [item.id, item]));
}

function hasProblem(blocks: Block[]): boolean {
  return blocks.some(
    (block) =>
      block.type === 'problem' ||
      ((block.type === 'details' || block.type === 'callout' || block.type === 'blockquote') &&
        hasProblem(block.content)),
  );
}

/** How this person likes to watch; `null` for visitors, and when the answer does not come: it is only comfort. */
export async function getPreferences(): Promise<Preferences | null> {
  const { data } = await (await api()).GET('/api/users/me/preferences', {});
  return data ?? null;
}

/** Where the certificate of a completed course can be verified by anyone; `null` while there is none. */
export async function getCertificate(courseId: string): Promise<{ id: string; code: string } | null> {
  const { data } = await (await api()).GET('/api/enrollments', {
    params: { query: { completed: true, order: 'recent', limit: 50 } },
  });
  const certificate = data?.items.find((item) => item.course.id === courseId)?.certificate;
  return certificate && !certificate.revoked ? { id: certificate.id, code: certificate.code } : null;
}
