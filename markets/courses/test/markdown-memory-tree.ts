import type { SourceTree } from '../src/import/imported-course.ts';

/** A source tree from texts and bytes in memory, so that a test shows the whole source it reads. */
export function memoryTree(files: Record<string, string | Uint8Array>): SourceTree {
  const bytesOf = (path: string): Uint8Array => {
    const content = files[path];
    if (content === undefined) throw new Error(`no file ${path}`);
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  return {
    list: async () => Object.keys(files).toSorted(),
    read: async (path, maxBytes = 10 * 1024 * 1024) => {
      const bytes = bytesOf(path);
      if (bytes.length > maxBytes) throw new Error(`${path} is larger than ${maxBytes} bytes`);
      return bytes;
    },
    size: async (path) => bytesOf(path).length,
    open: async function* open(path) {
      yield bytesOf(path);
    },
    exists: async (path) => path in files,
  };
}
