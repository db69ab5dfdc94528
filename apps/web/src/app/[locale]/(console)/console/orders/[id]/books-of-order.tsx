import { getTranslations } from 'next-intl/server';
import { known } from '@/components/sales/known.ts';
import { transactionKinds } from '@/components/sales/transaction-kinds.ts';
import type { ConsoleOrderView } from '@/components/sales/types.ts';
import { Moment } from '@/components/time/moment.tsx';
import { Price } from '@/components/ui/price.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';

/** Every transaction of an order with its entries: debits left, credits right, as bookkeepers write them. */
export async function BooksOfOrder({ ledger, currency }: { ledger: ConsoleOrderView['ledger']; currency: string }) {
  const t = await getTranslations('sales.order');
  const tKind = await getTranslations('sales.transaction');
  if (ledger.length === 0) return <p className="text-muted-foreground text-sm">{t('noLedger')}</p>;
  return (
    <Table caption={t('ledger')} dense>
      <TableHead>
        <TableRow>
          <TableHeader>{t('transaction')}</TableHeader>
          <TableHeader>{t('account')}</TableHeader>
          <TableHeader className="text-end">{t('debit')}</TableHeader>
          <TableHeader className="text-end">{t('credit')}</TableHeader>
        </TableRow>
      </TableHead>
      {ledger.map((transaction) => {
        const kind = known(transactionKinds, transaction.kind);
        return (
          <TableBody key={transaction.id} className="[&:not(:last-child)>tr:last-child>*]:border-b!">
            {transaction.entries.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries are written once and keep their order
              <TableRow key={index}>
                {index === 0 && (
                  <TableHeader
                    scope="rowgroup"
                    rowSpan={transaction.entries.length}
                    className="border-e py-1.5 align-top text-foreground text-sm"
                  >
                    {kind ? tKind(kind) : transaction.kind}
                    <Moment
                      at={transaction.at}
                      precision="second"
                      className="tabular block font-normal text-muted-foreground text-xs"
                    />
                  </TableHeader>
                )}
                <TableCell>
                  <TextLink
                    href={`/console/ledger/${encodeURIComponent(entry.account)}`}
                    className="whitespace-nowrap font-mono text-xs"
                  >
                    {shorten(entry.account)}
                  </TextLink>
                </TableCell>
                <TableCell className="whitespace-nowrap text-end">
                  {entry.amount > 0 && <Price money={{ amount: entry.amount, currency }} />}
                </TableCell>
                <TableCell className="whitespace-nowrap text-end">
                  {entry.amount < 0 && <Price money={{ amount: -entry.amount, currency }} />}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        );
      })}
    </Table>
  );
}

/** `seller:01980c2e-…-3d1f0e6f2a10:BRL` with only the random end of an id, as elsewhere in the console. */
function shorten(account: string): string {
  return account.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{4}([0-9a-f]{8})/, '…$2');
}
