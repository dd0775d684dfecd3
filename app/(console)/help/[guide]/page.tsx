import type { Metadata } from 'next';
import { readGuide } from '#app/(console)/help/guides.ts';
import styles from '#app/(console)/help/help.module.css';
import { Markdown } from '#app/(console)/help/markdown.tsx';
import { SearchForm } from '#app/(console)/help/search-form.tsx';
import type { Section } from '#app/(console)/help/sections.ts';
import { foundOr404 } from '#app/found.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';

interface Input {
  params: Promise<{ guide: string }>;
}

async function read({ params }: Input) {
  const { guide } = await params;
  const operator = await requireOperator('help:read', `/help/${encodeURIComponent(guide)}`);
  const language = await requestLanguage();
  return { guide: foundOr404(() => readGuide(operator, language, guide)), language };
}

export async function generateMetadata(input: Input): Promise<Metadata> {
  return { title: (await read(input)).guide.title };
}

function Contents({ sections }: { sections: Section[] }) {
  const say = useWords('help');
  const parts = sections.filter(({ depth }) => depth === 2);
  const within = (part: Section) => {
    const after = sections.slice(sections.indexOf(part) + 1);
    const end = after.findIndex(({ depth }) => depth <= 2);
    return end < 0 ? after : after.slice(0, end);
  };
  const entry = ({ anchor, title }: Section) => <a href={`#${anchor}`}>{title}</a>;
  return (
    <nav aria-label={say('onThisPage')} className={styles.contents}>
      <h2>{say('onThisPage')}</h2>
      <ul>
        {parts.map((part) => (
          <li key={part.anchor}>
            {entry(part)}
            <ul className={styles.within}>
              {within(part).map((section) => (
                <li key={section.anchor}>{entry(section)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Part({ section: { anchor, formerAnchors, title, depth, body } }: { section: Section }) {
  const Heading = depth === 2 ? 'h2' : 'h3';
  return (
    <section id={anchor} className={styles.section}>
      {formerAnchors.map((former) => (
        <span key={former} id={former} />
      ))}
      <Heading>{title}</Heading>
      <Markdown tokens={body} />
    </section>
  );
}

export default async function GuidePage(input: Input) {
  const { guide, language } = await read(input);
  const { title, sections } = guide;
  const isTranslated = guide.language === language;
  const [intro, ...parts] = sections;
  return (
    <>
      <PageHeader title={title} within={{ href: '/help', label: (await words('navigation'))('help') }} help={null} />
      <div className={styles.page}>
        <Contents sections={sections} />
        <div className={styles.text}>
          <SearchForm query="" />
          {!isTranslated && <p className="muted">{(await words('help'))('onlyEnglish')}</p>}
          <div lang={isTranslated ? undefined : guide.language}>
            <Markdown tokens={intro?.body ?? []} />
            {parts.map((section) => (
              <Part key={section.anchor} section={section} />
            ))}
          </div>
        </div>
      </div>
    </>
  );
}
