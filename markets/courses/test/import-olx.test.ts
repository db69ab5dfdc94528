import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { Document } from '@stoa/contracts/document';
import { sjsonToVtt, srtToVtt } from '../src/import/captions-to-vtt.ts';
import { countOutcomes } from '../src/import/count-outcomes.ts';
import { plainText } from '../src/import/document-text.ts';
import type { ImportReportItem, SourceTree } from '../src/import/imported-course.ts';
import { sayNotes } from '../src/import/notes.ts';
import { readOlx } from '../src/import/read-olx.ts';
import { readXml } from '../src/import/read-xml.ts';
import { kindOfDocument } from '../src/lesson-kind.ts';

/** A source tree in memory: path to text. */
function treeOf(files: Record<string, string>): SourceTree {
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  const find = (path: string) => {
    const found = bytes.get(path);
    if (found === undefined) throw new Error(`no ${path}`);
    return found;
  };
  return {
    list: async () => [...bytes.keys()].sort(),
    read: async (path) => find(path),
    size: async (path) => find(path).byteLength,
    open: async function* (path) {
      yield find(path);
    },
    exists: async (path) => bytes.has(path),
  };
}

/** A course of one chapter, sequential and vertical around `children`, which stand in the vertical. */
function courseWith(children: string, files: Record<string, string> = {}): Record<string, string> {
  return {
    'course.xml': '<course url_name="2026" org="Stoa" course="T1"/>',
    'course/2026.xml': '<course display_name="Test course" language="pt_BR"><chapter url_name="ch"/></course>',
    'chapter/ch.xml': '<chapter display_name="Chapter"><sequential url_name="seq"/></chapter>',
    'sequential/seq.xml': '<sequential display_name="Sequence"><vertical url_name="unit"/></sequential>',
    'vertical/unit.xml': `<vertical display_name="Unit">${children}</vertical>`,
    ...files,
  };
}
async function importOf(files: Record<string, string>) {
  const course = await readOlx(treeOf(files));
  for (const { lessons } of course.modules) for (const { content } of lessons) Document.parse(content);
  const lessons = course.modules.flatMap((module) => module.lessons);
  return { course, lessons, leaves: course.report.filter(({ lessonKey }) => lessonKey !== null) };
}
const said = (item: ImportReportItem | undefined) => sayNotes(item?.notes ?? [], 'en');
const lines = (items: readonly ImportReportItem[]) => items.map((item) => [item.type, item.outcome, said(item)]);

test('pointers are followed to definitions and bodies', async () => {
  const { course, lessons, leaves } = await importOf(
    courseWith('<html url_name="h"/>', {
      'html/h.xml': '<html filename="body" display_name="Greeting"/>',
      'html/body.html': '<p>Hello</p>',
    }),
  );
  assert.equal(course.sourceKey, 'course-v1:Stoa+T1+2026');
  assert.deepEqual([course.title, course.language], ['Test course', 'pt-BR']);
  assert.deepEqual(
    lessons.map(({ sourceKey, title, path, content }) => [sourceKey, title, path, kindOfDocument(content)]),
    [['unit', 'Unit', ['Sequence'], 'text']],
  );
  assert.equal(plainText(lessons[0]?.content.content ?? []), 'Greeting\nHello');
  const path = ['Test course', 'Chapter', 'Sequence', 'Unit', 'Greeting'];
  assert.deepEqual(leaves, [
    { source: 'html/h.xml', path, type: 'html', outcome: 'imported', notes: [], lessonKey: 'unit' },
  ]);
});

test('a course written whole in course.xml is read, with names for blocks that have none', async () => {
  const { course, lessons, leaves } = await importOf({
    'course.xml': `<course url_name="r" org="O" course="C" display_name="Inline"><chapter display_name="Ch"><sequential display_name="S">
      <vertical display_name="V"><html><p>One <b>bold</b></p></html><html><![CDATA[<p>Two</p><script>x</script>]]></html></vertical>
      <problem display_name="P"><numericalresponse answer="1"><textline/></numericalresponse></problem></sequential></chapter></course>`,
  });
  assert.deepEqual(
    lessons.map(({ title, content }) => [title, kindOfDocument(content)]),
    [
      ['V', 'text'],
      ['P', 'quiz'],
    ],
  );
  assert.equal(plainText(lessons[0]?.content.content ?? []), 'One bold\nTwo');
  assert.deepEqual(lines(leaves), [
    ['html', 'imported', ''],
    ['html', 'converted', '1 script removed'],
    ['problem', 'imported', ''],
  ]);
  assert.equal(new Set(lessons.map(({ sourceKey }) => sourceKey)).size, 2);
  assert.equal(course.modules[0]?.title, 'Ch');
});

test('url_names with blanks and colons are found', async () => {
  const { leaves } = await importOf(
    courseWith('<html url_name="my slug"/><html url_name="week1:intro"/>', {
      'html/my_slug.xml': '<html>a</html>',
      'html/week1/intro.xml': '<html filename="week1/intro"/>',
      'html/week1/intro.html': 'b',
    }),
  );
  assert.deepEqual(
    leaves.map(({ outcome }) => outcome),
    ['imported', 'imported'],
  );
});

test('missing and broken definitions fail alone, with their reason', async () => {
  const { lessons, leaves } = await importOf(
    courseWith(
      '<html url_name="gone"/><html url_name="nobody"/><problem url_name="broken"/><html url_name="other"/><html url_name="fine"/>',
      {
        'html/nobody.xml': '<html filename="nobody"/>',
        'problem/broken.xml': '<problem><p>unclosed</problem>',
        'html/other.xml': '<problem/>',
        'html/fine.xml': '<html><p>Fine</p></html>',
      },
    ),
  );
  assert.deepEqual(
    leaves.map(({ outcome }) => outcome),
    ['failed', 'failed', 'failed', 'failed', 'imported'],
  );
  assert.match(said(leaves[0]), /html\/gone\.xml is missing/);
  assert.match(said(leaves[1]), /html\/nobody\.html is missing/);
  assert.match(said(leaves[2]), /XML cannot be read/);
  assert.match(said(leaves[3]), /holds <problem>, not <html>/);
  assert.equal(plainText(lessons[0]?.content.content ?? []), 'Fine');
});

test('a block that contains itself ends there', async () => {
  const { leaves } = await importOf(
    courseWith('<vertical url_name="unit"/><html url_name="h"/>', { 'html/h.xml': '<html>x</html>' }),
  );
  assert.deepEqual(lines(leaves), [
    ['vertical', 'failed', 'the block contains itself'],
    ['html', 'imported', ''],
  ]);
});

test('references that multiply at every level are stopped', async () => {
  const files: Record<string, string> = {
    'course.xml': '<course url_name="r" org="O" course="C"><chapter url_name="v0"/></course>',
    'chapter/v0.xml': '<chapter><vertical url_name="v1"/></chapter>',
  };
  for (let level = 1; level < 20; level++) {
    files[`vertical/v${level}.xml`] = `<vertical>${`<vertical url_name="v${level + 1}"/>`.repeat(10)}</vertical>`;
  }
  await assert.rejects(importOf(files), { code: 'source_too_large' });
});

test('names that lead out of the course find nothing', async () => {
  const { leaves, course } = await importOf({
    ...courseWith('<html url_name="../../secret"/><html url_name="h"/>', {
      'html/h.xml': '<html><img src="/static/../../secret.png" alt="x"/></html>',
    }),
    'secret.xml': '<html>secret</html>',
  });
  assert.equal(leaves[0]?.outcome, 'failed');
  assert.doesNotMatch(JSON.stringify(course.modules), /asset:|secret/);
});

test('hostile XML is refused without expanding anything', async () => {
  const bomb =
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><html><p>&b; &f; &nbsp;</p></html>';
  const { leaves, lessons } = await importOf(
    courseWith('<html url_name="bomb"/><html url_name="deep"/><html url_name="fine">ok</html>', {
      'html/bomb.xml': bomb,
      'html/deep.xml': `${'<html>'.repeat(5000)}${'</html>'.repeat(5000)}`,
    }),
  );
  assert.doesNotMatch(JSON.stringify(lessons), /aaaa|root:/);
  assert.match(said(leaves[1]), /nested too deep/);
  assert.equal(leaves[2]?.outcome, 'imported');
  assert.throws(() => readXml(new Uint8Array(6 * 1024 * 1024)), { code: 'xml_too_large' });
  await assert.rejects(importOf({ 'course.xml': '<course' }), { code: 'xml_invalid' });
});

test('a source without a course is refused', async () => {
  await assert.rejects(importOf({ 'README.md': 'hello' }), { code: 'source_not_a_course' });
  await assert.rejects(importOf({ 'a/b/c/d/e/course.xml': '<course/>' }), { code: 'source_not_a_course' });
});

test('the course is found below one or two folders', async () => {
  const inner = courseWith('<html url_name="h">x</html>', { 'static/a b.png': 'png' });
  const { course } = await importOf(
    Object.fromEntries(Object.entries(inner).map(([path, text]) => [`top/course/${path}`, text])),
  );
  assert.deepEqual(
    course.files.map(({ path }) => path),
    ['static/a b.png'],
  );
});

test('policy overrides names, grading and cover, and what is left out is said', async () => {
  const { course, lessons } = await importOf(
    courseWith('<html url_name="h">x</html>', {
      'policies/2026/policy.json': JSON.stringify({
        'course/2026': {
          display_name: 'From policy',
          course_image: 'my_cover.png',
          tabs: [{ name: 'x' }],
          learning_info: ['To test'],
          instructor_info: { instructors: [{ name: 'Ada' }] },
        },
        'sequential/seq': { graded: true, due: '2026-01-01' },
        'vertical/unit': { display_name: 'Unit from policy' },
      }),
      'policies/2026/grading_policy.json': '{}',
      'static/my cover.png': 'png',
      'about/overview.html': '<h2>About</h2><p>Text</p>',
      'about/short_description.html': 'Short &amp; sweet',
      'about/syllabus.html': '<p>Week 1</p>',
      'about/video.html': '',
    }),
  );
  assert.deepEqual(
    [course.title, course.summary, course.coverPath],
    ['From policy', 'Short & sweet', 'static/my cover.png'],
  );
  assert.deepEqual([course.outcomes, course.instructors], [['To test'], ['Ada']]);
  assert.equal(plainText(course.description.content), 'About\nText');
  assert.deepEqual(
    lessons.map(({ title, graded }) => [title, graded]),
    [['Unit from policy', true]],
  );
  const rest = course.report.filter(({ lessonKey, type }) => lessonKey === null && type !== 'static');
  assert.deepEqual(
    rest.map(({ source, outcome }) => [source, outcome]),
    [
      ['sequential/seq.xml', 'converted'],
      ['about/syllabus.html', 'failed'],
      ['policies/2026/policy.json', 'converted'],
      ['policies/2026/grading_policy.json', 'converted'],
    ],
  );
});

test('static files are found under the names links give them, and missing ones are reported', async () => {
  const { course, lessons, leaves } = await importOf(
    courseWith('<html url_name="h"/>', {
      'html/h.xml': '<html filename="h"/>',
      'html/h.html': `<script src="/static/app.js"></script><img src="/static/My_picture_(1).png" alt="1"><img src="/static/with%20blank.png?x=1" alt="2">
        <a href="/asset-v1:O+C+R+type@asset+block@paper.pdf">paper</a><img src="/static/gone.png" alt="3"><a href="/jump_to_id/unit">up</a> <a href="/jump_to_id/nowhere">no</a>`,
      'static/My picture (1).png': '1',
      'static/with blank.png': '2',
      'static/paper.pdf': '3',
      'static/unused.png': '4',
      'static/tool.js': '5',
    }),
  );
  const text = JSON.stringify(lessons[0]?.content);
  for (const address of [
    'asset:static/My picture (1).png',
    'asset:static/with blank.png',
    'asset:static/paper.pdf',
    'lesson:unit',
  ]) {
    assert.ok(text.includes(`"${address}"`), address);
  }
  assert.equal(leaves[0]?.outcome, 'converted');
  assert.match(said(leaves[0]), /"\/static\/gone\.png" is missing in the source/);
  assert.deepEqual(
    course.report.filter(({ type }) => type === 'static').map(({ source, outcome }) => [source, outcome]),
    [
      ['static/My picture (1).png', 'imported'],
      ['static/paper.pdf', 'imported'],
      ['static/tool.js', 'raw'],
      ['static/unused.png', 'raw'],
      ['static/with blank.png', 'imported'],
      ['static/app.js', 'failed'],
      ['static/gone.png', 'failed'],
    ],
  );
  assert.equal(course.files.find(({ path }) => path === 'static/tool.js')?.contentType, 'application/octet-stream');
});

test('videos keep sources and captions, and one without a source fails', async () => {
  const { course, lessons, leaves } = await importOf(
    courseWith('<video url_name="v"/><video url_name="none" display_name="None" sub=""/>', {
      'video/v.xml': `<video display_name="Film" youtube="0.75:AAAAAAAAAAA,1.00:BBBBBBBBBBB" html5_sources="[&quot;/static/film.mp4&quot;]" transcripts="{&quot;es&quot;: &quot;film es.srt&quot;, &quot;fr&quot;: &quot;gone.srt&quot;}" sub="OLD"><video_asset duration="61.5"/></video>`,
      'static/film.mp4': 'mp4',
      'static/film es.srt': '1\n00:00:01,000 --> 00:00:02,500\nHola <script>\n',
      'static/subs_OLD.srt.sjson': JSON.stringify({ start: [0], end: [900], text: ['Hi & bye'] }),
    }),
  );
  assert.deepEqual(lessons[0]?.content.content, [
    {
      type: 'video',
      attrs: {
        id: 'v',
        title: 'Film',
        src: 'asset:static/film.mp4',
        durationSeconds: 61.5,
        captions: [
          { language: 'es', label: 'español', src: 'asset:static/film es.vtt' },
          { language: 'en', label: 'English', src: 'asset:static/subs_OLD.vtt' },
        ],
      },
    },
  ]);
  assert.deepEqual([lessons[0] && kindOfDocument(lessons[0].content), lessons[0]?.durationSeconds], ['video', 62]);
  const vtt = course.files.find(({ path }) => path === 'static/film es.vtt');
  assert.ok(vtt);
  assert.equal((await buffer(vtt.open())).toString(), 'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nHola &lt;script&gt;\n');
  assert.deepEqual(
    leaves.map(({ outcome }) => outcome),
    ['converted', 'failed'],
  );
  assert.match(said(leaves[0]), /fr transcript "gone.srt" is missing/);
});

test('captions are converted leniently', () => {
  const { vtt, cues, endSeconds } = srtToVtt(
    '\uFEFF00:01 --> 00:02\r\na\r\n\r\n3\r\n00:00:05.5 --> 00:00:04\r\nbackwards\r\n\r\n01:00:00,1 --> 01:00:02,000 X1:5\r\n<i>b</i>\r\nc --> d\r\n',
  );
  assert.deepEqual([cues, endSeconds], [2, 3602]);
  assert.equal(
    vtt,
    'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\na\n\n01:00:00.100 --> 01:00:02.000\n<i>b</i>\nc --&gt; d\n',
  );
  assert.equal(sjsonToVtt('{"a":1}'), null);
});

test('captions that forget an empty line, or bring colours and places, lose nothing that is said', () => {
  const { vtt } = srtToVtt(
    '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="#fff">Up <I>here</I></font>\n2\n00:00:03,000 --> 00:00:04,000\n42\n\n00:00:05,000 --> 00:00:06,000\n<v Ana onclick=x>3 < 4 & 5',
  );
  assert.equal(
    vtt,
    'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nUp <i>here</i>\n\n00:00:03.000 --> 00:00:04.000\n42\n\n00:00:05.000 --> 00:00:06.000\n&lt;v Ana onclick=x&gt;3 &lt; 4 &amp; 5\n',
  );
});

test('captions made to harm are converted in no time, and to nothing but captions', () => {
  const begun = performance.now();
  const hostile = [
    `${'0'.repeat(1_000_000)} --> ${'1'.repeat(1_000_000)}`,
    `00:00:01,000 --> 00:00:02,000\n${'<font '.repeat(200_000)}`,
    `00:00:01,000 --> 00:00:02,000\n${'{\\'.repeat(300_000)}`,
    `00:00:01,000 --> 00:00:02,000\n${'&amp;'.repeat(200_000)}`,
    '00:00:01,000 --> 00:00:02,000\na\0b\n\nSTYLE\n::cue { background: url(https://example.org) }\n\n'.repeat(20_000),
    '00:00:01,000 --> 00:00:02,000\n'.repeat(100_000),
  ];
  for (const text of hostile) {
    const lines = srtToVtt(text).vtt.split('\n');
    assert.equal(lines[0], 'WEBVTT');
    assert.ok(!lines.includes('STYLE') && !lines.some((line) => line.includes('\0')));
    for (const line of lines.filter((one) => one.includes('-->')))
      assert.match(line, /^\d{2,3}:\d\d:\d\d\.\d{3} --> \d{2,3}:\d\d:\d\d\.\d{3}$/);
  }
  assert.ok(performance.now() - begun < 5000);
});

test('containers give their blocks to the lesson and say what they did', async () => {
  const { course, lessons, leaves } = await importOf(
    courseWith(
      `<library_content url_name="lc" max_count="1"><problem url_name="p1"><numericalresponse answer="1"><textline/></numericalresponse></problem><problem url_name="p2"><numericalresponse answer="2"><textline/></numericalresponse></problem></library_content>
       <library_content url_name="empty" source_library_id="library-v1:O+L"/>`,
    ),
  );
  assert.deepEqual(
    lessons[0]?.problems.map(({ sourceKey }) => sourceKey),
    ['p1', 'p2'],
  );
  assert.equal(lessons[0] && kindOfDocument(lessons[0].content), 'quiz');
  for (const leaf of leaves)
    assert.deepEqual(
      [leaf.outcome, said(leaf)],
      ['converted', 'the source draws 1 of 2 at random for each learner, all are shown here'],
    );
  assert.match(said(course.report.find(({ type }) => type === 'library_content')), /holds none of its problems/);
});

test('blocks Stoa cannot run leave a note, their text and their XML', async () => {
  const { course, lessons, leaves } = await importOf(
    courseWith(
      '<lti url_name="tool" display_name="Tool" launch_url="https://tool.example/launch"/><annotatable url_name="an" display_name="Poem"><p>Roses</p></annotatable><strange url_name="s" x="1"/>',
    ),
  );
  const blocks = lessons[0]?.content.content ?? [];
  assert.deepEqual(
    blocks.map(({ type }) => type),
    ['unsupported', 'unsupported', 'paragraph', 'unsupported'],
  );
  assert.deepEqual(
    leaves.map(({ outcome }) => outcome),
    ['raw', 'raw', 'raw'],
  );
  assert.deepEqual(
    course.files.map(({ path }) => path),
    ['olx/lti/tool.xml', 'olx/annotatable/an.xml', 'olx/strange/s.xml'],
  );
});

test('staff-only blocks, drafts and orphans are left out and said', async () => {
  const { course, lessons, leaves } = await importOf(
    courseWith(
      '<html url_name="a" visible_to_staff_only="true">answers</html><html url_name="b" group_access="{&quot;1&quot;: [2]}">b</html>',
      {
        'drafts/vertical/d.xml': '<vertical/>',
        'problem/lost.xml': '<problem display_name="Lost"/>',
      },
    ),
  );
  assert.equal(plainText(lessons[0]?.content.content ?? []), 'b');
  assert.deepEqual(
    leaves.map(({ outcome }) => outcome),
    ['failed', 'converted'],
  );
  assert.deepEqual(
    course.report.filter(({ type }) => type === 'draft' || type === 'orphan').map(({ source, path }) => [source, path]),
    [
      ['drafts/vertical/d.xml', []],
      ['problem/lost.xml', ['Lost']],
    ],
  );
});

test('lessons that are broken or for staff only are not shown but reported, and links do not lead there', async () => {
  const { course, lessons } = await importOf({
    ...courseWith('<html url_name="h"><p><a href="/jump_to_id/secret">x</a></p></html>'),
    'sequential/seq.xml':
      '<sequential><vertical url_name="unit"/><vertical url_name="gone"/><vertical url_name="secret"/></sequential>',
    'vertical/secret.xml': '<vertical visible_to_staff_only="true"><html url_name="answers">42</html></vertical>',
  });
  assert.deepEqual(
    lessons.map(({ sourceKey }) => sourceKey),
    ['unit'],
  );
  assert.doesNotMatch(JSON.stringify(course.modules), /42|lesson:/);
  assert.deepEqual(
    course.report.map(({ type, outcome, lessonKey }) => [type, outcome, lessonKey]),
    [
      ['html', 'converted', 'unit'],
      ['vertical', 'failed', null],
      ['html', 'failed', null],
    ],
  );
});

test('keys that look like paths stay harmless names of files', async () => {
  const { course } = await importOf(
    courseWith('<lti url_name="../../etc/passwd" x="1"/><lti url_name="__/__/etc/passwd" x="2"/>'),
  );
  assert.deepEqual(
    course.files.map(({ path }) => path),
    ['olx/lti/______etc_passwd.xml', 'olx/lti/______etc_passwd~2.xml'],
  );
});

test('a problem used twice gets a key of its own in each place', async () => {
  const { lessons } = await importOf(
    courseWith('<problem url_name="p"/><problem url_name="p"/>', {
      'problem/p.xml': '<problem><numericalresponse answer="1"><textline/></numericalresponse></problem>',
    }),
  );
  assert.deepEqual(
    lessons[0]?.problems.map(({ sourceKey }) => sourceKey),
    ['p', 'p~2'],
  );
  assert.deepEqual(lessons[0]?.content.content, [
    { type: 'problem', attrs: { problemId: 'p' } },
    { type: 'problem', attrs: { problemId: 'p~2' } },
  ]);
});

test('the loss report adds up', async () => {
  const { course } = await importOf(
    courseWith('<html url_name="a">a</html><html url_name="gone"/><lti url_name="t" launch_url="x"/>'),
  );
  assert.deepEqual(countOutcomes(course.report), { total: 3, imported: 1, converted: 0, raw: 1, failed: 1 });
});

test('the lowest grade cutoff of the course is what its problems need to be passed', async () => {
  const problem =
    '<problem url_name="p"><stringresponse answer="tea"><label>Drink</label><textline/></stringresponse></problem>';
  const thresholdWith = async (policy: string) => {
    const { course, lessons } = await importOf(courseWith(problem, { 'policies/2026/grading_policy.json': policy }));
    const line = course.report.find(({ source }) => source.endsWith('grading_policy.json'));
    return [lessons[0]?.problems[0]?.definition.passThreshold, said(line).includes('60 %')];
  };
  assert.deepEqual(await thresholdWith('{"GRADE_CUTOFFS": {"A": 0.9, "Pass": 0.6}}'), [0.6, true]);
  for (const policy of ['{}', '[]', 'no json', '{"GRADE_CUTOFFS": {"Pass": "0.6", "B": 0, "C": 7}}'])
    assert.deepEqual(await thresholdWith(policy), [undefined, false]);
});
