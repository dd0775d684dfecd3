import { describe, expect, test } from 'vitest';
import { healingOf, healingSentence } from '#lib/domain/decision/healing.ts';
import { accountOf, NOW, person } from '#tests/support/builders.ts';

describe('Microsoft 365 is asked once in a request', () => {
  const asked = { kind: 'retry_provisioning', accountId: 'a1', askedAt: null };

  test('for the account that is followed, or for the first one that is found', () => {
    expect(healingOf('retry_provisioning', person({ accountId: 'a1' }), accountOf())).toEqual(asked);
    expect(healingOf('retry_provisioning', person({ accountId: null }), accountOf())).toEqual(asked);
  });

  test('each kind for itself', () => {
    const retried = person({ provisioningRetriedAt: NOW });
    expect(healingOf('retry_provisioning', retried, accountOf())).toBeNull();
    expect(healingOf('reprocess_licences', retried, accountOf())).toMatchObject({ kind: 'reprocess_licences' });
    const reprocessed = person({ licencesReprocessedAt: NOW });
    expect(healingOf('reprocess_licences', reprocessed, accountOf())).toBeNull();
    expect(healingOf('retry_provisioning', reprocessed, accountOf())).toEqual(asked);
  });

  test('and a group’s licences once more with each retry', () => {
    const retried = {
      reason: 'retried',
      stateSince: NOW,
      licencesReprocessedAt: NOW - 1,
      provisioningRetriedAt: NOW - 1,
    } as const;
    expect(healingOf('reprocess_licences', person(retried), accountOf())).toMatchObject({ askedAt: NOW - 1 });
    expect(healingOf('reprocess_licences', person({ ...retried, licencesReprocessedAt: NOW }), accountOf())).toBeNull();
    expect(healingOf('retry_provisioning', person(retried), accountOf())).toBeNull();
  });

  test('and not by a check with which another request begins', () => {
    expect(healingOf('retry_provisioning', person({ accountId: 'another' }), accountOf())).toBeNull();
    expect(healingOf('retry_provisioning', person({ state: 'provisioned' }), accountOf())).toBeNull();
  });
});

test('the history says what was asked and what came of it', () => {
  expect(healingSentence('retry_provisioning', { kind: 'accepted' })).toMatch(
    /Exchange Online was asked .* It accepted\. It will not be asked again/,
  );
  expect(healingSentence('reprocess_licences', { kind: 'refused', status: 403, graphMessage: 'No.' })).toMatch(
    /group’s licences again\. The app is not permitted to ask this: No\./,
  );
  expect(healingSentence('reprocess_licences', { kind: 'refused', status: 400, graphMessage: 'No.' })).toMatch(
    /It refused: No\./,
  );
  expect(healingSentence('retry_provisioning', { kind: 'unknown', why: 'timeout' })).toMatch(
    /No answer came \(timeout\), so it may have arrived\./,
  );
});
