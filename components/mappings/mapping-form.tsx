'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Checkbox } from '#components/controls/choice.tsx';
import { Field, Input } from '#components/controls/field.tsx';
import { address } from '#components/text/address.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Link } from '#components/ui/link.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { MappingEditor } from '#lib/services/mappings/mappings.ts';
import { ImpactCard } from './impact-card.tsx';
import { MappingFields } from './mapping-fields.tsx';
import styles from './mappings.module.css';
import { RemovalCard } from './removal-card.tsx';
import { draftOf, type TypedMapping, typedFrom } from './typed-mapping.ts';
import { useMappingServer } from './use-mapping-server.ts';

/** The editor: draft, impact, publish. What was typed stays on the screen whatever the server says. */
export function MappingForm(props: {
  editor: MappingEditor;
  releases: boolean;
  /** Where it is part of another page: what happens instead of going on to whom it concerns. */
  onPublished?: () => void;
  /** There: starts again from the licences of another type. */
  startLike?: (type: string) => void;
}) {
  const { editor, releases, onPublished, startLike } = props;
  const say = useWords('mapping');
  // The version this draft started from: the page refreshes itself, which must not make the draft seem newer.
  const [{ baseId, baseVersion }] = useState(editor);
  const [typed, setTyped] = useState(() => typedFrom(editor));
  const [rank, setRank] = useState(String(editor.draft.rank));
  const [note, setNote] = useState('');
  const [release, setRelease] = useState(releases || baseId === null);
  const [isChanged, setChanged] = useState(false);
  const server = useMappingServer(baseId, onPublished);
  const { impact, removal, problem, isBusy } = server;

  const change = (part: Partial<TypedMapping>) => {
    setTyped((before) => ({ ...before, ...part }));
    server.forget();
  };
  const check = (event: FormEvent) => {
    event.preventDefault();
    server.check(draftOf(typed));
  };
  const publish = () => server.publish({ ...draftOf(typed), baseId, rank: Number(rank) || 0, note, release });

  return (
    <form onSubmit={check} onInput={() => setChanged(true)} className={styles.form} noValidate data-unsaved={isChanged}>
      <MappingFields editor={editor} typed={typed} change={change} startLike={startLike} />
      <Field label={say('order')} hint={say('orderHint')}>
        <Input type="number" min={0} max={1000} value={rank} onChange={({ target: { value } }) => setRank(value)} />
      </Field>
      <Field label={say('note')} hint={say('noteHint')}>
        <Input value={note} maxLength={500} onChange={({ target: { value } }) => setNote(value)} />
      </Field>
      {problem && (
        <p role="alert">
          <VisibleText text={problem.message} />{' '}
          {problem.code === 'conflict' && (
            <Link href={address('/mappings/history', { type: typed.employeeType, a: baseVersion })}>
              {say('compareVersions')}
            </Link>
          )}
        </p>
      )}
      <div className={stack.row}>
        <Button type="submit" appearance={impact ? 'secondary' : 'primary'} disabledFocusable={isBusy}>
          {say('checkImpact')}
        </Button>
        {baseId !== null && (
          <Button onClick={() => server.checkRemoval(typed.employeeType)} disabledFocusable={isBusy}>
            {say('remove')}
          </Button>
        )}
      </div>
      {removal && (
        <RemovalCard
          employeeType={typed.employeeType}
          impact={removal}
          isBusy={isBusy}
          confirm={() => server.remove(typed.employeeType)}
          cancel={server.forget}
        />
      )}
      {impact && (
        <ImpactCard impact={impact}>
          {impact.releasable > 0 && (
            <Checkbox
              label={say('release', { n: impact.releasable })}
              checked={release}
              onChange={(checked) => setRelease(checked)}
            />
          )}
          <div>
            <Button appearance="primary" onClick={publish} disabledFocusable={isBusy}>
              {release && impact.releasable > 0 ? say('publishAndRelease', { n: impact.releasable }) : say('publish')}
            </Button>
          </div>
        </ImpactCard>
      )}
    </form>
  );
}
