import type { ComponentProps } from 'react';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';

/** Class of a link inside text: underlined, because color alone says nothing. */
export const textLinkClasses =
  'text-primary underline decoration-1 underline-offset-4 transition-[text-decoration-thickness] hover:decoration-2';

/** A link in running text to a page of ours. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return <Link className={cn(textLinkClasses, className)} {...props} />;
}
