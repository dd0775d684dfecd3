import { CopyButton } from '#components/controls/copy-button.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { PersonPlaybook } from '#lib/services/people/playbook.ts';
import styles from './person.module.css';

/** For whoever administers Microsoft 365: where to look, what to type, and what Microsoft says about it. */
export function Playbook({ playbook: { links, script, article } }: { playbook: PersonPlaybook }) {
  const say = useWords('person');
  return (
    <section className={styles.playbook} aria-label={say('playbook')}>
      <h3>{say('playbook')}</h3>
      {links.length > 0 && (
        <ul className={stack.row}>
          {links.map(({ label, href }) => (
            <li key={href}>
              <a href={href} target="_blank" rel="noreferrer">
                {label}
              </a>
            </li>
          ))}
        </ul>
      )}
      <pre className={stack.inset}>{script}</pre>
      <div>
        <CopyButton text={script}>{say('copyCommands')}</CopyButton>
      </div>
      <p>
        {say.parts('article', {
          article: () => (
            <a href={article.href} target="_blank" rel="noreferrer" lang="en">
              {article.title}
            </a>
          ),
        })}
      </p>
    </section>
  );
}
