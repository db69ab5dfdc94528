import { IdentityService, PersonalDataService } from '@stoa/contracts';
import { defineContext, installationSecret, onJob, onSchedule, personalData } from '@stoa/kernel';
import { accountRoutes } from './account-routes.ts';
import { adminRoutes } from './admin-routes.ts';
import { pruneAttempts } from './attempts.ts';
import { authRoutes } from './auth-routes.ts';
import { ExportData, exportData, pruneExports } from './data-exports.ts';
import { exportRoutes } from './export-routes.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { pruneAudit } from './list-audit.ts';
import { pruneOidcPayloads } from './oidc/adapter.ts';
import { mountProvider } from './oidc/mount.ts';
import { personalSections } from './personal-data.ts';
import { pruneEnded } from './prune.ts';
import { deriveSecrets, webClientSecret } from './secrets.ts';
import { identityService } from './service.ts';
import { openSigningKeys } from './signing-keys.ts';

export { webClientSecret } from './secrets.ts';

/** Days a signing key is used before the next one takes over. */
const rotateAfterDays = 90;

/** Accounts, sign-in and the OpenID Provider. */
export const identity = defineContext({
  name: 'identity',
  migrations: new URL('../migrations/', import.meta.url),
  extensions: ['pg_trgm'],
  plugs: [{ contract: PersonalDataService, kinds: ['identity'] }],
  sockets: { personalData: PersonalDataService },
  serves: IdentityService,
  create: ({ db, jobs, clock, ids, log, publicUrl, settings, home, sockets }) => {
    const secrets = deriveSecrets(installationSecret({ settings, home }));
    const keys = openSigningKeys({ db, clock, log, secrets });
    const adminEmail = settings.STOA_ADMIN_EMAIL || undefined;
    const requestsPerMinute = Number(settings.STOA_RATE_LIMIT ?? 600) || undefined;
    const limitsRegistrations = requestsPerMinute !== undefined;
    const deps: IdentityDeps = { db, clock, ids, log, publicUrl, secrets, keys, adminEmail, limitsRegistrations };
    const exporting = { ...deps, jobs, personalData: sockets.personalData };
    return {
      plugs: [personalData(deps, personalSections)],
      api: identityService(deps),
      routes: [...authRoutes(deps), ...accountRoutes(deps), ...exportRoutes(exporting), ...adminRoutes(deps)],
      jobs: [
        onJob(ExportData, exportData(exporting)),
        onSchedule('rotate-signing-keys', '41 2 * * *', async () => {
          await keys.rotate({ days: rotateAfterDays });
        }),
        onSchedule('prune-accounts', '11 3 * * *', async () => {
          await pruneAttempts(deps);
          await pruneEnded(deps);
          await pruneAudit(deps);
          await pruneExports(deps);
        }),
        onSchedule('prune-oidc-payloads', '23 * * * *', () => pruneOidcPayloads(deps)),
      ],
      mount: mountProvider(deps, { clientSecret: webClientSecret({ settings, home }), requestsPerMinute }),
      start: async () => {
        await keys.read();
      },
    };
  },
});
