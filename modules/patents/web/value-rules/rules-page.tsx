import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CalendarDate } from '#kernel/calendar/date';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { listRuleSets, listSchemes, type RuleSet, type ValueScheme } from '../../contract/value.ts';
import { ValueRulesSearch } from '../address.ts';
import { useText } from '../text.ts';
import { CriteriaView } from './criteria-view.tsx';
import { periodsOf } from './periods.ts';
import { SchemeView } from './scheme-view.tsx';
import css from './value-rules.module.css';
import { Version } from './version.tsx';

/** The dated rules of value: criteria of high-value patents and schemes of indicators, all versions of them. */
export function RulesPage() {
  const t = useText();
  const [search, setSearch] = usePageSearch(ValueRulesSearch);
  const show = (to: 'scheme' | undefined) =>
    search.show !== to && setSearch({ show: to, saved: undefined }, { push: true });
  return (
    <article>
      <PageHeader
        title={t('rules.title')}
        subtitle={t('rules.subtitle')}
        before={
          <Link to="/patents" activeOptions={{ exact: true }}>
            {t('search.title')}
          </Link>
        }
      />
      <div className={`${css.tools} no-print`}>
        <ToggleGroup>
          <Toggle pressed={search.show === undefined} onChange={() => show(undefined)}>
            {t('rules.criteria')}
          </Toggle>
          <Toggle pressed={search.show === 'scheme'} onChange={() => show('scheme')}>
            {t('rules.scheme')}
          </Toggle>
        </ToggleGroup>
      </div>
      {search.show === 'scheme' ? <Schemes saved={search.saved} /> : <RuleSets saved={search.saved} />}
    </article>
  );
}

function RuleSets({ saved }: { saved: number | undefined }) {
  const t = useText();
  const { data, error, refetch } = useQuery(queryOf(listRuleSets, {}));
  const title = t('rules.criteria');
  if (error && !data) return <ErrorPanel error={error} what={title} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={10} />;
  return (
    <Versions
      title={title}
      note={t('rules.anyOf')}
      to={data.abilities.add ? '/patents/value-rules/criteria' : null}
      saved={saved}
      versions={data.ruleSets}
      today={data.today}
      content={(one) => <CriteriaView criteria={one.criteria} />}
    />
  );
}

function Schemes({ saved }: { saved: number | undefined }) {
  const t = useText();
  const { data, error, refetch } = useQuery(queryOf(listSchemes, {}));
  const title = t('rules.scheme');
  if (error && !data) return <ErrorPanel error={error} what={title} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={10} />;
  return (
    <Versions
      title={title}
      note={t('rules.schemeNote')}
      to={data.abilities.add ? '/patents/value-rules/scheme' : null}
      saved={saved}
      versions={data.schemes}
      today={data.today}
      content={(one) => <SchemeView scheme={one} />}
    />
  );
}

function Versions<V extends RuleSet | ValueScheme>({
  title,
  note,
  to,
  saved,
  versions,
  today,
  content,
}: {
  title: string;
  note: string;
  /** Where a new version is made; null for whoever may not. */
  to: string | null;
  /** Number of a version that was just saved. */
  saved: number | undefined;
  /** Newest first. */
  versions: readonly V[];
  today: CalendarDate;
  content: (version: V) => ReactNode;
}) {
  const t = useText();
  const periods = periodsOf(versions, today);
  const made = versions.find((one) => one.version === saved);
  return (
    <section aria-labelledby="versions">
      <div className={css.head}>
        <h2 id="versions">{title}</h2>
        {to !== null && (
          <Link to={to} className={`${css.newVersion} no-print`}>
            {t('rules.new')}
          </Link>
        )}
      </div>
      <p className={css.note}>{note}</p>
      {made && (
        <Notice tone="done">
          <p>{t('rules.saved', { version: made.version, name: made.name, from: made.from })}</p>
        </Notice>
      )}
      {versions.map((one) => (
        <Version key={one.version} version={one} period={periods.get(one.version)!}>
          {content(one)}
        </Version>
      ))}
    </section>
  );
}
