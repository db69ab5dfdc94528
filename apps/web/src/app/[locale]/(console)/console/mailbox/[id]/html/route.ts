import { api } from '@/api/client.ts';
import { mailDocument } from '../../../mail-document.ts';

/** One mail as HTML, for the frame of its page. The API decides who may read it. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const { data, response } = await (await api()).GET('/api/admin/mailbox/{id}', { params: { path: { id } } });
  if (!data?.html) return new Response(null, { status: data ? 404 : response.status });
  return mailDocument(data.html);
}
