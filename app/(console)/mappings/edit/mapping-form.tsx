'use client';

import { Button, Checkbox, Field, Input } from '@fluentui/react-components';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { address } from '#components/address.ts';
import { countText } from '#components/count-text.ts';
import { Link } from '#components/link.tsx';
import { postJson } from '#components/post.ts';
import type { Impact, Published } from '#lib/services/mapping-changes.ts';
import type { MappingEditor } from '#lib/services/mappings.ts';
import styles from '../mappings.module.css';
import { ImpactCard } from './impact-card.tsx';
import { type DraftLicence, LicenceFields } from './licence-fields.tsx';

/** The editor: draft, impact, publish. What was typed stays on the screen whatever the server says. */
export function MappingForm({ editor, releases }: { editor: MappingEditor; releases: boolean }) {
  const router = useRouter();
  // The version this draft started from: the page refreshes itself, and must not make the draft look newer than it is.
  const [baseId] = useState(editor.baseId);
  const [employeeType, setEmployeeType] = useState(editor.employeeType);
  const [licences, setLicences] = useState<DraftLicence[]>(
    editor.draft.licences.length > 0 ? editor.draft.licences : [{ skuPartNumber: '', disabledPlans: [] }],
  );
  const [usageLocation, setUsageLocation] = useState(editor.draft.usageLocation ?? '');
  const [rank, setRank] = useState(String(editor.draft.rank));
  const [note, setNote] = useState('');
  const [impact, setImpact] = useState<Impact | null>(null);
  const [release, setRelease] = useState(releases || baseId === null);
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);

  const draft = { employeeType, licences: licences.filter(({ skuPartNumber }) => skuPartNumber !== ''), usageLocation };
  /** What was checked is no longer what stands there. */
  const changed = () => {
    setImpact(null);
    setProblem('');
  };
  const check = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await postJson<Impact>('/api/mappings/preview', draft);
    setBusy(false);
    if (!answer.ok) return setProblem(answer.message);
    setProblem('');
    setImpact(answer.data);
  };
  const publish = async () => {
    setBusy(true);
    const body = { ...draft, baseId, rank: Number(rank) || 0, note, release };
    const answer = await postJson<Published>('/api/mappings', body);
    setBusy(false);
    if (!answer.ok) return setProblem(answer.message);
    router.push(answer.data.released > 0 ? address('/people', { type: employeeType }) : '/mappings');
    router.refresh();
  };
  const remove = async () => {
    const answer = await postJson('/api/mappings/remove', { employeeType, baseId });
    if (!answer.ok) return setProblem(answer.message);
    router.push('/mappings');
    router.refresh();
  };

  return (
    <form onSubmit={check} className={styles.form} noValidate>
      <Field label="EmployeeType" required hint="As it stands in the files; upper and lower case make no difference.">
        <Input
          value={employeeType}
          readOnly={baseId !== null}
          maxLength={64}
          onChange={(_, { value }) => {
            setEmployeeType(value);
            changed();
          }}
        />
      </Field>
      {editor.near.length > 0 && (
        <p>
          Perhaps another spelling of{' '}
          {editor.near.map((type, index) => (
            <span key={type}>
              {index > 0 && ', '}
              <Link href={address('/mappings/edit', { type: editor.employeeType, like: type, release: 1 })}>
                {type}
              </Link>
            </span>
          ))}
          : choose it to start from its licences.
        </p>
      )}
      <LicenceFields
        licences={licences}
        skus={editor.skus}
        change={(next) => {
          setLicences(next);
          changed();
        }}
      />
      <Field
        label="Default usage location"
        hint="Two letters, for example DE. Used where neither account nor row names one."
      >
        <Input
          value={usageLocation}
          maxLength={2}
          onChange={(_, { value }) => {
            setUsageLocation(value.toUpperCase());
            changed();
          }}
        />
      </Field>
      <Field
        label="Order among near matches"
        hint="A lower number is offered first when an unknown EmployeeType is like several."
      >
        <Input type="number" min={0} max={1000} value={rank} onChange={(_, { value }) => setRank(value)} />
      </Field>
      <Field label="Note" hint="Why this version; it is kept in the history.">
        <Input value={note} maxLength={500} onChange={(_, { value }) => setNote(value)} />
      </Field>
      {problem && (
        <p role="alert">
          {problem}{' '}
          {baseId !== null && /meanwhile/.test(problem) && (
            <Link href={address('/mappings/history', { type: employeeType })}>Compare the versions</Link>
          )}
        </p>
      )}
      <div className={styles.row}>
        <Button type="submit" appearance={impact ? 'secondary' : 'primary'} disabledFocusable={isBusy}>
          Check the impact
        </Button>
        {baseId !== null && (
          <Button appearance="subtle" onClick={remove} disabledFocusable={isBusy}>
            Remove this mapping
          </Button>
        )}
      </div>
      {impact && (
        <ImpactCard impact={impact}>
          {impact.releasable > 0 && (
            <Checkbox
              label={`Look again at once at ${countText(impact.releasable, 'person', 'people')} whom only the mapping held up`}
              checked={release}
              onChange={(_, { checked }) => setRelease(checked === true)}
            />
          )}
          <div>
            <Button appearance="primary" onClick={publish} disabledFocusable={isBusy}>
              {release && impact.releasable > 0
                ? `Publish and release ${countText(impact.releasable, 'person', 'people')}`
                : 'Publish'}
            </Button>
          </div>
        </ImpactCard>
      )}
    </form>
  );
}
