import type { NextRequest } from 'next/server';
import { handOnFile } from '../../../hand-on-file.ts';

/** What the API is asked; everything else in the address is for the way back. */
const asked = ['as', 'of'];

/** `POST /bff/studio/lessons/{id}/file?as=&of=&course=&locale=`: a file for a lesson, from a form without scripts. */
export async function POST(request: NextRequest, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const id = encodeURIComponent((await params).id);
  const { searchParams } = request.nextUrl;
  const query = new URLSearchParams([...searchParams].filter(([name, value]) => asked.includes(name) && value !== ''));
  const course = encodeURIComponent(searchParams.get('course') ?? '');
  return handOnFile(request, {
    method: 'PUT',
    to: `/api/lessons/${id}/file?${query}`,
    backTo: () => `/studio/courses/${course}/lessons/${id}`,
  });
}
