import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PaymentsService } from '@stoa/contracts';
import { defineContext, kernelErrors, requireService } from '@stoa/kernel';

/** What the payments of a test know: documents by id, things that are gone, and what was asked. */
export type PaymentsBook = {
  documents: Map<string, { number: string; fileName: string; pdf: Uint8Array }>;
  gone: Set<string>;
  down: boolean;
};

export const paymentsBook = (): PaymentsBook => ({ documents: new Map(), gone: new Set(), down: false });

/** A payments that only speaks and hands out documents and links; its events are emitted by the test. */
export function paymentsOf(book: PaymentsBook) {
  const up = () => {
    if (book.down) throw kernelErrors.temporarily_unavailable();
  };
  return defineContext({
    name: 'payments',
    migrations: pathToFileURL(`${mkdtempSync(join(tmpdir(), 'stoa-none-'))}/`),
    serves: PaymentsService,
    create: () => ({
      api: {
        getDocument: async ({ invoiceId }, ctx) => {
          requireService(ctx);
          up();
          const document = book.documents.get(invoiceId);
          if (!document) throw kernelErrors.not_found();
          return document;
        },
        getLink: async ({ kind, id }, ctx) => {
          requireService(ctx);
          up();
          if (book.gone.has(id)) throw kernelErrors.not_found();
          return { url: `http://localhost:3000/${kind}s/${id}?token=secret-of-${id}` };
        },
        listPurchases: async () => ({ purchases: [] }),
      },
    }),
  });
}
