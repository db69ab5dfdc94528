import type { Link, Root, RootContent } from 'mdast';
import { plainText } from './parse-markdown.ts';

/** A place in the text that only pointed to something the lesson now contains. */
export type TakenLink<T> = {
  target: T;
  /** The heading that stood above it, if it had no other content. */
  heading: string | null;
};

/**
 * Takes paragraphs that are nothing but a link to a quiz or an assignment out of the text, because the lesson shows
 * those themselves. A heading left without content goes too and is returned, so that the part keeps its name in the
 * language of the text. `targetOf` recognises the links. The given tree is not changed.
 */
export function takeLinkSections<T>(
  root: Root,
  targetOf: (url: string) => T | null,
): { root: Root; taken: TakenLink<T>[] } {
  const taken: TakenLink<T>[] = [];
  const children = [...root.children];
  for (let index = 0; index < children.length; index += 1) {
    const link = onlyLink(children[index]);
    const target = link === null ? null : targetOf(link.url);
    if (target === null) continue;
    const above = children[index - 1];
    const below = children[index + 1];
    const emptied = above?.type === 'heading' && (below === undefined || endsSection(below, above.depth));
    taken.push({ target, heading: emptied ? plainText(above) : null });
    children.splice(emptied ? index - 1 : index, emptied ? 2 : 1);
    index -= emptied ? 2 : 1;
  }
  return { root: { ...root, children }, taken };
}

function onlyLink(node: RootContent | undefined): Link | null {
  if (node?.type !== 'paragraph') return null;
  const children = node.children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  const only = children.length === 1 ? children[0] : undefined;
  // Authors often set the link in bold.
  if (only?.type === 'strong' || only?.type === 'emphasis') {
    return onlyLink({ type: 'paragraph', children: only.children });
  }
  return only?.type === 'link' ? only : null;
}

function endsSection(node: RootContent, depth: number): boolean {
  return node.type === 'heading' && node.depth <= depth;
}
