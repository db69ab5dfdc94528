import { readJson } from './olx-static-files.ts';
import type { OlxFolder } from './read-olx-outline.ts';

/** `policy.json` overrides attributes, keyed `type/url_name`; values that are no text become JSON. */
export async function readPolicy(folder: OlxFolder, run: string) {
  const paths = [`policies/${run}/policy.json`, `policies/${run}.json`];
  const path = (await folder.has(paths[0] ?? ''))
    ? paths[0]
    : (await folder.has(paths[1] ?? ''))
      ? paths[1]
      : undefined;
  const overrides = new Map<string, Record<string, string>>();
  const data = path === undefined ? null : await readJson(folder, path);
  if (typeof data === 'object' && data !== null) {
    for (const [key, value] of Object.entries(data)) {
      if (typeof value !== 'object' || value === null) continue;
      const texts = Object.entries(value).flatMap(([name, one]: [string, unknown]) => {
        if (name === 'xml_attributes' || one === null || one === undefined) return [];
        return [[name, typeof one === 'string' ? one : JSON.stringify(one)] as const];
      });
      overrides.set(key, Object.fromEntries(texts));
    }
  }
  return { path: path ?? null, of: (type: string, key: string) => overrides.get(`${type}/${key}`) ?? {} };
}

/**
 * The lowest of the course's grade cutoffs. Whoever reaches it in every problem has reached it in the course, so a
 * problem that is passed from there on is never easier than in the source.
 */
export async function passThresholdOf(folder: OlxFolder, run: string): Promise<number | undefined> {
  const policy = await readJson(folder, `policies/${run}/grading_policy.json`);
  if (typeof policy !== 'object' || policy === null || !('GRADE_CUTOFFS' in policy)) return undefined;
  const cutoffs: unknown = policy.GRADE_CUTOFFS;
  if (typeof cutoffs !== 'object' || cutoffs === null) return undefined;
  const shares = Object.values(cutoffs).filter((share) => typeof share === 'number' && share > 0 && share <= 1);
  return shares.length > 0 ? Math.min(...shares) : undefined;
}
