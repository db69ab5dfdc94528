import type { NextRequest } from 'next/server';
import { handOnFile } from '../../../../hand-on-file.ts';

/** `POST /bff/studio/courses/{id}/lessons/file?locale=`: a lesson from a file, from a form without scripts. */
export async function POST(request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const course = encodeURIComponent((await params).id);
  return handOnFile(request, {
    method: 'POST',
    to: `/api/courses/${course}/lessons/file`,
    keeps: ['title', 'module'],
    backTo: (lesson) => `/studio/courses/${course}${isMade(lesson) ? `/lessons/${encodeURIComponent(lesson.id)}` : ''}`,
  });
}

function isMade(answer: unknown): answer is { id: string } {
  return typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string';
}
