/** Kinds of transactions with words of their own (`sales.transaction`). */
export const transactionKinds = [
  'capture',
  'sale',
  'return',
  'refund',
  'fee',
  'dispute_opened',
  'dispute_won',
  'dispute_lost',
  'settlement',
  'payout',
  'payout_returned',
] as const;
/** Kinds of accounts with words of their own (`sales.accountKind`). */
export const accountKinds = [
  'clearing',
  'bank',
  'buyer',
  'seller',
  'revenue',
  'refunds',
  'tax',
  'fees',
  'disputes',
  'losses',
] as const;
