'use client';

import { createNavigation } from 'next-intl/navigation';
import { type ComponentProps, type FocusEvent, type PointerEvent, useState } from 'react';
import { routing } from './routing.ts';

const { Link: LocaleLink } = createNavigation(routing);

/**
 * A link to a page, in the language of this one. What it leads to is fetched ahead when somebody points at it or comes to it
 * by keyboard, and not because it can be seen: each page is made for whoever asks, and making those behind every visible
 * link took several times what the page itself takes. `prefetch={false}` fetches nothing ahead.
 */
export function Link({ prefetch, onPointerEnter, onFocus, ...props }: ComponentProps<typeof LocaleLink>) {
  const [wanted, setWanted] = useState(false);
  return (
    <LocaleLink
      {...props}
      prefetch={wanted ? prefetch : false}
      onPointerEnter={(event: PointerEvent<HTMLAnchorElement>) => {
        setWanted(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event: FocusEvent<HTMLAnchorElement>) => {
        setWanted(true);
        onFocus?.(event);
      }}
    />
  );
}
