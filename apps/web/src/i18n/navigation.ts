import { createNavigation } from 'next-intl/navigation';
import { routing } from './routing.ts';

/** Locale-aware twins of `next/link` and `next/navigation`. Use these for every in-app link; plain paths, no locale. */
export const { redirect, usePathname, useRouter, getPathname } = createNavigation(routing);
export { Link } from './link.tsx';
