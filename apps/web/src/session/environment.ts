/** Settings of the web's server side, read from the environment at run time (nothing of it reaches the browser). */
export type WebEnvironment = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  sessionSecret: string;
};

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; the platform process sets it, see apps/web/README.md`);
  return value;
}

/** Issuer, client and session key. Throws, naming the variable, when one is missing. */
export function webEnvironment(): WebEnvironment {
  return {
    issuer: required('STOA_ISSUER'),
    clientId: process.env.STOA_WEB_CLIENT_ID ?? 'stoa-web',
    clientSecret: required('STOA_WEB_CLIENT_SECRET'),
    sessionSecret: sessionSecret(),
  };
}

/** Secret the session cookies are sealed with; at least 32 characters. */
export function sessionSecret(): string {
  const value = required('STOA_SESSION_SECRET');
  if (value.length < 32) throw new Error('STOA_SESSION_SECRET must have at least 32 characters');
  return value;
}

/**
 * Origin people see in the address bar: `STOA_PUBLIC_URL`, else the request's own host. A forged host gains nothing:
 * the issuer accepts registered redirect URIs only.
 */
export function publicOrigin(request: { headers: Headers; url: string }): string {
  const configured = process.env.STOA_PUBLIC_URL;
  if (configured) return new URL(configured).origin;
  const url = new URL(request.url);
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? url.host;
  const protocol = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() ?? url.protocol.replace(':', '');
  return `${protocol === 'https' ? 'https' : 'http'}://${host}`;
}
