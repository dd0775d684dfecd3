/** Writes the files of a scenario, in the shapes in which they come. */
import type { SimulatedPerson } from './people.ts';
import type { PlannedFile } from './scenario.ts';

/** The bytes of a file. */
export function bytesOf({ people, shape, otherType }: PlannedFile, everybody: readonly SimulatedPerson[]): Buffer {
  const delimiter = shape === 'semicolons' ? ';' : ',';
  const end = shape === 'crlf' ? '\r\n' : '\n';
  const header = ['CN', 'UserPrincipalName', 'EmployeeType', 'StartDate'];
  const rows = everybody
    .filter(({ userPrincipalName }) => people.includes(userPrincipalName))
    .map(({ displayName, userPrincipalName, type, startDate }) => {
      const itsType = otherType.includes(userPrincipalName) ? (type === 'E' ? 'N' : 'E') : type;
      return [displayName, userPrincipalName, itsType, startDate ?? ''];
    });
  if (shape === 'bad_row') rows.splice(1, 0, ['Nobody', 'not an address', 'E', '']);
  const [first] = rows;
  if (shape === 'twice_inside' && first) rows.push(first.map((cell, n) => (n === 1 ? cell.toUpperCase() : cell)));
  const lines = [header, ...rows].map((cells) =>
    [...cells, ...(shape === 'extra_columns' ? ['Costs', '17'] : [])].join(delimiter),
  );
  const text = `${shape === 'bom' ? '\uFEFF' : ''}${lines.join(end)}${shape === 'no_end' ? '' : end}`;
  return Buffer.from(text, shape === 'latin1' ? 'latin1' : 'utf8');
}
