import type { OlxFolder } from './read-olx-outline.ts';

export type StaticFiles = {
  /** Paths of all files under `static/`, relative to the course folder. */
  paths: string[];
  /** The path a link names, or null. Links write underscores where a file name has blanks or brackets. */
  find: (name: string) => string | null;
  /**
   * The name of the static file an address stands for (`/static/x.png`, `/asset-v1:...+block@x.png`,
   * `/c4x/org/course/asset/x.png`), or null when it is not such an address.
   */
  nameIn: (url: string) => string | null;
  /** Notes that a source names a static file, whether or not it will be shown. */
  refer: (name: string, source: string) => void;
  /** Finds every static address in a text and notes it. */
  referAll: (text: string, source: string) => void;
  /** Who refers to what: file name as written to the sources that name it, in order of appearance. */
  references: ReadonlyMap<string, Set<string>>;
};

/** After a quote, in brackets (CSS), as a whole line (an attribute's value), after `=` or a blank: each ends elsewhere. */
const staticReference =
  /["']\/static\/([^"'<>?#&\n]{1,300})|\(\/static\/([^"'<>()?#&\n]{1,300})|^\/static\/([^"'<>?#&\n]{1,300})|[=\s]\/static\/([^"'<>()?#&\s]{1,300})/gm;

/** Index of a course's static files, and the book of who refers to them. */
export async function readStaticFiles(folder: OlxFolder): Promise<StaticFiles> {
  const all = await folder.tree.list();
  const listed = all
    .filter((path) => path.startsWith(`${folder.prefix}static/`))
    .map((p) => p.slice(folder.prefix.length));
  // What macOS leaves in archives is no part of a course.
  const paths = listed.filter((path) => !/\/(\._[^/]*|\.DS_Store)$/.test(path));
  const byName = new Map(paths.map((path) => [path.slice('static/'.length), path]));
  const byPlainName = new Map<string, string | null>();
  for (const [name, path] of byName) {
    const plain = plainName(name);
    byPlainName.set(plain, byPlainName.has(plain) ? null : path);
  }
  const stored = await storedNames(folder);
  const references = new Map<string, Set<string>>();

  const find = (name: string) => {
    const decoded = decode(name);
    for (const candidate of [name, decoded, stored.get(name), stored.get(decoded)]) {
      const path = candidate === undefined ? undefined : byName.get(candidate);
      if (path !== undefined) return path;
    }
    return byPlainName.get(plainName(decoded)) ?? null;
  };
  const refer = (name: string, source: string) => {
    const sources = references.get(name) ?? new Set();
    sources.add(source);
    references.set(name, sources);
  };
  return {
    paths,
    find,
    nameIn,
    refer,
    referAll: (text, source) => {
      for (const match of text.matchAll(staticReference)) {
        const name = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').trim();
        if (name !== '') refer(decode(name), source);
      }
    },
    references,
  };
}

function nameIn(url: string): string | null {
  const path = url.replace(/[?#].*$/s, '');
  const match =
    /^\/?static\/(.+)$/s.exec(path) ??
    /^\/?asset-v1:[^/]*@asset[+/]block[@/](.+)$/s.exec(path) ??
    /^\/c4x\/[^/]+\/[^/]+\/asset\/(.+)$/s.exec(path);
  return match === null ? null : decode(match[1] ?? '');
}

/** Open edX stores `a b (1).png` as `a_b__1_.png`. */
function plainName(name: string): string {
  return name.replace(/[^\w.%-]/g, '_').toLowerCase();
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** `policies/assets.json`: the name in links to the name of the file. */
async function storedNames(folder: OlxFolder): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const data = await readJson(folder, 'policies/assets.json');
  if (typeof data !== 'object' || data === null) return names;
  for (const [name, entry] of Object.entries(data)) {
    if (typeof entry !== 'object' || entry === null) continue;
    const shown: unknown = 'displayname' in entry ? entry.displayname : undefined;
    if (typeof shown === 'string') names.set(name, shown);
  }
  return names;
}

/** A JSON file of the course, or null when it is absent or not JSON. */
export async function readJson(folder: OlxFolder, path: string): Promise<unknown> {
  if (!(await folder.has(path))) return null;
  try {
    return JSON.parse(new TextDecoder().decode(await folder.read(path)));
  } catch {
    return null;
  }
}
