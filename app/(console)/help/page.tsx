import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { type Finding, findInGuides, type Guide, readGuides } from './guides.ts';
import styles from './help.module.css';
import { Markdown } from './markdown.tsx';
import { SearchForm } from './search-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('navigation'))('help') };
}

function Findings({ findings, query }: { findings: Finding[]; query: string }) {
  const say = useWords('help');
  return (
    <Panel title={say('found', { text: query })}>
      {findings.length === 0 ? (
        <Nothing
          what="matches"
          title={say('nothing')}
          why={say.parts('fewer', { all: (text) => <Link href="/help">{text}</Link> })}
          action={null}
        />
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
  const say = useWords('help');
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
              <Link href={`/help/${name}`}>{say('read', { title })}</Link>
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
  const guides = readGuides(operator, await requestLanguage());
  return (
    <>
      <PageHeader title={(await words('navigation'))('help')} help={null} />
      <div className={styles.guides}>
        <SearchForm query={query} />
        {query === '' ? <Guides guides={guides} /> : <Findings findings={findInGuides(guides, query)} query={query} />}
      </div>
    </>
  );
}
