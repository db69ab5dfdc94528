import 'server-only';
import { cookies } from 'next/headers';

/** Remembers, across sign-in, which order, gift or seat somebody wanted to take up. A link alone then takes up nothing. */
export const claimCookie = 'stoa_claim';

/** True when the person pressed the button for this before signing in. */
export async function wantsToClaim(id: string): Promise<boolean> {
  return (await cookies()).get(claimCookie)?.value === id;
}
