/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Node-only packages that must not be bundled; better-sqlite3 and node-cron are on Next's own list.
  serverExternalPackages: ['@azure/identity', '@microsoft/microsoft-graph-client', 'nodemailer', 'pino', 'papaparse'],
};

export default config;
