/** The pages of the menu. */
import { ArrowRoutingRegular } from '@fluentui/react-icons/headless/svg/arrow-routing';
import { CheckmarkCircleRegular } from '@fluentui/react-icons/headless/svg/checkmark-circle';
import { DocumentRegular } from '@fluentui/react-icons/headless/svg/document';
import { HistoryRegular } from '@fluentui/react-icons/headless/svg/history';
import { HomeRegular } from '@fluentui/react-icons/headless/svg/home';
import { MailRegular } from '@fluentui/react-icons/headless/svg/mail';
import { PeopleRegular } from '@fluentui/react-icons/headless/svg/people';
import { PlayCircleRegular } from '@fluentui/react-icons/headless/svg/play-circle';
import { SettingsRegular } from '@fluentui/react-icons/headless/svg/settings';
import { TicketDiagonalRegular } from '@fluentui/react-icons/headless/svg/ticket-diagonal';

export const PLACES = [
  { href: '/', word: 'Overview', Icon: HomeRegular },
  { href: '/people', word: 'People', Icon: PeopleRegular },
  { href: '/approvals', word: 'Approvals', Icon: CheckmarkCircleRegular },
  { href: '/files', word: 'Files', Icon: DocumentRegular },
  { href: '/runs', word: 'Runs', Icon: PlayCircleRegular },
  { href: '/mappings', word: 'Mappings', Icon: ArrowRoutingRegular },
  { href: '/licences', word: 'Licences', Icon: TicketDiagonalRegular },
  { href: '/history', word: 'History', Icon: HistoryRegular },
  { href: '/mail', word: 'Mail', Icon: MailRegular },
  { href: '/settings', word: 'Settings', Icon: SettingsRegular },
] as const;
