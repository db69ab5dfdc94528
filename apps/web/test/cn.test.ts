import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cn } from '../src/design/cn.ts';

const cases: [given: Parameters<typeof cn>, expected: string][] = [
  [['h-10 px-4 text-sm', 'size-10 p-0'], 'text-sm size-10 p-0'],
  [['size-5 text-primary', 'size-8 text-muted-foreground'], 'size-8 text-muted-foreground'],
  [['size-8', 'w-4'], 'size-8 w-4'],
  [['text-sm text-muted-foreground text-start', 'text-base'], 'text-muted-foreground text-start text-base'],
  [['font-medium font-mono', 'font-normal'], 'font-mono font-normal'],
  [['inline-flex flex-1 flex-col', 'hidden sm:inline-flex'], 'flex-1 flex-col hidden sm:inline-flex'],
  [['hover:bg-accent bg-card', 'bg-muted'], 'hover:bg-accent bg-muted'],
  [['md:px-2 px-4', 'md:p-0'], 'px-4 md:p-0'],
  [['[&_svg]:size-4', '[&_svg]:size-[1.125rem]'], '[&_svg]:size-[1.125rem]'],
  [
    ['aria-[current=page]:text-foreground', 'aria-[current=page]:bg-accent'],
    'aria-[current=page]:text-foreground aria-[current=page]:bg-accent',
  ],
  [['border border-input/70 border-t', 'border-destructive/40'], 'border border-t border-destructive/40'],
  [['rounded-md', false, undefined, ['rounded-none!']], 'rounded-md rounded-none!'],
  [['mt-2 mb-4', 'my-6'], 'my-6'],
  [['max-w-lg fixed inset-x-4', 'max-w-2xl'], 'fixed inset-x-4 max-w-2xl'],
  [['h-auto! px-0!', 'h-10 px-4'], 'h-auto! px-0! h-10 px-4'],
  [['whitespace-nowrap', 'whitespace-normal'], 'whitespace-normal'],
  [[''], ''],
];

for (const [given, expected] of cases)
  test(`${JSON.stringify(given)} becomes "${expected}"`, () => assert.equal(cn(...given), expected));
