import { type ClassValue, clsx } from 'clsx';
import { twMerge } from 'tailwind-merge';

/** Joins class names; a later utility replaces an earlier one of the same kind, so that `className` props can override. */
export function cn(...inputs: ClassValue[]): string {
  return twMerge(clsx(inputs));
}
