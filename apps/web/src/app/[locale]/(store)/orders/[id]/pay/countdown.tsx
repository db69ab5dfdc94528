'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';

/** How long there is left to pay. Without scripts, until when. */
export function Countdown({ until }: { until: string }) {
  const t = useTranslations('buying.pay');
  const format = useFormatter();
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => setLeft(Math.max(0, Math.floor((new Date(until).getTime() - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [until]);
  if (left === null) {
    const time = format.dateTime(new Date(until), { dateStyle: 'medium', timeStyle: 'long' });
    return <span className="tabular">{t('until', { time })}</span>;
  }
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(left / 3600);
  const time = `${hours > 0 ? `${hours}:` : ''}${two(Math.floor((left % 3600) / 60))}:${two(left % 60)}`;
  return (
    <span className="tabular" role="timer" aria-live="off">
      {left === 0 ? t('timeOver') : t('left', { time })}
    </span>
  );
}
