'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { useRouter } from '@/i18n/navigation.ts';
import { reportProgress } from './report-progress.ts';
import { createWatched } from './watched.ts';

export type Watch = {
  lessonId: string;
  /** Where this medium begins on the lesson's time line, and how long that is in all; `null`: as long as the medium. */
  offset: number;
  total: number | null;
  /** Where the learner stopped, on the lesson's time line. */
  position: number;
  completion: 'viewed' | 'watched' | 'passed';
  completed: boolean;
  /** False for visitors: nothing is reported. */
  tracked: boolean;
};

const everyMs = 10_000;
/** Share that completes a video lesson; enrollment has the same rule. */
const watchedShare = 0.9;

/**
 * Reports what of a medium was played: every ten seconds while it plays, and when it pauses, jumps, ends, is hidden or
 * left. Starts where the learner stopped. When enough was watched, page and outline are drawn again.
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
    let enough = false;

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
      if (pieces.length === 0 && Math.abs(now - lastReported) < 1 && !enough) return;
      const answer = await reportProgress(lessonId, {
        state: 'viewed',
        positionSeconds: offset + now,
        watched: pieces.map(([from, to]) => [offset + from, offset + to] as const),
      });
      if (!answer) return watched.giveBack(pieces);
      lastReported = now;
      if (done || latest.current.completion !== 'watched') return;
      const length = latest.current.total ?? element.duration;
      let { state } = answer;
      // The platform knows a lesson's planned length, we know the file's: whoever finds enough watched completes it.
      enough = length > 0 && answer.watchedSeconds >= length * watchedShare;
      if (state !== 'completed' && enough) {
        state = (await reportProgress(lessonId, { state: 'completed' }))?.state ?? state;
      }
      if (state === 'completed') {
        done = true;
        enough = false;
        setCompleted(true);
        router.refresh();
      }
    };
    const onTime = () => {
      if (!element.paused && !element.seeking) watched.at(element.currentTime);
    };
    const onStop = () => {
      // The last piece up to where it paused; a jump has moved the position already.
      if (!element.seeking) watched.at(element.currentTime);
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
