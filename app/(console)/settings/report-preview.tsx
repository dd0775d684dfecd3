import { strong } from '#components/text/strong.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { ReportPreview } from '#lib/services/mail/mails.ts';
import styles from './settings.module.css';

/** The report as its recipients would get it, about the last 24 hours. */
export function Preview({ report }: { report: ReportPreview | null }) {
  const say = useWords('settings');
  return (
    <Panel title={say('preview')} aside={<Link href="/mail">{say('sentReports')}</Link>}>
      {report === null ? (
        <p className="muted">{say('noNews')}</p>
      ) : (
        <div className={styles.preview}>
          <article className={styles.report} lang={report.language}>
            <header>
              <h3>{report.title}</h3>
              <p>{report.summary}</p>
            </header>
            {report.sections.map(({ title, advice, lines, action }) => (
              <section key={title}>
                <h4>{title}</h4>
                {advice && <p>{advice}</p>}
                {lines.length > 0 && (
                  <ul>
                    {lines.map(({ label, rest }) => (
                      <li key={`${label} ${rest}`}>{say.parts('line', { label, rest, strong })}</li>
                    ))}
                  </ul>
                )}
                {action && (
                  <p>
                    <span className={stack.inset}>{action.label}</span>
                  </p>
                )}
              </section>
            ))}
          </article>
          <p className="muted">{say('lastDay')}</p>
        </div>
      )}
    </Panel>
  );
}
