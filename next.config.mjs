/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The addresses that proxy.ts leaves out.
  headers: async () =>
    ['/api/drafts', '/api/files'].map((source) => ({
      source,
      headers: [
        { key: 'content-security-policy', value: "default-src 'none'; frame-ancestors 'none'" },
        { key: 'x-content-type-options', value: 'nosniff' },
        { key: 'referrer-policy', value: 'same-origin' },
      ],
    })),
  // Node-only packages that must not be bundled; better-sqlite3 and node-cron are on Next's own list.
  serverExternalPackages: ['@azure/identity', '@microsoft/microsoft-graph-client', 'nodemailer', 'pino', 'papaparse'],
};

export default config;
