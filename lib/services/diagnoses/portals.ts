/** Addresses of Microsoft's admin centres that lead to this very account. Pure. */
import type { PortalPage } from '#lib/domain/diagnosis/causes.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';

export interface PortalLink {
  label: string;
  href: string;
}

const ENTRA = 'https://entra.microsoft.com';
const ADMIN = 'https://admin.microsoft.com/Adminportal/Home';

type Address = (accountId: string | null) => string;

const ofAccount =
  (address: (id: string) => string, otherwise: string): Address =>
  (accountId) =>
    accountId === null ? otherwise : address(encodeURIComponent(accountId));

const PEOPLE = `${ENTRA}/#view/Microsoft_AAD_UsersAndTenants`;

const ADDRESSES: Record<PortalPage, Address> = {
  account: ofAccount(
    (id) => `${PEOPLE}/UserProfileMenuBlade/~/overview/userId/${id}`,
    `${PEOPLE}/UserManagementMenuBlade/~/AllUsers`,
  ),
  licences: ofAccount(
    (id) => `${PEOPLE}/UserProfileMenuBlade/~/Licenses/userId/${id}`,
    `${PEOPLE}/UserManagementMenuBlade/~/AllUsers`,
  ),
  mailbox: ofAccount(
    (id) => `https://admin.exchange.microsoft.com/#/mailboxes/:/MailboxDetails/${id}`,
    'https://admin.exchange.microsoft.com/#/mailboxes',
  ),
  deleted: () => `${PEOPLE}/UserManagementMenuBlade/~/DeletedUsers`,
  synchronisation: () => `${ENTRA}/#view/Microsoft_AAD_Connect_Provisioning/AADConnectMenuBlade/~/ConnectSync`,
  domains: () => `${ADMIN}#/Domains`,
  seats: () => `${ADMIN}#/licenses`,
  health: () => `${ADMIN}#/servicehealth`,
};

/** Only Microsoft's worldwide cloud: national ones have admin centres of their own, whose addresses are not known here. */
export function portalLinks(
  pages: readonly PortalPage[],
  accountId: string | null,
  graphUrl: string | null,
  language: Language,
): PortalLink[] {
  const say = sayIn(language, 'causeLabels');
  const isWorldwide = graphUrl === null || !/\.(us|cn)$/.test(new URL(graphUrl).hostname);
  return isWorldwide ? pages.map((page) => ({ label: say(`portal.${page}`), href: ADDRESSES[page](accountId) })) : [];
}
