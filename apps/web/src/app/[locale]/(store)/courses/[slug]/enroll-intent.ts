import 'server-only';
import { cookies } from 'next/headers';

/** Remembers, across sign-in, which course somebody pressed Enroll for. A link alone can then never enroll anybody. */
export const intentCookie = 'stoa_enroll';

/** True when the person pressed Enroll for this course before signing in. */
export async function wantsToEnroll(courseId: string): Promise<boolean> {
  return (await cookies()).get(intentCookie)?.value === courseId;
}
