'use client';

import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { CountryField } from '#components/controls/country-field.tsx';
import { countText } from '#components/text/count-text.ts';
import modal from '#components/ui/modal.module.css';
import { Modal } from '#components/ui/modal.tsx';
import { readCountry } from '#lib/domain/text/countries.ts';

/** Asks for the usage location that many people get at once. */
export function LocationDialog(props: {
  count: number;
  isOpen: boolean;
  isBusy: boolean;
  close: () => void;
  set: (location: string) => void;
}) {
  const [location, setLocation] = useState('');
  return (
    <Modal
      title={`Usage location of ${countText(props.count, 'person', 'people')}`}
      isOpen={props.isOpen}
      close={props.close}
    >
      <p>It replaces what the accounts have, and they are checked again at once.</p>
      <CountryField label="Usage location" required value={location} onChange={setLocation} />
      <div className={modal.choice}>
        <Button onClick={props.close}>Cancel</Button>
        <Button
          appearance="primary"
          disabled={readCountry(location) === null || props.isBusy}
          onClick={() => props.set(location)}
        >
          Set it and try again
        </Button>
      </div>
    </Modal>
  );
}
