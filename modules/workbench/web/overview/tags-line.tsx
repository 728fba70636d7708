import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queryOf } from '#shell/query';
import { listTags } from '../../contract.ts';
import { TagMark } from '../parts/marks.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { Section } from './section.tsx';

/** Tags at a glance; their own page keeps them. */
export function TagsLine() {
  const t = useText();
  const list = useQuery(queryOf(listTags, {}));
  const tags = list.data?.tags ?? [];
  return (
    <Section
      title={t('tags.title')}
      list={list}
      empty={list.data && tags.length === 0 ? t('tags.empty') : undefined}
      tools={<Link to="/workbench/tags">{t('tags.keep')}</Link>}
    >
      <p className={css.itemFacts} style={{ paddingTop: 8 }}>
        {tags.map((tag) => (
          <Link key={tag.id} to="/workbench/tags" search={{ tag: tag.id } as never}>
            <TagMark name={`${tag.name} ${tag.records}`} colour={tag.colour} />
          </Link>
        ))}
      </p>
    </Section>
  );
}
