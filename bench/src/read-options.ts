import { parseArgs } from 'node:util';

/** What `npm run bench -- --help` says. */
export const help = `npm run bench -- [options]: the platform beside the fastest thing this machine could do

  --only <names>        by comma: those of the paths, and serialize, events, jobs, pay-queue, checkout, quiz, pages, ledger, cold,
                        memory, growth; soak, which is not part of a run unless named
  --rounds <n>          turns that each program takes (default 5)
  --seconds <n>         how long a turn is (default 5)
  --connections <n>     requests at a time (default 32)
  --rows <size>         how far the installation grows: 10k, 100k or 1m (default 100k)
  --minutes <n>         how long the soak uses every path at a steady rate (default 60)
  --rate <n>            requests a second of the soak (default 10)
  --snapshots <folder>  for snapshots of the heap during the soak
  --update              write RESULTS.md
  --help                this text
`;

const options = {
  only: { type: 'string' },
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '5' },
  connections: { type: 'string', default: '32' },
  rows: { type: 'string', default: '100k' },
  minutes: { type: 'string', default: '60' },
  rate: { type: 'string', default: '10' },
  snapshots: { type: 'string' },
  update: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export type Options = {
  /** Names of what is measured; everything but the soak without it. */
  only: readonly string[] | undefined;
  rounds: number;
  /** Of each turn. */
  seconds: number;
  connections: number;
  /** Rows that the installation grows to. */
  rows: number;
  soak: { minutes: number; rate: number; snapshots: string | undefined };
  /** Whether RESULTS.md is written. */
  update: boolean;
};

/** Reads the words after `npm run bench --`: what to measure, or what to say instead. */
export function readOptions(words: readonly string[]): Options | { help: true } | { problem: string } {
  try {
    const { values } = parseArgs({ args: [...words], options });
    if (values.help) return { help: true };
    const rows = new Map([
      ['10k', 10_000],
      ['100k', 100_000],
      ['1m', 1_000_000],
    ]).get(values.rows);
    if (rows === undefined) return { problem: '--rows takes 10k, 100k or 1m' };
    const number = (name: 'rounds' | 'seconds' | 'connections' | 'minutes' | 'rate') => {
      const value = Number(values[name]);
      if (!(value > 0)) throw new Error(`--${name} takes a number above zero`);
      return value;
    };
    return {
      only: values.only?.split(','),
      rounds: number('rounds'),
      seconds: number('seconds'),
      connections: number('connections'),
      rows,
      soak: { minutes: number('minutes'), rate: number('rate'), snapshots: values.snapshots },
      update: values.update,
    };
  } catch (error) {
    // Of what parseArgs says of an option that there is not, the first sentence is about it.
    return { problem: error instanceof Error ? error.message.replace(/\. .*$/s, '') : String(error) };
  }
}
