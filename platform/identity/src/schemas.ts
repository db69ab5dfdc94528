import { locales, roles, Timestamp } from '@stoa/kernel';
import { z } from 'zod';

export const Email = z.email().max(254);
/** Checked against the rules in the use case; here only what is cheap: nobody hashes a megabyte. */
export const NewPassword = z.string().min(8).max(200);
export const GivenPassword = z.string().min(1).max(200);
export const Account = z.strictObject({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  locale: z.enum(locales),
  timeZone: z.string(),
  emailVerified: z.boolean(),
  createdAt: Timestamp,
});
export const exampleAccount: z.output<typeof Account> = {
  id: '0199f3f0-6a5e-7c3a-9b6e-2f4b1f0f7a11',
  email: 'ana@example.com',
  name: 'Ana Souza',
  roles: ['student'],
  locale: 'pt-BR',
  timeZone: 'America/Sao_Paulo',
  emailVerified: true,
  createdAt: '2025-10-17T20:50:43.422Z',
};

export const Session = z.strictObject({
  id: z.string(),
  kind: z.enum(['api', 'web']),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: Timestamp,
  lastUsedAt: Timestamp,
  expiresAt: Timestamp.nullable(),
});
export const exampleSession: z.output<typeof Session> = {
  id: '019ca929-92c0-7e40-bdfa-8b6cd51881ee',
  kind: 'api',
  ip: '203.0.113.24',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0',
  createdAt: '2026-03-01T11:30:00.000Z',
  lastUsedAt: '2026-03-01T12:02:10.000Z',
  expiresAt: '2026-03-31T11:30:00.000Z',
};

/** What stands for the token of a mailed link in examples. It opens nothing. */
export const exampleMailToken = 'Zk3-example-mail-token';
