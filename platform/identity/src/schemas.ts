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
export const Session = z.strictObject({
  id: z.string(),
  kind: z.enum(['api', 'web']),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: Timestamp,
  lastUsedAt: Timestamp,
  expiresAt: Timestamp.nullable(),
});
