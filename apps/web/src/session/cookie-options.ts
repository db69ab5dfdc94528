/** Attributes of every cookie that holds something private. */
export function privateCookie(secure: boolean) {
  return { httpOnly: true, secure, sameSite: 'lax', path: '/' } as const;
}
