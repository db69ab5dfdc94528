import { join } from 'node:path';
import { CoursesService, EnrollmentService, MediaService, MediaUseService } from '@stoa/contracts';
import { allow, defineContext, defineRoute, IdParams, loadConfig, onSchedule, purposeSecret } from '@stoa/kernel';
import { z } from 'zod';
import { appendAsset } from './append-asset.ts';
import { beginAsset } from './begin-asset.ts';
import { completeAsset } from './complete-asset.ts';
import { diskStorage } from './disk-storage.ts';
import { dropUnused } from './drop-unused.ts';
import { getAssets } from './get-assets.ts';
import { sendAsset } from './send-asset.ts';
import { signUrls, urlSigner } from './sign-urls.ts';
import { sweepOrphans } from './sweep-orphans.ts';

const Config = z.object({
  /** Largest file in bytes; 2 GiB unless set. */
  STOA_MEDIA_MAX_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(2 * 1024 * 1024 * 1024),
});

/** Files of lessons and covers: stored once per content, sent with ranges, never able to run. */
export const media = defineContext({
  name: 'media',
  migrations: new URL('../migrations/', import.meta.url),
  calls: { enrollment: EnrollmentService, courses: CoursesService },
  sockets: { users: MediaUseService },
  serves: MediaService,
  settings: [Config],
  create: (deps) => {
    const config = loadConfig(Config, deps.settings);
    const storage = diskStorage(join(deps.home, 'media'));
    const own = {
      ...deps,
      storage,
      signer: urlSigner(Buffer.from(purposeSecret(deps, 'media-url'), 'base64url')),
      maxBytes: config.STOA_MEDIA_MAX_BYTES,
    };
    const send = sendAsset(own);
    const sweep = sweepOrphans(own);
    const drop = dropUnused({ ...deps, users: deps.sockets.users });
    return {
      api: {
        beginAsset: beginAsset(own),
        appendAsset: appendAsset(own),
        completeAsset: completeAsset(own),
        getAssets: getAssets(own),
        signUrls: signUrls(own),
      },
      routes: [
        defineRoute({
          method: 'GET',
          url: '/api/media/:id',
          summary: 'A file, whole or one byte range of it',
          description:
            'Public files are open to anyone. Lesson material needs a signed address (as lessons carry them), or the token of a person who is enrolled, the instructor or an administrator. Honours Range, If-Range, If-None-Match and If-Modified-Since.',
          policy: allow.anyone(),
          params: IdParams,
          query: z.strictObject({
            expires: z.coerce
              .number()
              .int()
              .min(0)
              .optional()
              .meta({ examples: [1_773_000_000] }),
            signature: z
              .string()
              .max(100)
              .optional()
              .meta({ examples: ['q3mZ0v1sXk8Yh2LdR5tPwB7nCfJ9aE4uGiO6yTzVxQM'] }),
            download: z.boolean().optional(),
          }),
          binary: 'application/octet-stream',
          // A page of a course may show a hundred pictures, and a player asks for many ranges of one video.
          rateLimit: { limit: 3000, windowSeconds: 60 },
          errors: ['not_found', 'not_signed_in', 'not_allowed', 'media_link_expired', 'media_range_not_satisfiable'],
          handler: async ({ params, query, ctx, request, reply }) => {
            await send({ id: params.id, query, request, reply }, ctx);
            return undefined;
          },
        }),
      ],
      jobs: [
        onSchedule('drop-unused', '26 4 * * *', async (ctx) => {
          const dropped = await drop(ctx);
          if (dropped > 0) deps.log.info({ dropped }, 'deleted files that nothing shows any more');
        }),
        onSchedule('sweep-orphans', '41 * * * *', async (ctx) => {
          const removed = await sweep(ctx);
          if (removed > 0) deps.log.info({ removed }, 'removed files nobody needs');
        }),
      ],
    };
  },
});
