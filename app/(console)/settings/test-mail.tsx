'use client';

import { type ReactNode, useState } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { Link } from '#components/ui/link.tsx';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';

/** Sends a mail to those whom the saved settings name. */
export function TestMail({ whyNot }: { whyNot: string | null }) {
  const say = useWords('settingsForm');
  const [isBusy, setBusy] = useState(false);
  const [feedback, setFeedback] = useState<ReactNode>(null);
  const send = async () => {
    setBusy(true);
    const answer = await postJson<{ recipients: string[] }>('/api/settings/test-mail', {});
    setBusy(false);
    setFeedback(
      answer.ok
        ? say.parts('onItsWay', {
            recipients: answer.data.recipients.join(', '),
            mail: (inside) => <Link href="/mail">{inside}</Link>,
          })
        : answer.message,
    );
  };
  return (
    <div className={stack.row}>
      <span role="status" className="muted">
        {feedback}
      </span>
      <GuardedButton whyNot={whyNot} onClick={send} disabledFocusable={isBusy}>
        {say('sendTestMail')}
      </GuardedButton>
    </div>
  );
}
