'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { FormState } from '@/components/forms/form-state.ts';
import { IconButton } from '@/components/ui/button.tsx';

type MoveButtonsProps = {
  /** What moves: the name of its field, and its id. */
  of: { name: 'module' | 'lesson'; id: string };
  /** Its place, counted from 1, and how many there are. */
  position: number;
  count: number;
  labels: { up: string; down: string };
  state: FormState;
  act: (data: FormData) => void;
  busy: boolean;
};

/** Up and down, as plain forms that tell the place to go to: they work where no script runs. */
export function MoveButtons({ of, position, count, labels, state, act, busy }: MoveButtonsProps) {
  const buttons = useRef<Record<'up' | 'down', HTMLButtonElement | null>>({ up: null, down: null });
  const pressed = useRef<'up' | 'down'>('up');
  const movedAt = state.kind === 'done' ? state.at : null;
  // What changes places takes its buttons along, and the focus is lost on the way. At an end only one is left.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per move, when the list has its new order
  useEffect(() => {
    if (movedAt === null) return;
    const { up, down } = buttons.current;
    const [same, other] = pressed.current === 'up' ? [up, down] : [down, up];
    (same?.disabled ? other : same)?.focus();
  }, [movedAt, position]);
  const steps = [
    { way: 'up', to: position - 1, Icon: ArrowUp },
    { way: 'down', to: position + 1, Icon: ArrowDown },
  ] as const;
  return steps.map(({ way, to, Icon }) => (
    <form key={way} action={act}>
      <input type="hidden" name={of.name} value={of.id} />
      <input type="hidden" name="position" value={to} />
      <IconButton
        ref={(button) => {
          buttons.current[way] = button;
        }}
        type="submit"
        size="sm"
        label={labels[way]}
        disabled={to < 1 || to > count}
        aria-busy={busy || undefined}
        onClick={() => {
          pressed.current = way;
        }}
      >
        <Icon aria-hidden="true" />
      </IconButton>
    </form>
  ));
}
