import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/**
 * Reads settings: environment first, then the YAML file named by `STOA_CONFIG`, then the schema's defaults.
 * Keys are environment names (`SMTP_URL`); the file uses the same names.
 * @throws Error listing every wrong setting by name, never its value
 */
export function loadConfig<T extends z.ZodObject>(schema: T, environment: NodeJS.ProcessEnv): z.output<T> {
  const file = environment.STOA_CONFIG
    ? z.record(z.string(), z.unknown()).parse(parse(readFileSync(environment.STOA_CONFIG, 'utf8')))
    : {};
  const input: Record<string, unknown> = {};
  for (const key of Object.keys(schema.shape)) {
    const value = environment[key] === '' ? undefined : environment[key];
    const chosen = value ?? file[key];
    if (chosen !== undefined) input[key] = chosen;
  }
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw Object.assign(new Error(`the configuration is not valid:\n${lines.join('\n')}`), {
    code: 'configuration_invalid',
  });
}

const secretName = /(SECRET|PASSWORD|TOKEN|KEY|URL|DSN)/;

/** The settings as lines for the log, with everything that may hold a secret masked. */
export function describeConfig(config: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, secretName.test(key) ? maskUrl(String(value)) : String(value)]),
  );
}

function maskUrl(value: string): string {
  try {
    const url = new URL(value);
    if (url.password) url.password = '***';
    return url.protocol.startsWith('http') || url.protocol.startsWith('postgres') ? url.toString() : '***';
  } catch {
    return '***';
  }
}

/** A boolean setting: true/1/yes/on or false/0/no/off. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'])])
  .transform((value) => value === true || value === 'true' || value === '1' || value === 'yes' || value === 'on');
