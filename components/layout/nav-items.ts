/** The pages of the menu. */

import { CheckCircleIcon } from '@primer/octicons-react/CheckCircleIcon';
import { FileIcon } from '@primer/octicons-react/FileIcon';
import { GearIcon } from '@primer/octicons-react/GearIcon';
import { GraphIcon } from '@primer/octicons-react/GraphIcon';
import { HistoryIcon } from '@primer/octicons-react/HistoryIcon';
import { HomeIcon } from '@primer/octicons-react/HomeIcon';
import { KeyIcon } from '@primer/octicons-react/KeyIcon';
import { MailIcon } from '@primer/octicons-react/MailIcon';
import { PeopleIcon } from '@primer/octicons-react/PeopleIcon';
import { PlayIcon } from '@primer/octicons-react/PlayIcon';
import { QuestionIcon } from '@primer/octicons-react/QuestionIcon';
import { WorkflowIcon } from '@primer/octicons-react/WorkflowIcon';

export const NAV_ITEMS = [
  { href: '/', page: 'overview', Icon: HomeIcon },
  { href: '/people', page: 'people', Icon: PeopleIcon },
  { href: '/approvals', page: 'approvals', Icon: CheckCircleIcon },
  { href: '/files', page: 'files', Icon: FileIcon },
  { href: '/runs', page: 'runs', Icon: PlayIcon },
  { href: '/mappings', page: 'mappings', Icon: WorkflowIcon },
  { href: '/licences', page: 'licences', Icon: KeyIcon },
  { href: '/trends', page: 'trends', Icon: GraphIcon },
  { href: '/history', page: 'history', Icon: HistoryIcon },
  { href: '/mail', page: 'mail', Icon: MailIcon },
  { href: '/settings', page: 'settings', Icon: GearIcon },
  { href: '/help', page: 'help', Icon: QuestionIcon },
] as const;
