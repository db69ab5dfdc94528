'use client';

import { Minus, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useTransition } from 'react';
import { mostSeats } from '@/buying/cart.ts';
import { Button, buttonClasses } from '@/components/ui/button.tsx';
import { Input } from '@/components/ui/input.tsx';
import { cn } from '@/design/cn.ts';
import { changeQuantity } from './actions.ts';

/** For how many people. The buttons send the number beside them, so they work without scripts. */
export function QuantityForm({ line, quantity, title }: { line: string; quantity: number; title: string }) {
  const t = useTranslations('buying.cart');
  const form = useRef<HTMLFormElement>(null);
  const [busy, start] = useTransition();
  const step = cn(buttonClasses({ variant: 'outline', size: 'sm' }), 'size-9 p-0');
  const change = (to: number) => (
    <form action={changeQuantity}>
      <input type="hidden" name="line" value={line} />
      <input type="hidden" name="quantity" value={to} />
      <button
        type="submit"
        disabled={busy || to < 1 || to > mostSeats}
        aria-label={to < quantity ? t('fewer', { title }) : t('more', { title })}
        className={step}
      >
        {to < quantity ? <Minus aria-hidden="true" /> : <Plus aria-hidden="true" />}
      </button>
    </form>
  );
  return (
    <div className="flex items-center gap-1.5">
      {change(quantity - 1)}
      <form
        ref={form}
        action={changeQuantity}
        onBlur={() => {
          const data = form.current && new FormData(form.current);
          if (data && data.get('quantity') !== String(quantity)) start(() => changeQuantity(data));
        }}
        className="flex items-center gap-1.5"
      >
        <input type="hidden" name="line" value={line} />
        <Input
          key={quantity}
          type="number"
          name="quantity"
          inputMode="numeric"
          min={1}
          max={mostSeats}
          defaultValue={quantity}
          aria-label={t('seatsOf', { title })}
          className="tabular h-9 w-16 text-center"
        />
        <noscript>
          <Button type="submit" variant="outline" size="sm">
            {t('setSeats')}
          </Button>
        </noscript>
      </form>
      {change(quantity + 1)}
    </div>
  );
}
