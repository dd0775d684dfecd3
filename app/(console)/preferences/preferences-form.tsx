'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Radio, Switch } from '#components/controls/choice.tsx';
import { singleKeysAreOn, turnSingleKeys } from '#components/layout/single-keys.ts';
import {
  cookieOf,
  PREFERENCES,
  PREFERENCES_COOKIE,
  type PreferenceName,
  type Preferences,
} from '#components/preferences/preferences.ts';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import styles from './preferences.module.css';

const A_YEAR_MS = 365 * 24 * 3_600_000;

const LABELS: Record<PreferenceName, string> = {
  theme: 'Theme',
  times: 'Times',
  zone: 'Time zone',
  clock: 'Clock',
  rows: 'Rows of tables',
};

const NAMES = Object.keys(LABELS) as PreferenceName[];

/** Each choice holds at once: the cookie is set and the page drawn anew. */
export function PreferencesForm({ first }: { first: Preferences }) {
  const router = useRouter();
  const [preferences, setPreferences] = useState(first);
  const [keysAreOn, setKeysOn] = useState(true);
  const [loadedAt, setLoadedAt] = useState<number | null>(null);
  useEffect(() => {
    setKeysOn(singleKeysAreOn());
    setLoadedAt(Date.now());
  }, []);
  const choose = async (change: Partial<Preferences>) => {
    const next = { ...preferences, ...change };
    setPreferences(next);
    await cookieStore.set({
      name: PREFERENCES_COOKIE,
      value: cookieOf(next),
      path: '/',
      sameSite: 'strict',
      expires: Date.now() + A_YEAR_MS,
    });
    router.refresh();
  };
  return (
    <div className={`${stack.parts} ${styles.form}`}>
      <Panel title="Appearance and times">
        <div className={styles.groups}>
          {NAMES.map((name) => (
            <fieldset key={name} className={styles.group}>
              <legend>{LABELS[name]}</legend>
              {Object.entries(PREFERENCES[name]).map(([value, label]) => (
                <Radio
                  key={value}
                  name={name}
                  label={label}
                  checked={preferences[name] === value}
                  onChange={() => choose({ [name]: value })}
                />
              ))}
            </fieldset>
          ))}
        </div>
        {loadedAt !== null && (
          <p className="muted">
            This page was opened <Time at={loadedAt} />.
          </p>
        )}
      </Panel>
      <Panel title="Keyboard">
        <Switch
          label="Single-key shortcuts, such as g p for People; ? shows them all"
          checked={keysAreOn}
          onChange={(isOn) => {
            turnSingleKeys(isOn);
            setKeysOn(isOn);
          }}
        />
      </Panel>
    </div>
  );
}
