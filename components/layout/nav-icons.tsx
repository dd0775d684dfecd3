/** The pictures of the menu. Drawn on the server: their paths would be a tenth of the script that every page loads. */

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
import type { ReactElement } from 'react';
import type { NAV_ITEMS } from './nav-items.ts';

export const NAV_ICONS: Record<(typeof NAV_ITEMS)[number]['page'], ReactElement> = {
  overview: <HomeIcon aria-hidden="true" />,
  people: <PeopleIcon aria-hidden="true" />,
  approvals: <CheckCircleIcon aria-hidden="true" />,
  files: <FileIcon aria-hidden="true" />,
  runs: <PlayIcon aria-hidden="true" />,
  mappings: <WorkflowIcon aria-hidden="true" />,
  licences: <KeyIcon aria-hidden="true" />,
  trends: <GraphIcon aria-hidden="true" />,
  history: <HistoryIcon aria-hidden="true" />,
  mail: <MailIcon aria-hidden="true" />,
  settings: <GearIcon aria-hidden="true" />,
  help: <QuestionIcon aria-hidden="true" />,
};
