import type { NextRequest } from 'next/server';
import { api } from '@/api/client.ts';
import { isAppLocale } from '@/i18n/locales.ts';
import { mailDocument } from '../../../mail-document.ts';

/** A template with sample data as HTML, `?language=es`, for the frame of its page. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ kind: string }> }): Promise<Response> {
  const { kind } = await params;
  const language = request.nextUrl.searchParams.get('language');
  const { data, response } = await (await api()).GET('/api/admin/notifications/templates/{kind}/preview', {
    params: { path: { kind }, query: { channel: 'email', ...(isAppLocale(language) ? { locale: language } : {}) } },
  });
  return data?.mail ? mailDocument(data.mail.html) : new Response(null, { status: data ? 404 : response.status });
}
