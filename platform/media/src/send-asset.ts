import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { CoursesService, EnrollmentService } from '@stoa/contracts';
import { type Client, type Ctx, type Deps, ExpectedError, hasRole, kernelErrors, serviceCtx } from '@stoa/kernel';
import { isShown } from './detect-type.ts';
import { errors } from './errors.ts';
import { type AssetRow, assetFacts } from './get-assets.ts';
import { readRange } from './read-range.ts';
import type { UrlSigner } from './sign-urls.ts';
import type { Storage } from './storage.ts';

type SendDeps = Pick<Deps, 'db' | 'clock' | 'log'> & {
  storage: Storage;
  signer: UrlSigner;
  calls: { enrollment: Client<typeof EnrollmentService>; courses: Client<typeof CoursesService> };
};
type Reply = {
  header: (name: string, value: string | number) => Reply;
  status: (code: number) => Reply;
  send: (body?: unknown) => unknown;
};
type SendInput = {
  id: string;
  query: { expires?: number | undefined; signature?: string | undefined; download?: boolean | undefined };
  request: { method: string; headers: IncomingHttpHeaders };
  reply: Reply;
};

/**
 * Sends a file, or one range of it, straight from the storage. Nothing it sends can run in the site's origin: the type
 * is what the bytes showed, browsers may not guess another, and pages get a sandbox without scripts.
 * @throws not_found, not_signed_in, not_allowed, media_link_expired, media_range_not_satisfiable
 */
export function sendAsset(deps: SendDeps) {
  return async ({ id, query, request, reply }: SendInput, ctx: Ctx): Promise<void> => {
    const [asset] = await deps.db.rows(assetFacts, [[id]]);
    if (!asset) throw kernelErrors.not_found();
    await authorize(deps, { asset, query }, ctx);

    const etag = `"${asset.sha256}"`;
    const modified = new Date(asset.completed_at);
    modified.setMilliseconds(0);
    const attached = query.download === true || !isShown(asset.content_type);
    reply
      .header('etag', etag)
      .header('last-modified', modified.toUTCString())
      .header('accept-ranges', 'bytes')
      .header('cache-control', `${asset.visibility === 'public' ? 'public' : 'private'}, max-age=3600`)
      .header('content-type', contentType(asset.content_type))
      .header('content-disposition', disposition(attached, asset.file_name))
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', securityPolicy(asset.content_type))
      .header('cross-origin-resource-policy', asset.visibility === 'public' ? 'cross-origin' : 'same-site')
      .header('referrer-policy', 'no-referrer');

    const { headers } = request;
    if (isUnchanged(headers, etag, modified)) {
      reply.status(304).send();
      return;
    }
    const range = fits(headers['if-range'], etag, modified) ? readRange(headers.range, asset.bytes) : 'whole';
    if (range === 'unsatisfiable') {
      throw errors.media_range_not_satisfiable({
        headers: {
          'content-range': `bytes */${asset.bytes}`,
          'cache-control': 'no-store',
          'content-disposition': 'inline',
        },
      });
    }
    const { start, end } = range === 'whole' ? { start: 0, end: asset.bytes - 1 } : range;
    const body = request.method === 'HEAD' ? Readable.from([]) : await deps.storage.open(asset.blob, { start, end });
    if (range !== 'whole') reply.status(206).header('content-range', `bytes ${start}-${end}/${asset.bytes}`);
    reply.header('content-length', end - start + 1).send(body);
  };
}

/** Public files are for anyone; lesson material is for holders of a signed address, students, the instructor, admins. */
async function authorize(
  deps: Pick<SendDeps, 'calls' | 'clock' | 'signer'>,
  { asset, query }: { asset: AssetRow; query: SendInput['query'] },
  ctx: Ctx,
): Promise<void> {
  if (asset.visibility === 'public' || hasRole(ctx, 'admin')) return;
  if (query.signature !== undefined && query.expires !== undefined) {
    const alive = query.expires * 1000 > deps.clock.now().getTime();
    if (alive && deps.signer.verify(asset.id, query.expires, query.signature)) return;
    if (ctx.actor.kind === 'anonymous') throw errors.media_link_expired();
  }
  if (ctx.actor.kind !== 'user') throw kernelErrors.not_signed_in();
  const { userId } = ctx.actor;
  if (asset.owner_kind !== 'course') throw kernelErrors.not_allowed();
  const asking = serviceCtx('media', { traceparent: ctx.traceparent, locale: ctx.locale });
  const access = await deps.calls.enrollment.getAccess({ userId, courseId: asset.owner_id }, asking);
  if (access.enrolled) return;
  if (hasRole(ctx, 'instructor') && (await isInstructorOf(deps.calls.courses, { asset, userId }, asking))) return;
  throw kernelErrors.not_allowed();
}

async function isInstructorOf(
  courses: Client<typeof CoursesService>,
  { asset, userId }: { asset: AssetRow; userId: string },
  asking: Ctx,
): Promise<boolean> {
  try {
    const { course } = await courses.getOutline({ courseId: asset.owner_id }, asking);
    return course?.instructorId === userId;
  } catch (error) {
    if (error instanceof ExpectedError && error.definition.status === 404) return false;
    throw error;
  }
}

function contentType(type: string): string {
  return type.startsWith('text/') || type === 'application/json' ? `${type}; charset=utf-8` : type;
}

/**
 * An SVG shows in `<img>` (where nothing in it runs) and, opened by itself, in a sandbox where scripts, requests and
 * the site's origin are out of reach. The browser's own PDF viewer does not start inside a sandbox, and PDF scripts
 * have no access to the page, so PDFs get a policy without one.
 */
function securityPolicy(type: string): string {
  if (type === 'application/pdf') return "default-src 'none'; object-src 'self'; frame-ancestors 'self'";
  return "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";
}

/** RFC 6266: an ASCII name for everyone and the real one, encoded. */
function disposition(attached: boolean, fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%/]/g, '_');
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${attached ? 'attachment' : 'inline'}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

function isUnchanged(headers: IncomingHttpHeaders, etag: string, modified: Date): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    return tags.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
  }
  const since = headers['if-modified-since'];
  return since !== undefined && Date.parse(since) >= modified.getTime();
}

/** If-Range: the range counts only if the file is still the one the client has a part of. */
function fits(ifRange: string | string[] | undefined, etag: string, modified: Date): boolean {
  if (ifRange === undefined) return true;
  const value = String(ifRange);
  return value.startsWith('"') ? value === etag : Date.parse(value) === modified.getTime();
}
