import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import { requireOperator } from '#lib/auth/operator.ts';
import { type Finding, findInGuides, type Guide, readGuides } from './guides.ts';
import styles from './help.module.css';
import { Markdown } from './markdown.tsx';
import { SearchForm } from './search-form.tsx';

export const metadata: Metadata = { title: 'Help' };

function Findings({ findings, query }: { findings: Finding[]; query: string }) {
  return (
    <Panel title={`Found for “${query}”`}>
      {findings.length === 0 ? (
        <Nothing what="matches" title="Nothing was found.">
          <p>
            Try fewer words, or <Link href="/help">see all guides</Link>.
          </p>
        </Nothing>
      ) : (
        <ul className={styles.found}>
          {findings.map(({ guide, title, href, excerpt }) => (
            <li key={href}>
              <Link href={href}>{title}</Link>
              <span>{excerpt}</span>
              <span className="muted">{guide}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Guides({ guides }: { guides: Guide[] }) {
  return (
    <div className={styles.guides}>
      {guides.map(({ name, title, sections: [intro, ...parts] }) => (
        <Panel key={name} title={title}>
          <div className={styles.text}>
            <Markdown tokens={intro?.body ?? []} />
            <ul>
              {parts
                .filter(({ depth }) => depth === 2)
                .map((part) => (
                  <li key={part.anchor}>
                    <Link href={`/help/${name}#${part.anchor}`}>{part.title}</Link>
                  </li>
                ))}
            </ul>
            <p>
              <Link href={`/help/${name}`}>Read “{title}”</Link>
            </p>
          </div>
        </Panel>
      ))}
    </div>
  );
}

export default async function HelpPage({ searchParams }: PageInput) {
  const operator = await requireOperator('help:read', '/help');
  const { q } = await searchParams;
  const query = typeof q === 'string' ? q.slice(0, 200).trim() : '';
  const guides = readGuides(operator);
  return (
    <>
      <PageHeader title="Help" help={null} />
      <div className={styles.guides}>
        <SearchForm query={query} />
        {query === '' ? <Guides guides={guides} /> : <Findings findings={findInGuides(guides, query)} query={query} />}
      </div>
    </>
  );
}
