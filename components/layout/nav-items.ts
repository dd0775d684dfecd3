/** The pages of the menu. */

export const NAV_ITEMS = [
  { href: '/', page: 'overview' },
  { href: '/people', page: 'people' },
  { href: '/approvals', page: 'approvals' },
  { href: '/files', page: 'files' },
  { href: '/runs', page: 'runs' },
  { href: '/mappings', page: 'mappings' },
  { href: '/licences', page: 'licences' },
  { href: '/trends', page: 'trends' },
  { href: '/history', page: 'history' },
  { href: '/mail', page: 'mail' },
  { href: '/settings', page: 'settings' },
  { href: '/help', page: 'help' },
] as const;
