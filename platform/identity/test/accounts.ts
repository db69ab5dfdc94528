import { randomUUID } from 'node:crypto';
import { IdentityService } from '@stoa/contracts';
import { serviceCtx } from '@stoa/kernel';
import type { Person, TestPlatform } from '@stoa/kernel/testing';

/** A password that no rule refuses. */
export const goodPassword = 'vento quieto na serra';

/** Registers somebody and gives them as a person to act as, with their tokens. */
export async function newAccount(platform: TestPlatform, email = `${randomUUID()}@example.com`) {
  const { status, body } = await platform.call('POST', '/api/auth/register', {
    body: { email, password: goodPassword, name: 'Ana Souza' },
  });
  if (status !== 201) throw new Error(`registering failed: ${JSON.stringify(body)}`);
  return { ...asPerson(body), refreshToken: String(body.refreshToken) };
}

/** The person behind an answer of register, login or refresh. */
export function asPerson(body: { user: Omit<Person, 'token'>; accessToken: string }): Person {
  const { id, email, name, roles } = body.user;
  return { id, email, name, roles, token: body.accessToken };
}

/** Somebody with roles, made the way the demo world is. */
export async function newOperator(platform: TestPlatform, roles: string[]) {
  const email = `${randomUUID()}@example.com`;
  await platform.host
    .client(IdentityService)
    .ensureUser({ email, name: 'Olga Operator', password: goodPassword, roles, locale: 'en' }, serviceCtx('test'));
  const { body } = await platform.call('POST', '/api/auth/login', { body: { email, password: goodPassword } });
  return asPerson(body);
}

/** The data of the events of a type that identity has emitted about a person, oldest first. */
export async function eventsOf(platform: TestPlatform, userId: string, type: string) {
  const { rows } = await platform.host
    .database('identity')
    .pool.query<{ data: Record<string, unknown> }>(
      'select data from outbox where subject = $1 and type = $2 order by seq',
      [userId, type],
    );
  return rows.map(({ data }) => data);
}

/** Follows the mail of a person's latest request of a type to the token in its link. */
export async function mailedToken(platform: TestPlatform, userId: string, type: string): Promise<string> {
  const requestId = (await eventsOf(platform, userId, type)).at(-1)?.requestId;
  const { path } = await platform.host
    .client(IdentityService)
    .createMailLink({ requestId: String(requestId) }, serviceCtx('notifications'));
  return new URL(path, platform.url).searchParams.get('token') ?? '';
}
