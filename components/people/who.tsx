import { GearIcon } from '@primer/octicons-react/GearIcon';

/** Programs that do something by themselves, by the names that the history keeps. */
const PROGRAMS: Record<string, string> = {
  engine: 'AutoProvision',
  idm: 'The drop folder',
  'command line': 'Command line',
};

interface Props {
  name: string;
  isOperator: boolean;
  /** An operator's; null: not known. */
  address: string | null;
}

/** Who did something: an operator by name and address, a program with the sign of one, whatever an operator may be called. */
export function Who({ name, isOperator, address }: Props) {
  if (isOperator)
    return (
      <span>
        {name} {address !== null && <span className="muted">{address}</span>}
      </span>
    );
  return (
    <span>
      <GearIcon aria-label="Program:" /> {PROGRAMS[name] ?? name}
    </span>
  );
}
