'use client';

import { Button } from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons/headless/svg/play';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { StartedRun } from '#lib/services/runs.ts';
import { postJson } from './post.ts';
import styles from './run-now.module.css';

/** Starts a cycle; for those who may. */
export function RunNow() {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const start = async () => {
    setBusy(true);
    const answer = await postJson<StartedRun>('/api/runs', {});
    setSaid(
      answer.ok ? (answer.data.wasQueued ? 'A run is about to start already.' : 'The run starts.') : answer.message,
    );
    setBusy(false);
    router.refresh();
  };
  return (
    <div className={styles.runNow}>
      <span role="status" className="muted">
        {said}
      </span>
      <Button appearance="primary" icon={<PlayRegular />} onClick={start} disabledFocusable={isBusy}>
        Run now
      </Button>
    </div>
  );
}
