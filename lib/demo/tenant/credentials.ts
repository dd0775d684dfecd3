/** The fixed identity of the demo tenant. Worthless anywhere else. */

export const DEMO_DOMAIN = 'contoso.example';

export const DEMO_CREDENTIALS = {
  tenantId: '0d6c1a52-6f43-4a5e-9d0b-1c9f2f5a7e01',
  clientId: '5b1f6f0e-3b3a-4b57-8a63-7a0c5f3e9d02',
  clientSecret: 'demo-secret',
} as const;
