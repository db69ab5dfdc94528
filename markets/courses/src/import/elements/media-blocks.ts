import type { Block } from '@stoa/contracts/document';
import { documentNote, unsupportedBlock } from '@stoa/contracts/document-notes';
import type { Element } from 'hast';
import { vimeoPlayer, youtubeId } from '../document-address.ts';
import { oneLine, plainText } from '../document-text.ts';
import { note } from '../notes.ts';
import type { Place, Work } from './conversion.ts';
import { addressOf } from './element-address.ts';
import { attributeOf } from './element-attributes.ts';

export function figure(node: Element, place: Place, work: Work): Block[] {
  const captionNode = node.children.find(
    (child) => child.type === 'element' && child.tagName.toLowerCase() === 'figcaption',
  );
  const rest = node.children.filter((child) => child !== captionNode);
  const blocks = work.blocksOf(rest, place);
  if (captionNode?.type !== 'element') return blocks;
  const captionBlocks = work.blocksOf(captionNode.children, place);
  const text = oneLine(plainText(captionBlocks), 2000);
  const only = blocks[0];
  if (blocks.length === 1 && only?.type === 'image' && text !== '') {
    const linked = JSON.stringify(captionBlocks).includes('"link"');
    if (!linked) return [{ type: 'image', attrs: { ...only.attrs, caption: text } }];
  }
  return [...blocks, ...captionBlocks];
}

export function frame(node: Element, _place: Place, work: Work): Block[] {
  const raw = attributeOf(node, 'src') ?? attributeOf(node, 'data-src') ?? '';
  const title = oneLine(attributeOf(node, 'title') ?? '', 500);
  const address = addressOf(raw, 'media', work);
  if (address === null) {
    work.notes.count('frames_without_address');
    if (title === '') return [];
    const says = documentNote('frame_not_in_source', { address: oneLine(raw, 300) });
    return [unsupportedBlock({ kind: 'iframe', title, says })];
  }
  if (address.startsWith('asset:')) {
    work.notes.count('pages_kept_as_files');
    return [{ type: 'file', attrs: { src: address, name: title.slice(0, 300) || fileName(address) } }];
  }
  const youtube = youtubeId(address);
  if (youtube !== null) {
    const attrs = { id: nextId(work), title: title || 'YouTube', src: `youtube:${youtube}` };
    return [{ type: 'video', attrs }];
  }
  const vimeo = vimeoPlayer(address);
  if (vimeo !== null) return [{ type: 'embed', attrs: { src: vimeo, title: title || 'Vimeo' } }];
  work.notes.say(note('frame_kept', { host: hostOf(address) }));
  return [{ type: 'embed', attrs: { src: address, title: title || hostOf(address) } }];
}

export function pluginObject(node: Element, place: Place, work: Work): Block[] {
  const raw = attributeOf(node, 'data') ?? attributeOf(node, 'src') ?? '';
  const fallback = work.blocksOf(node.children, place);
  const address = addressOf(raw, 'media', work);
  if (address === null) {
    work.notes.count('plugins_removed');
    return fallback;
  }
  const youtube = youtubeId(address);
  const title = oneLine(attributeOf(node, 'title') ?? '', 300);
  if (youtube !== null) {
    return [{ type: 'video', attrs: { id: nextId(work), title: title || 'YouTube', src: `youtube:${youtube}` } }];
  }
  work.notes.count('objects_kept_as_files');
  return [{ type: 'file', attrs: { src: address, name: title || fileName(address) } }];
}

export function player(node: Element, place: Place, work: Work): Block[] {
  const inner = (name: string) =>
    node.children.flatMap((child) => (child.type === 'element' && child.tagName.toLowerCase() === name ? [child] : []));
  const candidates = [attributeOf(node, 'src'), ...inner('source').map((source) => attributeOf(source, 'src'))];
  const sources = candidates.flatMap((raw) => (raw === null ? [] : [addressOf(raw, 'media', work)]));
  const src = sources.find((source) => source !== null);
  const kind = node.tagName.toLowerCase() === 'audio' ? 'audio' : 'video';
  if (src === undefined || src === null) {
    work.notes.count(`${kind}_without_address`);
    return work.blocksOf(
      node.children.filter((child) => child.type === 'element'),
      place,
    );
  }
  const title = oneLine(attributeOf(node, 'title') ?? attributeOf(node, 'aria-label') ?? '', 500) || fileName(src);
  if (kind === 'audio') return [{ type: 'audio', attrs: { id: nextId(work), title, src } }];
  const poster = attributeOf(node, 'poster');
  const posterSrc = poster === null ? null : addressOf(poster, 'media', work);
  const captions = inner('track').flatMap((track) => {
    const address = addressOf(attributeOf(track, 'src') ?? '', 'media', work);
    const language = oneLine(attributeOf(track, 'srclang') ?? 'en', 35);
    const label = oneLine(attributeOf(track, 'label') ?? language, 100);
    return address === null ? [] : [{ language, label, src: address }];
  });
  return [
    {
      type: 'video',
      attrs: {
        id: nextId(work),
        title,
        src,
        ...(posterSrc !== null ? { posterSrc } : {}),
        ...(captions.length > 0 ? { captions: captions.slice(0, 100) } : {}),
      },
    },
  ];
}

function hostOf(href: string): string {
  return URL.parse(href)?.hostname ?? 'unknown';
}

function nextId(work: Work): string {
  const number = work.ids.next;
  work.ids.next += 1;
  return `${(work.idPrefix ?? 'media').slice(0, 180)}-${number}`;
}

function fileName(address: string): string {
  const path = address.replace(/[?#].*$/, '');
  return oneLine(path.slice(path.lastIndexOf('/') + 1), 300) || 'file';
}
