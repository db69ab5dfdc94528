import type { MediaService } from '@stoa/contracts';
import type { Client, Ctx } from '@stoa/kernel';
import type { ReadCourse } from './import/read-source.ts';
import { mediaSecondsIn, withMediaLengths } from './media-seconds.ts';

type Own = { calls: { media: Client<typeof MediaService> } };

/**
 * The same course with the length of each video and audio that lies in it and whose length the source does not say. A
 * lesson takes at least as long as what plays in it.
 * @param assets ids of the course's files, which media holds by now, by their paths
 */
export async function measureCourse(
  { calls }: Own,
  { course, assets, ctx }: { course: ReadCourse; assets: ReadonlyMap<string, string>; ctx: Ctx },
): Promise<ReadCourse> {
  const films = course.files.flatMap(({ path, contentType }) => {
    const id = assets.get(path);
    return id !== undefined && /^(video|audio)\//.test(contentType) ? [{ path, id }] : [];
  });
  if (films.length === 0) return course;
  const answer = await calls.media.getAssets({ ids: films.map(({ id }) => id) }, ctx);
  const known = new Map(answer.assets.map(({ id, seconds }) => [id, seconds]));
  const lengths = new Map(films.map(({ path, id }) => [path, known.get(id) ?? 0]));
  const secondsOf = (path: string) => lengths.get(path) || undefined;
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
