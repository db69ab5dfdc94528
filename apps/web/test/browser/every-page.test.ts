import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { axe, openPage, startBrowser } from './harness.ts';
import { eventually } from './paid-orders.ts';
import { type RunningPlatform, signIn, startPlatform } from './platform.ts';

// Follows the links of the product as each kind of person, and looks at every page there is once: with axe in light at 1280 px
// and in dark at 320 px, for what scrolls sideways, and for what the browser complains of. A page that no link leads to is
// named below, with its address or with the test that judges it; a new page that is neither fails here.

/** Pages people come to by a mail, a redirect, or a mistake. */
const byAddress = [
  '/auth/sign-in',
  '/forgot-password',
  '/sign-in/problem?code=access_denied',
  '/verify-email?token=out-of-date',
  '/reset-password?token=out-of-date',
  '/change-email?token=out-of-date',
  '/undo-email-change?token=out-of-date',
  '/unsubscribe?token=out-of-date',
  '/wish-list',
  '/cart',
  '/design',
];

/** Pages that need more of a story than a visit: the test that tells it judges them with axe, too. */
const judgedBy: Record<string, string> = {
  '/consent': 'sign-in.test.ts',
  '/certificates/[code]': 'learn.test.ts',
  '/gifts/[id]': 'buying.test.ts',
  '/seats/[id]': 'buying.test.ts',
  '/orders/[id]/pay': 'buying.test.ts',
  '/checkout': 'buying.test.ts',
  '/courses/[slug]/gift': 'buying.test.ts',
  '/memberships/[slug]/subscribe': 'subscribe.test.ts',
  '/account/instalments/[id]': 'instalments.test.ts',
  '/console/instalments/[id]': 'instalments.test.ts',
  '/bundles/[slug]': 'selling.test.ts',
  '/bundles/[slug]/gift': 'selling.test.ts',
  '/studio/bundles/[id]': 'selling.test.ts',
  '/console/orders/[id]/refund/[paymentId]': 'console-payments.test.ts',
  '/studio/imports/[id]': 'studio.test.ts',
  '/console/webhooks/[id]': 'notifications.test.ts',
  '/console/webhooks/deliveries/[id]': 'notifications.test.ts',
};

/** A page that only leads on: here to the lesson where the learner stopped. */
const leadsOn = ['/learn/[slug]'];

const app = fileURLToPath(new URL('../../src/app/[locale]', import.meta.url));

/** The routes of all pages, e.g. `/courses/[slug]`, those without parameters first. */
function listRoutes(): string[] {
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.split(sep).at(-1) === 'page.tsx')
    .map((file) => `/${file.split(sep).slice(0, -1).join('/')}`.replace(/\/\([^/]+\)/g, '') || '/')
    .map((route) => (route === '/' ? route : route.replace(/\/$/, '')))
    .filter((route) => !route.includes('[...'))
    .sort((a, b) => a.split('[').length - b.split('[').length || (a < b ? -1 : 1));
}
const routes = listRoutes();
const patterns = routes.map((route) => ({
  route,
  matches: new RegExp(`^${route.replace(/[.]/g, '\\.').replace(/\[[^\]]+\]/g, '[^/]+')}$`),
}));
const routeOf = (path: string) => patterns.find(({ matches }) => matches.test(path))?.route;

let platform: RunningPlatform;
/** The author of the demo world's courses. */
let sellerId: string;
let browser: Browser;
before(async () => {
  platform = await startPlatform();
  browser = await startBrowser();
  await fillTheWorld();
});
after(async () => {
  await browser?.close();
  await platform?.close();
});

type Ask = (path: string, init?: RequestInit) => Promise<Response>;

async function post<T>(ask: Ask, path: string, body: object): Promise<T> {
  const answer = await ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
async function list<T>(ask: Ask, path: string): Promise<T[]> {
  const answer: { items: T[] } = await (await ask(path)).json();
  return answer.items;
}

/** The learner of the demo world studies, buys and subscribes; so every list has something that leads on. */
async function fillTheWorld(): Promise<void> {
  const learner = await platform.as(platform.account('student'));
  const courses = await list<{ id: string; price: object | null; instructors: { id: string }[] }>(
    learner,
    '/api/courses?limit=50',
  );
  const free = courses.find(({ price }) => price === null) ?? assert.fail('no free course');
  const sold = courses.find(({ price }) => price !== null) ?? assert.fail('no course is sold');
  sellerId = sold.instructors[0]?.id ?? assert.fail('a course without an author');
  await post(learner, `/api/courses/${free.id}/enrollments`, {});
  const payment = await post<{ id: string; orderId: string }>(learner, `/api/payments/courses/${sold.id}`, {
    provider: 'sandbox',
  });
  const page = await eventually('the page to pay on', async () => {
    const shown: { nextAction: { url: string | null } | null } = await (
      await learner(`/api/payments/${payment.id}`)
    ).json();
    return shown.nextAction?.url ?? null;
  });
  await post(learner, `/api/sandbox/payments/${page.split('/').at(-1)}`, { outcome: 'succeed' });
  await eventually('the order to be paid', async () => {
    const shown: { state: string } = await (await learner(`/api/orders/${payment.orderId}`)).json();
    return shown.state === 'paid' || null;
  });
  const [membership] = await list<{ plans: { sku: string }[] }>(learner, '/api/memberships');
  await post(learner, '/api/subscriptions', { sku: membership?.plans[0]?.sku, provider: 'sandbox' });
}

const judged = new Set<string>();
/** What is wrong with pages; collected, so that one run tells all of it. */
let findings: string[] = [];

/** Looks at one page in both widths and schemes, and answers with the links it has. */
async function judge(page: Page, path: string): Promise<string[]> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
  const answer = await page.goto(`${platform.url}${path}`);
  // Read by those who run no scripts, and said first by a screen reader.
  const head = (await answer?.text())?.split('</head>')[0] ?? '';
  if (!/<title>[^<]/.test(head)) findings.push(`${path} comes without a title in its head`);
  await page.locator('h1').first().waitFor();
  findings.push(...(await axe(page)).map((finding) => `${path} in light at 1280 px: ${finding}`));
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 320, height: 640 });
  findings.push(...(await axe(page)).map((finding) => `${path} in dark at 320 px: ${finding}`));
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (excess !== 0) findings.push(`${path} scrolls sideways by ${excess} px`);
  const reached = routeOf(new URL(page.url()).pathname);
  if (reached) judged.add(reached);
  return page.evaluate(() =>
    [...document.querySelectorAll('a[href]')].flatMap((link) =>
      link instanceof HTMLAnchorElement && link.origin === location.origin ? [link.pathname + link.search] : [],
    ),
  );
}

/** Follows links from a page, to one page of each route that nobody has come to before. */
async function follow(page: Page, starts: readonly string[]): Promise<void> {
  const waiting = [...starts];
  const seen = new Set(judged);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    for (const next of await judge(page, path)) {
      const route = routeOf(next.split('?')[0] ?? '');
      if (!route || seen.has(route) || route in judgedBy) continue;
      seen.add(route);
      waiting.push(next);
    }
  }
}

for (const who of ['nobody', 'student', 'instructor', 'admin'] as const) {
  test(`every page that ${who === 'nobody' ? 'a stranger' : `the ${who}`} comes to is whole`, async (t) => {
    const { page, complaints, close } = await openPage(browser);
    if (who !== 'nobody') await signIn({ page }, { url: platform.url, ...platform.account(who) });
    const before = judged.size;
    const starts = {
      nobody: ['/', ...byAddress],
      student: ['/learn', '/account'],
      instructor: ['/studio'],
      admin: ['/console', `/console/payouts/sellers/${sellerId}`],
    };
    findings = [];
    await follow(page, starts[who]);
    t.diagnostic(`${judged.size - before} pages`);
    assert.deepEqual(findings, []);
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('what people did was understood by every context', async () => {
  const admin = await platform.as(platform.account('admin'));
  assert.deepEqual(await list(admin, '/api/admin/dead-letters'), []);
});

test('there is no page that nobody has looked at', () => {
  assert.deepEqual(
    routes.filter((route) => !judged.has(route) && !(route in judgedBy) && !leadsOn.includes(route)),
    [],
  );
  for (const [route, file] of Object.entries(judgedBy)) {
    assert.ok(routes.includes(route), `${route} is no page any more`);
    assert.match(readFileSync(join(import.meta.dirname, file), 'utf8'), /axe|findings/, `${file} judges nothing`);
  }
});
