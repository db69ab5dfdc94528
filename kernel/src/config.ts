import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { errorCode } from './db/database.ts';

const File = z.record(z.string(), z.unknown());

/**
 * The environment over the YAML file that `STOA_CONFIG` names, which uses the same names (`SMTP_URL`). A list is the same
 * as its entries by comma. What is set and empty in the environment is not set.
 * @throws Error `configuration_invalid` if the file cannot be read or is no flat list of settings; never with a value
 */
export function withConfigFile(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { STOA_CONFIG: path, ...given } = environment;
  const set: NodeJS.ProcessEnv = { ...given };
  for (const [name, value] of Object.entries(given)) if (value === undefined || value === '') delete set[name];
  return path ? { ...readConfigFile(path), ...set } : set;
}

function readConfigFile(path: string): Record<string, string> {
  const refuse = (reason: string): Error => invalid([`STOA_CONFIG: ${path} ${reason}`]);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw refuse(`cannot be read (${errorCode(error) ?? 'for an unknown reason'})`);
  }
  // Everything stays the text it is written as: a token of digits is no number. The parser's own message quotes the line,
  // which may hold a password.
  const document = parseDocument(text, { prettyErrors: false, schema: 'failsafe' });
  if (document.errors[0]) throw refuse(`is not YAML (${document.errors[0].code})`);
  const content: unknown = document.toJS();
  const file = File.safeParse(content || {});
  if (!file.success) throw refuse('is no list of settings, one `NAME: value` in each line');
  return Object.fromEntries(
    Object.entries(file.data).flatMap(([name, value]) => {
      if (value === null || value === '') return [];
      const parts: unknown[] = Array.isArray(value) ? value : [value];
      if (parts.some((part) => typeof part === 'object'))
        throw invalid([`${name}: is neither a value nor a list of values`]);
      return [[name, parts.join(',')]];
    }),
  );
}

function invalid(lines: readonly string[]): Error {
  const message = `the configuration is not valid:\n${lines.map((line) => `  ${line}`).join('\n')}`;
  return Object.assign(new Error(message), { code: 'configuration_invalid' });
}

/**
 * Reads settings: environment first, then the YAML file named by `STOA_CONFIG`, then the schema's defaults.
 * @throws Error `configuration_invalid` listing every wrong setting by name, never its value
 */
export function loadConfig<T extends z.ZodObject>(schema: T, environment: NodeJS.ProcessEnv): z.output<T> {
  const given = withConfigFile(environment);
  const input: Record<string, unknown> = {};
  for (const key of Object.keys(schema.shape)) if (given[key] !== undefined) input[key] = given[key];
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalid(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}

const secretName = /SECRET|PASS|TOKEN|KEY|URL|DSN|ACCOUNT|CREDENTIAL|PRIVATE|SALT/;

/** The settings as lines to print, with everything that may hold a secret masked. What is not set is left out. */
export function describeConfig(config: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => {
      const parts: string[] = (Array.isArray(value) ? value : [value]).map(String);
      const shown = parts.map((part) => (secretName.test(key) || part.includes('://') ? maskUrl(part) : part));
      return value === undefined ? [] : [[key, shown.join(',')]];
    }),
  );
}

/** Of an address its place, without password and without what follows the question mark; of anything else nothing. */
function maskUrl(value: string): string {
  const url = URL.parse(value);
  if (!url || !/^(https?|postgres(ql)?):$/.test(url.protocol)) return '***';
  if (url.password) url.password = '***';
  else if (url.username && url.protocol.startsWith('http')) url.username = '***';
  if (url.search) url.search = '***';
  return url.toString();
}

/** A boolean setting: true/1/yes/on or false/0/no/off. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'])])
  .transform((value) => value === true || value === 'true' || value === '1' || value === 'yes' || value === 'on');
