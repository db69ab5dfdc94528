import type { Clock } from '@stoa/kernel';
import { z } from 'zod';
import { type Egress, readAnswer } from './egress.ts';
import { ProviderFailure } from './provider.ts';

const Token = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive().default(300) });

type Options = {
  name: string;
  egress: Egress;
  clock: Clock;
  url: string;
  clientId: string;
  clientSecret: string;
  scope?: string;
};

/** An access token by OAuth 2.0 client credentials (RFC 6749, 4.4), kept until a minute before it ends. */
export type AccessToken = {
  get: (deadline: Date) => Promise<string>;
  /** Forgets the token that was just refused. */
  forget: (token: string) => void;
};

export function createAccessToken(options: Options): AccessToken {
  const { name, egress, clock } = options;
  let kept: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(deadline: Date): Promise<string> {
    const answer = await egress
      .send({
        method: 'POST',
        url: options.url,
        headers: {
          authorization: `Basic ${Buffer.from(`${options.clientId}:${options.clientSecret}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          ...(options.scope ? { scope: options.scope } : {}),
        }).toString(),
        deadline,
      })
      .catch((error: unknown) => {
        // Whatever became of the token, the call it was for was not made.
        if (!(error instanceof ProviderFailure)) throw error;
        throw new ProviderFailure('not_sent', error.message, {
          ...(error.retryAfterSeconds === null ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
        });
      });
    if (answer.status >= 400)
      throw new ProviderFailure('refused', `${name}: our credentials are refused`, {
        reason: 'provider_error',
        providerCode: 'credentials_refused',
      });
    let token: z.output<typeof Token>;
    try {
      token = readAnswer(name, answer, Token);
    } catch {
      throw new ProviderFailure('not_sent', `${name}: the access token cannot be read`);
    }
    kept = { token: token.access_token, until: clock.now().getTime() + (token.expires_in - 60) * 1000 };
    return token.access_token;
  }

  return {
    get: async (deadline) => {
      if (kept && kept.until > clock.now().getTime()) return kept.token;
      asking ??= ask(deadline).finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget: (token) => {
      if (kept?.token === token) kept = undefined;
    },
  };
}
