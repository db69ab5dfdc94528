// Apart from the menu, which is a client component: a server component gets only a reference to what such a module exports.

/** Class of one row of a `PopoverMenu`. */
export const popoverRow =
  'flex min-h-9 w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-start hover:bg-accent aria-[current]:font-medium [&_svg]:size-4 [&_svg]:text-muted-foreground';
