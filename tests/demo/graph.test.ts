import { describe, expect, test } from 'vitest';
import { hasGraphDescription, validateRequest, validateResponse } from '#tests/support/openapi.ts';
import { ADA, ada, addLicences, KIOSK, openTenant, PLAN_1, type Reply, seedOf } from './client.ts';

const errorOf = ({ status, body }: Reply) => {
  const { error } = body as { error: { code: string; message: string } };
  return { status, code: error.code, message: error.message };
};

const bodyOf = <T>({ body }: Reply) => body as T;

const CALLS: [string, string, unknown?][] = [
  ['GET', '/users'],
  ['GET', '/users?$select=id,userPrincipalName,assignedPlans,licenseAssignmentStates,provisionedPlans&$top=5'],
  ['GET', `/users/${ADA}`],
  [
    'GET',
    `/users/${ADA}?$select=id,proxyAddresses,assignedLicenses,onPremisesProvisioningErrors,serviceProvisioningErrors`,
  ],
  ['GET', '/users/nobody@contoso.example'],
  ['PATCH', `/users/${ADA}`, { usageLocation: 'DE' }],
  ['PATCH', `/users/${ADA}`, { usageLocation: 'ZZ' }],
  ['POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1)],
  ['POST', `/users/${ADA}/assignLicense`, addLicences('00000000-0000-4000-8000-000000000000')],
  ['GET', `/users/${ADA}/licenseDetails`],
  ['GET', `/users/${ADA}/mailboxSettings`],
  ['GET', '/users/open@contoso.example/mailboxSettings'],
  ['GET', '/users/open@contoso.example/mailboxSettings?$select=userPurpose'],
  ['GET', '/users/open@contoso.example/mailboxSettings/userPurpose'],
  ['POST', `/users/${ADA}/retryServiceProvisioning`],
  ['GET', '/subscribedSkus'],
  ['GET', '/organization'],
  ['GET', '/domains'],
  [
    'POST',
    '/users/open@contoso.example/sendMail',
    {
      message: {
        subject: 'Report',
        body: { contentType: 'text', content: 'Hello' },
        toRecipients: [{ emailAddress: { address: ADA } }],
      },
      saveToSentItems: false,
    },
  ],
  ['POST', '/$batch', { requests: [{ id: '1', method: 'GET', url: '/users' }] }],
];

describe.skipIf(!hasGraphDescription)(
  "Graph's OpenAPI description (skipped where it is not beside the project)",
  () => {
    test.each(CALLS)('%s %s is asked and answered as described', async (method, path, body) => {
      const { graph, tenant } = await openTenant([
        ada({ exchangeError: 'No.', conflictingAddress: 'SMTP:a@b.example', licences: [{ skuId: KIOSK }] }),
        { userPrincipalName: 'open@contoso.example', mailboxIsOpen: true },
      ]);
      tenant.behaviour = { ...tenant.behaviour, permissions: [...tenant.behaviour.permissions, 'Domain.Read.All'] };
      if (body !== undefined) expect(validateRequest(method, path, body)).toEqual([]);
      const reply = await graph(method, path, body);
      expect(validateResponse(method, path, reply.status, reply.body)).toEqual([]);
    });

    test('the description finds what is wrong', () => {
      expect(validateResponse('GET', '/users', 200, { value: [{ id: '1', exchangeGuid: 'x' }] })).not.toEqual([]);
      expect(validateResponse('GET', '/users', 400, { error: { code: 'x' } })).not.toEqual([]);
      expect(validateResponse('PATCH', `/users/${ADA}`, 204, {})).not.toEqual([]);
      expect(validateRequest('POST', `/users/${ADA}/assignLicense`, { addLicenses: [] })).not.toEqual([]);
    });

    test('a throttled answer and a missing permission are described errors', async () => {
      const { graph, tenant } = await openTenant();
      tenant.faults.add({ kind: 'throttle', times: 1 });
      const throttled = await graph('GET', '/users');
      expect(throttled.status).toBe(429);
      expect(validateResponse('GET', '/users', 429, throttled.body)).toEqual([]);
      tenant.behaviour = { ...tenant.behaviour, permissions: [] };
      const denied = await graph('GET', '/users');
      expect(denied.status).toBe(403);
      expect(validateResponse('GET', '/users', 403, denied.body)).toEqual([]);
    });
  },
);

interface UserPage {
  value: { userPrincipalName: string }[];
  '@odata.nextLink'?: string;
}

describe('reading users', () => {
  test('gives the eleven default properties, or those that are selected', async () => {
    const { graph } = await openTenant();
    expect(Object.keys(bodyOf<object>(await graph('GET', `/users/${ADA}`))).sort()).toEqual(
      [
        '@odata.context',
        'businessPhones',
        'displayName',
        'givenName',
        'id',
        'jobTitle',
        'mail',
        'mobilePhone',
        'officeLocation',
        'preferredLanguage',
        'surname',
        'userPrincipalName',
      ].sort(),
    );
    const selected = await graph('GET', `/users/${ADA}?$select=usageLocation`);
    expect(selected.body).toEqual({ '@odata.context': expect.any(String), usageLocation: 'US' });
    expect((await graph('GET', `/users/${ADA}?$select=exchangeGuid`)).status).toBe(400);
  });

  test('finds a person by id, by UPN in any case, and in the quoted form', async () => {
    const { graph, tenant } = await openTenant([ada({ userPrincipalName: "o'neil@contoso.example" })]);
    const id = tenant.users[0]?.id;
    for (const path of [`/users/${id}`, '/users/O%27NEIL@contoso.example', "/users('o''neil@contoso.example')"])
      expect(bodyOf<{ id: string }>(await graph('GET', path)).id).toBe(id);
  });

  test('a guest is found by its encoded name, a name that begins with $ only in the quoted form', async () => {
    const { graph } = await openTenant([
      ada({ userPrincipalName: 'guest_fabrikam.example#EXT#@contoso.example', userType: 'Guest' }),
      ada({ userPrincipalName: '$cash@contoso.example' }),
    ]);
    expect((await graph('GET', '/users/guest_fabrikam.example%23EXT%23@contoso.example')).status).toBe(200);
    expect((await graph('GET', '/users/$cash@contoso.example')).status).toBe(400);
    expect((await graph('GET', "/users('$cash@contoso.example')")).status).toBe(200);
  });

  test('pages through everybody by @odata.nextLink, each once', async () => {
    const users = Array.from({ length: 25 }, (_, index) => ada({ userPrincipalName: `p${index}@contoso.example` }));
    const { graph, url } = await openTenant(users);
    const seen: string[] = [];
    let next: string | undefined = '/users?$top=10&$select=userPrincipalName';
    let pages = 0;
    while (next) {
      const page: UserPage = bodyOf<UserPage>(await graph('GET', next));
      seen.push(...page.value.map(({ userPrincipalName }) => userPrincipalName));
      next = page['@odata.nextLink']?.slice(`${url}/v1.0`.length);
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(seen).toEqual(users.map(({ userPrincipalName }) => userPrincipalName));
  });

  test('15 names in one filter find those who are there; a sixteenth refuses the request', async () => {
    const users = Array.from({ length: 16 }, (_, index) => ada({ userPrincipalName: `p${index}@contoso.example` }));
    const { graph } = await openTenant(users);
    const filter = (count: number) =>
      `/users?$select=id&$filter=${encodeURIComponent(
        `userPrincipalName in (${users
          .slice(0, count)
          .map(({ userPrincipalName }) => `'${userPrincipalName.toUpperCase()}'`)
          .join(',')})`,
      )}`;
    expect(bodyOf<{ value: unknown[] }>(await graph('GET', filter(15))).value).toHaveLength(15);
    expect(errorOf(await graph('GET', filter(16)))).toEqual({
      status: 400,
      code: 'Request_UnsupportedQuery',
      message:
        "Too many child clauses specified in search filter expression containing 'OR' operators: 16. Max allowed: 15.",
    });
  });

  test('a person shows only once it is synchronised', async () => {
    const { graph, control } = await openTenant([ada({ synchronisesAfterMs: 60_000 })]);
    expect((await graph('GET', `/users/${ADA}`)).status).toBe(404);
    await control('POST', 'clock', { advanceMs: 60_000 });
    expect((await graph('GET', `/users/${ADA}`)).status).toBe(200);
  });

  test('every answer has its ids, a diagnosis and its cost', async () => {
    const { graph } = await openTenant();
    const { headers } = await graph('GET', '/users?$select=id&$top=5', undefined, { 'client-request-id': 'mine' });
    expect(headers.get('client-request-id')).toBe('mine');
    expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('x-ms-ags-diagnostic')).toContain('DataCenter');
    expect(headers.get('x-ms-resource-unit')).toBe('1');
    expect(headers.get('date')).not.toBeNull();
  });
});

describe('licences', () => {
  test('a licence takes a seat, shows on the account and opens the mailbox after its time', async () => {
    const { graph, control, tenant } = await openTenant();
    const assigned = await graph('POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1));
    expect(assigned.status).toBe(200);
    const select = '$select=assignedLicenses,licenseAssignmentStates,assignedPlans,mail';
    expect((await graph('GET', `/users/${ADA}?${select}`)).body).toMatchObject({
      assignedLicenses: [{ skuId: PLAN_1, disabledPlans: [] }],
      licenseAssignmentStates: [{ skuId: PLAN_1, assignedByGroup: null, state: 'Active', error: null }],
      assignedPlans: expect.arrayContaining([expect.objectContaining({ service: 'exchange' })]),
      mail: null,
    });
    expect(tenant.consumedUnits(seat(tenant))).toBe(1);
    const purpose = `/users/${ADA}/mailboxSettings?$select=userPurpose`;
    expect(errorOf(await graph('GET', purpose))).toMatchObject({ status: 404, code: 'MailboxNotEnabledForRESTAPI' });
    await control('POST', 'clock', { advanceMs: 60_000 });
    expect(bodyOf<object>(await graph('GET', purpose))).toMatchObject({ userPurpose: 'user' });
    expect((await graph('GET', `/users/${ADA}?$select=mail,proxyAddresses`)).body).toMatchObject({
      mail: ADA,
      proxyAddresses: [`SMTP:${ADA}`],
    });
  });

  test('the same licence twice changes nothing the second time, and the ledger says so', async () => {
    const { graph, tenant } = await openTenant();
    for (let time = 0; time < 2; time += 1) await graph('POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1));
    expect(tenant.ledger.map(({ kind, effective }) => [kind, effective])).toEqual([
      ['licence', true],
      ['licence', false],
    ]);
    expect(tenant.consumedUnits(seat(tenant))).toBe(1);
  });

  test('held directly and through a group it takes one seat, and only the direct one can be removed', async () => {
    const { graph, tenant } = await openTenant([ada({ licences: [{ skuId: PLAN_1, byGroup: 'g1' }] })]);
    await graph('POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1));
    expect(tenant.consumedUnits(seat(tenant))).toBe(1);
    const remove = { addLicenses: [], removeLicenses: [PLAN_1] };
    expect((await graph('POST', `/users/${ADA}/assignLicense`, remove)).status).toBe(200);
    expect(errorOf(await graph('POST', `/users/${ADA}/assignLicense`, remove)).message).toBe(
      'User license is inherited from a group membership and it cannot be removed directly from the user.',
    );
    expect(tenant.consumedUnits(seat(tenant))).toBe(1);
  });

  test.each([
    ['no usage location', ada({ usageLocation: null }), addLicences(PLAN_1), /invalid usage location/],
    ['no seat', ada(), addLicences(KIOSK), /does not have any available licenses/],
    ['a conflict', ada({ refusal: 'conflict' }), addLicences(PLAN_1), /are mutually exclusive/],
    ['a dependency', ada({ refusal: 'dependency' }), addLicences(PLAN_1), /depends on the service plan/],
    ['an unknown licence', ada(), addLicences('00000000-0000-4000-8000-000000000000'), /valid company License/],
    ['a missing array', ada(), { addLicenses: [] }, /The missing parameters are: removeLicenses/],
    ['no GUID', ada(), addLicences('plan 1'), /expected type 'Edm.Guid'/],
    ['a removal of what is not there', ada(), { addLicenses: [], removeLicenses: [PLAN_1] }, /corresponding license/],
  ])('%s is refused in the words of Graph and changes nothing', async (_, user, order, words) => {
    const { graph, tenant } = await openTenant([], { seed: seedOf([user], { kiosk: 0 }) });
    const error = errorOf(await graph('POST', `/users/${ADA}/assignLicense`, order));
    expect(error).toMatchObject({ status: 400, code: 'Request_BadRequest' });
    expect(error.message).toMatch(words);
    expect(tenant.ledger).toEqual([]);
    expect(tenant.users[0]?.licences).toEqual([]);
  });

  test.each([
    ['Suspended', { enabled: 0, lockedOut: 0, suspended: 100, warning: 0 }],
    ['LockedOut', { enabled: 0, lockedOut: 100, suspended: 0, warning: 0 }],
  ])('of a subscription that is %s nothing is assigned, and it has no units for that', async (status, units) => {
    const { graph, tenant } = await openTenant([ada()]);
    seat(tenant).capabilityStatus = status;
    const error = errorOf(await graph('POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1)));
    expect(error.message).toMatch(/does not have any available licenses/);
    const { value } = bodyOf<{ value: unknown[] }>(await graph('GET', '/subscribedSkus'));
    expect(value[0]).toMatchObject({ capabilityStatus: status, prepaidUnits: units });
  });

  test.each([
    ['prohibited_location' as const, 'ProhibitedInUsageLocationViolation'],
    ['proxy_conflict' as const, 'UniquenessViolation'],
  ])('%s is taken, then reported on the licence, and takes no seat', async (refusal, error) => {
    const { graph, tenant } = await openTenant([ada({ refusal, usageLocation: 'CU' })]);
    expect((await graph('POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1))).status).toBe(200);
    expect((await graph('GET', `/users/${ADA}?$select=assignedLicenses,licenseAssignmentStates`)).body).toMatchObject({
      assignedLicenses: [],
      licenseAssignmentStates: [{ skuId: PLAN_1, state: 'Error', error }],
    });
    expect(tenant.consumedUnits(seat(tenant))).toBe(0);
  });
});

describe('replication lag', () => {
  test('reads show the state before a write until the lag is over; the answer to the write does not', async () => {
    const { graph, control, tenant } = await openTenant([ada()], { clock: { now: () => 1_000_000 } });
    await control('POST', 'behaviour', { replicationLagMs: 5000 });
    const assigned = await graph('POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1));
    expect(assigned.body).toMatchObject({ assignedLicenses: [{ skuId: PLAN_1 }] });
    const read = async () =>
      bodyOf<{ assignedLicenses: unknown[] }>(await graph('GET', `/users/${ADA}?$select=assignedLicenses`));
    expect((await read()).assignedLicenses).toEqual([]);
    expect(tenant.ledger).toHaveLength(1);
    await control('POST', 'clock', { advanceMs: 5000 });
    expect((await read()).assignedLicenses).toHaveLength(1);
  });

  test('a licence right after the usage location is refused until the lag is over', async () => {
    const { graph, control } = await openTenant([ada({ usageLocation: null })], { clock: { now: () => 1_000_000 } });
    await control('POST', 'behaviour', { replicationLagMs: 5000 });
    expect((await graph('PATCH', `/users/${ADA}`, { usageLocation: 'US' })).status).toBe(204);
    const early = await graph('POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1));
    expect(errorOf(early).message).toMatch(/invalid usage location/);
    await control('POST', 'clock', { advanceMs: 5000 });
    expect((await graph('POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1))).status).toBe(200);
  });

  test('licensing may see a location later than reads do, and a change of behaviour leaves the rest as it is', async () => {
    const { graph, control } = await openTenant([ada({ usageLocation: null })], { clock: { now: () => 1_000_000 } });
    await control('POST', 'behaviour', { licensingLagMs: 5000 });
    await control('POST', 'behaviour', { silentMailboxStatus: 400 });
    await control('POST', 'behaviour', { replicationLagMs: 1000 });
    await graph('PATCH', `/users/${ADA}`, { usageLocation: 'US' });
    await control('POST', 'clock', { advanceMs: 1000 });
    expect((await graph('GET', `/users/${ADA}?$select=usageLocation`)).body).toMatchObject({ usageLocation: 'US' });
    const early = await graph('POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1));
    expect(errorOf(early).message).toMatch(/invalid usage location/);
    await control('POST', 'clock', { advanceMs: 5000 });
    expect((await graph('POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1))).status).toBe(200);
    expect((await control('GET', 'state')).body).toMatchObject({ behaviour: { silentMailboxStatus: 400 } });
  });
});

describe('mailboxes and mail', () => {
  test.each([
    ['on_premises' as const, 'MailboxNotEnabledForRESTAPI'],
    ['on_premises_certain' as const, 'MailboxNotHostedInExchangeOnline'],
    ['never' as const, 'MailboxNotEnabledForRESTAPI'],
  ])('%s never opens, licensed or not', async (mailbox, code) => {
    const { graph, control } = await openTenant([ada({ mailbox })]);
    await graph('POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1));
    await control('POST', 'clock', { advanceMs: 30 * 24 * 3_600_000 });
    expect(errorOf(await graph('GET', `/users/${ADA}/mailboxSettings/userPurpose`))).toMatchObject({
      status: 404,
      code,
    });
  });

  test('mail is accepted and kept with its attachment; a sender without a mailbox cannot send', async () => {
    const { graph, tenant } = await openTenant([
      ada({ mailboxIsOpen: true }),
      { userPrincipalName: 'b@contoso.example' },
    ]);
    const attachment = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'r.log', contentBytes: 'aGk=' };
    const message = { subject: 'S', toRecipients: [{ emailAddress: { address: ADA } }], attachments: [attachment] };
    expect((await graph('POST', `/users/${ADA}/sendMail`, { message })).status).toBe(202);
    expect(tenant.sentMail).toMatchObject([{ sender: ADA, message: { subject: 'S', attachments: [attachment] } }]);
    expect((await graph('POST', '/users/b@contoso.example/sendMail', { message })).status).toBe(404);
    expect((await graph('POST', '/users/x@contoso.example/sendMail', { message })).status).toBe(404);
  });
});

describe('permissions', () => {
  test.each([
    ['GET', '/users', 'Authorization_RequestDenied'],
    ['PATCH', `/users/${ADA}`, 'Authorization_RequestDenied'],
    ['POST', `/users/${ADA}/assignLicense`, 'Authorization_RequestDenied'],
    ['GET', '/subscribedSkus', 'Authorization_RequestDenied'],
    ['GET', `/users/${ADA}/mailboxSettings`, 'ErrorAccessDenied'],
    ['POST', `/users/${ADA}/sendMail`, 'ErrorAccessDenied'],
  ])('%s %s without its permission is 403 %s', async (method, path, code) => {
    const { graph, control, tenant } = await openTenant();
    await control('POST', 'behaviour', { permissions: ['Reports.Read.All'] });
    const reply = await graph(method, path, method === 'GET' ? undefined : {});
    expect(errorOf(reply)).toMatchObject({ status: 403, code });
    expect(tenant.ledger).toEqual([]);
  });
});

function seat(tenant: Awaited<ReturnType<typeof openTenant>>['tenant']) {
  const [first] = tenant.skus;
  if (!first) throw new Error('the tenant has no licence');
  return first;
}
