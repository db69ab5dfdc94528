'use client';

import { FileUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { cn } from '@/design/cn.ts';
import { Button } from './button.tsx';
import { Progress } from './progress.tsx';

type Upload = { name: string; percent: number | null; error?: string };

type FileDropProps = {
  /** Form field name, so that a plain form sends the file too. */
  name: string;
  label: ReactNode;
  /** What is accepted and how large, in words. */
  help: ReactNode;
  accept?: string;
  disabled?: boolean;
  /** Given by the page that sends the file; `null` before and after. */
  upload?: Upload | null;
  onFile?: (file: File) => void;
  onCancel?: () => void;
};

/** A place to drop a file on, that is also a file input for everyone without a mouse. Shows the upload of the page that owns it. */
export function FileDrop({
  name,
  label,
  help,
  accept,
  disabled = false,
  upload = null,
  onFile,
  onCancel,
}: FileDropProps) {
  const t = useTranslations('common');
  const id = useId();
  const [over, setOver] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const take = (file: File | null | undefined) => {
    if (!file || disabled) return;
    setChosen(file.name);
    onFile?.(file);
  };
  return (
    <div className="space-y-2">
      <label
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files.item(0));
        }}
        className={cn(
          'flex flex-col items-center gap-1 rounded-lg border border-input border-dashed bg-card px-6 py-8 text-center transition-colors',
          'hover:bg-accent has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2',
          over && 'border-primary bg-primary-soft',
          disabled && 'pointer-events-none opacity-60',
        )}
      >
        <FileUp aria-hidden="true" className="mb-2 size-6 text-muted-foreground" />
        <span className="font-medium text-sm">{chosen ?? label}</span>
        <span id={`${id}-help`} className="text-muted-foreground text-sm">
          {help}
        </span>
        <input
          id={id}
          type="file"
          name={name}
          accept={accept}
          disabled={disabled}
          aria-describedby={`${id}-help`}
          // Without scripts only the browser's own control says which file was chosen.
          className="sr-only noscript:not-sr-only noscript:mt-2 noscript:max-w-full"
          onChange={(event) => take(event.currentTarget.files?.item(0))}
        />
      </label>
      {upload && (
        <div className="rounded-lg border bg-card p-3 text-sm" aria-live="polite">
          <div className="flex items-center justify-between gap-3">
            <span className="truncate font-medium">{upload.name}</span>
            {upload.error ? null : (
              <span className="tabular text-muted-foreground">
                {upload.percent === null ? t('working') : t('percent', { value: upload.percent / 100 })}
              </span>
            )}
            {onCancel && (
              <Button size="sm" variant="ghost" onClick={onCancel}>
                {t('cancel')}
              </Button>
            )}
          </div>
          {upload.error ? (
            <p className="mt-1 text-destructive">{upload.error}</p>
          ) : (
            <Progress value={upload.percent} label={upload.name} className="mt-2" />
          )}
        </div>
      )}
    </div>
  );
}
