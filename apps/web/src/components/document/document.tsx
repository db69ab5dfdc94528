import type { Block, Document, Inline, ListItem, Mark } from '@stoa/contracts/document';
import { Check, CircleAlert, Download, FileText, Info, Lightbulb, Square } from 'lucide-react';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Fragment, type ReactNode } from 'react';
import { Picture } from '@/components/ui/picture.tsx';
import { cn } from '@/design/cn.ts';
import { Link } from '@/i18n/navigation.ts';
import { EmbedFrame } from './embed-frame.tsx';
import { embedOf } from './embeds.ts';
import { Formula } from './formula.tsx';
import { headingId, levelHeadings } from './headings.ts';
import { HighlightedCode } from './highlighted-code.tsx';

/** Files a document names as `asset:<id>`: where each is and what is known of it. */
export type Assets = Record<string, { url: string; contentType: string; fileName: string; bytes: number }>;

export type DocumentContext = {
  assets: Assets;
  /** Slug of the course, for `lesson:` links. Without it they are plain text. */
  courseSlug?: string;
  /** Draws a video or an audio; the lesson page puts its player here. */
  media?: (block: Extract<Block, { type: 'video' | 'audio' }>) => ReactNode;
  /** Draws a problem by its id; without it a problem leaves nothing. */
  problem?: (problemId: string) => ReactNode;
};

type Props = { context: DocumentContext };

/**
 * A document of `@stoa/contracts/document` as markup, drawn on the server. Text is text, addresses are of the schemes
 * the contract allows, and nothing else of a document reaches the page, so nothing in it can run.
 *
 * @param firstLevel level of the highest heading; later ones never skip a level
 */
export function DocumentView({
  document,
  context,
  firstLevel = 2,
}: Props & { document: Pick<Document, 'content'>; firstLevel?: 2 | 3 | 4 }) {
  return <Blocks blocks={levelHeadings(document.content, firstLevel)} context={context} />;
}

/** Blocks one after the other. Positions are keys: a stored document never reorders. */
export function Blocks({ blocks, context }: Props & { blocks: Block[] }) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a stored document never reorders
    <BlockView key={index} block={block} context={context} />
  ));
}

function BlockView({ block, context }: Props & { block: Block }): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return block.content?.length ? (
        <p>
          <Inlines content={block.content} context={context} />
        </p>
      ) : null;
    case 'heading': {
      const Heading = (['h2', 'h3', 'h4', 'h5', 'h6'] as const)[block.attrs.level - 2] ?? 'h6';
      if (!block.content?.length) return null;
      return (
        <Heading {...(block.attrs.id ? { id: headingId(block.attrs.id) } : {})}>
          <Inlines content={block.content} context={context} />
        </Heading>
      );
    }
    case 'bulletList':
      return (
        <ul>
          <Items items={block.content} context={context} />
        </ul>
      );
    case 'orderedList':
      return (
        <ol start={block.attrs?.start}>
          <Items items={block.content} context={context} />
        </ol>
      );
    case 'blockquote':
      return (
        <blockquote>
          <Blocks blocks={block.content} context={context} />
        </blockquote>
      );
    case 'callout':
      return <DocumentCallout block={block} context={context} />;
    case 'details':
      return (
        <details className="group rounded-lg border bg-card open:pb-4">
          <summary className="flex items-center gap-2 rounded-lg px-4 py-3 font-medium hover:bg-accent">
            <span
              aria-hidden="true"
              className="text-muted-foreground transition-transform group-open:rotate-90 rtl:-scale-x-100"
            >
              ›
            </span>
            {block.attrs.summary}
          </summary>
          <div className="space-y-4 px-4 pt-3">
            <Blocks blocks={block.content} context={context} />
          </div>
        </details>
      );
    case 'codeBlock':
      return (
        <HighlightedCode code={block.text} {...(block.attrs.language ? { language: block.attrs.language } : {})} />
      );
    case 'mathBlock':
      return <DisplayFormula latex={block.attrs.latex} />;
    case 'horizontalRule':
      return <hr />;
    case 'image':
      return <Figure block={block} context={context} />;
    case 'table':
      return <DocumentTable block={block} context={context} />;
    case 'video':
    case 'audio':
      return context.media?.(block) ?? null;
    case 'file':
      return <FileLink block={block} context={context} />;
    case 'embed':
      return <Embed src={block.attrs.src} title={block.attrs.title} />;
    case 'problem':
      return context.problem?.(block.attrs.problemId) ?? null;
    case 'unsupported':
      return <Unsupported block={block} />;
  }
}

/** A formula on its own line. A long one scrolls in its own frame, which takes focus so that keys can scroll it. */
function DisplayFormula({ latex }: { latex: string }) {
  const t = useTranslations('player.document');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be a landmark for each formula
    <div
      role="group"
      aria-label={t('formula')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="scroll-x overflow-y-hidden py-1 text-center text-[1.125rem]"
    >
      <Formula latex={latex} display />
    </div>
  );
}

function Items({ items, context }: Props & { items: ListItem[] }) {
  const t = useTranslations('player.document');
  return items.map((item, index) => {
    const checked = item.attrs?.checked;
    const Icon = checked ? Check : Square;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a stored document never reorders
      <li key={index} className={cn('[&>p+p]:mt-3', checked !== undefined && 'flex list-none gap-2')}>
        {checked === undefined ? (
          <Blocks blocks={item.content} context={context} />
        ) : (
          <>
            <Icon
              role="img"
              aria-label={checked ? t('done') : t('notDone')}
              className={cn('mt-1.5 size-4 shrink-0', checked ? 'text-success' : 'text-muted-foreground')}
            />
            <div className="min-w-0">
              <Blocks blocks={item.content} context={context} />
            </div>
          </>
        )}
      </li>
    );
  });
}

const tones = {
  note: { Icon: Info, box: 'border-info/30 bg-info-soft', icon: 'text-info' },
  tip: { Icon: Lightbulb, box: 'border-success/30 bg-success-soft', icon: 'text-success' },
  warning: { Icon: CircleAlert, box: 'border-warning/35 bg-warning-soft', icon: 'text-warning' },
} as const;

function DocumentCallout({ block, context }: Props & { block: Extract<Block, { type: 'callout' }> }) {
  const t = useTranslations('player.document');
  const { Icon, box, icon } = tones[block.attrs.tone];
  return (
    <div role="note" aria-label={t(`tone.${block.attrs.tone}`)} className={cn('flex gap-3 rounded-lg border p-4', box)}>
      <Icon aria-hidden="true" className={cn('mt-1 size-5 shrink-0', icon)} />
      <div className="min-w-0 flex-1 space-y-3">
        <p className="font-semibold text-sm">{t(`tone.${block.attrs.tone}`)}</p>
        <Blocks blocks={block.content} context={context} />
      </div>
    </div>
  );
}

function Figure({ block, context }: Props & { block: Extract<Block, { type: 'image' }> }) {
  const t = useTranslations('player.document');
  const { src, alt, caption, width, height } = block.attrs;
  const url = addressOf(src, context);
  if (!url) return null;
  return (
    <figure>
      {/* A picture nobody described is decoration; the link to it still has to say what it does. */}
      <a
        href={url}
        {...(alt || caption ? {} : { 'aria-label': t('openPicture') })}
        className="block w-fit max-w-full rounded-lg"
      >
        <Picture src={url} alt={alt || caption || ''} width={width} height={height} className="border bg-card" />
      </a>
      {caption && <figcaption className="mt-2 text-muted-foreground text-sm">{caption}</figcaption>}
    </figure>
  );
}

function DocumentTable({ block, context }: Props & { block: Extract<Block, { type: 'table' }> }) {
  const t = useTranslations('player.document');
  const caption = block.attrs?.caption;
  return (
    // A table wider than the page scrolls in its own frame, which takes focus so that keys can scroll it.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be a landmark for each table
    <div
      role="group"
      aria-label={caption ?? t('table')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="scroll-x rounded-lg border bg-card"
    >
      <table className="w-full border-collapse text-[0.9375rem] leading-6">
        {caption && <caption className="px-4 py-2 text-start text-muted-foreground text-sm">{caption}</caption>}
        <tbody>
          {block.content.map((row, rowIndex) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stored document never reorders
            <tr key={rowIndex} className="border-t first:border-t-0">
              {row.content.map((cell, index) => {
                // A header without a word tells a screen reader nothing, so it is drawn as an ordinary cell.
                const isHeader = cell.type === 'tableHeader' && hasText(cell.content);
                const Cell = isHeader ? 'th' : 'td';
                return (
                  <Cell
                    // biome-ignore lint/suspicious/noArrayIndexKey: a stored document never reorders
                    key={index}
                    {...(isHeader ? { scope: rowIndex === 0 ? ('col' as const) : ('row' as const) } : {})}
                    colSpan={cell.attrs?.colspan}
                    rowSpan={cell.attrs?.rowspan}
                    className={cn(
                      'min-w-24 px-4 py-2 text-start align-top',
                      cell.type === 'tableHeader' && 'bg-muted font-semibold',
                    )}
                  >
                    <Blocks blocks={cell.content} context={context} />
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function hasText(blocks: Block[]): boolean {
  return blocks.some((block) => {
    if (block.type === 'paragraph' || block.type === 'heading') return (block.content?.length ?? 0) > 0;
    return block.type !== 'horizontalRule';
  });
}

function FileLink({ block, context }: Props & { block: Extract<Block, { type: 'file' }> }) {
  const t = useTranslations('player.document');
  const format = useFormatter();
  const { src, name } = block.attrs;
  const url = addressOf(src, context);
  const bytes = block.attrs.bytes ?? assetOf(src, context)?.bytes;
  if (!url) return null;
  return (
    <p>
      <a
        href={url.startsWith('/') ? `${url}${url.includes('?') ? '&' : '?'}download=true` : url}
        className="flex w-full items-center gap-3 rounded-lg border bg-card px-4 py-3 font-medium text-foreground! no-underline! hover:border-input"
      >
        <FileText aria-hidden="true" className="size-5 shrink-0 text-muted-foreground" />
        <span className="min-w-0 flex-1 break-words">
          {name}
          {bytes ? (
            <span className="tabular ms-2 font-normal text-muted-foreground text-sm">{sizeText(bytes, format)}</span>
          ) : null}
        </span>
        <Download role="img" aria-label={t('download')} className="size-4 shrink-0 text-muted-foreground" />
      </a>
    </p>
  );
}

function sizeText(bytes: number, format: ReturnType<typeof useFormatter>): string {
  const [value, unit] =
    bytes < 1000
      ? ([bytes, 'byte'] as const)
      : bytes < 1_000_000
        ? ([bytes / 1000, 'kilobyte'] as const)
        : ([bytes / 1_000_000, 'megabyte'] as const);
  // In English the short form of one is that of many: "856 byte".
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  return format.number(value, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 });
}

function Embed({ src, title }: { src: string; title: string }) {
  const t = useTranslations('player.document');
  const embed = embedOf(src);
  if (embed) return <EmbedFrame src={embed.src} title={title} provider={embed.provider} page={embed.page} />;
  return (
    <p className="rounded-lg border bg-card px-4 py-3">
      <span className="block text-muted-foreground text-sm">{t('elsewhere')}</span>
      <a href={src} rel="noreferrer noopener" target="_blank">
        {title || src}
        <span className="sr-only"> {t('newTab')}</span>
      </a>
    </p>
  );
}

const knownKinds = [
  'poll',
  'survey',
  'word_cloud',
  'peer_assessment',
  'drag_and_drop',
  'lti',
  'library',
  'discussion',
  'script',
  'html',
  'image',
  'markdown',
] as const;

/** Something the source had and Stoa cannot run: said plainly where it stood, so that nobody searches for it. */
function Unsupported({ block }: { block: Extract<Block, { type: 'unsupported' }> }) {
  const t = useTranslations('player.document');
  const locale = useLocale();
  const { kind, title, note, says } = block.attrs;
  const known = knownKinds.find((one) => one === kindOf(kind));
  return (
    <aside aria-label={t('notHere')} className="rounded-lg border border-dashed bg-muted p-4 text-sm">
      <p className="font-semibold">{title ? t('unsupportedTitle', { title }) : t('notHere')}</p>
      <p className="mt-1 text-muted-foreground">{known ? t(`kinds.${known}`) : t('kinds.other', { kind })}</p>
      {note && (
        <details className="mt-2">
          <summary className="w-fit text-muted-foreground underline underline-offset-4">{t('importNote')}</summary>
          <p className="mt-1 text-muted-foreground" lang={says ? locale : 'en'}>
            {note}
          </p>
        </details>
      )}
    </aside>
  );
}

/** Names that course formats give to the same thing. */
function kindOf(kind: string): string {
  const name = kind.toLowerCase().replaceAll('-', '_');
  if (name === 'openassessment' || name === 'ora2') return 'peer_assessment';
  if (name.startsWith('drag_and_drop')) return 'drag_and_drop';
  if (name.startsWith('lti')) return 'lti';
  if (name.startsWith('library') || name === 'itembank') return 'library';
  if (name === 'iframe' || name === 'form') return 'html';
  return name;
}

function Inlines({ content, context }: Props & { content: Inline[] }) {
  return content.map((inline, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a stored document never reorders
    <Fragment key={index}>{inlineOf(inline, context)}</Fragment>
  ));
}

function inlineOf(inline: Inline, context: DocumentContext): ReactNode {
  switch (inline.type) {
    case 'hardBreak':
      return <br />;
    case 'inlineMath':
      return <Formula latex={inline.attrs.latex} />;
    case 'inlineImage': {
      const url = addressOf(inline.attrs.src, context);
      return url ? (
        <Picture src={url} alt={inline.attrs.alt} className="inline-block max-h-8 w-auto rounded-none! align-middle" />
      ) : null;
    }
    case 'text':
      return (inline.marks ?? []).reduce<ReactNode>((inner, mark) => marked(inner, mark, context), inline.text);
  }
}

function marked(inner: ReactNode, mark: Mark, context: DocumentContext): ReactNode {
  switch (mark.type) {
    case 'bold':
      return <strong className="font-semibold">{inner}</strong>;
    case 'italic':
      return <em>{inner}</em>;
    case 'underline':
      return <u>{inner}</u>;
    case 'strike':
      return <s>{inner}</s>;
    case 'code':
      return <code className="break-words">{inner}</code>;
    case 'subscript':
      return <sub>{inner}</sub>;
    case 'superscript':
      return <sup>{inner}</sup>;
    case 'highlight':
      return <mark className="rounded-sm bg-warning-soft px-0.5 text-foreground">{inner}</mark>;
    case 'link':
      return <DocumentLink href={mark.attrs.href} context={context} title={mark.attrs.title} inner={inner} />;
  }
}

function DocumentLink({
  href,
  title,
  inner,
  context,
}: Props & { href: string; title: string | undefined; inner: ReactNode }) {
  const t = useTranslations('player.document');
  if (href.startsWith('lesson:')) {
    if (!context.courseSlug) return inner;
    return (
      <Link href={`/learn/${context.courseSlug}/${encodeURIComponent(href.slice('lesson:'.length))}`} title={title}>
        {inner}
      </Link>
    );
  }
  if (href.startsWith('#')) {
    return (
      <a href={`#${headingId(href.slice(1))}`} title={title}>
        {inner}
      </a>
    );
  }
  if (/^https?:\/\//.test(href)) {
    return (
      <a href={href} title={title} rel="noreferrer noopener" target="_blank">
        {inner}
        <span className="sr-only"> {t('newTab')}</span>
      </a>
    );
  }
  if (/^(mailto|tel):/.test(href)) {
    return (
      <a href={href} title={title}>
        {inner}
      </a>
    );
  }
  const url = addressOf(href, context);
  return url ? (
    <a href={url} title={title}>
      {inner}
    </a>
  ) : (
    inner
  );
}

function assetOf(src: string, { assets }: DocumentContext): Assets[string] | undefined {
  const id = src.startsWith('asset:') ? src.slice('asset:'.length) : '';
  return Object.hasOwn(assets, id) ? assets[id] : undefined;
}

/**
 * Where a file is: the signed address that came with the lesson, else the media operation with the reader's own
 * session. `null` for anything but `asset:` and `https:`.
 */
export function addressOf(src: string, context: DocumentContext): string | null {
  if (src.startsWith('https://')) return src;
  if (!src.startsWith('asset:')) return null;
  return assetOf(src, context)?.url ?? `/bff/api/media/${encodeURIComponent(src.slice('asset:'.length))}`;
}
