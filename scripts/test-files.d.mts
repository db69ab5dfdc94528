/** One of several machines that divide a run: `number` counts from 1. */
export type Part = { number: number; of: number };

/** The test files, in the order in which they begin; with `filters`, those whose path has one of the words; `left` are those that only `--all` would take. */
export function testFiles(
  filters: string[],
  options: { takesAll: boolean },
): { walls: string[]; unit: string[]; browser: string[]; left: string[] };

/** Which files run in one process: the files of each, joined by commas. */
export function processesFor(files: string[]): string[];

/** The files of a part. Those that share a process stay together; what begins first is dealt to the parts in turn. */
export function filesOfPart(files: string[], part: Part): string[];
