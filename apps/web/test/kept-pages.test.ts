import assert from 'node:assert/strict';
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import { after, beforeEach, test } from 'node:test';
import { injectKey, sendToApi } from '../src/api/transport.ts';
import { keepPages } from '../src/kept-pages.ts';
import { createNonce } from '../src/security/csp.ts';

/** Pages kept for those who are nobody in particular; drawn by a stand-in for Next that counts, from a stand-in for the API. */
let drawn: { url: string; headers: IncomingHttpHeaders }[] = [];
let asked: Request[] = [];
let api: (request: Request) => Response;
/** What a drawing asks the API. */
let reads: () => Request[];
let duringDrawing: () => void;
let time = 0;
let server: Server | undefined;
let port = 0;

const tagged = (tag: string) => (request: Request) =>
  request.headers.get('if-none-match') === tag
    ? new Response(null, { status: 304, headers: { etag: tag } })
    : Response.json({ tag }, { headers: { etag: tag } });

beforeEach(async () => {
  server?.close();
  drawn = [];
  asked = [];
  time = 1_000_000;
  api = tagged('"1"');
  reads = () => [new Request('http://stoa.internal/api/courses', { headers: { 'accept-language': 'en' } })];
  duringDrawing = () => undefined;
  Reflect.set(globalThis, injectKey, async (request: Request) => {
    asked.push(request);
    return api(request);
  });
  const handle = keepPages(
    async (request, response) => {
      const number = drawn.push({ url: request.url ?? '', headers: { ...request.headers } });
      const answers = await Promise.all(reads().map(async (one) => (await sendToApi(one)).text()));
      await new Promise((resolve) => setTimeout(resolve, 20));
      duringDrawing();
      const nonce = createNonce();
      response.statusCode = request.url?.includes('nowhere') ? 404 : 200;
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.setHeader('Content-Security-Policy', `script-src 'nonce-${nonce}'`);
      if (request.url?.includes('cookie')) response.setHeader('Set-Cookie', ['stoa_locale=en', 'stoa_cart=1']);
      if (request.url?.includes('language')) response.setHeader('Set-Cookie', 'stoa_locale=en');
      response.write(`<title>Página ${number}</title><script nonce="${nonce}">${answers.join(' ')}</script>`);
      response.end(`<p>${'a line '.repeat(300)}</p><i nonce="${nonce}"></i>`);
    },
    { now: () => time },
  );
  server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
after(() => server?.close());

async function ask(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept: 'text/html', ...headers } });
  const text = await answer.text();
  const policy = answer.headers.get('content-security-policy') ?? '';
  return {
    status: answer.status,
    text,
    page: /Página \d+/.exec(text)?.[0],
    nonces: new Set([...`${text} ${policy}`.matchAll(/nonce[-=]"?([^'"]+)/g)].map(([, nonce]) => nonce)),
    encoding: answer.headers.get('content-encoding'),
    length: answer.headers.get('content-length'),
  };
}

test('strangers share a page, and no two of them a nonce', async () => {
  const [first, second] = [await ask('/courses'), await ask('/courses')];
  assert.deepEqual([first.page, second.page], ['Página 1', 'Página 1']);
  assert.deepEqual([first.nonces.size, second.nonces.size], [1, 1], 'scripts and policy agree');
  assert.notDeepEqual(first.nonces, second.nonces);
  assert.equal(first.text.length, second.text.length);
});

test('as soon as the API answers otherwise the page is drawn again', async () => {
  await ask('/courses');
  api = tagged('"2"');
  assert.equal((await ask('/courses')).page, 'Página 2');
  assert.equal((await ask('/courses')).page, 'Página 2');
  assert.equal(asked.length, 4, 'each look asks the API once');
});

test('answers without a tag are compared word by word, and that nothing is there is an answer, too', async () => {
  const body = (title: string) => () => Response.json({ title });
  const nothing = () => Response.json({ traceId: Math.random() }, { status: 404 });
  for (const [at, answer] of [body('One'), body('Two'), nothing, body('Two')].entries()) {
    api = answer;
    for (const look of ['first', 'second']) assert.equal((await ask('/courses')).page, `Página ${at + 1}`, look);
  }
});

test('an API that cannot be asked is for the page to tell', async () => {
  await ask('/courses');
  Reflect.set(globalThis, injectKey, () => Promise.reject(new Error('gone')));
  reads = () => [];
  assert.equal((await ask('/courses')).page, 'Página 2');
});

test('what changed while a page was drawn is not hidden from those who waited for it', async () => {
  duringDrawing = () => {
    api = tagged(`"${drawn.length + 1}"`);
  };
  const [first, second] = await Promise.all([ask('/courses'), ask('/courses')]);
  assert.equal(first.page, 'Página 1');
  assert.equal(second.page, 'Página 2');
});

test('a page is not kept that was drawn with a change, a failure or somebody’s token', async () => {
  const url = 'http://stoa.internal/api/things';
  const cases: [string, () => Request, (request: Request) => Response][] = [
    ['a change', () => new Request(url, { method: 'POST' }), () => Response.json({})],
    ['a failure', () => new Request(url), () => new Response('', { status: 503 })],
    ['a token', () => new Request(url, { headers: { authorization: 'Bearer x' } }), () => Response.json({})],
  ];
  for (const [name, read, answer] of cases) {
    drawn = [];
    reads = () => [read()];
    api = answer;
    await ask(`/courses?${encodeURIComponent(name)}`);
    await ask(`/courses?${encodeURIComponent(name)}`);
    assert.equal(drawn.length, 2, name);
  }
});

test('a quote is a question, though it is sent, and is sent again', async () => {
  const told: { body: string; type: string | null }[] = [];
  Reflect.set(globalThis, injectKey, async (request: Request) => {
    told.push({ body: await request.text(), type: request.headers.get('content-type') });
    return api(request);
  });
  reads = () => [
    new Request('http://stoa.internal/api/orders/quote', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"lines":[]}',
    }),
  ];
  api = () => Response.json({ total: 4900 });
  await ask('/courses/sold');
  assert.equal((await ask('/courses/sold')).page, 'Página 1');
  assert.deepEqual(told, Array(2).fill({ body: '{"lines":[]}', type: 'application/json' }));
  api = () => Response.json({ total: 3900 });
  assert.equal((await ask('/courses/sold')).page, 'Página 2');
});

test('those who ask at once wait for one drawing', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => ask('/courses')));
  assert.equal(drawn.length, 1);
  assert.equal(new Set(all.flatMap(({ nonces }) => [...nonces])).size, 5);
  assert.ok(all.every(({ text }) => text.endsWith('</i>')));
});

test('what is asked again is asked on the account of whoever looks now, in the language of the page', async () => {
  await ask('/courses', { 'x-forwarded-for': '192.0.2.1' });
  await ask('/courses', { 'x-forwarded-for': '192.0.2.2', 'user-agent': 'another' });
  const { headers } = asked.at(-1) ?? assert.fail();
  assert.equal(drawn.length, 1);
  assert.deepEqual(
    ['x-forwarded-for', 'user-agent', 'accept-language'].map((name) => headers.get(name)),
    ['192.0.2.2', 'another', 'en'],
  );
});

test('nobody gets what is somebody else’s', async () => {
  const own = [
    { cookie: 'stoa_session=a' },
    { cookie: 'stoa_zone=x; __Host-stoa_cart=b' },
    { authorization: 'Bearer x' },
    { rsc: '1' },
    { accept: '*/*' },
  ];
  for (const headers of own) {
    drawn = [];
    await ask('/courses', headers);
    await ask('/courses', headers);
    assert.equal(drawn.length, 2, JSON.stringify(headers));
  }
});

test('only what is there to be read is kept: no cart, no form, nothing of an account', async () => {
  for (const path of ['/', '/es', '/courses/a-course', '/pt-BR/bundles', '/en/memberships?cursor=x']) {
    drawn = [];
    await ask(path);
    await ask(path);
    assert.equal(drawn.length, 1, path);
  }
  for (const path of ['/cart', '/checkout', '/courses/a-course/gift', '/memberships/one', '/auth/sign-in']) {
    drawn = [];
    await ask(path);
    await ask(path);
    assert.equal(drawn.length, 2, path);
  }
});

test('a page for all is drawn without what one person says beyond that', async () => {
  await ask('/courses', { 'x-forwarded-port': '1', 'x-anything': 'y', 'accept-encoding': 'br', traceparent: 'z' });
  assert.deepEqual(Object.keys(drawn[0]?.headers ?? {}).sort(), [
    'accept',
    'accept-language',
    'host',
    'traceparent',
    'user-agent',
  ]);
});

test('languages, likings, hosts and addresses are told apart', async () => {
  for (const headers of [
    {},
    { 'accept-language': 'es' },
    { 'x-forwarded-proto': 'https' },
    { cookie: 'stoa_theme=dark' },
  ])
    await ask('/courses', headers);
  await ask('/courses?q=a');
  await ask('/');
  assert.equal(drawn.length, 6);
});

test('what is no page, or sets a cookie, goes to one person only and comes whole', async () => {
  for (const [path, status] of [
    ['/courses/nowhere', 404],
    ['/courses/cookie', 200],
  ] as const) {
    drawn = [];
    const both = await Promise.all([ask(path), ask(path)]);
    assert.equal(drawn.length, 2, path);
    for (const answer of both) {
      assert.equal(answer.status, status);
      assert.match(answer.text, /^<title>Página .*<\/i>$/);
    }
  }
});

test('the language of an address is remembered for everybody who comes with another one', async () => {
  for (const look of ['first', 'second']) {
    const answer = await fetch(`http://127.0.0.1:${port}/courses/language`, { headers: { accept: 'text/html' } });
    assert.deepEqual(answer.headers.getSetCookie(), ['stoa_locale=en'], look);
    assert.match(await answer.text(), /Página 1/);
  }
});

test('a page is drawn again after a minute, as it may speak of the time', async () => {
  await ask('/courses');
  time += 59_999;
  assert.equal((await ask('/courses')).page, 'Página 1');
  time += 2;
  assert.equal((await ask('/courses')).page, 'Página 2');
});

test('pages come in brotli, gzip or as they are, as the browser wants them', async () => {
  for (const [accepted, encoding] of [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ] as const) {
    const [own, kept] = [
      await ask(`/courses?${accepted}`, { 'accept-encoding': accepted }),
      await ask(`/courses?${accepted}`, { 'accept-encoding': accepted }),
    ];
    assert.deepEqual([own.encoding, kept.encoding], [encoding, encoding]);
    assert.match(own.text, /^<title>Página .*<\/i>$/);
    assert.match(kept.text, /^<title>Página .*<\/i>$/);
  }
});

test('somebody who leaves while their page is drawn spoils it for nobody', async () => {
  await new Promise<void>((resolve) => {
    const leaving = httpRequest({
      host: '127.0.0.1',
      port,
      path: '/courses',
      headers: { accept: 'text/html', 'accept-language': 'en' },
    });
    leaving.on('error', () => resolve());
    leaving.end();
    setTimeout(() => leaving.destroy(), 10);
  });
  const { page, text } = await ask('/courses', { 'accept-language': 'en' });
  assert.equal(page, 'Página 1');
  assert.match(text, /<\/i>$/);
});
