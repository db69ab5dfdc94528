import { type Ctx, derivedId, type FastifyRequest, fieldMessage, kernelErrors, requireRole } from '@stoa/kernel';
import { blockOfFile } from './document-files.ts';
import { errors } from './errors.ts';
import { checkMayEdit } from './find-course.ts';
import { type FileForm, type ReceivesFiles, takeFile } from './receive-file.ts';
import { text } from './shapes.ts';
import { addLesson } from './write-lesson.ts';

type Own = ReceivesFiles & Parameters<typeof addLesson>[0];

const longestName = 300;
const Name = text({ min: 1, max: longestName });

/**
 * Receives a film, a recording, a picture or a document and makes a lesson of it at the end of a module, which is made if
 * the course has none of that title. The form says `title` and `module` before the file, so that what is missing is told
 * before a long upload. The same file under the same names is the same lesson.
 * @throws not_allowed, course_not_found, captions_without_video, validation_failed, and what {@link takeFile} refuses
 */
export function addFileLesson(own: Own) {
  const take = takeFile(own);
  return async (courseId: string, request: FastifyRequest, ctx: Ctx): Promise<{ id: string }> => {
    requireRole(ctx, 'instructor');
    await checkMayEdit(own.db, courseId, ctx);
    let names = { title: '', module: '' };
    const accept = (form: FileForm) => {
      names = readNames(form, ctx);
      if (/\.(vtt|srt)$/i.test(form.fileName)) throw errors.captions_without_video();
    };
    const sent = await take(courseId, request, { ctx, accept });
    if (sent.kind === 'captions') throw errors.captions_without_video();
    const { title, module } = names;
    const content = { type: 'doc', content: [blockOfFile(sent, title)] };
    const requestId = derivedId(`lesson of a file ${courseId}`, JSON.stringify([sent.assetId, module, title]));
    return addLesson(own)(courseId, { title, module, content }, { ...ctx, requestId });
  };
}

function codeOf(refused: string): string {
  if (refused === '') return 'required';
  return refused.length > longestName ? 'too_long' : 'invalid';
}

function readNames(form: FileForm, ctx: Ctx): { title: string; module: string } {
  const names = { title: form.field('title')?.trim() ?? '', module: form.field('module')?.trim() ?? '' };
  const refused = Object.entries(names).flatMap(([field, value]) => {
    if (Name.safeParse(value).success) return [];
    const code = codeOf(value);
    return [{ pointer: `/${field}`, code, message: fieldMessage(code, ctx.locale, { limit: longestName }) }];
  });
  if (refused.length > 0) throw kernelErrors.validation_failed({ errors: refused });
  return names;
}
