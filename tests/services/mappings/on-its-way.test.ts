import { describe, expect, test } from 'vitest';
import { recordIntents } from '#db/store/outcomes/intents.ts';
import { beginRun, endRun, requestRun } from '#db/store/runs/runs.ts';
import { readPerson } from '#lib/services/people/people.ts';
import { addPerson, openServicesDatabase, operator } from '#tests/support/services-world.ts';

describe('what is being written at this moment', () => {
  test('is told on the person page while the run is at work, and no longer', () => {
    const db = openServicesDatabase();
    const { id } = addPerson(db, { state: 'queued' });
    const viewer = operator('Viewer');
    expect(readPerson(viewer, { id }).onItsWay).toBeNull();
    const run = requestRun(db, { trigger: 'operator', requestedBy: 'Ada' }, 1);
    beginRun(db, run, 2);
    const addLicenses = [{ skuId: 's', skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [] }];
    recordIntents(db, run, [{ personId: id, revision: 0, usageLocation: 'DE', approvedBy: null, addLicenses }], 3);
    expect(readPerson(viewer, { id }).onItsWay).toEqual({
      what: 'usage location DE and Exchange Online (Plan 1)',
      since: 3,
    });
    // The process died: whether it arrived is found out by the next run, and nothing is on its way meanwhile.
    const end = { status: 'interrupted', reason: null, message: null, counts: {}, traffic: {}, warnings: [] } as const;
    endRun(db, run, { ...end, warnings: [] }, 4);
    expect(readPerson(viewer, { id }).onItsWay).toBeNull();
  });
});
