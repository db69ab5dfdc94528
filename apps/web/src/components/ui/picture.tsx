import type { ComponentProps } from 'react';

/** An image. Not `next/image`: that one writes a style attribute, which our content security policy refuses. Give width and height, or an aspect class, so that nothing jumps. */
export function Picture({ alt, loading = 'lazy', ...props }: ComponentProps<'img'> & { alt: string }) {
  // biome-ignore lint/performance/noImgElement: next/image writes a style attribute, which our content security policy refuses
  return <img alt={alt} loading={loading} decoding="async" {...props} />;
}
