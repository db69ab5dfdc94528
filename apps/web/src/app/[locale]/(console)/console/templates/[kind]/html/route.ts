import type { NextRequest } from 'next/server';
import { api } from '@/api/client.ts';
import { isAppLocale } from '@/i18n/locales.ts';
import { mailDocument } from '../../../mail-document.ts';

/** A template with sample data as HTML, `?language=es`, for the frame of its page. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ kind: string }> }): Promise<Response> {
  const { kind } = await params;
  const language = request.nextUrl.searchParams.get('language');
  const { data, response } = await (await api()).GET('/api/admin/templates/{kind}', {
    params: { path: { kind }, query: isAppLocale(language) ? { locale: language } : {} },
  });
  return data ? mailDocument(data.html) : new Response(null, { status: response.status });
}
