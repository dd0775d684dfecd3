'use client';

import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { CountryField } from '#components/controls/country-field.tsx';
import modal from '#components/ui/overlays/modal.module.css';
import { Modal } from '#components/ui/overlays/modal.tsx';
import { useWords } from '#components/words/use-words.ts';
import { readCountry } from '#lib/domain/text/countries.ts';

/** Asks for the usage location that many people get at once. */
export function LocationDialog(props: {
  count: number;
  isOpen: boolean;
  isBusy: boolean;
  close: () => void;
  set: (location: string) => void;
}) {
  const say = useWords('actions');
  const [location, setLocation] = useState('');
  return (
    <Modal title={say('locationOf', { n: props.count })} isOpen={props.isOpen} close={props.close}>
      <p>{say('locationMeans')}</p>
      <CountryField label={say('location')} required value={location} onChange={setLocation} />
      <div className={modal.choice}>
        <Button onClick={props.close}>{say('cancel')}</Button>
        <Button
          appearance="primary"
          disabled={readCountry(location) === null || props.isBusy}
          onClick={() => props.set(location)}
        >
          {say('setLocation')}
        </Button>
      </div>
    </Modal>
  );
}
