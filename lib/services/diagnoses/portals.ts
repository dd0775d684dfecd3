/** Addresses of Microsoft's admin centres that lead to this very account. Pure. */
import type { PortalPage } from '#lib/domain/diagnosis/causes.ts';

export interface PortalLink {
  label: string;
  href: string;
}

const ENTRA = 'https://entra.microsoft.com';
const ADMIN = 'https://admin.microsoft.com/Adminportal/Home';

type Link = (accountId: string | null) => PortalLink;

const ofAccount = (label: string, href: (id: string) => string, otherwise: string): Link => {
  return (accountId) => ({ label, href: accountId === null ? otherwise : href(encodeURIComponent(accountId)) });
};

const LINKS: Record<PortalPage, Link> = {
  account: ofAccount(
    'The account in Entra',
    (id) => `${ENTRA}/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/${id}`,
    `${ENTRA}/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers`,
  ),
  licences: ofAccount(
    'Its licences in Entra',
    (id) => `${ENTRA}/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/Licenses/userId/${id}`,
    `${ENTRA}/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers`,
  ),
  mailbox: ofAccount(
    'The mailbox in Exchange',
    (id) => `https://admin.exchange.microsoft.com/#/mailboxes/:/MailboxDetails/${id}`,
    'https://admin.exchange.microsoft.com/#/mailboxes',
  ),
  deleted: () => ({
    label: 'Deleted users in Entra',
    href: `${ENTRA}/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/DeletedUsers`,
  }),
  synchronisation: () => ({
    label: 'Synchronisation in Entra',
    href: `${ENTRA}/#view/Microsoft_AAD_Connect_Provisioning/AADConnectMenuBlade/~/ConnectSync`,
  }),
  domains: () => ({ label: 'Domains', href: `${ADMIN}#/Domains` }),
  seats: () => ({ label: 'Licences and seats', href: `${ADMIN}#/licenses` }),
  health: () => ({ label: 'Service health', href: `${ADMIN}#/servicehealth` }),
};

/** Only Microsoft's worldwide cloud: national ones have admin centres of their own, whose addresses are not known here. */
export function portalLinks(
  pages: readonly PortalPage[],
  accountId: string | null,
  graphUrl: string | null,
): PortalLink[] {
  const isWorldwide = graphUrl === null || !/\.(us|cn)$/.test(new URL(graphUrl).hostname);
  return isWorldwide ? pages.map((page) => LINKS[page](accountId)) : [];
}
