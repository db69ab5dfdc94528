'use client';

import { useLocale } from 'next-intl';
import type { ComponentProps } from 'react';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { amountText, currencies, decimalSignOf } from './typed-amount.ts';

type AmountInputProps = Omit<ComponentProps<typeof Input>, 'defaultValue'> & {
  /** In minor units; null when there is none yet. */
  amount: number | null;
  /** What the person had typed before it was refused. */
  typed: string | undefined;
};

/** An amount as its reader types it, with the decimal sign of their language. */
export function AmountInput({ amount, typed, ...props }: AmountInputProps) {
  const decimalSign = decimalSignOf(useLocale());
  return (
    <Input
      inputMode="decimal"
      autoComplete="off"
      className="tabular"
      defaultValue={typed ?? (amount === null ? '' : amountText(amount, decimalSign))}
      {...props}
    />
  );
}

/** One of the currencies something can be priced in. */
export function CurrencySelect(props: Omit<ComponentProps<typeof Select>, 'children'>) {
  return (
    <Select {...props}>
      {currencies.map((currency) => (
        <option key={currency}>{currency}</option>
      ))}
    </Select>
  );
}
