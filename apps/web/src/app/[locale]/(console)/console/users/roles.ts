import type { paths } from '@/api/schema.d.ts';

export type Person = paths['/api/admin/users']['get']['responses'][200]['content']['application/json']['items'][number];
export type Role = Person['roles'][number];

/** Roles of the platform, from the least to the most powerful. The type check fails when the API gets another one. */
export const allRoles = ['student', 'instructor', 'supplier', 'fleet', 'support', 'admin'] as const satisfies Role[];
