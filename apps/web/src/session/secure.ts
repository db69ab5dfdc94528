/** True when the person's browser speaks https to us, directly or through a proxy that says so. Decides the cookie's name and `Secure`. */
export function isSecureRequest(headers: { get(name: string): string | null }): boolean {
  const configured = process.env.STOA_PUBLIC_URL;
  if (configured) return configured.startsWith('https:');
  return headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
}
