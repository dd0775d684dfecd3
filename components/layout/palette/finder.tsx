'use client';

import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { NAV_ITEMS } from '#components/layout/nav-items.ts';
import { mayLeave } from '#components/layout/unsaved-changes.tsx';
import { runWord, STATE_ORDER } from '#components/people/state-labels.ts';
import { placeText } from '#components/row-cases/row-case-labels.ts';
import { SECTIONS, sectionHref } from '#components/setup/settings-sections.ts';
import { address } from '#components/text/address.ts';
import { utcText } from '#components/text/time-text.ts';
import { postJson } from '#components/ui/post.ts';
import { useWords } from '#components/words/use-words.ts';
import { upnKey } from '#lib/domain/person.ts';
import type { Found, FoundPlace } from '#lib/services/find/find.ts';
import { namesIn } from '#lib/services/find/pasted-names.ts';
import styles from './palette.module.css';

interface Hit {
  key: string;
  label: string;
  note: string;
  /** Where it leads; a pasted list gets its address first. */
  go: () => Promise<string | null> | string;
}

type Everything = Found & { places: FoundPlace[] };

const NOTHING: Everything = { people: [], rows: [], files: [], runs: [], places: [] };

/** What the finder says: its own words, and those of what it finds. */
function useFinderWords() {
  return { say: useWords('find'), page: useWords('navigation'), state: useWords('states'), time: useWords('time') };
}

type FinderWords = ReturnType<typeof useFinderWords>;

function hitsOf(words: FinderWords, text: string, found: Everything): Hit[] {
  const { say, state: sayState, time: sayTime } = words;
  const names = namesIn(text);
  const places =
    text === '' ? [] : placesIn(words).filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
  return [
    ...(names.length > 1 ? [listHit(say, text, names.length)] : []),
    ...found.people.map(({ id, displayName, userPrincipalName, state, match }) => ({
      key: `person ${id}`,
      label: displayName,
      note: [userPrincipalName, sayState(state), ...(match === 'name' ? [] : [say(match)])].join(' · '),
      go: () => `/people/${id}`,
    })),
    ...found.rows.map((row) => ({
      key: `row ${row.id}`,
      label: row.name,
      note: `${sayState(`rowCase.${row.status}`)} · ${placeText(say, row)}`,
      go: () => `/rows/${row.id}`,
    })),
    ...[...places, ...found.places].map(({ href, label, note }) => ({
      key: `place ${href} ${label}`,
      label,
      note,
      go: () => href,
    })),
    ...found.files.map(({ id, name, receivedAt }) => ({
      key: `file ${id}`,
      label: name,
      note: say('file', { when: utcText(sayTime, receivedAt) }),
      go: () => `/files/${id}`,
    })),
    ...found.runs.map(({ id, number, status, requestedAt }) => ({
      key: `run ${id}`,
      label: say('numberedRun', { n: `${number}` }),
      note: say('run', { status: runWord(sayState, status).label, when: utcText(sayTime, requestedAt) }),
      go: () => `/runs/${id}`,
    })),
    ...unknownNames(names, found).map((upn) => causeHit(words, upn)),
    ...(text === '' || names.length > 1 ? [] : [helpHit(words, text)]),
  ];
}

/** What has an address and a name of its own. */
function placesIn({ say, page: sayPage, state: sayState }: FinderWords): FoundPlace[] {
  return [
    ...STATE_ORDER.map((state) => ({
      href: address('/people', { state }),
      label: sayState(state),
      note: say('state'),
    })),
    ...NAV_ITEMS.map(({ href, page }) => ({ href, label: sayPage(page), note: say('page') })),
    { href: '/diagnosis', label: sayPage('diagnosis'), note: say('page') },
    ...SECTIONS.map((section) => ({
      href: sectionHref(section),
      label: sayPage(`section.${section}`),
      note: sayPage('settings'),
    })),
  ];
}

/** One whole name that nobody here has. */
function unknownNames(names: readonly string[], { people }: Found): readonly string[] {
  const isKnown = (name: string) => people.some((person) => upnKey(person.userPrincipalName) === upnKey(name));
  return names.length === 1 ? names.filter((name) => !isKnown(name)) : [];
}

function causeHit({ say, page: sayPage }: FinderWords, upn: string): Hit {
  const note = say('unknown', { upn });
  return { key: `cause ${upn}`, label: sayPage('diagnosis'), note, go: () => address('/diagnosis', { upn }) };
}

function helpHit({ say, page: sayPage }: FinderWords, text: string): Hit {
  return {
    key: 'help',
    label: say('inHelp', { text }),
    note: sayPage('help'),
    go: () => address('/help', { q: text }),
  };
}

function listHit(say: FinderWords['say'], text: string, names: number): Hit {
  return {
    key: 'list',
    label: say('showList', { count: names }),
    note: say('list'),
    go: async () => {
      const answer = await postJson<{ id: string }>('/api/lists', { text });
      return answer.ok ? address('/people', { list: answer.data.id }) : null;
    },
  };
}

interface Answer {
  found: Everything;
  /** False while the server has not yet answered for the current text. */
  isNew: boolean;
  hasFailed: boolean;
}

/** Asks the server while one types. An answer to what stood there before is not shown: Enter must not open somebody else. */
function useFound(text: string): Answer {
  const [answer, setAnswer] = useState({ q: '', found: NOTHING, hasFailed: false });
  const q = text.trim();
  const isAsked = q !== '' && namesIn(q).length < 2;
  useEffect(() => {
    if (!isAsked) return;
    const asking = new AbortController();
    fetch(`/api/find?${new URLSearchParams({ q: q.slice(0, 200) })}`, { signal: asking.signal })
      .then(async (response) => {
        setAnswer({
          q,
          found: response.ok ? ((await response.json()) as Everything) : NOTHING,
          hasFailed: !response.ok,
        });
      })
      .catch(() => {
        if (!asking.signal.aborted) setAnswer({ q, found: NOTHING, hasFailed: true });
      });
    return () => asking.abort();
  }, [q, isAsked]);
  const isNew = !isAsked || answer.q === q;
  return { found: isAsked && isNew ? answer.found : NOTHING, isNew, hasFailed: isAsked && isNew && answer.hasFailed };
}

function statusText(say: FinderWords['say'], hits: readonly Hit[], { people }: Found, hasFailed: boolean): string {
  if (hasFailed) return say('noAnswer');
  if (people.some(({ match }) => match === 'row')) return say('elsewhereInRow');
  if (people.some(({ match }) => match === 'similar')) return say('onlySimilar');
  return hits.every(({ key }) => /^(help|cause)/.test(key)) ? say('nothing') : '';
}

interface FinderProps {
  /** What was typed while this was loading. */
  typed: string;
  close: () => void;
  showKeys: () => void;
}

/** Finds people, files, runs and pages from anywhere, and takes a pasted list of UserPrincipalNames. */
export function Finder({ typed, close, showKeys }: FinderProps) {
  const words = useFinderWords();
  const { say } = words;
  const router = useRouter();
  const listId = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(typed);
  const [at, setAt] = useState(0);
  const [problem, setProblem] = useState('');
  const { found, isNew, hasFailed } = useFound(text);
  const hits = hitsOf(words, text.trim(), found);
  // Enter before the answer opens the first hit once it is there.
  const [isEager, setEager] = useState(false);
  const active = Math.min(at, hits.length - 1);
  useEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(typed.length, typed.length);
  }, [typed]);

  const go = async (hit: Hit | undefined) => {
    if (!hit) return;
    const href = await hit.go();
    if (href === null) return setProblem(say('listNotSaved'));
    close();
    if (mayLeave(words.page('leave'))) router.push(href);
  };
  useEffect(() => {
    if (!isEager || !isNew) return;
    setEager(false);
    void go(hits[active]);
  });
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      setAt((active + step + hits.length) % hits.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (isNew) void go(hits[active]);
      else setEager(true);
    }
  };
  return (
    <div className={styles.finder}>
      <textarea
        ref={input}
        rows={1}
        className={styles.input}
        role="combobox"
        aria-label={say('what')}
        aria-expanded={hits.length > 0}
        aria-controls={listId}
        aria-activedescendant={hits[active] ? `${listId}-${active}` : undefined}
        placeholder={say('hint')}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setAt(0);
          setEager(false);
          setProblem('');
        }}
        onKeyDown={onKey}
      />
      <div id={listId} role="listbox" aria-label={say('found')} className={styles.hits}>
        {hits.map((hit, index) => (
          // The keys go to the input, which names the active option.
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          <div
            key={hit.key}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={styles.hit}
            onClick={() => go(hit)}
          >
            <strong>{hit.label}</strong>
            <span className="muted">{hit.note}</span>
          </div>
        ))}
      </div>
      {text.trim() !== '' && isNew && (
        <p role="status" className="muted">
          {statusText(say, hits, found, hasFailed)}
        </p>
      )}
      {problem && <p role="alert">{problem}</p>}
      <p className={styles.foot}>
        <span className="muted">{say('how')}</span>
        <Button appearance="subtle" onClick={showKeys}>
          {say('allKeys')}
        </Button>
      </p>
    </div>
  );
}
