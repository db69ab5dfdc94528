import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { describeConfig, flag, loadConfig, withConfigFile } from '@stoa/kernel';
import { z } from 'zod';

const Settings = z.object({
  PORT: z.coerce.number().int().default(3000),
  STOA_DEMO: flag.default(true),
  STOA_CONTEXTS: z.string().optional(),
  SMTP_URL: z.string().startsWith('smtp').optional(),
  STOA_PIX_TOKEN: z.string().optional(),
});

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stoa-config-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function file(text: string): Promise<string> {
  const path = join(folder, 'stoa.yaml');
  await writeFile(path, text);
  return path;
}

describe('the configuration', () => {
  test('comes from the environment, then from the file, then from defaults', async () => {
    const STOA_CONFIG = await file(
      'PORT: 4000\nSTOA_DEMO: off\nSTOA_CONTEXTS: [identity, courses]\nSMTP_URL:\nSTOA_PIX_TOKEN: 00123456789012345678901234\n',
    );
    assert.deepEqual(loadConfig(Settings, { STOA_CONFIG }), {
      PORT: 4000,
      STOA_DEMO: false,
      STOA_CONTEXTS: 'identity,courses',
      STOA_PIX_TOKEN: '00123456789012345678901234',
    });
    const { PORT, STOA_DEMO } = loadConfig(Settings, { STOA_CONFIG, PORT: '5000', STOA_DEMO: '' });
    assert.deepEqual({ PORT, STOA_DEMO }, { PORT: 5000, STOA_DEMO: false }, 'what is empty is not set');
    assert.deepEqual(loadConfig(Settings, {}), { PORT: 3000, STOA_DEMO: true });
  });

  test('reaches what reads no schema, too', async () => {
    const STOA_CONFIG = await file('STOA_ADMIN_EMAIL: ana@example.org\nSTOA_SECRET: from the file\n');
    const given = withConfigFile({ STOA_CONFIG, STOA_SECRET: 'from the environment' });
    assert.deepEqual(given, { STOA_ADMIN_EMAIL: 'ana@example.org', STOA_SECRET: 'from the environment' });
  });

  test('is refused by name when it is wrong, and its values are never said', async () => {
    const refused = async (text: string, reason: RegExp) => {
      const STOA_CONFIG = await file(text);
      assert.throws(
        () => loadConfig(Settings, { STOA_CONFIG }),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, 'configuration_invalid');
          assert.match(error.message, reason);
          assert.doesNotMatch(error.message, /sesame/);
          return true;
        },
      );
    };
    await refused('PORT: sesame\nSMTP_URL: https://u:sesame@mail.example\n', /PORT: .*\n {2}SMTP_URL: /);
    await refused('SMTP_URL: "sesame\nPORT: 1\n', /STOA_CONFIG: .* is not YAML/);
    await refused('- sesame\n- 1\n', /STOA_CONFIG: .* is no list of settings/);
    await refused('SMTP_URL:\n  password: sesame\n', /SMTP_URL: is neither a value nor a list of values/);
    assert.throws(
      () => loadConfig(Settings, { STOA_CONFIG: join(folder, 'absent.yaml') }),
      /cannot be read \(ENOENT\)/,
    );
  });

  test('is printed without its secrets', () => {
    const printed = describeConfig({
      PORT: 3000,
      STOA_HOME: '.stoa',
      ABSENT: undefined,
      STOA_CORS_ORIGINS: ['https://app.example.org', 'https://other.example.org'],
      STOA_PUBLIC_URL: 'https://learn.example.org',
      DATABASE_URL: 'postgres://stoa:sesame@db.example:5432/stoa?sslpassword=sesame',
      SMTP_URL: 'smtps://ana:sesame@mail.example',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://sesame@collector.example/?key=sesame',
      STOA_SECRET: 'sesame',
      STOA_STRIPE_SECRET_KEY: 'sk_live_sesame',
      TWILIO_AUTH_TOKEN: 'sesame',
      FCM_SERVICE_ACCOUNT: '{"private_key":"sesame"}',
      STOA_DATABASE_PASSPHRASE: 'sesame',
    });
    assert.doesNotMatch(JSON.stringify(printed), /sesame/);
    assert.equal(printed.PORT, '3000');
    assert.equal(printed.STOA_HOME, '.stoa');
    assert.equal(printed.STOA_PUBLIC_URL, 'https://learn.example.org/');
    assert.equal(printed.DATABASE_URL, 'postgres://stoa:***@db.example:5432/stoa?***');
    assert.equal(printed.STOA_CORS_ORIGINS, 'https://app.example.org/,https://other.example.org/');
    assert.equal(printed.SMTP_URL, '***');
    assert.ok(!('ABSENT' in printed));
  });
});
