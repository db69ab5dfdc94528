import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

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

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  experimental: { authInterrupts: true },
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

export default withNextIntl(config);
