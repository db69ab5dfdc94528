import 'server-only';
import { apiHeaders } from '@/api/client.ts';
import { toProblem } from '@/api/problem.ts';
import { sendToApi } from '@/api/transport.ts';

/** Steps of an account that need no signed-in person, only a mailed link. */
const paths = {
  forgotPassword: '/api/auth/forgot-password',
  resetPassword: '/api/auth/reset-password',
  verifyEmail: '/api/auth/verify-email',
  changeEmail: '/api/auth/confirm-email-change',
  undoEmailChange: '/api/auth/undo-email-change',
} as const;

/** A field that does not fit its schema, as these pages name it. */
const byPointer: Record<string, string> = {
  '/email': 'invalid_email',
  '/password': 'password_too_short',
  '/token': 'link_not_valid',
};

/** Calls identity; `null` when it agreed, otherwise the codes for `authErrors`, joined with commas. */
export async function askIdentity(step: keyof typeof paths, body: Record<string, string>): Promise<string | null> {
  const headers = await apiHeaders();
  headers.set('content-type', 'application/json');
  const send = () =>
    sendToApi(
      new Request(`http://stoa.internal${paths[step]}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    );
  // Who is signed in counts where the first administrator proves their address, and nowhere else.
  if (step !== 'verifyEmail') headers.delete('authorization');
  let response = await send();
  if (response.status === 401 && headers.has('authorization')) {
    // A session that has ended meanwhile is no reason to refuse the link.
    headers.delete('authorization');
    response = await send();
  }
  if (response.ok) return null;
  const problem = toProblem(response.status, await response.json().catch(() => null));
  const fieldCodes = problem.errors.map(({ pointer, code }) => byPointer[pointer] ?? code);
  // password_refused names the reason in its fields; the page has one sentence for all of them.
  return (problem.code === 'validation_failed' && fieldCodes.length > 0 ? fieldCodes : [problem.code]).join(',');
}
