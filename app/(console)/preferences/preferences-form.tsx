'use client';

import { useEffect, useState } from 'react';
import { Radio, Switch } from '#components/controls/choice.tsx';
import { singleKeysAreOn, turnSingleKeys } from '#components/layout/palette/single-keys.ts';
import { useRefresh } from '#components/live/use-refresh.ts';
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
import { useWords } from '#components/words/use-words.ts';
import { isLanguage, LANGUAGES, type Language } from '#lib/words/languages.ts';
import styles from './preferences.module.css';

const A_YEAR_MS = 365 * 24 * 3_600_000;

/** What can be chosen, by preference; a language only where there are several. */
function choicesOf(languages: readonly Language[]): [PreferenceName, readonly Preferences[PreferenceName][]][] {
  const { language, ...others } = PREFERENCES;
  const offered = language.filter((one) => one === 'accepted' || languages.includes(one));
  const choices = Object.entries(others) as [PreferenceName, readonly Preferences[PreferenceName][]][];
  return languages.length > 1 ? [['language', offered], ...choices] : choices;
}

/** Each choice holds at once: the cookie is set and the page drawn anew. */
export function PreferencesForm({ first, languages }: { first: Preferences; languages: readonly Language[] }) {
  const say = useWords('preferences');
  const refresh = useRefresh();
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
    refresh();
  };
  return (
    <div className={`${stack.parts} ${styles.form}`}>
      <Panel title={say('appearance')}>
        <div className={styles.groups}>
          {choicesOf(languages).map(([name, values]) => (
            <fieldset key={name} className={styles.group}>
              <legend>{say(name)}</legend>
              {values.map((value) => (
                <Radio
                  key={value}
                  name={name}
                  label={isLanguage(value) ? LANGUAGES[value] : say(value)}
                  checked={preferences[name] === value}
                  onChange={() => choose({ [name]: value })}
                />
              ))}
            </fieldset>
          ))}
        </div>
        {loadedAt !== null && <p className="muted">{say.parts('opened', { when: () => <Time at={loadedAt} /> })}</p>}
      </Panel>
      <Panel title={say('keyboard')}>
        <Switch
          label={say('singleKeys')}
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
