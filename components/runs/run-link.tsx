import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';

/** A run by its number. `number` null: retention has deleted it since, so nothing is left to open. */
export function RunLink({ id, number }: { id: string; number: number | null }) {
  const say = useWords('runs');
  return number === null ? (
    say('deletedRun')
  ) : (
    <Link href={`/runs/${id}`}>{say('numbered.run', { n: `${number}` })}</Link>
  );
}
