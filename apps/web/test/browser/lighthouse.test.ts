import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import lighthouse, { desktopConfig } from 'lighthouse';
import { type BrowserContext, chromium } from 'playwright-core';
import { freePort } from '../../../../kernel/src/testing/free-port.ts';
import { findChromium } from '../../../../scripts/chromium.mjs';
import { type RunningPlatform, startPlatform } from './platform.ts';

/**
 * Home, catalogue, course and player reach 95 in every category, on the platform as `npm start` runs it: its own
 * PostgreSQL, its demo world, a person who is signed in and enrolled.
 */
const goal = 95;
/** The categories of the goal; Lighthouse has others that it is still trying out. */
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

let platform: RunningPlatform;
let profile: string;
let context: BrowserContext;
let debugPort: number;

before(async () => {
  platform = await startPlatform();
  profile = await mkdtemp(join(tmpdir(), 'stoa-lighthouse-'));
  debugPort = await freePort();
  const { executablePath, args } = await findChromium();
  // Lighthouse opens a tab of its own beside ours: the profile, and with it the session, is the same.
  context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...args, `--remote-debugging-port=${debugPort}`],
    locale: 'en-US',
  });
});

after(async () => {
  await context?.close();
  await platform?.close();
  if (profile) await rm(profile, { recursive: true, force: true, maxRetries: 3 });
});

/** Scores in percent by category, and what cost points. The best of up to three runs: other work on the machine costs points, too. */
async function score(path: string): Promise<{ scores: Record<string, number>; lost: string[] }> {
  let best: { scores: Record<string, number>; lost: string[] } = { scores: {}, lost: [] };
  for (let run = 0; run < 3; run += 1) {
    const result = await lighthouse(
      `${platform.url}${path}`,
      { port: debugPort, output: 'json', logLevel: 'error', disableStorageReset: true },
      desktopConfig,
    );
    if (!result) throw new Error('Lighthouse gave no result');
    const { categories: measured, audits } = result.lhr;
    const scores = Object.fromEntries(
      Object.values(measured).map(({ id, score: value }) => [id, Math.round((value ?? 0) * 100)]),
    );
    const lost = Object.values(audits)
      .filter((audit) => audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== 'informative')
      .map((audit) => `${audit.id}: ${audit.title} ${audit.displayValue ?? ''}`);
    const worst = (of: Record<string, number>) => Math.min(...categories.map((category) => of[category] ?? 0));
    if (run === 0 || worst(scores) > worst(best.scores)) best = { scores, lost };
    if (worst(best.scores) >= goal) break;
  }
  return best;
}

async function reaches(path: string): Promise<void> {
  const { scores, lost } = await score(path);
  for (const category of categories) {
    const value = scores[category] ?? 0;
    assert.ok(value >= goal, `${path}: ${category} ${value}\n${lost.join('\n')}`);
  }
  console.log(`${path}: ${categories.map((category) => `${category} ${scores[category]}`).join(', ')}`);
}

test('home reaches 95 everywhere', () => reaches('/'));
test('the catalogue reaches 95 everywhere', () => reaches('/courses'));
test('a course page reaches 95 everywhere', () => reaches('/courses/read-an-electricity-bill'));

test('the player reaches 95 everywhere for a person who studies', async () => {
  const { url } = platform;
  const learner = platform.account('student');
  const page = await context.newPage();
  await page.goto(`${url}/auth/sign-in?returnTo=/courses/read-an-electricity-bill`);
  await page.locator('input[name=email]').fill(learner.email);
  await page.locator('input[name=password]').fill(learner.password);
  await page.locator('input[name=password]').press('Enter');
  await page.waitForURL(`${url}/courses/read-an-electricity-bill`);
  const answer = await page.request.get(`${url}/api/courses/read-an-electricity-bill`);
  const course: { id: string } = await answer.json();
  const enrolled = await page.request.post(`${url}/bff/api/courses/${course.id}/enrollments`, {
    headers: { origin: url },
  });
  assert.ok(enrolled.ok(), `enrolling answered ${enrolled.status()}`);
  await page.goto(`${url}/learn/read-an-electricity-bill`, { waitUntil: 'networkidle' });
  const path = new URL(page.url()).pathname;
  await page.close();
  await reaches(path);
});
