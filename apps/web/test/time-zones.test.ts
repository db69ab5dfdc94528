import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeZones } from '../src/app/[locale]/(account)/account/time-zones.ts';

test('each zone is named with its offset as people of each language write it, west to east', () => {
  for (const now of [new Date('2026-01-15T12:00:00Z'), new Date('2026-07-15T12:00:00Z')]) {
    const zones = timeZones(now);
    assert.ok(zones.length > 400);
    for (const locale of ['en', 'pt-BR', 'es']) {
      for (const name of [
        'UTC',
        'America/Sao_Paulo',
        'Europe/Madrid',
        'Australia/Adelaide',
        'America/St_Johns',
        'Pacific/Apia',
      ]) {
        const parts = new Intl.DateTimeFormat(locale, { timeZone: name, timeZoneName: 'shortOffset' }).formatToParts(
          now,
        );
        const offset = parts.find(({ type }) => type === 'timeZoneName')?.value;
        const shown = name.replaceAll('_', ' ').replaceAll('/', ' / ');
        assert.equal(zones.find((zone) => zone.name === name)?.label, `${shown} (${offset})`, `${name} in ${locale}`);
      }
    }
  }
  const names = timeZones(new Date('2026-07-15T12:00:00Z')).map(({ name }) => name);
  const ordered = [
    'Pacific/Honolulu',
    'America/New_York',
    'America/Sao_Paulo',
    'UTC',
    'Europe/Madrid',
    'Australia/Adelaide',
  ];
  assert.deepEqual(
    ordered,
    ordered.toSorted((a, b) => names.indexOf(a) - names.indexOf(b)),
  );
});

test('an offset that changes with the season is another one in the next quarter of an hour', () => {
  // Clocks of the European Union are put forward at 01:00 UTC on the last Sunday of March (Directive 2000/84/EC).
  const madridAt = (time: string) => timeZones(new Date(time)).find(({ name }) => name === 'Europe/Madrid')?.label;
  assert.equal(madridAt('2026-03-29T00:59:59Z'), 'Europe / Madrid (GMT+1)');
  assert.equal(madridAt('2026-03-29T01:00:00Z'), 'Europe / Madrid (GMT+2)');
});
