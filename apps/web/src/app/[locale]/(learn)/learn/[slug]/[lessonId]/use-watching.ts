'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { useRouter } from '@/i18n/navigation.ts';
import { reportProgress } from './report-progress.ts';
import { createWatched } from './watched.ts';

export type Watch = {
  lessonId: string;
  /** Where this medium begins on the lesson's time line. */
  offset: number;
  /** How long that is in all; `null` when it is as long as this medium, the only one, or when nobody knows. */
  total: number | null;
  isOnly: boolean;
  /** Where the learner stopped, on the lesson's time line. */
  position: number;
  completion: 'viewed' | 'watched' | 'passed';
  completed: boolean;
  /** False for visitors: nothing is reported. */
  tracked: boolean;
};

const everyMs = 10_000;

/**
 * Reports what of a medium was played: every ten seconds while it plays, and when it pauses, jumps, ends, is hidden or
 * left, with the length that stands in the file. Starts where the learner stopped. When enough was watched for the platform
 * to complete the lesson, page and outline are drawn again.
 * @returns true once the lesson was completed by watching on this page
 */
export function useWatching(media: RefObject<HTMLMediaElement | null>, watch: Watch): boolean {
  const router = useRouter();
  const [completed, setCompleted] = useState(false);
  const latest = useRef(watch);
  latest.current = watch;
  useEffect(() => {
    const element = media.current;
    if (!element) return;
    const { lessonId, offset, tracked, position } = latest.current;
    const watched = createWatched();
    let done = latest.current.completed;
    let lastReported = 0;

    const resume = () => {
      const start = position - offset;
      if (start <= 1 || start >= element.duration - 3 || element.currentTime >= 1) return;
      element.currentTime = start;
      lastReported = start;
    };
    const report = async () => {
      if (!tracked) return;
      const pieces = watched.take();
      const now = element.currentTime;
      if (pieces.length === 0 && Math.abs(now - lastReported) < 1) return;
      const answer = await reportProgress(lessonId, {
        state: 'viewed',
        positionSeconds: offset + now,
        watched: pieces.map(([from, to]) => [offset + from, offset + to] as const),
        ...lengthOf(latest.current, element),
      });
      if (!answer) return watched.giveBack(pieces);
      lastReported = now;
      if (done || latest.current.completion !== 'watched' || answer.state !== 'completed') return;
      done = true;
      setCompleted(true);
      router.refresh();
    };
    let heardAt = performance.now();
    const hear = () => {
      const now = performance.now();
      watched.at(element.currentTime, ((now - heardAt) / 1000) * element.playbackRate + 1);
      heardAt = now;
    };
    const onTime = () => {
      if (!element.paused && !element.seeking) hear();
    };
    const onStop = () => {
      // The last piece up to where it paused; a jump has moved the position already.
      if (!element.seeking) hear();
      watched.cut();
      void report();
    };
    const onSeeking = () => watched.cut();
    const onHidden = () => {
      if (document.visibilityState === 'hidden') void report();
    };
    const onLeave = () => void report();
    // Also while it is paused: then there is something to tell only if the last report did not arrive.
    const timer = setInterval(() => void report(), everyMs);

    if (element.readyState >= 1) resume();
    element.addEventListener('loadedmetadata', resume);
    element.addEventListener('timeupdate', onTime);
    element.addEventListener('pause', onStop);
    element.addEventListener('ended', onStop);
    element.addEventListener('seeking', onSeeking);
    document.addEventListener('visibilitychange', onHidden);
    window.addEventListener('pagehide', onLeave);
    return () => {
      clearInterval(timer);
      element.removeEventListener('loadedmetadata', resume);
      element.removeEventListener('timeupdate', onTime);
      element.removeEventListener('pause', onStop);
      element.removeEventListener('ended', onStop);
      element.removeEventListener('seeking', onSeeking);
      document.removeEventListener('visibilitychange', onHidden);
      window.removeEventListener('pagehide', onLeave);
      // Leaving for another lesson: the page stays, the medium goes.
      void report();
    };
  }, [media, router]);
  return completed;
}

/** The length of the lesson's media, once the file has told it. A live stream has none. */
function lengthOf({ total, isOnly }: Watch, element: HTMLMediaElement): { mediaSeconds?: number } {
  const seconds = isOnly ? element.duration : total;
  return seconds !== null && Number.isFinite(seconds) && seconds > 0 ? { mediaSeconds: seconds } : {};
}
