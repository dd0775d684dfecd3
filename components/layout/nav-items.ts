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
  { href: '/', label: 'Overview', Icon: HomeIcon },
  { href: '/people', label: 'People', Icon: PeopleIcon },
  { href: '/approvals', label: 'Approvals', Icon: CheckCircleIcon },
  { href: '/files', label: 'Files', Icon: FileIcon },
  { href: '/runs', label: 'Runs', Icon: PlayIcon },
  { href: '/mappings', label: 'Mappings', Icon: WorkflowIcon },
  { href: '/licences', label: 'Licences', Icon: KeyIcon },
  { href: '/trends', label: 'Trends', Icon: GraphIcon },
  { href: '/history', label: 'History', Icon: HistoryIcon },
  { href: '/mail', label: 'Mail', Icon: MailIcon },
  { href: '/settings', label: 'Settings', Icon: GearIcon },
  { href: '/help', label: 'Help', Icon: QuestionIcon },
] as const;
