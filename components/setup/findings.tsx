import { Badge } from '#components/people/badge.tsx';
import type { Tone } from '#components/people/state-labels.ts';
import stack from '#components/ui/stack.module.css';
import type { CheckResult, CheckStatus } from '#lib/services/settings/setup.ts';
import styles from './findings.module.css';

export const CHECK_LABELS: Record<CheckStatus, { label: string; tone: Tone }> = {
  ok: { label: 'OK', tone: 'good' },
  warning: { label: 'Warning', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
  skipped: { label: 'Not tested', tone: 'quiet' },
};

/** What tests have found, each with what to do about it. */
export function Findings({ results }: { results: CheckResult[] }) {
  return (
    <ul className={styles.findings}>
      {results.map(({ code, title, status, message, fix }) => (
        <li key={`${code} ${title}`} className={styles.finding}>
          <div className={styles.head}>
            <h3>{title}</h3>
            <Badge tone={CHECK_LABELS[status].tone}>{CHECK_LABELS[status].label}</Badge>
          </div>
          <p>{message}</p>
          {fix && (
            <p className={stack.inset}>
              <strong>What to do:</strong> {fix}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
