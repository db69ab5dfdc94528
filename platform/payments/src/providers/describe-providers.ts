import { defaultFacts, type Facts } from './facts.ts';
import { payPalCapabilities } from './paypal/provider.ts';
import { picPayCapabilities } from './picpay/provider.ts';
import { pixCapabilities } from './pix/provider.ts';
import type { Capabilities } from './provider.ts';
import { sandboxCapabilities, sandboxCodeCapabilities } from './sandbox/provider.ts';
import { stripeCapabilities } from './stripe/capabilities.ts';

/** What every provider can do, by name, whether or not it is configured. */
export function listCapabilities(facts: Facts): Record<string, Capabilities> {
  return {
    sandbox: sandboxCapabilities,
    'sandbox-code': sandboxCodeCapabilities,
    stripe: stripeCapabilities(facts),
    paypal: payPalCapabilities(facts),
    picpay: picPayCapabilities(facts),
    pix: pixCapabilities,
  };
}

const yes = (value: boolean) => (value ? 'yes' : 'no');

/** The capability table of the documentation, in Markdown. */
export function capabilityTable(facts: Facts): string {
  const rows = Object.entries(listCapabilities(facts)).map(([name, can]) => [
    `\`${name}\``,
    can.presents === 'redirect' ? 'page' : 'QR code',
    can.captureLater ? (can.partialCapture ? 'yes, in part' : 'yes, whole') : 'no',
    can.holdDays === null ? 'none' : `${can.holdDays} days`,
    { none: 'no', full: 'whole', partial: 'in part' }[can.refund],
    yes(can.savedMethods),
    yes(can.disputes),
    yes(can.reports),
    yes(can.payouts),
    can.currencies === 'any' ? 'any' : can.currencies.join(' '),
    can.needs.join(', ') || 'nothing',
  ]);
  return table(
    [
      'provider',
      'payer sees',
      'capture later',
      'hold',
      'refunds',
      'saved methods',
      'disputes',
      'report',
      'payouts',
      'currencies',
      'needs',
    ],
    rows,
  );
}

/** The facts the adapters rely on, with where each comes from, in Markdown. */
export function factTable(): string {
  const rows = Object.entries(defaultFacts).map(([name, { value, source, evidence, asOf }]) => [
    `\`${name}\``,
    String(value),
    evidence,
    source,
    asOf,
  ]);
  return table(['fact', 'value', 'evidence', 'source', 'as of'], rows);
}

/** Columns padded to one width, as the formatter of the repository writes tables. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
