import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Block, Document } from '@stoa/contracts/document';
import fc from 'fast-check';
import { countWords, plainText } from '../src/import/document-text.ts';
import { htmlToDocument } from '../src/import/html-to-document.ts';
import { sayNotes } from '../src/import/notes.ts';
import { splitFormulas } from '../src/import/split-formulas.ts';

const p = (...content: NonNullable<Extract<Block, { type: 'paragraph' }>['content']>): Block => ({
  type: 'paragraph',
  content,
});
const text = (value: string, ...marks: ('bold' | 'italic' | 'code' | 'underline' | 'subscript')[]) => ({
  type: 'text' as const,
  text: value,
  ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}),
});

function blocksOf(html: string, options: Parameters<typeof htmlToDocument>[1] = {}): Block[] {
  const { blocks } = htmlToDocument(html, options);
  Document.parse({ type: 'doc', content: blocks });
  return blocks;
}

/** Every string in the document, keys aside. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}
/** Every address in the document. */
function addresses(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(addresses);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && /^(src|href|posterSrc)$/.test(key) ? [inner] : addresses(inner),
  );
}

test('plain paragraphs come through without notes', () => {
  const result = htmlToDocument('<p>One</p>\n<p>Two &amp; three</p>');
  assert.deepEqual(result, { blocks: [p(text('One')), p(text('Two & three'))], notes: [], missing: [] });
});

test('nested marks add up and white space collapses as in a browser', () => {
  assert.deepEqual(blocksOf('<p> a <b>b <i>c</i> </b>\n  d<sub>2</sub> <code>x  y</code></p>'), [
    p(
      text('a '),
      text('b ', 'bold'),
      text('c', 'bold', 'italic'),
      text(' ', 'bold'),
      text('d'),
      text('2', 'subscript'),
      text(' '),
      text('x y', 'code'),
    ),
  ]);
});

test('inline styles give bold and italic, other styles are noted', () => {
  const result = htmlToDocument('<p><span style="font-weight: 700; font-style:italic">x</span></p>');
  assert.deepEqual(result.blocks, [p(text('x', 'bold', 'italic'))]);
  assert.deepEqual(result.notes, []);
  assert.equal(sayNotes(htmlToDocument('<p style="color:red">x</p>').notes, 'en'), '1 inline style simplified');
});

test('stray text and inline wrappers around blocks become paragraphs in order', () => {
  assert.deepEqual(blocksOf('before <span>x<div>in <b>div</b></div></span> after<br><br>'), [
    p(text('before x')),
    p(text('in '), text('div', 'bold')),
    p(text('after')),
  ]);
});

test('headings start at level two and keep ids that links may point to', () => {
  assert.deepEqual(blocksOf('<h1 id="top">A</h1><h3><em>B</em></h3><h2> </h2>'), [
    { type: 'heading', attrs: { level: 2, id: 'top' }, content: [text('A')] },
    { type: 'heading', attrs: { level: 3 }, content: [text('B', 'italic')] },
  ]);
});

test('lists nest, keep their start and take lists written directly inside them', () => {
  assert.deepEqual(blocksOf('<ol start="3"><li>a<ul><li>b</li></ul></li><ul><li>c</li></ul></ol>'), [
    {
      type: 'orderedList',
      attrs: { start: 3 },
      content: [
        {
          type: 'listItem',
          content: [
            p(text('a')),
            { type: 'bulletList', content: [{ type: 'listItem', content: [p(text('b'))] }] },
            { type: 'bulletList', content: [{ type: 'listItem', content: [p(text('c'))] }] },
          ],
        },
      ],
    },
  ]);
});

test('definition lists become bold terms and paragraphs', () => {
  assert.deepEqual(blocksOf('<dl><dt>Term</dt><dd>Meaning</dd></dl>'), [p(text('Term', 'bold')), p(text('Meaning'))]);
});

test('tables keep headers, spans and caption', () => {
  const html =
    '<table><caption>Cap</caption><thead><tr><th colspan="2">H</th></tr></thead><tr><td rowspan="3">a</td><td></td></tr></table>';
  assert.deepEqual(blocksOf(html), [
    {
      type: 'table',
      attrs: { caption: 'Cap' },
      content: [
        { type: 'tableRow', content: [{ type: 'tableHeader', attrs: { colspan: 2 }, content: [p(text('H'))] }] },
        {
          type: 'tableRow',
          content: [
            { type: 'tableCell', attrs: { rowspan: 3 }, content: [p(text('a'))] },
            { type: 'tableCell', content: [{ type: 'paragraph' }] },
          ],
        },
      ],
    },
  ]);
  const spans = JSON.stringify(blocksOf('<table><tr><td colspan="9999" rowspan="-4">x</td></tr></table>'));
  assert.match(spans, /"attrs":\{"colspan":50\}/);
});

test('code blocks keep white space and language, quotes and details their content', () => {
  assert.deepEqual(blocksOf('<pre><code class="language-ts">a\n  <b>b</b> \\(x\\)\n</code></pre>'), [
    { type: 'codeBlock', attrs: { language: 'ts' }, text: 'a\n  b \\(x\\)' },
  ]);
  assert.deepEqual(blocksOf('<blockquote>q</blockquote><details><summary>More <b>x</b></summary>y</details>'), [
    { type: 'blockquote', content: [p(text('q'))] },
    { type: 'details', attrs: { summary: 'More x' }, content: [p(text('y'))] },
  ]);
});

test('TeX in MathJax delimiters becomes formulas, except in code', () => {
  assert.deepEqual(blocksOf('<p>Area \\(\\pi r^2\\) and \\[E = mc^2\\] end $$x$$ <code>\\(no\\)</code></p>'), [
    p(text('Area '), { type: 'inlineMath', attrs: { latex: '\\pi r^2' } }, text(' and')),
    { type: 'mathBlock', attrs: { latex: 'E = mc^2' } },
    p(text('end')),
    { type: 'mathBlock', attrs: { latex: 'x' } },
    p(text('\\(no\\)', 'code')),
  ]);
  assert.deepEqual(blocksOf('<p>costs $$ and \\( open</p>'), [p(text('costs $$ and \\( open'))]);
});

test('MathML with its TeX becomes a formula', () => {
  const html =
    '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math>';
  assert.deepEqual(blocksOf(html), [p({ type: 'inlineMath', attrs: { latex: 'x^2' } })]);
});

test('splitting formulas takes linear time on texts full of openers', () => {
  // Of this thread's own work: a clock on the wall also counts what the machine does for others.
  const started = process.threadCpuUsage();
  splitFormulas('\\( \\[ $$'.repeat(100_000));
  assert.ok(process.threadCpuUsage(started).user < 1_000_000);
});

const resolve = (url: string) => {
  if (url.startsWith('/static/gone')) return null;
  if (url.startsWith('/static/')) return `asset:static/${url.slice(8)}`;
  if (url.startsWith('/jump_to_id/')) return `lesson:${url.slice(12)}`;
  return undefined;
};

test('addresses of the source are rewritten by the importer', () => {
  const result = htmlToDocument(
    '<a href="/static/a.pdf">file</a> <a href="/jump_to_id/77">next</a><p><img src="/static/x.png" alt="An x" width="300"></p><img src="/static/gone.png" alt="Lost">',
    { resolve },
  );
  assert.deepEqual(result.blocks, [
    p({ type: 'text', text: 'file', marks: [{ type: 'link', attrs: { href: 'asset:static/a.pdf' } }] }, text(' '), {
      type: 'text',
      text: 'next',
      marks: [{ type: 'link', attrs: { href: 'lesson:77' } }],
    }),
    { type: 'image', attrs: { src: 'asset:static/x.png', alt: 'An x', width: 300 } },
    p(text('[Lost]')),
  ]);
  assert.deepEqual(result.missing, ['/static/gone.png']);
  assert.equal(sayNotes(result.notes, 'en'), '"/static/gone.png" is missing in the source; 1 picture left out');
});

test('only the importer may give out asset and lesson addresses', () => {
  const result = htmlToDocument('<img src="asset:other-course"><a href="lesson:secret">x</a>');
  assert.deepEqual(addresses(result.blocks), []);
});

test('figures give captions, linked pictures keep their link, small pictures stay in the line', () => {
  assert.deepEqual(
    blocksOf('<figure><img src="https://e.org/a.png" alt="A"><figcaption>Fig <b>1</b></figcaption></figure>'),
    [{ type: 'image', attrs: { src: 'https://e.org/a.png', alt: 'A', caption: 'Fig 1' } }],
  );
  assert.deepEqual(blocksOf('<a href="https://e.org/"><img src="https://e.org/a.png" alt="A"></a>'), [
    { type: 'image', attrs: { src: 'https://e.org/a.png', alt: 'A' } },
    p({ type: 'text', text: 'A', marks: [{ type: 'link', attrs: { href: 'https://e.org/' } }] }),
  ]);
  assert.deepEqual(blocksOf('Press <img src="https://e.org/i.png" alt="OK" width="16"> now'), [
    p(text('Press '), { type: 'inlineImage', attrs: { src: 'https://e.org/i.png', alt: 'OK' } }, text(' now')),
  ]);
});

test('frames of video sites become videos or embeds, others embeds, and each says so', () => {
  const { blocks, notes } = htmlToDocument(
    `<iframe src="https://www.youtube.com/embed/lVPPPpyUOR4?rel=0" title="T"></iframe>
     <iframe src="//player.vimeo.com/video/123456"></iframe>
     <iframe src="https://example.org/sim" title="Sim"></iframe>
     <iframe src="javascript:alert(1)"></iframe><iframe srcdoc="<script>x</script>"></iframe>`,
    { idPrefix: 'unit' },
  );
  assert.deepEqual(blocks, [
    { type: 'video', attrs: { id: 'unit-1', title: 'T', src: 'youtube:lVPPPpyUOR4' } },
    { type: 'embed', attrs: { src: 'https://player.vimeo.com/video/123456', title: 'Vimeo' } },
    { type: 'embed', attrs: { src: 'https://example.org/sim', title: 'Sim' } },
  ]);
  assert.deepEqual(sayNotes(notes, 'en').split('; '), [
    'frame of example.org kept as an embed',
    '1 active address removed',
    '2 frames without a usable address removed',
    '1 embedded page removed',
  ]);
});

test('players keep sources, poster and captions', () => {
  const html =
    '<video poster="/static/p.jpg" title="V"><source src="/static/v.mp4"><track src="/static/c.vtt" srclang="es" label="Español"></video><audio src="/static/a.mp3"></audio>';
  assert.deepEqual(blocksOf(html, { resolve, idPrefix: 'u' }), [
    {
      type: 'video',
      attrs: {
        id: 'u-1',
        title: 'V',
        src: 'asset:static/v.mp4',
        posterSrc: 'asset:static/p.jpg',
        captions: [{ language: 'es', label: 'Español', src: 'asset:static/c.vtt' }],
      },
    },
    { type: 'audio', attrs: { id: 'u-2', title: 'a.mp3', src: 'asset:static/a.mp3' } },
  ]);
});

test('everything active is dropped, counted and noted', () => {
  const { blocks, notes } = htmlToDocument(`
    <script>alert(1)</script><SCRIPT src=//x></SCRIPT><style>p{}</style><link rel="stylesheet" href="/x.css">
    <svg onload=alert(1)><script>x</script></svg>
    <p onclick="x()" onmouseover='y()'>Text</p><button onclick="z()">Go</button><input><textarea>t</textarea>
    <a href="javascript:alert(1)">link</a><img src="data:image/png;base64,AAAA" alt="pic">`);
  assert.deepEqual(blocks, [p(text('Text')), p(text('link[pic]'))]);
  assert.deepEqual(sayNotes(notes, 'en').split('; '), [
    '2 scripts removed',
    '2 style sheets removed',
    '4 inline event handlers removed',
    '1 drawing (SVG) removed',
    '3 form controls removed',
    '2 active addresses removed',
    '1 picture left out',
  ]);
});

/** Ways around filters, written for this test after the kinds of tricks browsers accept. */
const attacks = [
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<img src="x" onerror="alert(1)"//>',
  '<svg><animate onbegin=alert(1) attributeName=x>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">x</maction></math>',
  '<a href="jAvAsCrIpT:alert(1)">x</a>',
  '<a href="java\nscript:alert(1)">x</a>',
  '<a href="java&#9;script:alert(1)">x</a>',
  '<a href="&#1;javascript:alert(1)">x</a>',
  '<a href=" \u00a0javascript:alert(1)">x</a>',
  '<a href="&#106;&#97;vascript&colon;alert(1)">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>',
  '<a href="blob:https://e.org/1">x</a>',
  '<a href="file:///etc/passwd">x</a>',
  '<a href="https://user:secret@e.org/">x</a>',
  '<a href="view-source:javascript:alert(1)">x</a>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe src="data:text/html,x"></iframe>',
  '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>',
  '<object data="javascript:alert(1)"></object>',
  '<object data="data:text/html,x"><embed src="javascript:alert(1)"></object>',
  '<embed src="data:image/svg+xml,<svg onload=alert(1)>">',
  '<form action="javascript:alert(1)"><input type=submit formaction="javascript:alert(2)"></form>',
  '<button formaction="javascript:alert(1)">x</button>',
  '<base href="javascript:alert(1)//"><a href="x">x</a>',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<link rel="import" href="data:text/html,x">',
  '<style>@import "javascript:alert(1)"; body{background:url(javascript:alert(1))}</style>',
  '<div style="background:url(javascript:alert(1))">x</div>',
  '<div style="width:expression(alert(1))">x</div>',
  '<video poster="javascript:alert(1)" src="javascript:alert(1)"><source onerror=alert(1) src=x></video>',
  '<audio src=x onerror=alert(1)>',
  '<body onload=alert(1)>x',
  '<details open ontoggle=alert(1)>x</details>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<template><script>alert(1)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<title><img title="</title><img src=x onerror=alert(1)>"></title>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<svg><style><img title="</style><img src=x onerror=alert(1)>"></style></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
  '<table background="javascript:alert(1)"><tr><td background="javascript:alert(1)">x</td></tr></table>',
  '<constructor>x</constructor><__proto__>y</__proto__><tostring>z</tostring>',
  '<isindex prompt="x" action="javascript:alert(1)">',
  '<img src="javascript:alert(1)" srcset="javascript:alert(1) 2x">',
  '<picture><source srcset="javascript:alert(1)"><img src="http://e.org/a.png"></picture>',
  '<a href="https://e.org/&quot;onclick=alert(1)//">x</a>',
  '<a href="mailto:x@e.org?body=&lt;script&gt;">x</a>',
  '<a href="//e.org/%00javascript:alert(1)">x</a>',
  '<p>\u0000\ud800 nul and half a character \udfff</p>',
  '<img src="https://e.org/x.png" alt="&lt;script&gt;alert(1)&lt;/script&gt;">',
];

function assertHarmless(html: string) {
  const { blocks } = htmlToDocument(html, { resolve });
  Document.parse({ type: 'doc', content: blocks });
  for (const address of addresses(blocks)) {
    assert.match(
      address,
      /^(https?:\/\/[^\s"<>]+|mailto:[^\s"<>]+|tel:[^\s"<>]+|asset:static\/|lesson:|#|youtube:)/,
      html,
    );
    assert.doesNotMatch(address, /^\W*(javascript|data|vbscript|blob|file):/i, html);
  }
  for (const value of strings(blocks)) {
    assert.ok(value.isWellFormed() && !value.includes('\0'), JSON.stringify(value));
  }
}

for (const attack of attacks) {
  test(`active content does not survive: ${JSON.stringify(attack.slice(0, 60))}`, () => assertHarmless(attack));
}

test('any mix of attacks and tags gives a valid and harmless document', () => {
  const tags =
    'p div span b i a h2 ul ol li dl dt dd table tbody tr td th pre code blockquote figure figcaption img iframe video details summary script style svg math button form br hr select option object q clarification unknown-tag'.split(
      ' ',
    );
  const attribute = fc
    .tuple(
      fc.constantFrom(
        'href',
        'src',
        'style',
        'onclick',
        'class',
        'colspan',
        'width',
        'alt',
        'title',
        'id',
        'start',
        'hidden',
      ),
      fc.oneof(
        fc.string(),
        fc.constantFrom(
          'javascript:alert(1)',
          '/static/a.png',
          '/static/gone.png',
          'https://e.org/',
          '#x',
          '99999',
          '-1',
          'font-weight:bold',
          'width: 20px',
        ),
      ),
    )
    .map(([name, value]) => `${name}="${value.replaceAll('"', '&quot;')}"`);
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...attacks),
    fc.constantFrom('\\(x\\)', '\\[', '\\]', '$$', ' ', '\n', '&nbsp;', '<!--', '-->', '<', '>'),
    fc
      .tuple(fc.constantFrom(...tags), fc.array(attribute, { maxLength: 3 }))
      .map(([tag, list]) => `<${tag} ${list.join(' ')}>`),
    fc.constantFrom(...tags).map((tag) => `</${tag}>`),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => assertHarmless(pieces.join(''))),
    { numRuns: 500 },
  );
});

test('any random text is a valid document and no text is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'abc déß日 \n') }), (value) => {
      const { blocks, notes } = htmlToDocument(value.replaceAll('<', ''));
      assert.equal(plainText(blocks).replace(/\s+/g, ' ').trim(), value.replace(/\s+/g, ' ').trim());
      assert.deepEqual(notes, []);
    }),
  );
});

for (const [what, html] of [
  ['a hundred thousand open tags', '<div>'.repeat(99_000)],
  ['deep lists', '<ul><li>'.repeat(5000)],
  ['deep quotes within the parser limit', `${'<blockquote>'.repeat(300)}x`],
  [
    'formatting that every paragraph opens again',
    `<p>${Array.from({ length: 300 }, (_, i) => `<b id=${i}>`).join('')}x${'<p>x'.repeat(60_000)}`,
  ],
  ['a tag with a hundred thousand attributes', `<p ${Array.from({ length: 70_000 }, (_, i) => `a${i}`).join(' ')}>x`],
  ['closers hidden in comments', '<div><!--</div>-->'.repeat(20_000)],
  ['an endless table', `<table>${'<tr><td>x'.repeat(40_000)}`],
] as const) {
  test(`${what} are read in bounded time and give a valid document`, () => {
    // Of the processor: how long it takes by the clock depends on who else runs.
    const before = process.cpuUsage();
    assertHarmless(html);
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 5_000_000, `${(user + system) / 1000} ms`);
  });
}

test('HTML beyond the limit is refused, embedded pictures not counted', () => {
  assert.throws(() => htmlToDocument('x'.repeat(500_001)), { code: 'html_too_large' });
  const picture = `<img alt="pic" src="data:image/png;base64,${'A'.repeat(800_000)}"><p>after</p>`;
  assert.match(plainText(blocksOf(picture)), /after/);
});

test('words are counted as a reader reads them', () => {
  assert.equal(countWords(blocksOf('<h2>Two words</h2><ul><li>one</li><li>two \\(x + y\\)</li></ul>')), 7);
});

test('the names of an icon font are no words of the lesson', () => {
  const result = htmlToDocument(
    '<p><span class="material-symbols-outlined"> menu_book</span>Reading</p>' +
      '<p><span class="material-icons green-icon">check</span></p><p class="material-icons">Two words</p>',
  );
  assert.deepEqual(result.blocks, [p(text('Reading')), p(text('✓')), p(text('Two words'))]);
  assert.deepEqual(result.notes, [{ code: 'icons_removed', params: { count: 2 } }]);
});
