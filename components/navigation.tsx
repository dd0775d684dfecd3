'use client';

import { DocumentRegular } from '@fluentui/react-icons/headless/svg/document';
import { HomeRegular } from '@fluentui/react-icons/headless/svg/home';
import { MailRegular } from '@fluentui/react-icons/headless/svg/mail';
import { NavigationRegular } from '@fluentui/react-icons/headless/svg/navigation';
import { PeopleRegular } from '@fluentui/react-icons/headless/svg/people';
import { PlayCircleRegular } from '@fluentui/react-icons/headless/svg/play-circle';
import { SettingsRegular } from '@fluentui/react-icons/headless/svg/settings';
import { usePathname } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Link } from './link.tsx';
import styles from './shell.module.css';

const PLACES = [
  { href: '/', word: 'Overview', Icon: HomeRegular },
  { href: '/people', word: 'People', Icon: PeopleRegular },
  { href: '/runs', word: 'Runs', Icon: PlayCircleRegular },
  { href: '/files', word: 'Files', Icon: DocumentRegular },
  { href: '/mail', word: 'Mail', Icon: MailRegular },
  { href: '/settings', word: 'Settings', Icon: SettingsRegular },
] as const;

export type Place = (typeof PLACES)[number]['href'];

/** The menu: always there on a wide screen, behind a button on a narrow one. `children` stand at its foot. */
export function Navigation({ places, children }: { places: readonly Place[]; children: ReactNode }) {
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
            {PLACES.filter(({ href }) => places.includes(href)).map(({ href, word, Icon }) => (
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
