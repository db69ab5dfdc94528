'use client';

import { useEffect } from 'react';
import { zoneCookie } from './zone-cookie.ts';

/** Says which zone the device is in, so that pages drawn later show its dates. Draws nothing itself. */
export function DeviceZone() {
  useEffect(() => {
    const value = `${zoneCookie}=${encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone)}`;
    if (document.cookie.split('; ').includes(value)) return;
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we serve
    document.cookie = `${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  }, []);
  return null;
}
