/** The pages of the menu. */

import { CheckCircleIcon } from '@primer/octicons-react/CheckCircleIcon';
import { FileIcon } from '@primer/octicons-react/FileIcon';
import { GearIcon } from '@primer/octicons-react/GearIcon';
import { HistoryIcon } from '@primer/octicons-react/HistoryIcon';
import { HomeIcon } from '@primer/octicons-react/HomeIcon';
import { KeyIcon } from '@primer/octicons-react/KeyIcon';
import { MailIcon } from '@primer/octicons-react/MailIcon';
import { PeopleIcon } from '@primer/octicons-react/PeopleIcon';
import { PlayIcon } from '@primer/octicons-react/PlayIcon';
import { WorkflowIcon } from '@primer/octicons-react/WorkflowIcon';

export const PLACES = [
  { href: '/', word: 'Overview', Icon: HomeIcon },
  { href: '/people', word: 'People', Icon: PeopleIcon },
  { href: '/approvals', word: 'Approvals', Icon: CheckCircleIcon },
  { href: '/files', word: 'Files', Icon: FileIcon },
  { href: '/runs', word: 'Runs', Icon: PlayIcon },
  { href: '/mappings', word: 'Mappings', Icon: WorkflowIcon },
  { href: '/licences', word: 'Licences', Icon: KeyIcon },
  { href: '/history', word: 'History', Icon: HistoryIcon },
  { href: '/mail', word: 'Mail', Icon: MailIcon },
  { href: '/settings', word: 'Settings', Icon: GearIcon },
] as const;
