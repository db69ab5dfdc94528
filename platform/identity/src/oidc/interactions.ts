import { type Ctx, ExpectedError, negotiateLocale, newTraceparent, parseLocale } from '@stoa/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { z } from 'zod';
import { errors } from '../errors.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import { signInWith } from '../login.ts';
import { createAccount } from '../register.ts';
import { Email, GivenPassword, NewPassword } from '../schemas.ts';
import { isTimeZone } from '../users.ts';
import { beginVisit, visits } from './adapter.ts';
import { keepLogin } from './keep-login.ts';

type Step = { provider: Provider; interaction: Awaited<ReturnType<Provider['interactionDetails']>>; ctx: Ctx };

type StepPath = { Params: { uid: string } };
/** @returns the address at which it goes on */
type RunStep = (step: Step, request: FastifyRequest) => Promise<string>;

const LoginForm = z.object({ email: Email, password: GivenPassword });
/** The zone is the browser's, in a hidden field: one we do not know is no reason to refuse anybody. */
const RegisterForm = z.object({
  email: Email,
  password: NewPassword,
  name: z.string().min(1).max(100),
  timeZone: z.string().max(60).optional().catch(undefined),
});

/**
 * The steps between the provider and the pages of the web: where the browser is led, what the pages may show, and the
 * plain forms they send. Forms answer with redirects only: back into the flow, or to the page with `error` codes.
 */
export function interactionRoutes(deps: IdentityDeps, current: () => Promise<Provider>) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 16_384 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );

    app.get<{ Params: { uid: string } }>('/oidc/interaction/:uid', async (request, reply) => {
      const provider = await current();
      const interaction = await provider.Interaction.find(request.params.uid);
      const wantsPage = request.headers.accept?.includes('text/html') === true;
      if (!interaction) {
        if (wantsPage) return reply.redirect(problemPage, 303);
        throw errors.interaction_not_found();
      }
      const { params, prompt } = interaction;
      const client = await provider.Client.find(String(params.client_id));
      const name = client?.clientName ?? String(params.client_id);
      if (wantsPage) {
        const query = new URLSearchParams({ interaction: interaction.uid });
        if (prompt.name === 'consent') {
          query.set('client', name);
          query.set('scope', String(params.scope ?? 'openid'));
          return reply.redirect(`/consent?${query}`, 303);
        }
        if (typeof params.login_hint === 'string') query.set('email', params.login_hint.slice(0, 254));
        return reply.redirect(`${params.screen_hint === 'register' ? '/register' : '/sign-in'}?${query}`, 303);
      }
      return reply.send({
        id: interaction.uid,
        prompt: prompt.name,
        client: { id: String(params.client_id), name },
        leadsTo: sourceOf(String(params.redirect_uri)),
        scopes: String(params.scope ?? 'openid').split(' '),
        loginHint: typeof params.login_hint === 'string' ? params.login_hint.slice(0, 254) : null,
        locale:
          String(params.ui_locales ?? '')
            .split(' ')
            .map(parseLocale)
            .find(Boolean) ?? null,
      });
    });

    const go = async (run: RunStep, page: Page, request: FastifyRequest<StepPath>, reply: FastifyReply) => {
      requireSameOrigin(request, deps.publicUrl);
      const provider = await current();
      try {
        const interaction = await provider.interactionDetails(request.raw, reply.raw);
        if (interaction.uid !== request.params.uid) return problemPage;
        try {
          return await run({ provider, interaction, ctx: ctxOf(request) }, request);
        } catch (error) {
          return page(interaction.uid, codesOf(error), request.body);
        }
      } catch (error) {
        // Gone before the form came, or, with the session it hangs on, while it was looked at.
        const { errors: oidcErrors } = await import('oidc-provider');
        if (error instanceof oidcErrors.SessionNotFound) return problemPage;
        throw error;
      }
    };
    const step = (name: string, run: RunStep, page: Page) =>
      app.post<StepPath>(`/oidc/interaction/:uid/${name}`, async (request, reply) => {
        const visit = beginVisit({ ip: request.ip, userAgent: request.headers['user-agent'] });
        return reply.redirect(await visits.run(visit, () => go(run, page, request, reply)), 303);
      });

    step(
      'login',
      async ({ interaction, ctx }, request) => {
        return signInWith(deps, 'web')(LoginForm.parse(request.body), ctx, ({ user, newPasswordHash }) =>
          keepLogin(deps, { interaction, ctx }, user, newPasswordHash),
        );
      },
      formPage('/sign-in', ['email']),
    );
    step(
      'register',
      async ({ interaction, ctx }, request) => {
        const hinted = String(interaction.params.ui_locales ?? '')
          .split(' ')
          .map(parseLocale)
          .find(Boolean);
        const { timeZone, ...form } = RegisterForm.parse(request.body);
        const zone = timeZone && isTimeZone(timeZone) ? { timeZone } : {};
        const user = await createAccount(deps)({ ...form, ...zone }, { ...ctx, locale: hinted ?? ctx.locale });
        const goesOnAt = await keepLogin(deps, { interaction, ctx }, user);
        if (goesOnAt === undefined) throw errors.email_taken();
        return goesOnAt;
      },
      formPage('/register', ['email', 'name']),
    );
    step(
      'consent',
      async ({ provider, interaction }) => {
        const { details } = interaction.prompt;
        const accountId = interaction.session?.accountId;
        if (interaction.prompt.name !== 'consent' || !accountId) throw errors.interaction_not_found();
        const known = interaction.grantId ? await provider.Grant.find(interaction.grantId) : undefined;
        const grant = known ?? new provider.Grant({ accountId, clientId: String(interaction.params.client_id) });
        const missing = MissingConsent.parse(details);
        if (missing.missingOIDCScope) grant.addOIDCScope(missing.missingOIDCScope.join(' '));
        if (missing.missingOIDCClaims) grant.addOIDCClaims(missing.missingOIDCClaims);
        for (const [indicator, scope] of Object.entries(missing.missingResourceScopes ?? {}))
          grant.addResourceScope(indicator, scope.join(' '));
        const grantId = await grant.save();
        return finish(interaction, { consent: { grantId } });
      },
      formPage('/consent', []),
    );
    step(
      'abort',
      async ({ interaction }) =>
        finish(interaction, { error: 'access_denied', error_description: 'the person declined' }),
      formPage('/sign-in', []),
    );
  };
}

/**
 * Where the browser goes in the end, as a source of a content security policy: browsers hold `form-action` against every
 * redirect that follows a form. An application on a device has a scheme of its own and no origin.
 */
function sourceOf(redirectUri: string): string {
  const { origin, protocol } = new URL(redirectUri);
  return origin === 'null' ? protocol : origin;
}

const MissingConsent = z.object({
  missingOIDCScope: z.array(z.string()).optional(),
  missingOIDCClaims: z.array(z.string()).optional(),
  missingResourceScopes: z.record(z.string(), z.array(z.string())).optional(),
});

const problemPage = '/sign-in/problem?reason=expired';

type Result = Parameters<Provider['interactionResult']>[2];

/** Leaves the step's result with the provider. @returns the address at which it goes on */
async function finish(interaction: Step['interaction'], result: Result): Promise<string> {
  interaction.result = 'error' in result ? result : { ...interaction.lastSubmission, ...result };
  await interaction.persist();
  return interaction.returnTo;
}

type Page = (uid: string, codes: string, body: unknown) => string;

/** The page a refused form goes back to, with what was typed (never the password). */
function formPage(path: string, typed: readonly string[]): Page {
  return (uid, codes, body) => {
    const query = new URLSearchParams({ interaction: uid, error: codes });
    const form = z.record(z.string(), z.string()).safeParse(body);
    for (const field of typed) {
      const value = form.success ? form.data[field] : undefined;
      if (value) query.set(field, value.slice(0, 254));
    }
    return `${path}?${query}`;
  };
}

/** Codes for the page: what the person can act on. Rethrows what nobody expected. */
function codesOf(error: unknown): string {
  if (error instanceof ExpectedError) {
    const fields = error.code === 'validation_failed' ? (error.errors ?? []) : [];
    return fields.map(({ pointer, code }) => fieldCodes[pointer.slice(1)] ?? code).join(',') || error.code;
  }
  if (error instanceof z.ZodError) {
    const codes = error.issues.map((issue) => fieldCodes[String(issue.path[0])] ?? 'validation_failed');
    return [...new Set(codes)].join(',');
  }
  throw error;
}

const fieldCodes: Record<string, string> = {
  email: 'invalid_email',
  password: 'password_too_short',
  name: 'name_required',
};

function ctxOf(request: FastifyRequest): Ctx {
  const userAgent = request.headers['user-agent'];
  return {
    actor: { kind: 'anonymous' },
    locale: negotiateLocale(request.headers['accept-language']),
    traceparent: newTraceparent(),
    ip: request.ip,
    ...(userAgent ? { userAgent: userAgent.slice(0, 300) } : {}),
  };
}

/**
 * Lets through only forms of our own pages: another site must not sign somebody in as somebody else (login CSRF). The
 * cookie of the interaction is same-site, this is the second lock.
 * @throws not_allowed
 */
function requireSameOrigin(request: FastifyRequest, publicUrl: string): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined ? site === 'same-origin' : request.headers.origin === new URL(publicUrl).origin) return;
  throw errors.form_from_elsewhere();
}
