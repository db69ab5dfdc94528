import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';
import { PHASE_PRODUCTION_SERVER } from 'next/constants.js';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  experimental: {
    authInterrupts: true,
    // All pages loaded before the first one may be asked for are a sixth of the time that a start takes. Each is loaded
    // when somebody first comes to it.
    preloadEntriesOnStart: false,
  },
  // Titles come in the head with the page. Otherwise Next sends them after it, into the body: pages have none without
  // scripts, and for a moment while they wake up, which is when a screen reader says it.
  htmlLimitedBots: /.*/,
  // `npm test` runs tsc for the whole repository; a build on a newcomer's machine does not need to repeat it.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: fileURLToPath(new URL('../../', import.meta.url)) },
  transpilePackages: ['@stoa/contracts'],
  // The platform process compresses nothing itself; Next does it for pages and scripts alike.
  compress: true,
};

/** What serves the built pages needs nothing of what builds them: loading it takes a compiler along. */
export default async function configure(phase: string): Promise<NextConfig> {
  if (phase === PHASE_PRODUCTION_SERVER) return config;
  const { default: createNextIntlPlugin } = await import('next-intl/plugin');
  const withNextIntl = createNextIntlPlugin({
    requestConfig: './src/i18n/request.ts',
    experimental: {
      // Messages are parsed at build time: the browser gets a formatter of a few hundred bytes instead of an ICU parser.
      messages: {
        path: ['./messages/en', './messages/pt-BR', './messages/es'],
        format: 'json',
        locales: ['en', 'pt-BR', 'es'],
        precompile: true,
      },
    },
  });
  return withNextIntl(config);
}
