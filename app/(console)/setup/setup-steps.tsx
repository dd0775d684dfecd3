import { Badge } from '#components/people/badge.tsx';
import { CHECK_TONES } from '#components/setup/findings.tsx';
import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { CheckDetail, SetupStep } from '#lib/services/settings/setup.ts';
import styles from './setup.module.css';
import { STEPS, stepHref } from './steps.ts';

function StepBadge({ check, step }: { check: CheckDetail | null; step: SetupStep }) {
  const say = useWords('setup');
  const status = check?.steps.find((one) => one.step === step)?.status ?? 'untested';
  if (status === 'untested') return null;
  return <Badge tone={CHECK_TONES[status]}>{say(`check.${status}`)}</Badge>;
}

/** The steps of the set-up, each with what was found. */
export function SetupSteps({ check, current }: { check: CheckDetail | null; current: SetupStep }) {
  const say = useWords('setup');
  return (
    <nav aria-label={say('steps')}>
      <ol className={styles.steps}>
        {STEPS.map((step) => (
          <li key={step}>
            <Link href={stepHref(step)} className={styles.step} aria-current={step === current ? 'page' : undefined}>
              <span className={styles.label}>{say(`step.${step}`)}</span>
              <StepBadge check={check} step={step} />
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
