import { Badge } from '#components/people/badge.tsx';
import { CHECK_LABELS } from '#components/setup/findings.tsx';
import { Link } from '#components/ui/link.tsx';
import type { CheckDetail, SetupStep } from '#lib/services/settings/setup.ts';
import styles from './setup.module.css';
import { STEPS, stepHref } from './steps.ts';

function StepBadge({ check, step }: { check: CheckDetail | null; step: SetupStep }) {
  const status = check?.steps.find((one) => one.step === step)?.status ?? 'untested';
  if (status === 'untested') return null;
  return <Badge tone={CHECK_LABELS[status].tone}>{CHECK_LABELS[status].label}</Badge>;
}

/** The steps of the set-up, each with what was found. */
export function SetupSteps({ check, current }: { check: CheckDetail | null; current: SetupStep }) {
  return (
    <nav aria-label="Steps">
      <ol className={styles.steps}>
        {STEPS.map(({ step, label }) => (
          <li key={step}>
            <Link href={stepHref(step)} className={styles.step} aria-current={step === current ? 'page' : undefined}>
              <span className={styles.label}>{label}</span>
              <StepBadge check={check} step={step} />
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
