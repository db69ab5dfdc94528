import type { SourceTree } from '../imported-course.ts';

/**
 * The tree below the one folder that holds everything, as archives of a repository have it (`course-main/…`); the tree
 * itself where there is no such folder. Keys of lessons are paths, so an archive must give the same ones as the folder
 * it was made from. A numbered folder is a section and never a wrapper.
 */
export async function insideWrapper(tree: SourceTree): Promise<SourceTree> {
  const paths = await tree.list();
  const first = paths[0]?.split('/')[0] ?? '';
  const prefix = `${first}/`;
  const isWrapper = !/^\d/.test(first) && !['lessons', 'content'].includes(first);
  if (!isWrapper || !paths.every((path) => path.startsWith(prefix))) return tree;
  const inner = paths.map((path) => path.slice(prefix.length));
  // A wrapper holds a course; a lone folder that is itself the only section does not.
  if (!inner.some((path) => /^(?:readme\.md|course\.ya?ml)$/i.test(path)) || !inner.some((path) => /^\d/.test(path))) {
    return tree;
  }
  return {
    list: async () => inner,
    read: (path, maxBytes) => tree.read(prefix + path, maxBytes),
    size: (path) => tree.size(prefix + path),
    open: (path) => tree.open(prefix + path),
    exists: (path) => tree.exists(prefix + path),
  };
}
