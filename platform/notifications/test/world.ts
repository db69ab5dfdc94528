import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EnrollmentService, IdentityService } from '@stoa/contracts';
import { defineContext, type EventType, emit, kernelErrors, newTraceparent, serviceCtx, systemIds } from '@stoa/kernel';
import type { TestPlatform } from '@stoa/kernel/testing';

/** What the identity of a test knows: people to look up, requests that are open, and how often a link was asked for. */
export type IdentityBook = {
  users: Map<string, { id: string; email: string; name: string; locale: string; timeZone: string }>;
  closedRequests: Set<string>;
  /** Address of a request that is about another one than the person has. */
  addresses: Map<string, string>;
  links: string[];
  down: boolean;
};

export function identityBook(): IdentityBook {
  return { users: new Map(), closedRequests: new Set(), addresses: new Map(), links: [], down: false };
}

const noMigrations = () => pathToFileURL(`${mkdtempSync(join(tmpdir(), 'stoa-none-'))}/`);

/** An identity that makes links and looks people up; its events are emitted by the test. */
export function identityOf(book: IdentityBook) {
  return defineContext({
    name: 'identity',
    migrations: noMigrations(),
    serves: IdentityService,
    create: () => ({
      api: {
        getSigningKeys: async () => ({ jwksJson: '{"keys":[]}' }),
        getUsers: async ({ ids }) => ({ users: ids.flatMap((id) => book.users.get(id) ?? []) }),
        createMailLink: async ({ requestId }) => {
          if (book.down) throw kernelErrors.temporarily_unavailable();
          if (book.closedRequests.has(requestId)) throw kernelErrors.not_found();
          const token = systemIds.token();
          book.links.push(token);
          return {
            path: `/verify-email?token=${token}&next=%2Fcourses`,
            validMinutes: 120,
            address: book.addresses.get(requestId) ?? '',
          };
        },
        ensureUser: async () => {
          throw new Error('no test of notifications makes people');
        },
      },
    }),
  });
}

/** An enrollment that only speaks. */
export function enrollmentContext() {
  return defineContext({
    name: 'enrollment',
    migrations: noMigrations(),
    serves: EnrollmentService,
    create: () => ({ api: { getMemberships: async () => ({}), getAccess: async () => ({}) } }),
  });
}

/** Makes something happen in a context: emits an event as the context itself would. */
export async function happen<D extends EventType['data']>(
  platform: TestPlatform,
  event: EventType<D>,
  aggregate: string,
  data: Parameters<typeof emit<D>>[3]['data'],
): Promise<void> {
  await platform.host
    .database(event.context)
    .transaction((tx) =>
      emit(tx, serviceCtx('test', { traceparent: newTraceparent() }), systemIds, { event, aggregate, data }),
    );
}
