'use client';

import { ArrowRoutingRegular } from '@fluentui/react-icons/headless/svg/arrow-routing';
import { CheckmarkCircleRegular } from '@fluentui/react-icons/headless/svg/checkmark-circle';
import { DocumentRegular } from '@fluentui/react-icons/headless/svg/document';
import { HistoryRegular } from '@fluentui/react-icons/headless/svg/history';
import { HomeRegular } from '@fluentui/react-icons/headless/svg/home';
import { MailRegular } from '@fluentui/react-icons/headless/svg/mail';
import { NavigationRegular } from '@fluentui/react-icons/headless/svg/navigation';
import { PeopleRegular } from '@fluentui/react-icons/headless/svg/people';
import { PlayCircleRegular } from '@fluentui/react-icons/headless/svg/play-circle';
import { SettingsRegular } from '@fluentui/react-icons/headless/svg/settings';
import { TicketDiagonalRegular } from '@fluentui/react-icons/headless/svg/ticket-diagonal';
import { usePathname } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Link } from './link.tsx';
import styles from './shell.module.css';

const PLACES = [
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

/** The menu: always there on a wide screen, behind a button on a narrow one. `children` stand at its foot. */
export function Navigation({ children }: { children: ReactNode }) {
  const path = usePathname();
  const [openedOn, setOpenedOn] = useState<string | null>(null);
  // Going somewhere closes the menu.
  const isOpen = openedOn === path;
  return (
    <>
      <button
        type="button"
        className={styles.menuButton}
        aria-expanded={isOpen}
        aria-controls="menu"
        onClick={() => setOpenedOn(isOpen ? null : path)}
      >
        <NavigationRegular aria-hidden="true" /> Menu
      </button>
      <div id="menu" className={`${styles.menu} ${isOpen ? styles.menuOpen : ''}`}>
        <nav aria-label="Main">
          <ul>
            {PLACES.map(({ href, word, Icon }) => (
              <li key={href}>
                <Link
                  href={href}
                  className={styles.place}
                  aria-current={
                    path === href ? 'page' : href !== '/' && path.startsWith(`${href}/`) ? 'true' : undefined
                  }
                >
                  <Icon aria-hidden="true" />
                  {word}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {children}
      </div>
    </>
  );
}
