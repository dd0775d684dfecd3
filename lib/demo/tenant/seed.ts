/** The demo organisation: sixty newcomers from three sample files and seventeen to whom tenants do what tenants do, covering nearly every state and reason. All of them are made up. */
import { DEMO_DOMAIN } from './credentials.ts';
import { demoSku, planIdOf, type SkuPartNumber, skuIdOf } from './skus.ts';
import type { Seed, UserSeed } from './tenant.ts';
import type { DemoLicence } from './users.ts';

/** Mail for cloud mailboxes is routed here. */
const ROUTING_DOMAIN = 'contoso.mail.onmicrosoft.com';
/** The domain that every tenant has from the beginning. */
const INITIAL_DOMAIN = 'contoso.onmicrosoft.com';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const licence = (sku: SkuPartNumber, change: Partial<DemoLicence> = {}): DemoLicence => ({
  skuId: skuIdOf(sku),
  disabledPlans: [],
  byGroup: null,
  error: null,
  at: Date.UTC(2026, 0, 5),
  ...change,
});

/** What is special about some people; everybody else is ordinary. */
const STORIES: Record<string, Omit<UserSeed, 'userPrincipalName'>> = {
  // These are synchronised while one watches.
  'bruno.beech': { synchronisesAfterMs: 2 * MINUTE },
  'carla.cedar': { synchronisesAfterMs: 2 * MINUTE },
  'dora.dogwood': { synchronisesAfterMs: 5 * MINUTE },
  'frieda.flieder': { synchronisesAfterMs: 5 * MINUTE },
  // Mailboxes that existed before; Fern Foxglove’s with another licence than the mapped one.
  'elmar.elder': { mailboxIsOpen: true, usageLocation: 'US', licences: [licence('EXCHANGESTANDARD')] },
  'fern.foxglove': { mailboxIsOpen: true, usageLocation: 'US', licences: [licence('ENTERPRISEPACK')] },
  'gloria.gorse': { mailboxIsOpen: true },
  // Licences assigned elsewhere.
  'hazel.holly': { usageLocation: 'US', licences: [licence('EXCHANGESTANDARD')] },
  // Through a group whose licence failed when no seat was free, and fails again.
  'iris.ivy': {
    usageLocation: 'US',
    licences: [
      licence('EXCHANGESTANDARD', { byGroup: '7f0c2c0e-6c5c-4d5e-8a2f-3b1d9e4a6c01', error: 'CountViolation' }),
    ],
    refusal: 'group_fails',
    mailboxOpensAfterMs: 30 * SECOND,
  },
  // Directly, when no seat was free.
  'moritz.mohn': {
    usageLocation: 'DE',
    licences: [licence('EXCHANGESTANDARD', { error: 'CountViolation' })],
    refusal: 'no_seat_taken',
  },
  'peter.pappel': {
    usageLocation: 'DE',
    licences: [licence('EXCHANGESTANDARD', { disabledPlans: [planIdOf('EXCHANGE_S_STANDARD')] })],
  },
  // Countries.
  'juno.juniper': { usageLocation: 'FR' },
  'jörg.linde': { usageLocation: 'AT' },
  'lotte.lärche': { refusal: 'mastered_location' },
  'kai.kelp': { usageLocation: 'CU', refusal: 'prohibited_location' },
  // Starts soon; the account is enabled on the first day.
  'lara.larch': { accountEnabled: false },
  // Accounts that need a human.
  'milo.maple': { userType: 'Guest' },
  // The mailbox stays on-premises: one licence, and it never opens.
  'nora.nettle': { mailbox: 'on_premises' },
  'otto.oak': { mailbox: 'on_premises_certain' },
  'paula.poplar': { conflictingAddress: `SMTP:p.poplar@${DEMO_DOMAIN}` },
  'quentin.quince': { refusal: 'conflict' },
  'rosa.rowan': { refusal: 'dependency' },
  // Mailboxes that open late.
  'silas.sorrel': { mailboxOpensAfterMs: 5 * SECOND },
  'tilda.thyme': { mailboxOpensAfterMs: 4 * MINUTE },
  'uma.ulmus': { mailbox: 'never', exchangeError: 'The mailbox could not be created: its alias is taken.' },
};

const HEADQUARTERS = [
  'alma.alder',
  'ben.birch',
  'bruno.beech',
  'carla.cedar',
  'dora.dogwood',
  'elmar.elder',
  'fern.foxglove',
  'gloria.gorse',
  'hazel.holly',
  'iris.ivy',
  'juno.juniper',
  'kai.kelp',
  'lara.larch',
  'milo.maple',
  'nora.nettle',
  'otto.oak',
  'paula.poplar',
  'quentin.quince',
  'rosa.rowan',
  'silas.sorrel',
  'tilda.thyme',
  'uma.ulmus',
  'vera.vetch',
  'willow.wisteria',
  'yann.yarrow',
  'zoe.zinnia',
];
const PLANT = [
  'anton.ahorn',
  'berta.buche',
  'clemens.distel',
  'frieda.flieder',
  'gustav.ginster',
  'hanna.hasel',
  'käthe.klee',
  'jörg.linde',
  'lotte.lärche',
  'moritz.mohn',
  'nele.nelke',
  'olga.orchidee',
  'peter.pappel',
  'rita.rosmarin',
  'veit.veilchen',
];
const STORES = [
  'ava.acacia',
  'bob.bamboo',
  'cleo.clover',
  'dan.daisy',
  'eve.edelweiss',
  'finn.fig',
  'gia.ginkgo',
  'hugo.heather',
  'ida.indigo',
  'jack.jasmine',
  'kim.kale',
  'leo.lotus',
  'mia.mint',
  'noah.nutmeg',
  'opal.olive',
  'pip.peony',
];

const RETURNED = 'nina.nigella';

/** As the STORIES, about those who move, return or are refused. */
const FIELD_STORIES: Record<string, Omit<UserSeed, 'userPrincipalName'>> = {
  'ada.aster': { mailboxOpensAfterMs: 3 * MINUTE, later: { afterMs: 2 * MINUTE, to: `ada.balsam@${DEMO_DOMAIN}` } },
  'bea.begonia': { mailboxOpensAfterMs: 30 * MINUTE, later: { afterMs: 2 * MINUTE, to: null } },
  // The name is somebody else's: no part of it is the same, or another account was to have it.
  'carl.calla': {
    displayName: 'Oswin Oleander',
    mailboxIsOpen: true,
    usageLocation: 'US',
    licences: [licence('EXCHANGESTANDARD')],
  },
  'dina.dahlia': { mailboxIsOpen: true, usageLocation: 'US', licences: [licence('EXCHANGESTANDARD')] },
  'gerd.gentian': { mailboxIsOpen: true, purpose: 'shared' },
  'room.hibiscus': { mailboxIsOpen: true, purpose: 'room' },
  'ines.iberis': { refusal: 'restricted' },
  'jana.jonquil': { mailbox: 'denied' },
  'karl.kerria': { refusal: 'other_language' },
  'lia.lantana': { locationLagMs: 3 * MINUTE },
  'max.mallow': { mailboxOpensAfterMs: 30 * SECOND },
  // Leaves and is hired again, with a new account.
  [RETURNED]: {
    mailboxIsOpen: true,
    usageLocation: 'US',
    licences: [licence('EXCHANGESTANDARD')],
    later: { afterMs: 3 * MINUTE, to: null },
  },
  // Through a group whose licence failed when no seat was free, and works once it is processed again.
  'otis.oxlip': {
    usageLocation: 'US',
    licences: [
      licence('EXCHANGESTANDARD', { byGroup: '7f0c2c0e-6c5c-4d5e-8a2f-3b1d9e4a6c01', error: 'CountViolation' }),
    ],
  },
  'petra.privet': { mailbox: 'stuck', mailboxOpensAfterMs: 30 * SECOND },
  'quinn.quamash': {},
};

/** Accounts that are called otherwise than the files call them. */
const CALLED_OTHERWISE: UserSeed[] = [
  {
    userPrincipalName: `dina.dahlia4711@${INITIAL_DOMAIN}`,
    onPremisesUserPrincipalName: `dina.dahlia@${DEMO_DOMAIN}`,
    displayName: 'Dina Dahlia',
  },
  {
    userPrincipalName: `falk.fuchsia@${INITIAL_DOMAIN}`,
    onPremisesUserPrincipalName: 'falk.fuchsia@corp.contoso.local',
    displayName: 'Falk Fuchsia',
    mailboxOpensAfterMs: MINUTE,
  },
  // The new account has the name once the old one is gone.
  {
    userPrincipalName: `${RETURNED}2@${DEMO_DOMAIN}`,
    displayName: 'Nina Nigella',
    synchronisesAfterMs: 6 * MINUTE,
    mailboxOpensAfterMs: MINUTE,
    later: { afterMs: 6 * MINUTE, to: `${RETURNED}@${DEMO_DOMAIN}` },
  },
];

/** Mailboxes of the organisation itself: reports are sent from one of them. */
const SERVICES: UserSeed[] = ['autoprovision', 'helpdesk'].map((name) => ({
  userPrincipalName: `${name}@${DEMO_DOMAIN}`,
  displayName: name,
  onPremisesSyncEnabled: null,
  mailboxIsOpen: true,
}));

/** UserPrincipalNames are plain ASCII: ä becomes ae. */
function ascii(name: string): string {
  return name.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue');
}

function displayName(name: string): string {
  return name.replace(
    /(^|\.)(\p{L})/gu,
    (_, dot: string, letter: string) => `${dot ? ' ' : ''}${letter.toUpperCase()}`,
  );
}

/** Hybrid, as is usual: the IDM has mail-enabled the account before it was synchronised. */
function newcomer(name: string, index: number): UserSeed {
  const alias = ascii(name);
  const mail = `${alias}@${DEMO_DOMAIN}`;
  return {
    mail,
    proxyAddresses: [`SMTP:${mail}`, `smtp:${alias}@${ROUTING_DOMAIN}`],
    // Ordinary mailboxes open after one to three minutes.
    mailboxOpensAfterMs: (60 + ((index * 37) % 120)) * SECOND,
    displayName: displayName(name),
    ...STORIES[name],
    ...FIELD_STORIES[name],
    userPrincipalName: mail,
  };
}

/** The tenant that `npm run demo` starts with. Kiosk seats are four short of what the stores need. */
export function demoOrganisation(): Seed {
  return {
    users: [
      ...[...HEADQUARTERS, ...PLANT, ...STORES, ...Object.keys(FIELD_STORIES)].map(newcomer),
      ...CALLED_OTHERWISE,
      ...SERVICES,
    ],
    skus: [
      demoSku('EXCHANGESTANDARD', 80, 28),
      demoSku('EXCHANGEDESKLESS', 40, 28),
      demoSku('ENTERPRISEPACK', 25, 14),
      demoSku('SPE_F1', 10, 10),
      demoSku('M365_F1', 20, 3),
      demoSku('FLOW_FREE', 10_000, 12),
    ],
    behaviour: { latencyMs: { read: 20, write: 60, batch: 10 }, replicationLagMs: 1500 },
  };
}
