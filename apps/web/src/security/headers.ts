/**
 * Headers of every page beside the policy. HSTS only where the person came over https, so that a local http install
 * keeps working. `framed` is for a document that our own pages show in a frame; nobody else's may.
 */
export function securityHeaders({
  secure,
  framed = false,
}: {
  secure: boolean;
  framed?: boolean;
}): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy':
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), fullscreen=(self "https://www.youtube-nocookie.com" "https://player.vimeo.com")',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'X-Frame-Options': framed ? 'SAMEORIGIN' : 'DENY',
    ...(secure ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}
