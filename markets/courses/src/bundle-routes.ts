import type { MediaService } from '@stoa/contracts';
import { allow, type Client, type Deps, defineRoute, Id, IdParams, Page, PageQuery, type Route } from '@stoa/kernel';
import { z } from 'zod';
import { coverBundle, uncoverBundle } from './cover-bundle.ts';
import { exampleBundle, exampleNewBundle, exampleOpenedBundle } from './examples.ts';
import { listBundles, listOwnBundles, openBundle } from './list-bundles.ts';
import { Bundle, bundleFields, CourseParams, Language, OpenedBundle } from './shapes.ts';
import { coverMaxBytes } from './store-cover.ts';
import { archiveBundle, changeBundle, createBundle, publishBundle } from './write-bundle.ts';

type Own = Pick<Deps, 'db' | 'ids'> & { calls: { media: Client<typeof MediaService> } };

/** The HTTP surface of bundles: several courses at one price. */
export function bundleRoutes(own: Own): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/bundles',
      summary: 'Bundles for sale, newest first',
      description:
        'With `course` only those that contain it, with `q` those that have every word of it in title or summary, with `language` those that speak it.',
      policy: allow.anyone(),
      query: z.strictObject({
        ...PageQuery,
        course: Id.optional(),
        q: z
          .string()
          .max(200)
          .optional()
          .meta({ examples: ['driving'] }),
        language: Language.optional().meta({ examples: ['pt-BR'] }),
      }),
      response: Page(Bundle),
      publicCacheSeconds: 10,
      examples: { response: { items: [exampleBundle] } },
      handler: ({ query, ctx }) => listBundles(own)(query, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/bundles/mine',
      summary: 'Bundles the person sells, in every state',
      policy: allow.role('instructor'),
      query: z.strictObject(PageQuery),
      response: Page(Bundle),
      examples: { response: { items: [exampleBundle] } },
      handler: ({ query, ctx }) => listOwnBundles(own)(query, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/bundles',
      cleansText: true,
      summary: 'Start a bundle of own courses as a draft',
      policy: allow.role('instructor'),
      idempotency: 'key',
      status: 201,
      body: z.strictObject(bundleFields),
      response: Bundle,
      errors: ['bundle_slug_taken', 'bundle_course_unknown'],
      examples: { body: exampleNewBundle, response: { ...exampleBundle, state: 'draft' } },
      handler: ({ body, ctx }) => createBundle(own)(body, ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/bundles/:id',
      summary: 'A bundle with its courses, by id or slug',
      description: 'What it costs somebody who has some of its courses is what a quote says.',
      policy: allow.anyone(),
      params: CourseParams,
      response: OpenedBundle,
      publicCacheSeconds: 10,
      errors: ['bundle_not_found'],
      examples: { response: exampleOpenedBundle },
      handler: ({ params, ctx }) => openBundle(own)(params.id, ctx),
    }),
    defineRoute({
      method: 'PATCH',
      url: '/api/bundles/:id',
      cleansText: true,
      summary: 'Change a bundle',
      description: 'Orders that exist keep what they were made of.',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      body: z.strictObject(bundleFields).partial(),
      response: Bundle,
      errors: [
        'bundle_not_found',
        'bundle_slug_taken',
        'bundle_course_unknown',
        'bundle_not_ready',
        'bundle_saves_nothing',
      ],
      examples: {
        body: { price: { amount: 17_900, currency: 'BRL' } },
        response: { ...exampleBundle, price: { amount: 17_900, currency: 'BRL' } },
      },
      handler: ({ params, body, ctx }) => changeBundle(own)(params.id, body, ctx),
    }),
    defineRoute({
      method: 'PUT',
      url: '/api/bundles/:id/cover',
      summary: 'Give a bundle a picture',
      description: 'Multipart with one image (PNG, JPEG, WebP, AVIF, GIF) of at most 5 MiB.',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      streamedBody: 'multipart/form-data',
      // The form around the picture.
      bodyLimit: coverMaxBytes + 65_536,
      response: Bundle,
      errors: [
        'bundle_not_found',
        'cover_missing',
        'cover_not_an_image',
        'payload_too_large',
        'unsupported_media_type',
      ],
      examples: {
        response: { ...exampleBundle, coverUrl: '/api/media/019932b5-cf80-7606-a0a7-a3ee017e324a' },
      },
      handler: ({ params, ctx, request }) => coverBundle(own)(params.id, request, ctx),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/api/bundles/:id/cover',
      summary: 'Take the picture of a bundle away',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      response: Bundle,
      errors: ['bundle_not_found'],
      examples: { response: exampleBundle },
      handler: ({ params, ctx }) => uncoverBundle(own)(params.id, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/bundles/:id/publish',
      summary: 'Offer a bundle for sale',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      response: Bundle,
      errors: ['bundle_not_found', 'bundle_not_ready', 'bundle_saves_nothing'],
      examples: { response: exampleBundle },
      handler: ({ params, ctx }) => publishBundle(own)(params.id, ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/bundles/:id/archive',
      summary: 'Take a bundle off sale',
      policy: allow.role('instructor'),
      idempotency: 'natural',
      params: IdParams,
      response: Bundle,
      errors: ['bundle_not_found'],
      examples: { response: { ...exampleBundle, state: 'archived' } },
      handler: ({ params, ctx }) => archiveBundle(own)(params.id, ctx),
    }),
  ];
}
