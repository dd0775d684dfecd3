import { GearIcon } from '@primer/octicons-react/GearIcon';
import { useWords } from '#components/words/use-words.ts';

interface Props {
  name: string;
  isOperator: boolean;
  /** An operator's; null: not known. */
  address: string | null;
}

/** Who did something: an operator by name and address, a program with the sign of one, whatever an operator may be called. */
export function Who({ name, isOperator, address }: Props) {
  const say = useWords('actors');
  if (isOperator)
    return (
      <span>
        {name} {address !== null && <span className="muted">{address}</span>}
      </span>
    );
  // As the history keeps them.
  const program =
    name === 'engine'
      ? 'AutoProvision'
      : name === 'idm'
        ? say('idm')
        : name === 'command line'
          ? say('commandLine')
          : name;
  return (
    <span>
      <GearIcon aria-label={say('program')} /> {program}
    </span>
  );
}
