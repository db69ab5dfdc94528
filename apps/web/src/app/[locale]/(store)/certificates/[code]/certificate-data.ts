import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { api, orThrow } from '@/api/client.ts';
import type { paths } from '@/api/schema.d.ts';
import { getSession } from '@/session/session.ts';

export type Certificate =
  paths['/api/certificates/verify/{code}']['get']['responses'][200]['content']['application/json'];

/** What a code stands for, once per request; the not-found page of certificates if it stands for nothing. */
export const getCertificate = cache(async (segment: string): Promise<Certificate> => {
  const answer = await (await api()).GET('/api/certificates/verify/{code}', {
    params: { path: { code: codeOf(segment) } },
  });
  const { status } = answer.response;
  if (status === 404 || status === 422) notFound();
  return orThrow(answer);
});

function codeOf(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) notFound();
    throw error;
  }
}

/** True when the person signed in is the one the certificate was given to: they may have the PDF. Once per request. */
export const isHolder = cache(async (certificate: Certificate): Promise<boolean> => {
  if (!(await getSession())) return false;
  const { data } = await (await api()).GET('/api/enrollments', {
    params: { query: { completed: true, order: 'recent', limit: 100 } },
  });
  return data?.items.some((item) => item.certificate?.id === certificate.id) ?? false;
});
