/** What a content security policy depends on. Origins are full, without a trailing slash. */
export type CspOptions = {
  nonce: string;
  /** Development only: React's error stacks need eval and its style tags come without a nonce. */
  development?: boolean;
  /**
   * Where forms of this page may end after redirects, beside ourselves: an issuer on another origin (Keycloak), or the
   * application somebody is signing in to.
   */
  formTargets?: readonly string[];
};

/**
 * The policy of every page. No inline script or style runs without the nonce of its own response. Style *attributes* in
 * served markup are refused too; script may still set styles through the CSSOM, which is how overlays are placed.
 */
export function contentSecurityPolicy({ nonce, development = false, formTargets = [] }: CspOptions): string {
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    'style-src': development ? ["'self'", "'unsafe-inline'"] : ["'self'", `'nonce-${nonce}'`],
    // The one style attribute that may stand in markup: React streams a page that is cut inside an <svg> or a table in
    // a container with exactly `display:none`, wherever the cut happens to fall.
    ...(development
      ? {}
      : { 'style-src-attr': ["'unsafe-hashes'", "'sha256-aqNNdDLnnrDOnTNdkJpYlAxKVJtLt9CtFLklmInuUAE='"] }),
    'img-src': ["'self'", 'data:', 'blob:', 'https:'],
    'font-src': ["'self'"],
    'media-src': ["'self'", 'https:', 'blob:'],
    // Ours are refused by their own frame-ancestors, all but mail previews.
    'frame-src': ["'self'", 'https://www.youtube-nocookie.com', 'https://player.vimeo.com'],
    'connect-src': ["'self'", ...(development ? ['ws:'] : [])],
    'worker-src': ["'self'", 'blob:'],
    'manifest-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    'form-action': ["'self'", ...formTargets],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}

/**
 * The policy of a mail shown in the console. Mail is HTML with its styles inlined; it may do nothing but be looked at.
 * Links open in a new tab, which is a normal page again. Keep in step with the `sandbox` of the frame that shows it.
 */
export const framedMailPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

/** 128 random bits in base64; a nonce is used for one response only. */
export function createNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
}
