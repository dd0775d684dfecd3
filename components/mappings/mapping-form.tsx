'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Checkbox } from '#components/controls/choice.tsx';
import { CountryField } from '#components/controls/country-field.tsx';
import { Field, Input, Select } from '#components/controls/field.tsx';
import { LeadTimeField } from '#components/controls/lead-time-field.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { type Answer, postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { LeadTime } from '#lib/domain/time/start-date.ts';
import type { Impact, Published } from '#lib/services/mappings/mapping-changes.ts';
import type { RemovalImpact, Removed } from '#lib/services/mappings/mapping-removal.ts';
import type { MappingEditor } from '#lib/services/mappings/mappings.ts';
import { ImpactCard } from './impact-card.tsx';
import { type DraftLicence, LicenceFields, NO_LICENCE, skuOf } from './licence-fields.tsx';
import styles from './mappings.module.css';
import { RemovalCard } from './removal-card.tsx';

type Refusal = Extract<Answer<unknown>, { ok: false }>;

/** What the draft starts with; a licence that the tenant does not have is shown as typed. */
function licencesOf({ draft, skus }: MappingEditor): DraftLicence[] {
  if (draft.licences.length === 0) return [NO_LICENCE];
  return draft.licences.map((licence) => ({ ...licence, isTyped: skuOf(skus, licence.skuPartNumber) === undefined }));
}

/** Lines without a choice do not count; one with an empty part number does, and is rejected. */
function chosenLicences(licences: readonly DraftLicence[]) {
  return licences.flatMap(({ skuPartNumber, disabledPlans, isTyped }) =>
    skuPartNumber === '' && !isTyped ? [] : [{ skuPartNumber, disabledPlans }],
  );
}

/** An emptied number is sent as it is, and refused. */
function leadTimeOf(text: string): LeadTime | number | null {
  if (text === 'inherited') return null;
  return text === 'at_once' ? text : text.trim() === '' ? Number.NaN : Number(text);
}

const ADDRESSES = { inherited: null, yes: true, no: false } as const;
type Addresses = keyof typeof ADDRESSES;

function addressesOf({ licenseAccountsWithAddress }: MappingEditor['draft']): Addresses {
  return licenseAccountsWithAddress === null ? 'inherited' : licenseAccountsWithAddress ? 'yes' : 'no';
}

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
  const router = useRouter();
  // The version this draft started from: the page refreshes itself, which must not make the draft seem newer.
  const [{ baseId, baseVersion }] = useState(editor);
  const [employeeType, setEmployeeType] = useState(editor.employeeType);
  const [licences, setLicences] = useState(() => licencesOf(editor));
  const [usageLocation, setUsageLocation] = useState(editor.draft.usageLocation ?? '');
  const [leadTime, setLeadTime] = useState(String(editor.draft.leadTime ?? 'inherited'));
  const [addresses, setAddresses] = useState(() => addressesOf(editor.draft));
  const [rank, setRank] = useState(String(editor.draft.rank));
  const [note, setNote] = useState('');
  const [impact, setImpact] = useState<Impact | null>(null);
  const [removal, setRemoval] = useState<RemovalImpact | null>(null);
  const [release, setRelease] = useState(releases || baseId === null);
  const [problem, setProblem] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);

  const draft = {
    employeeType,
    licences: chosenLicences(licences),
    usageLocation,
    leadTime: leadTimeOf(leadTime),
    licenseAccountsWithAddress: ADDRESSES[addresses],
  };
  const [isTyped, setTyped] = useState(false);
  /** The draft is no longer the one that was checked. */
  const changed = () => {
    setImpact(null);
    setRemoval(null);
    setProblem(null);
  };
  /** Asks the server; a refusal is shown, and gives null. */
  async function ask<T>(path: string, body: unknown): Promise<T | null> {
    setBusy(true);
    const answer = await postJson<T>(path, body);
    setBusy(false);
    setProblem(answer.ok ? null : answer);
    return answer.ok ? answer.data : null;
  }
  const leave = (href: string) => {
    router.push(href);
    router.refresh();
  };
  const check = async (event: FormEvent) => {
    event.preventDefault();
    setRemoval(null);
    setImpact(await ask<Impact>('/api/mappings/preview', draft));
  };
  const publish = async () => {
    const done = await ask<Published>('/api/mappings', { ...draft, baseId, rank: Number(rank) || 0, note, release });
    if (!done) return;
    const news = { changed: done.eventId };
    if (onPublished) onPublished();
    else
      leave(done.released > 0 ? address('/people', { type: done.employeeType, ...news }) : address('/mappings', news));
  };
  const checkRemoval = async () => {
    setImpact(null);
    setRemoval(await ask<RemovalImpact>('/api/mappings/remove/preview', { employeeType, baseId }));
  };
  const remove = async () => {
    const done = await ask<Removed>('/api/mappings/remove', { employeeType, baseId });
    if (done) leave(address('/mappings', { changed: done.eventId }));
  };

  return (
    <form onSubmit={check} onInput={() => setTyped(true)} className={styles.form} noValidate data-unsaved={isTyped}>
      <Field label={say('employeeType')} required hint={say('typeHint')}>
        <Input
          value={employeeType}
          readOnly={baseId !== null}
          maxLength={64}
          onChange={({ target: { value } }) => {
            setEmployeeType(value);
            changed();
          }}
        />
      </Field>
      {editor.near.length > 0 && (
        <p>
          {say.parts('near', {
            types: () =>
              editor.near.map((type, index) => (
                <span key={type}>
                  {index > 0 && ', '}
                  {startLike ? (
                    <Button appearance="subtle" onClick={() => startLike(type)}>
                      {type}
                    </Button>
                  ) : (
                    <Link href={address('/mappings/edit', { type: editor.employeeType, like: type, release: 1 })}>
                      {type}
                    </Link>
                  )}
                </span>
              )),
          })}
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
      <CountryField
        label={say('usageLocation')}
        hint={say('usageLocationHint')}
        value={usageLocation}
        onChange={(value) => {
          setUsageLocation(value);
          changed();
        }}
      />
      <LeadTimeField
        label={say('leadTime')}
        hint={say('leadTimeHint')}
        inherited={say('inSettings')}
        value={leadTime}
        onChange={(value) => {
          setLeadTime(value);
          changed();
        }}
      />
      <Field label={say('addresses')} hint={say('addressesHint')}>
        <Select
          value={addresses}
          onChange={({ target: { value } }) => {
            setAddresses(value === 'yes' || value === 'no' ? value : 'inherited');
            changed();
          }}
        >
          <option value="inherited">{say('inSettings')}</option>
          <option value="yes">{say('addressesYes')}</option>
          <option value="no">{say('addressesNo')}</option>
        </Select>
      </Field>
      <Field label={say('order')} hint={say('orderHint')}>
        <Input type="number" min={0} max={1000} value={rank} onChange={({ target: { value } }) => setRank(value)} />
      </Field>
      <Field label={say('note')} hint={say('noteHint')}>
        <Input value={note} maxLength={500} onChange={({ target: { value } }) => setNote(value)} />
      </Field>
      {problem && (
        <p role="alert">
          {problem.message}{' '}
          {problem.code === 'conflict' && (
            <Link href={address('/mappings/history', { type: employeeType, a: baseVersion })}>
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
          <Button onClick={checkRemoval} disabledFocusable={isBusy}>
            {say('remove')}
          </Button>
        )}
      </div>
      {removal && (
        <RemovalCard
          employeeType={employeeType}
          impact={removal}
          isBusy={isBusy}
          confirm={remove}
          cancel={() => setRemoval(null)}
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
