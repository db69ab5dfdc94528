import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { api, orThrow } from '@/api/client.ts';
import { readOriginal } from '../../read-original.ts';

/** A lesson and its course in the language they were written in: that is what is changed here. The 404 page for others. */
export const readLesson = cache(async (courseId: string, id: string) => {
  const course = (await readOriginal(courseId)) ?? notFound();
  const answer = await (await api()).GET('/api/lessons/{id}', {
    params: { path: { id } },
    headers: { 'accept-language': course.language },
  });
  const { status } = answer.response;
  if (status === 404 || status === 403 || status === 422) notFound();
  const lesson = orThrow(answer);
  if (lesson.courseId !== course.id) notFound();
  return { course, lesson };
});
