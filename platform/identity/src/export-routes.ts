import { Readable } from 'node:stream';
import { allow, defineRoute, Id, IdParams, type Route, Timestamp } from '@stoa/kernel';
import { z } from 'zod';
import { listExports, readExport, requestExport } from './data-exports.ts';
import { GivenPassword } from './schemas.ts';

const DataExport = z.strictObject({
  id: Id,
  state: z.enum(['waiting', 'working', 'ready', 'failed']),
  contextsDone: z.int(),
  contextsTotal: z.int(),
  bytes: z.int(),
  createdAt: Timestamp,
  readyAt: Timestamp.nullable(),
  expiresAt: Timestamp.nullable(),
});
const exampleExport: z.output<typeof DataExport> = {
  id: '019cad8f-ac00-76be-b838-dab3719b9304',
  state: 'ready',
  contextsDone: 6,
  contextsTotal: 6,
  bytes: 48_213,
  createdAt: '2026-03-02T08:00:00.000Z',
  readyAt: '2026-03-02T08:00:05.000Z',
  expiresAt: '2026-03-09T08:00:05.000Z',
};
const exampleWaiting: z.output<typeof DataExport> = {
  ...exampleExport,
  state: 'waiting',
  contextsDone: 0,
  bytes: 0,
  readyAt: null,
  expiresAt: null,
};

/** A person's own copy of everything the platform holds of them. */
export function exportRoutes(deps: Parameters<typeof requestExport>[0]): Route[] {
  return [
    defineRoute({
      method: 'POST',
      url: '/api/users/me/export',
      summary: 'Ask for everything the platform holds of the person',
      description:
        'Gathered from every context by a job; a mail says when it is ready. While one is under way, the answer is that one.',
      policy: allow.user(),
      idempotency: 'natural',
      status: 202,
      response: DataExport,
      errors: ['too_many_attempts'],
      examples: { response: exampleWaiting },
      handler: ({ ctx }) => requestExport(deps)(ctx),
    }),
    defineRoute({
      method: 'GET',
      url: '/api/users/me/exports',
      summary: 'The latest exports of the person, newest first',
      policy: allow.user(),
      response: z.strictObject({ items: z.array(DataExport) }),
      examples: { response: { items: [exampleExport] } },
      handler: ({ ctx }) => listExports(deps)(ctx),
    }),
    defineRoute({
      method: 'POST',
      url: '/api/users/me/exports/:id/file',
      summary: 'The file of an export, on proof of the password',
      description: 'One JSON document: for each context its sections, for each section a list of records.',
      policy: allow.user(),
      idempotency: 'natural',
      params: IdParams,
      body: z.strictObject({ password: GivenPassword }),
      binary: 'application/json',
      errors: ['export_not_found', 'wrong_password', 'too_many_attempts'],
      examples: { body: { password: 'four unrelated words here' } },
      handler: async ({ params, body, ctx, reply }) => {
        const file = await readExport(deps)({ ...params, ...body }, ctx);
        reply.header('content-type', 'application/json; charset=utf-8');
        reply.header('content-disposition', `attachment; filename="${file.fileName}"`);
        reply.header('cache-control', 'private, no-store');
        await reply.send(Readable.from(file.content));
        return undefined;
      },
    }),
  ];
}
