import assert from 'node:assert/strict';
import { type Account, type Api, mailsTo, newKey, register, until } from './api-client.ts';
import { pixel } from './source-course.ts';

/** What a sale left behind, without ids and times: equal sales give equal findings. */
export type SaleFindings = {
  order: { state: string; invoices: string[] };
  documents: { kind: string; pdf: boolean; ubl: boolean }[];
  mails: { kind: string; subject: string | null; attached: string[] }[];
  bell: string[];
  /** What the books say the seller is owed. */
  owed: unknown;
};

const price = { amount: 4900, currency: 'BRL' };

/**
 * Somebody buys a course with the sandbox, gets in, hears of it with the invoice, gives it back, is let in no more, and
 * hears of that with the credit note: through the API alone.
 */
export async function sellAndGiveBack(options: {
  api: Api;
  operator: Account;
  instructor: Account;
}): Promise<SaleFindings> {
  const { api, operator, instructor } = options;
  const courseId = await putUpForSale(api, instructor);
  const buyer = await register(api, { email: 'buyer-of-all@stoa.test', name: 'Bia Couto', locale: 'pt-BR' });
  const bought = await until('the course to be for sale', async () => {
    const asked = { as: buyer, key: newKey(), body: { provider: 'sandbox' } };
    const answer = await api.send('POST', `/api/payments/courses/${courseId}`, asked);
    return answer.status === 202 && answer.body;
  });
  const page = await until('the page to pay on', async () => {
    const { body } = await api.call('GET', `/api/payments/${bought.id}`, { as: buyer });
    return body.nextAction?.url;
  });
  const { port, pathname } = new URL(page);
  assert.equal(port, new URL(api.url).port, 'the page is at the entrance');
  const path = `/api/sandbox/payments/${pathname.split('/').at(-1)}`;
  await api.call('POST', path, { body: { outcome: 'succeed' } });
  // What was bought keeps the picture it had.
  await api.call('DELETE', `/api/courses/${courseId}/cover`, { as: instructor });
  const access = async () => (await api.send('GET', `/api/courses/${courseId}/enrollment`, { as: buyer })).status;
  await until('access to what was paid for', async () => (await access()) === 200);
  await api.call('POST', `/api/payments/${bought.id}/refunds`, { as: buyer, key: newKey(), body: {}, expect: 202 });
  await until('the refund to take access away', async () => (await access()) === 404);

  const mails = await readMails(options, { operator, to: buyer.email });
  const { body: order } = await api.call('GET', `/api/orders/${bought.orderId}`, { as: buyer });
  const documents: SaleFindings['documents'] = [];
  for (const { id, kind } of order.invoices) {
    const pdf = await api.bytes(`/api/invoices/${id}`, { as: buyer });
    const ubl = await api.bytes(`/api/invoices/${id}?format=ubl`, { as: buyer });
    documents.push({
      kind,
      pdf: pdf.headers.get('content-type') === 'application/pdf' && pdf.content.subarray(0, 5).toString() === '%PDF-',
      ubl: ubl.status === 200 && ubl.content.toString().includes(kind === 'invoice' ? '<Invoice' : '<CreditNote'),
    });
  }
  const { body: bell } = await api.call('GET', '/api/notifications', { as: buyer, locale: 'pt-BR' });
  const { body: statement } = await api.call('GET', '/api/seller/statement', { as: instructor });
  return {
    order: { state: order.state, invoices: order.invoices.map(({ kind }: { kind: string }) => kind) },
    documents,
    mails,
    bell: bell.items.map(({ title }: { title: string }) => title).sort(),
    owed: statement.balances,
  };
}

async function putUpForSale(api: Api, instructor: Account): Promise<string> {
  const { body } = await api.call('POST', '/api/courses', {
    as: instructor,
    key: newKey(),
    body: { title: 'Chá para vender', language: 'pt-BR', summary: 'Um curso com preço.', price },
  });
  await api.call('POST', `/api/courses/${body.id}/lessons`, {
    as: instructor,
    key: newKey(),
    body: { title: 'A única aula', module: 'Tudo' },
  });
  const form = new FormData();
  form.set('file', new File([new Uint8Array(pixel)], 'cover.png', { type: 'image/png' }));
  await api.call('PUT', `/api/courses/${body.id}/cover`, { as: instructor, form });
  await api.call('POST', `/api/courses/${body.id}/publish`, { as: instructor });
  return String(body.id);
}

/** The mails of the sale, each once, with the names of what is attached less the number. */
async function readMails(
  { api }: { api: Api },
  { operator, to }: { operator: Account; to: string },
): Promise<SaleFindings['mails']> {
  const wanted = ['purchase', 'enrollment', 'refund'];
  const sent = await until('the mails of the sale', async () => {
    const mails = (await mailsTo(api, operator, to)).filter(({ state }) => state === 'sent');
    return wanted.every((kind) => mails.some((mail) => mail.kind === kind)) ? mails : undefined;
  });
  const read: SaleFindings['mails'] = [];
  for (const { id, kind, subject } of sent.filter((mail) => wanted.includes(mail.kind))) {
    const { body } = await api.call('GET', `/api/admin/mailbox/${id}`, { as: operator });
    const attached = body.attachments.map(({ fileName, bytes }: { fileName: string; bytes: number }) => {
      assert.ok(bytes > 1000, `${fileName} is empty`);
      return fileName.replace(/\d+/g, '…');
    });
    read.push({ kind, subject, attached });
  }
  return read.sort((a, b) => (a.kind < b.kind ? -1 : 1));
}
