'use client';

import '@/components/shell/nonce.tsx';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { AlertDialog as AlertPrimitive, Dialog as Primitive } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { cn } from '@/design/cn.ts';
import { Button, buttonClasses } from './button.tsx';
import { useFocusBack } from './focus-back.ts';

const overlay =
  'fixed inset-0 z-50 bg-[oklch(18%_0.01_70/0.5)] data-[state=open]:animate-in data-[state=open]:fade-in-0 duration-150';
const panel = cn(
  'fixed inset-x-4 bottom-4 z-50 mx-auto max-h-[calc(100dvh-2rem)] max-w-lg overflow-y-auto rounded-lg border bg-popover p-6 text-popover-foreground shadow-overlay',
  'sm:top-1/2 sm:bottom-auto sm:-translate-y-1/2',
  'duration-150 data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:slide-in-from-bottom-2',
);

type DialogProps = {
  /** The button that opens it; leave out when `open` is controlled. */
  trigger?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
};

/** A window above the page: keeps the focus inside, closes with Escape, gives the focus back. From the bottom on phones. */
export function Dialog({ trigger, title, description, children, footer, open, onOpenChange, className }: DialogProps) {
  const t = useTranslations('common');
  const focusBack = useFocusBack();
  return (
    <Primitive.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger && <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>}
      <Primitive.Portal>
        <Primitive.Overlay className={overlay} />
        <Primitive.Content
          className={cn(panel, className)}
          {...(description ? {} : { 'aria-describedby': undefined })}
          {...(trigger ? {} : focusBack)}
        >
          <Primitive.Title className="pe-8 text-xl">{title}</Primitive.Title>
          {description && (
            <Primitive.Description className="mt-1.5 text-muted-foreground text-sm">
              {description}
            </Primitive.Description>
          )}
          {children && <div className="mt-5">{children}</div>}
          {footer && <div className="mt-6 flex flex-wrap justify-end gap-3">{footer}</div>}
          <Primitive.Close
            aria-label={t('close')}
            className={cn(buttonClasses({ variant: 'ghost', size: 'sm' }), 'absolute end-3 top-3 size-8 p-0')}
          >
            <X aria-hidden="true" />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Closes the dialog it stands in. */
export const DialogClose = Primitive.Close;

type ConfirmDialogProps = {
  /** The button that opens it; leave out when `open` is controlled. */
  trigger?: ReactNode;
  /** Names the thing: `Delete "Stone and light"?` */
  title: ReactNode;
  /** What will happen, and what cannot be undone. */
  description: ReactNode;
  confirmLabel: string;
  /** `Cancel` unless the question needs another word. */
  cancelLabel?: string;
  onConfirm: () => Promise<void> | void;
  destructive?: boolean;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

/** Asks once before something that cannot be undone. Escape and Cancel are the same; the safe button has the focus. */
export function ConfirmDialog({
  trigger,
  title,
  description,
  confirmLabel,
  cancelLabel,
  onConfirm,
  destructive = true,
  open: isOpen,
  onOpenChange,
}: ConfirmDialogProps) {
  const t = useTranslations('common');
  const [isOpened, setOpened] = useState(false);
  const open = isOpen ?? isOpened;
  const setOpen = onOpenChange ?? setOpened;
  const focusBack = useFocusBack();
  const [busy, setBusy] = useState(false);
  return (
    <AlertPrimitive.Root open={open} onOpenChange={(next) => !busy && setOpen(next)}>
      {trigger && <AlertPrimitive.Trigger asChild>{trigger}</AlertPrimitive.Trigger>}
      <AlertPrimitive.Portal>
        <AlertPrimitive.Overlay className={overlay} />
        <AlertPrimitive.Content className={panel} {...(trigger ? {} : focusBack)}>
          <AlertPrimitive.Title className="text-xl">{title}</AlertPrimitive.Title>
          <AlertPrimitive.Description className="mt-1.5 text-muted-foreground text-sm">
            {description}
          </AlertPrimitive.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-3">
            <AlertPrimitive.Cancel className={buttonClasses({ variant: 'outline' })}>
              {cancelLabel ?? t('cancel')}
            </AlertPrimitive.Cancel>
            <Button
              variant={destructive ? 'destructive' : 'primary'}
              loading={busy}
              onClick={async () => {
                setBusy(true);
                try {
                  await onConfirm();
                  setOpen(false);
                } finally {
                  setBusy(false);
                }
              }}
            >
              {confirmLabel}
            </Button>
          </div>
        </AlertPrimitive.Content>
      </AlertPrimitive.Portal>
    </AlertPrimitive.Root>
  );
}
