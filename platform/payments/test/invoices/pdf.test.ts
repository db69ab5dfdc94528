import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { extractText, getDocumentProxy } from 'unpdf';
import { drawInvoice } from '../../src/invoices/draw-invoice.ts';
import { sampleDocuments } from './sample-document.ts';

async function pagesOf(name: string): Promise<string[]> {
  const pdf = await drawInvoice(sampleDocuments[name] ?? assert.fail(name));
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)));
  // Figures of a sum are set with spaces that do not break.
  return text.map((page) => page.replace(/[\s\u00a0\u202f]+/g, ' '));
}

describe('an invoice as PDF', () => {
  test('says which rate a line has when there are several, and the sums in the buyer’s language', async () => {
    const [page = ''] = await pagesOf('two rates and a discount');
    for (const part of ['Factura INV-2026-000042', 'IVA 6 %', 'Descuento', '-40,04 €', '429,04 €', 'Portugal'])
      assert.ok(page.includes(part), `${part} in ${page}`);
    assert.equal(page.match(/IVA 6 %/g)?.length, 3, 'two lines and their sum');
    const [plain = ''] = await pagesOf('plain');
    assert.equal(plain.match(/IVA 23%/g)?.length, 1, 'only its sum');
  });
  test('writes CPF and CNPJ as people in Brazil do', async () => {
    const [page = ''] = await pagesOf('without tax');
    for (const part of ['CNPJ: 11.444.777/0001-61', 'CPF: 529.982.247-25', 'Brasil', 'Vendido por Rui Alves'])
      assert.ok(page.includes(part), `${part} in ${page}`);
  });
  test('goes on over pages that are numbered, each with the heads of its columns', async () => {
    const pages = await pagesOf('many pages');
    assert.ok(pages.length > 2);
    pages.forEach((page, index) => {
      assert.ok(page.includes('Amount') && page.includes(`Page ${index + 1} of ${pages.length}`), page);
    });
    const all = pages.join(' ');
    for (let item = 2; item <= 60; item += 1)
      if ((item - 1) % 7 !== 0) assert.ok(all.includes(`Course number ${item}`));
  });
  test('names what a credit note takes back', async () => {
    const [page = ''] = await pagesOf('credit note');
    assert.ok(page.includes('Nota de crédito CRN-2026-000007') && page.includes('a fatura INV-2026-000042'), page);
    assert.ok(page.includes('Total devolvido') && !page.includes('Pago com'), page);
  });
  test('has what people wrote in any script', async () => {
    const [page = ''] = await pagesOf('many scripts');
    const read = page.normalize('NFKC');
    for (const part of [
      '张晓轩',
      'スト学習株式会社',
      '東京都',
      '陳美玲',
      '分布式系统',
      'محمد',
      'בן־גוריון',
      'สมชาย',
      '김민수',
    ])
      assert.ok(read.includes(part), `${part} in ${read}`);
    const document = sampleDocuments['many scripts'] ?? assert.fail();
    const note = await drawInvoice({ ...document, kind: 'credit_note', number: 'CRN-2026-000009' });
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(note)), { mergePages: true });
    assert.ok(text.includes('张晓轩') && text.includes('Credit note'), text);
  });
  test('says who took the money by its own name where there is no card to name', async () => {
    const textOf = async (paidWith: string) => {
      const pdf = await drawInvoice({ ...(sampleDocuments['without tax'] ?? assert.fail()), paidWith });
      return (await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })).text;
    };
    assert.match(await textOf('picpay'), /Pago com PicPay\./);
    assert.match(await textOf('sandbox'), /Pago com o provedor de teste\./);
    assert.match(await textOf('visa •••• 4242'), /Pago com visa •••• 4242\./);
  });
  test('reads no file of another script where nobody writes in one', async () => {
    const plain = await drawInvoice(sampleDocuments.plain ?? assert.fail());
    assert.doesNotMatch(plain.toString('latin1'), /Noto|Gowun|Cactus/);
  });
  test('is the same to the byte, however often it is printed', async () => {
    const document = sampleDocuments.plain ?? assert.fail();
    assert.deepEqual(await drawInvoice(document), await drawInvoice(document));
  });
});
