/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Nothing here is an image that would have to be made smaller: the address of Next that does it answers 404.
  images: { unoptimized: true },
  // A page never stands without its title, not even while it is refreshed: the title comes with the page, not after it.
  htmlLimitedBots: /./,
  // Browsers ask for it by this name too, before they have read that a page has another.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  // Node-only packages that must not be bundled; better-sqlite3 and node-cron are on Next's own list.
  serverExternalPackages: ['@azure/identity', '@microsoft/microsoft-graph-client', 'nodemailer', 'pino', 'papaparse'],
};

export default config;
