import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { AttemptsPanel } from '#components/runs/attempts-panel.tsx';
import { listRuns } from '#lib/services/runs/runs.ts';
import { prepareWords } from '#lib/words/browser-script.ts';
import { compiledMessages } from '#lib/words/dictionary.ts';
import { addRun, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
prepareWords('en');
// The panel is drawn on the server, which has all words.
Object.assign(globalThis.autoprovisionWords?.en ?? {}, { run: compiledMessages('en', 'run') });

test('nothing says that nobody changed while one of the attempts is under way', () => {
  addRun(db, 'run-1');
  const [ended] = listRuns(operator('Viewer'), {}).items;
  if (!ended) throw new Error('no run');
  const person = (id: number) => ({
    id,
    displayName: `Person ${id}`,
    userPrincipalName: `person${id}@contoso.example`,
    stateNow: 'needs_attention' as const,
    states: ['needs_attention' as const, null],
  });
  const page = { items: [person(1), person(2)], total: 2, page: 1, pageCount: 1 };
  const shown = (changed: number, finishedAt: number | null) => {
    const runs = [ended, { ...ended, id: 'run-2', finishedAt }];
    const attempts = { runs, total: 2, people: page, changed };
    return renderToStaticMarkup(<AttemptsPanel attempts={attempts} hrefOf={String} everyAttempt="/" />);
  };
  expect(shown(0, 2000)).toContain('Nobody changed.');
  expect(shown(0, null)).not.toContain('Nobody changed.');
  expect(shown(1, null)).toContain('1 of 2');
});
