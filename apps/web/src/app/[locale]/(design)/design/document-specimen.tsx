import type { Block, Inline, Mark } from '@stoa/contracts/document';
import { getTranslations } from 'next-intl/server';
import { DocumentView } from '@/components/document/document.tsx';

type PlainMark = Exclude<Mark['type'], 'link'>;
const marks: readonly PlainMark[] = ['bold', 'italic', 'underline', 'strike', 'code', 'highlight'];
const words = (text: string, ...types: PlainMark[]): Inline => ({
  type: 'text',
  text,
  marks: types.map((type) => ({ type })),
});
const paragraph = (...content: Inline[]): Block => ({ type: 'paragraph', content });

/** One of every kind of block that a lesson can hold and that is drawn without a course around it. */
export async function DocumentSpecimen() {
  const t = await getTranslations('design.sample');
  const item = (text: string, checked?: boolean) => ({
    type: 'listItem' as const,
    ...(checked === undefined ? {} : { attrs: { checked } }),
    content: [paragraph(words(text))],
  });
  const cell = (type: 'tableCell' | 'tableHeader', text: string) => ({ type, content: [paragraph(words(text))] });
  const content: Block[] = [
    { type: 'heading', attrs: { level: 3 }, content: [words(t('course'))] },
    paragraph(
      ...marks.flatMap((mark) => [words(t('published'), mark), words(' ')]),
      words('H'),
      words('2', 'subscript'),
      words('O, m'),
      words('2', 'superscript'),
      words(', '),
      { type: 'inlineMath', attrs: { latex: 'a^2 + b^2 = c^2' } },
      words(', '),
      { type: 'text', text: t('course'), marks: [{ type: 'link', attrs: { href: 'https://example.com' } }] },
    ),
    { type: 'bulletList', content: [item(t('daily')), item(t('weekly'))] },
    { type: 'orderedList', content: [item(t('beginner')), item(t('advanced'))] },
    { type: 'bulletList', content: [item(t('published'), true), item(t('draft'), false)] },
    { type: 'blockquote', content: [paragraph(words(t('sentence')))] },
    ...(['note', 'tip', 'warning'] as const).map(
      (tone): Block => ({ type: 'callout', attrs: { tone }, content: [paragraph(words(t('sentence')))] }),
    ),
    { type: 'details', attrs: { summary: t('long') }, content: [paragraph(words(t('sentence')))] },
    {
      type: 'codeBlock',
      attrs: { language: 'python' },
      text: 'def shade(columns: list[str]) -> int:\n    return sum(len(column) for column in columns)  # stones',
    },
    { type: 'mathBlock', attrs: { latex: '\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}' } },
    {
      type: 'image',
      attrs: { src: 'asset:sample', alt: t('course'), caption: t('sentence'), width: 64, height: 64 },
    },
    {
      type: 'table',
      attrs: { caption: t('learners') },
      content: [
        { type: 'tableRow', content: [cell('tableHeader', t('state')), cell('tableHeader', t('learners'))] },
        { type: 'tableRow', content: [cell('tableCell', t('published')), cell('tableCell', '12')] },
      ],
    },
    { type: 'file', attrs: { src: 'asset:sample', name: 'stoa.pdf', bytes: 1_842_050 } },
    { type: 'embed', attrs: { src: 'https://vimeo.com/1', title: t('course') } },
    { type: 'embed', attrs: { src: 'https://example.com/map', title: t('course') } },
    { type: 'unsupported', attrs: { kind: 'poll', title: t('pace'), note: '' } },
  ];
  const assets = { sample: { url: '/icon.svg', contentType: 'image/svg+xml', fileName: 'icon.svg', bytes: 800 } };
  return (
    <div className="prose-stoa">
      <DocumentView document={{ content }} context={{ assets }} firstLevel={3} />
    </div>
  );
}
