import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useWords } from '#components/words/use-words.ts';

/** A run or a file with too many people to run all of them again: `href` is the list among which some are chosen. */
export function RunSomeAgain({ of, href }: { of: 'run' | 'file'; href: string }) {
  const say = useWords('runs');
  return (
    <Panel title={say('again')}>
      <p>{say.parts(`long.${of}`, { people: (inside) => <Link href={href}>{inside}</Link> })}</p>
    </Panel>
  );
}
