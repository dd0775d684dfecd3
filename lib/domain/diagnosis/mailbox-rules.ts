/** Causes that lie with addresses and with Exchange Online. Pure. */
import { isPersonalMailbox } from '#lib/domain/decision/situation.ts';
import { cite, type DiagnosedAccount, type Evidence, type Facts, type Read } from './facts.ts';
import {
  type Account,
  asked,
  citeAddress,
  enabledPlan,
  fits,
  licenceError,
  licensed,
  OPEN,
  ofAccount,
  type Plan,
  RULED_OUT,
} from './rule.ts';

/** What Microsoft allows for a new mailbox (graph-facts §4). */
const MAILBOX_MS = 24 * 3_600_000;

function citePlan(account: Account, { at }: Plan): Evidence {
  return cite(account, 'assignedPlans', 'planEnabled', { at });
}

function citeSilence(mailbox: Read<'mailbox'>): Evidence {
  return cite(mailbox, 'mailboxSettings', 'silence', { code: mailbox.value.code || '404' });
}

export const addressConflict = ofAccount((facts, account) => {
  const { addressHolders } = facts;
  const reported = account.value.synchronisationErrors.find(
    ({ category, property }) =>
      /PropertyConflict/i.test(category) && /proxyAddresses|mail|userPrincipalName/i.test(property),
  );
  const holder =
    addressHolders.kind === 'read' ? addressHolders.value.find(({ id }) => id !== account.value.id) : undefined;
  const held = addressHolders.kind === 'read' && holder ? [citeAddress(addressHolders, holder)] : [];
  if (reported) {
    const { category, property, value } = reported;
    const said = { category, property, value };
    return fits('conclusive', cite(account, 'onPremisesProvisioningErrors', 'synchronisationReports', said), ...held);
  }
  const failed = licenceError(['UniquenessViolation'], account, facts);
  if (failed) return fits('conclusive', failed, ...held);
  const [first] = held;
  const refused = asked('address_conflict', account, facts);
  if (refused) return fits('likely', refused, ...held);
  if (first) return fits('likely', first);
  return addressHolders.kind === 'not_read' ? OPEN : RULED_OUT;
});

export const deletedHoldsAddress = ofAccount((facts, account) => {
  const { deleted } = facts;
  if (deleted.kind === 'not_read') return OPEN;
  const other = deleted.value.find(({ id }) => id !== account.value.id);
  if (!other) return RULED_OUT;
  const holds = cite(deleted, 'deletedItems', 'deletedHolds', { name: other.displayName, at: other.deletedAt });
  return fits(enabledPlan(facts, account.value) ? 'likely' : 'possible', holds);
});

export const exchangeError = ofAccount((facts, account) => {
  const [error] = account.value.exchangeErrors;
  if (!error) return RULED_OUT;
  const { at, text } = error;
  const evidence = cite(account, 'serviceProvisioningErrors', 'exchangeReports', { at, text });
  const plan = enabledPlan(facts, account.value);
  if (!plan) return fits('possible', evidence);
  // What was reported before the plan was assigned may be over.
  const isOlder = at !== null && plan.at !== null && at < plan.at;
  return fits(isOlder ? 'possible' : 'conclusive', evidence);
});

const isProvisioned = ({ exchangePlans }: DiagnosedAccount) =>
  exchangePlans.some(({ provisioningStatus }) => provisioningStatus === 'Success');

/** Whether Exchange Online has had the time that Microsoft allows. */
const isOverdue = ({ at }: Facts, plan: Plan) => plan.at !== null && at - plan.at > MAILBOX_MS;

export const mailboxOnPremises = ofAccount((facts, account) => {
  const { mailbox } = facts;
  const plan = enabledPlan(facts, account.value);
  const refused = asked('mailbox_on_premises', account, facts);
  if (refused) return fits('likely', refused);
  if (mailbox.kind === 'not_read') return plan ? OPEN : RULED_OUT;
  if (mailbox.value.kind === 'on_premises')
    return fits('conclusive', cite(mailbox, 'mailboxSettings', 'saysOnPremises', { code: mailbox.value.code }));
  const { isSynchronised, addresses } = account.value;
  if (mailbox.value.kind === 'answers') return RULED_OUT;
  if (!plan || !isOverdue(facts, plan) || !isSynchronised || addresses.length === 0) return RULED_OUT;
  if (!isProvisioned(account.value)) return RULED_OUT;
  return fits(
    'likely',
    cite(account, 'provisionedPlans', 'exchangeWorked'),
    citeSilence(mailbox),
    cite(account, 'proxyAddresses', 'synchronisedAddress', { address: addresses[0] ?? '' }),
  );
});

export const mailboxOfNobody = ofAccount(({ mailbox }) => {
  if (mailbox.kind === 'not_read') return OPEN;
  const { kind, code } = mailbox.value;
  return kind === 'answers' && !isPersonalMailbox(code)
    ? fits('conclusive', cite(mailbox, 'mailboxSettings', 'mailboxIs', { purpose: code }))
    : RULED_OUT;
});

/** `serviceHealth.status` where nothing is wrong any more. */
const HEALTHY =
  /^(serviceOperational|serviceRestored|postIncidentReviewPublished|falsePositive|resolved\w*|mitigated\w*)$/i;

export const serviceIncident = licensed(({ health }) => {
  if (health.kind === 'not_read') return OPEN;
  const { status } = health.value;
  return HEALTHY.test(status) ? RULED_OUT : fits('likely', cite(health, 'healthOverviews', 'healthIs', { status }));
});

export const exchangeNotStarted = licensed((facts, account, plan) => {
  const { mailbox } = facts;
  if (mailbox.kind === 'not_read') return OPEN;
  if (!isOverdue(facts, plan)) return RULED_OUT;
  const statuses = account.value.exchangePlans.map(({ provisioningStatus }) => provisioningStatus).join(', ') || null;
  return fits(
    'likely',
    citePlan(account, plan),
    cite(account, 'provisionedPlans', 'exchangeShows', { statuses }),
    citeSilence(mailbox),
  );
});

export const mailboxOpening = licensed((facts, account, plan) => {
  const { mailbox } = facts;
  if (mailbox.kind === 'not_read') return OPEN;
  return isOverdue(facts, plan) ? RULED_OUT : fits('likely', citePlan(account, plan), citeSilence(mailbox));
});
