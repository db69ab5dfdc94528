/** A reference inside the source: the path it leads to and the fragment after `#`, if any. */
export type SourceReference = { path: string; fragment: string };

/** `a/b/c.md` → `a/b`; a file at the root → the empty string. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** `a/b/c.md` → `c.md`. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins a folder and a name; the root folder is the empty string. */
export function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/**
 * Resolves a relative reference as GitHub does: against the folder of the file, with a leading `/` meaning the root
 * of the source. Query strings are dropped, percent escapes decoded. Null when it would leave the source.
 */
export function resolveReference(fromFile: string, target: string): SourceReference | null {
  const hash = target.indexOf('#');
  const fragment = hash < 0 ? '' : target.slice(hash + 1);
  const raw = (hash < 0 ? target : target.slice(0, hash)).split('?')[0] ?? '';
  const decoded = decodePercent(raw).replaceAll('\\', '/');
  const start = decoded.startsWith('/') ? [] : folderOf(fromFile).split('/');
  const segments: string[] = [];
  for (const segment of [...start, ...decoded.split('/')]) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') {
      segments.push(segment);
      continue;
    }
    if (segments.length === 0) return null;
    segments.pop();
  }
  return { path: segments.join('/'), fragment };
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray `%` is a legal character of a file name; the reference is then meant as it stands.
    return text;
  }
}
