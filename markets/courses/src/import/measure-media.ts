import { mediaSecondsIn, withMediaLengths } from '../media-seconds.ts';
import { readFileSeconds } from './media-length.ts';
import type { ReadCourse } from './read-source.ts';

/**
 * The same course with the length of each video and audio that lies in it and whose length the source does not say. A
 * lesson takes at least as long as what plays in it.
 */
export async function measureMedia(course: ReadCourse): Promise<ReadCourse> {
  const lengths = new Map<string, number>();
  for (const { path, contentType, from } of course.files) {
    if (!/^(video|audio)\//.test(contentType) || !('location' in from)) continue;
    const seconds = await readFileSeconds(from.location);
    if (seconds !== null) lengths.set(path, seconds);
  }
  if (lengths.size === 0) return course;
  const secondsOf = (path: string) => lengths.get(path);
  return {
    ...course,
    modules: course.modules.map((module) => ({
      ...module,
      lessons: module.lessons.map((lesson) => {
        const content = withMediaLengths(lesson.content, secondsOf);
        const translations = Object.fromEntries(
          Object.entries(lesson.translations).map(([language, texts]) => [
            language,
            { ...texts, content: withMediaLengths(texts.content, secondsOf) },
          ]),
        );
        const durationSeconds = Math.max(lesson.durationSeconds, mediaSecondsIn(content));
        return { ...lesson, content, translations, durationSeconds };
      }),
    })),
  };
}
