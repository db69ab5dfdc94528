'use client';

import { Captions, Maximize, Minimize, Pause, Play, RotateCcw, RotateCw, Volume2, VolumeX } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useRef, useState } from 'react';
import { IconButton } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Spinner } from '@/components/ui/spinner.tsx';
import type { Preferences } from './lesson-data.ts';
import { savePreferences } from './save-preferences.ts';
import { useWatching, type Watch } from './use-watching.ts';

export type Caption = { language: string; label: string; src: string };

type Props = {
  src: string;
  title: string;
  poster: string | null;
  /** Seconds, before the file itself says it. */
  duration: number | null;
  captions: Caption[];
  /** How this person watches; `null` for visitors. */
  preferences: Preferences | null;
  watch: Watch;
};

const rates = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const jumpSeconds = 10;

/** `1:05` or `1:02:05`. */
function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return minutes >= 60
    ? `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/** Language of the captions to begin with: what the person chose, else theirs if there is one. */
function firstCaption(captions: Caption[], preferences: Preferences | null, locale: string): string {
  const has = (tag: string | null | undefined) => captions.find(({ language }) => language === tag)?.language;
  const primary = locale.split('-')[0];
  const own = has(locale) ?? captions.find(({ language }) => language.split('-')[0] === primary)?.language ?? '';
  // Never decided: on, in the person's language. Decided off: off.
  if (preferences && !preferences.captions && preferences.captionsLanguage !== null) return '';
  return (preferences?.captions ? has(preferences.captionsLanguage) : undefined) ?? own;
}

/**
 * Our video player: the browser's video with controls of ours below it, all of them ordinary buttons, a range and
 * selects. Without JavaScript the browser's own controls are there.
 */
export function VideoPlayer({ src, title, poster, duration: expected, captions, preferences, watch }: Props) {
  const t = useTranslations('player.video');
  const locale = useLocale();
  const frame = useRef<HTMLElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [ready, setReady] = useState(false);
  const [playing, setPlaying] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const [failed, setFailed] = useState(false);
  const [time, setTime] = useState(0);
  const [duration, setDuration] = useState(expected ?? 0);
  const [rate, setRate] = useState(preferences?.playbackRate ?? 1);
  const [volume, setVolume] = useState(1);
  const [muted, setMuted] = useState(false);
  const [caption, setCaption] = useState(() => firstCaption(captions, preferences, locale));
  const [full, setFull] = useState(false);
  const [canFill, setCanFill] = useState(false);
  const completed = useWatching(video, watch);

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    setReady(true);
    setCanFill(document.fullscreenEnabled || 'webkitEnterFullscreen' in element);
    // Events of before React was here.
    if (element.readyState >= 1) setDuration(element.duration);
    if (element.error) setFailed(true);
    const onFull = () => setFull(document.fullscreenElement === frame.current);
    document.addEventListener('fullscreenchange', onFull);
    return () => document.removeEventListener('fullscreenchange', onFull);
  }, []);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.playbackRate = rate;
    // What the browser plays at after a new file, too.
    element.defaultPlaybackRate = rate;
  }, [rate]);
  useEffect(() => {
    for (const track of video.current?.textTracks ?? []) {
      track.mode = track.language === caption ? 'showing' : 'hidden';
    }
  }, [caption]);

  const toggle = () => {
    const element = video.current;
    if (!element) return;
    if (element.paused) element.play().catch(() => setPlaying(false));
    else element.pause();
  };
  const seek = (seconds: number) => {
    const element = video.current;
    if (!element) return;
    element.currentTime = Math.min(Math.max(0, seconds), duration || 0);
    setTime(element.currentTime);
  };
  const jump = (seconds: number) => seek((video.current?.currentTime ?? 0) + seconds);
  const changeVolume = (next: number) => {
    const element = video.current;
    if (!element) return;
    element.volume = Math.min(1, Math.max(0, next));
    element.muted = element.volume === 0;
  };
  const mute = () => {
    const element = video.current;
    if (!element) return;
    element.muted = !element.muted;
    if (!element.muted && element.volume === 0) element.volume = 0.5;
  };
  const changeRate = (next: number) => {
    setRate(next);
    savePreferences(preferences, { playbackRate: next });
  };
  const changeCaption = (language: string) => {
    setCaption(language);
    savePreferences(preferences, {
      captions: language !== '',
      captionsLanguage: language || caption || locale,
    });
  };
  const toggleCaption = () => {
    if (captions.length === 0) return;
    changeCaption(caption ? '' : firstCaption(captions, null, locale) || (captions[0]?.language ?? ''));
  };
  const fill = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (document.fullscreenEnabled) frame.current?.requestFullscreen().catch(() => setFull(false));
    else {
      // Phones that can fill the screen with the video only.
      const enter: unknown = video.current && Reflect.get(video.current, 'webkitEnterFullscreen');
      if (typeof enter === 'function') enter.call(video.current);
    }
  };

  /** One key, wherever it was pressed. True when it was ours. */
  const press = (key: string): boolean => {
    const step = rates.indexOf(rate);
    const actions: Record<string, () => void> = {
      k: toggle,
      j: () => jump(-jumpSeconds),
      l: () => jump(jumpSeconds),
      m: mute,
      c: toggleCaption,
      f: fill,
      '<': () => changeRate(rates[Math.max(0, step - 1)] ?? 1),
      '>': () => changeRate(rates[Math.min(rates.length - 1, step + 1)] ?? 1),
    };
    const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
    action?.();
    return action !== undefined;
  };
  const latestPress = useRef(press);
  latestPress.current = press;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (!(target instanceof Element) || target.closest('input:not([type=range]), textarea, select, [role="dialog"]'))
        return;
      // With several videos the keys belong to the one that has the focus, else to the first.
      const players = [...document.querySelectorAll('[data-video-player]')];
      const focused = players.find((player) => player.contains(target));
      if ((focused ?? players[0]) !== frame.current) return;
      if (latestPress.current(event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  const onFrameKey = (event: ReactKeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLVideoElement)) return;
    const element = event.target;
    if (event.key === ' ') toggle();
    else if (event.key === 'ArrowLeft') jump(-jumpSeconds);
    else if (event.key === 'ArrowRight') jump(jumpSeconds);
    else if (event.key === 'ArrowUp') changeVolume(element.volume + 0.1);
    else if (event.key === 'ArrowDown') changeVolume(element.volume - 0.1);
    else return;
    event.preventDefault();
  };

  const started = playing || time > 0;
  return (
    <figure
      ref={frame}
      data-video-player
      aria-label={t('label', { title })}
      className="flex flex-col overflow-hidden rounded-lg border bg-card [&:fullscreen]:rounded-none [&:fullscreen]:border-0"
    >
      <div className="relative min-h-0 flex-1 bg-black">
        <video
          ref={video}
          src={src}
          {...(poster ? { poster } : {})}
          preload="metadata"
          playsInline
          controls={!ready}
          tabIndex={0}
          aria-label={title}
          width={1280}
          height={720}
          className="aspect-video h-full! w-full rounded-none! object-contain focus-visible:-outline-offset-2"
          onClick={toggle}
          onKeyDown={onFrameKey}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onWaiting={() => setWaiting(true)}
          onPlaying={() => setWaiting(false)}
          onCanPlay={() => setWaiting(false)}
          onTimeUpdate={(event) => setTime(event.currentTarget.currentTime)}
          onSeeked={(event) => setTime(event.currentTarget.currentTime)}
          onDurationChange={(event) => {
            if (Number.isFinite(event.currentTarget.duration)) setDuration(event.currentTarget.duration);
          }}
          onVolumeChange={(event) => {
            setVolume(event.currentTarget.volume);
            setMuted(event.currentTarget.muted);
          }}
          onError={() => setFailed(true)}
        >
          {captions.map(({ language, label, src: url }) => (
            <track
              key={`${language}${url}`}
              kind="captions"
              srcLang={language}
              label={label}
              src={url}
              default={language === caption}
            />
          ))}
        </video>
        {ready && !started && !failed && (
          <button
            type="button"
            onClick={toggle}
            aria-label={time > 0 ? t('resume') : t('play')}
            className="absolute inset-0 m-auto grid size-16 place-items-center rounded-full bg-primary text-primary-foreground shadow-overlay hover:bg-primary-hover"
          >
            <Play aria-hidden="true" className="size-7 translate-x-0.5" />
          </button>
        )}
        {waiting && playing && (
          <span className="pointer-events-none absolute inset-0 grid place-items-center text-white">
            <Spinner className="size-8" />
          </span>
        )}
      </div>
      {failed && (
        <Callout kind="destructive" title={t('failed')} live className="m-3">
          {t('failedText')}
        </Callout>
      )}
      {ready && (
        <div className="border-t px-2 pb-1.5 sm:px-3">
          <input
            type="range"
            min={0}
            max={Math.max(1, Math.floor(duration))}
            step={1}
            value={Math.floor(time)}
            onChange={(event) => seek(event.currentTarget.valueAsNumber)}
            aria-label={t('position')}
            aria-valuetext={t('positionText', { at: clock(time), of: clock(duration) })}
            className="block h-6 w-full cursor-pointer accent-primary"
          />
          <div className="flex flex-wrap items-center gap-x-0.5 gap-y-1">
            <IconButton label={playing ? t('pause') : t('play')} onClick={toggle}>
              {playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
            </IconButton>
            <IconButton label={t('back')} onClick={() => jump(-jumpSeconds)}>
              <RotateCcw aria-hidden="true" />
            </IconButton>
            <IconButton label={t('forward')} onClick={() => jump(jumpSeconds)}>
              <RotateCw aria-hidden="true" />
            </IconButton>
            <span className="tabular px-1.5 text-muted-foreground text-sm">
              {clock(time)} / {clock(duration)}
            </span>
            <span className="ms-auto flex flex-wrap items-center gap-x-0.5">
              <IconButton label={muted ? t('unmute') : t('mute')} onClick={mute}>
                {muted ? <VolumeX aria-hidden="true" /> : <Volume2 aria-hidden="true" />}
              </IconButton>
              <input
                type="range"
                min={0}
                max={1}
                step={0.05}
                value={muted ? 0 : volume}
                onChange={(event) => changeVolume(event.currentTarget.valueAsNumber)}
                aria-label={t('volume')}
                className="hidden h-6 w-20 cursor-pointer accent-primary md:block"
              />
              <select
                value={String(rate)}
                onChange={(event) => changeRate(Number(event.currentTarget.value))}
                aria-label={t('speed')}
                className={compact}
              >
                {rates.map((one) => (
                  <option key={one} value={String(one)}>
                    {t('times', { rate: one })}
                  </option>
                ))}
              </select>
              {captions.length > 0 && (
                <span className="relative">
                  <Captions
                    aria-hidden="true"
                    className="pointer-events-none absolute start-2 top-2.5 size-[1.125rem] text-foreground"
                  />
                  <select
                    value={caption}
                    onChange={(event) => changeCaption(event.currentTarget.value)}
                    aria-label={t('captions')}
                    className={`${compact} max-w-36 ps-8`}
                  >
                    <option value="">{t('captionsOff')}</option>
                    {captions.map(({ language, label }) => (
                      <option key={language} value={language} lang={language}>
                        {label}
                      </option>
                    ))}
                  </select>
                </span>
              )}
              {canFill && (
                <IconButton label={full ? t('leaveFullScreen') : t('fullScreen')} onClick={fill}>
                  {full ? <Minimize aria-hidden="true" /> : <Maximize aria-hidden="true" />}
                </IconButton>
              )}
            </span>
          </div>
        </div>
      )}
      {!ready && <div aria-hidden="true" className="h-[4.625rem] border-t" />}
      <p role="status" className="sr-only">
        {completed ? t('completed') : ''}
      </p>
    </figure>
  );
}

const compact =
  'h-10 cursor-pointer rounded-md border border-transparent bg-transparent px-2 text-foreground text-sm hover:bg-accent';
