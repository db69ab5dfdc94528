import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { endOfQuiet, localTime, nextDigest } from '../src/person-time.ts';
import { planDelivery, type Question } from '../src/plan-delivery.ts';

const zones = [
  'UTC',
  'America/Sao_Paulo',
  'Europe/Madrid',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
];
const instants = fc.date({ min: new Date('2024-01-01'), max: new Date('2029-01-01'), noInvalidDate: true });
const minute = fc.integer({ min: 0, max: 1439 });
const clock = (hours: number, minutes = 0) => hours * 60 + minutes;

describe('quiet hours', () => {
  it('end in the morning of the person, over midnight and on the same day', () => {
    const night = { from: clock(22), to: clock(7) };
    const end = (now: string, zone: string) => endOfQuiet(new Date(now), zone, night)?.toISOString();
    // 23:30 in São Paulo is 02:30 UTC of the next day.
    assert.equal(end('2026-03-15T02:30:00Z', 'America/Sao_Paulo'), '2026-03-15T10:00:00.000Z');
    assert.equal(end('2026-03-15T09:59:00Z', 'America/Sao_Paulo'), '2026-03-15T10:00:00.000Z');
    assert.equal(end('2026-03-15T10:00:00Z', 'America/Sao_Paulo'), undefined);
    assert.equal(end('2026-03-15T00:59:59Z', 'America/Sao_Paulo'), undefined, 'not yet quiet');
    const noon = endOfQuiet(new Date('2026-03-15T12:30:00Z'), 'UTC', { from: clock(12), to: clock(14) });
    assert.equal(noon?.toISOString(), '2026-03-15T14:00:00.000Z');
    assert.equal(
      endOfQuiet(new Date('2026-03-15T12:30:00Z'), 'Nowhere/Land', night),
      undefined,
      'an unknown zone is UTC',
    );
  });

  it('keep to the clock on the wall when it changes', () => {
    // Madrid, 29 March 2026: 02:00 becomes 03:00. Somebody who sleeps until 02:30 is left alone until the change.
    const quiet = { from: clock(23), to: clock(2, 30) };
    assert.equal(
      endOfQuiet(new Date('2026-03-29T00:30:00Z'), 'Europe/Madrid', quiet)?.toISOString(),
      '2026-03-29T01:00:00.000Z',
    );
    // 25 October 2026: 03:00 becomes 02:00. Eight o'clock is an hour later than a day before.
    const night = { from: clock(22), to: clock(8) };
    assert.equal(
      endOfQuiet(new Date('2026-10-24T22:00:00Z'), 'Europe/Madrid', night)?.toISOString(),
      '2026-10-25T07:00:00.000Z',
    );
  });

  it('always end within a day, later than now, at a time that is not quiet', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), minute, minute, (now, zone, from, to) => {
        const end = endOfQuiet(now, zone, { from, to });
        if (!end) return;
        assert.ok(end > now);
        assert.ok(end.getTime() - now.getTime() <= 25 * 3600_000);
        assert.equal(endOfQuiet(end, zone, { from, to }), undefined, end.toISOString());
      }),
      { numRuns: 400 },
    );
  });
});

describe('digests', () => {
  it('go out at eight in the morning of the person, daily or on Monday', () => {
    const at = (now: string, period: 'daily' | 'weekly') =>
      nextDigest(new Date(now), 'America/Sao_Paulo', period).toISOString();
    assert.equal(at('2026-03-15T10:59:00Z', 'daily'), '2026-03-15T11:00:00.000Z');
    assert.equal(at('2026-03-15T11:00:00Z', 'daily'), '2026-03-16T11:00:00.000Z');
    // 15 March 2026 is a Sunday.
    assert.equal(at('2026-03-15T12:00:00Z', 'weekly'), '2026-03-16T11:00:00.000Z');
    assert.equal(at('2026-03-16T11:00:00Z', 'weekly'), '2026-03-23T11:00:00.000Z');
  });

  it('always have a next one, at eight, on the right day', () => {
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom(...zones),
        fc.constantFrom('daily' as const, 'weekly' as const),
        (now, zone, period) => {
          const at = nextDigest(now, zone, period);
          assert.ok(at > now);
          const local = localTime(at, zone);
          assert.equal(local.minutes, 480);
          if (period === 'weekly') assert.equal(local.weekday, 1);
          assert.ok(at.getTime() - now.getTime() <= (period === 'daily' ? 25 : 8 * 24) * 3600_000);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('what becomes of a message', () => {
  const now = new Date('2026-03-15T02:30:00Z');
  const person = { timeZone: 'America/Sao_Paulo', quiet: { from: clock(22), to: clock(7) }, digest: 'daily' as const };
  const ask = (change: Partial<Question>) =>
    planDelivery({ channel: 'push', urgency: 'normal', wanted: true, fullUntil: undefined, now, person, ...change });
  const morning = new Date('2026-03-15T10:00:00Z');

  it('keeps quiet hours, except for the bell, for security, and for mails that answer the person', () => {
    assert.deepEqual(ask({}), { action: 'hold', until: morning, why: 'quiet hours' });
    assert.deepEqual(ask({ channel: 'email' }), { action: 'hold', until: morning, why: 'quiet hours' });
    assert.deepEqual(ask({ channel: 'email', urgency: 'prompted' }), { action: 'send' });
    assert.deepEqual(ask({ channel: 'sms', urgency: 'prompted' }), {
      action: 'hold',
      until: morning,
      why: 'quiet hours',
    });
    assert.deepEqual(ask({ channel: 'inapp' }), { action: 'send' });
    for (const channel of ['email', 'sms', 'push', 'inapp'] as const)
      assert.deepEqual(ask({ channel, urgency: 'security', wanted: false, fullUntil: morning }), { action: 'send' });
  });

  it('puts small news into a digest, if the person has one, and never into quiet hours', () => {
    const low = { channel: 'email', urgency: 'low' } as const;
    assert.deepEqual(ask(low), { action: 'hold', until: new Date('2026-03-15T11:00:00Z'), why: 'digest' });
    const sleeper = { ...person, quiet: { from: clock(22), to: clock(9) } };
    assert.deepEqual(ask({ ...low, person: sleeper }), {
      action: 'hold',
      until: new Date('2026-03-15T12:00:00Z'),
      why: 'digest',
    });
    assert.deepEqual(ask({ ...low, person: { ...person, digest: 'none' } }), {
      action: 'hold',
      until: morning,
      why: 'quiet hours',
    });
  });

  it('keeps a limit: mails wait for room, the rest is dropped', () => {
    const day = new Date('2026-03-15T15:00:00Z');
    const room = new Date('2026-03-15T15:20:00Z');
    assert.deepEqual(ask({ now: day, fullUntil: room }), { action: 'suppress', why: 'too many messages' });
    assert.deepEqual(ask({ now: day, fullUntil: room, channel: 'email' }), {
      action: 'hold',
      until: room,
      why: 'too many messages',
    });
    const late = new Date('2026-03-16T02:00:00Z');
    assert.deepEqual(ask({ now: day, fullUntil: late, channel: 'email' }), {
      action: 'hold',
      until: new Date('2026-03-16T10:00:00Z'),
      why: 'quiet hours',
    });
  });

  it('is nothing when the person does not want it', () => {
    assert.deepEqual(ask({ wanted: false }), { action: 'suppress', why: 'switched off by the person' });
  });
});
