'use client';

import { ThreeBarsIcon } from '@primer/octicons-react/ThreeBarsIcon';
import { usePathname } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import pictures from './menu-pictures.module.css';
import { NAV_ITEMS } from './nav-items.ts';
import styles from './shell.module.css';

/** Pages that stand below one of the menu without having its address. */
const BELOW: Record<string, string> = {
  '/upload': '/files',
  '/rows': '/people',
  '/diagnosis': '/people',
  '/setup': '/settings',
};

function isWithin(path: string, href: string): boolean {
  const [, first] = path.split('/');
  return href !== '/' && (path.startsWith(`${href}/`) || BELOW[`/${first}`] === href);
}

/** The menu: always there on a wide screen, behind a button on a narrow one. `children` stand at its foot. */
export function Navigation({ children }: { children: ReactNode }) {
  const say = useWords('navigation');
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
        <ThreeBarsIcon aria-hidden="true" /> {say('menu')}
      </button>
      <div id="menu" className={`${styles.menu} ${isOpen ? styles.menuOpen : ''}`}>
        <nav aria-label={say('main')}>
          <ul>
            {NAV_ITEMS.map(({ href, page }) => (
              <li key={href}>
                <Link
                  href={href}
                  className={`${styles.place} ${pictures.picture} ${pictures[page]}`}
                  aria-current={path === href ? 'page' : isWithin(path, href) ? 'true' : undefined}
                >
                  {say(page)}
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
