import { PageHeader } from '#shell/components/page-header.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { History } from './history.tsx';
import { Objects } from './objects.tsx';
import { Queries } from './queries.tsx';
import { TagsLine } from './tags-line.tsx';
import { Watches } from './watches.tsx';

/** What a searcher keeps: watches with their news, collections, trees, saved queries, tags, history. */
export function OverviewPage() {
  const t = useText();
  return (
    <article>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <div className={css.overview}>
        <div>
          <Watches />
          <Objects kind="collection" />
          <Objects kind="tree" />
          <TagsLine />
        </div>
        <div>
          <Queries />
          <History />
        </div>
      </div>
    </article>
  );
}
