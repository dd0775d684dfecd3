import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import type { ReportPreview } from '#lib/services/mail/mails.ts';
import styles from './settings.module.css';

/** The report as its recipients would get it, about the last 24 hours. */
export function Preview({ report }: { report: ReportPreview | null }) {
  return (
    <Panel title="Preview" aside={<Link href="/mail">Reports that were sent</Link>}>
      {report === null ? (
        <p className="muted">Nothing happened in the last 24 hours that a report would tell.</p>
      ) : (
        <article className={styles.preview}>
          <h3>{report.title}</h3>
          <p>{report.summary}</p>
          {report.sections.map(({ title, advice, lines, action }) => (
            <section key={title} className={stack.stack}>
              <h4>{title}</h4>
              {advice && <p>What to do: {advice}</p>}
              <ul>
                {lines.map(({ label, rest }) => (
                  <li key={`${label} ${rest}`}>
                    <strong>{label}</strong>: {rest}
                  </li>
                ))}
              </ul>
              {action && (
                <p>
                  <span className={stack.inset}>{action.label}</span>
                </p>
              )}
            </section>
          ))}
          <p className="muted">About the last 24 hours; of long lists the first five.</p>
        </article>
      )}
    </Panel>
  );
}
