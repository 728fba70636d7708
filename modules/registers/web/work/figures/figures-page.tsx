import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { DateField, DayField, FieldRow, PlainButton, SelectField } from '#shell/components/fields.tsx';
import { Figure } from '#shell/components/figure.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatNumber } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { useRegions } from '#shell/regions';
import { type FigureView, listFigures, type RegisterView } from '../../../contract.ts';
import shared from '../../registers.module.css';
import { fieldsByKey } from '../../use-register.ts';
import { RegisterFrame, Way } from '../register-frame.tsx';
import { FiguresSearch } from '../search.ts';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { Apart } from './apart.tsx';
import { figuresQuery } from './figures-query.ts';
import { decimalsOf } from './parts.ts';

/** A register's figures on any day, as they are known or were known; each can be taken apart. */
export function FiguresPage() {
  const t = useWorkText();
  return (
    <RegisterFrame title={t('figures.title')}>{(register) => <Figures register={register} />}</RegisterFrame>
  );
}

function Figures({ register }: { register: RegisterView }) {
  const t = useWorkText();
  const [search, change] = usePageSearch(FiguresSearch);
  const list = useQuery({
    ...queryOf(listFigures, { params: { register: register.id }, query: figuresQuery(search) }),
    placeholderData: (before) => before,
  });
  const figures = list.data?.figures;
  const chosen = figures?.find((f) => f.id === search.measure) ?? figures?.[0];
  return (
    <>
      <PageHeader
        title={t('figures.titleOf', { register: register.title })}
        before={<Way register={register} />}
        subtitle={t('figures.subtitle')}
        scope={<Scope register={register} search={search} on={list.data?.on} change={change} />}
      />
      {search.known && (
        <Notice tone="attention">
          <p>
            {t('figures.isKnown', { known: search.known })}{' '}
            <button type="button" className={shared.plain} onClick={() => change({ known: undefined })}>
              {t('figures.now')}
            </button>
          </p>
        </Notice>
      )}
      {list.error ? (
        <ErrorPanel error={list.error} what={t('figures.title')} onRetry={() => void list.refetch()} />
      ) : !figures || !list.data ? (
        <Skeleton rows={8} />
      ) : figures.length === 0 ? (
        <p className={css.empty}>{t('figures.none')}</p>
      ) : (
        <div aria-busy={list.isPlaceholderData} className={css.busy}>
          <Table figures={figures} chosen={chosen?.id} register={register} />
          {chosen && (
            <Apart
              register={register}
              figure={chosen}
              search={search}
              on={list.data.on}
              onBy={(by) => change({ by })}
            />
          )}
        </div>
      )}
    </>
  );
}

function Scope({
  register,
  search,
  on,
  change,
}: {
  register: RegisterView;
  search: FiguresSearch;
  /** The day in force. */
  on: string | undefined;
  change: (part: Partial<FiguresSearch>) => void;
}) {
  const t = useWorkText();
  const regions = useRegions();
  const industry = register.industryField ? fieldsByKey(register).get(register.industryField) : undefined;
  return (
    <FieldRow label={t('figures.scope')}>
      <DateField
        label={t('figures.on')}
        value={search.on ?? on ?? ''}
        min="1949-10-01"
        onChange={(day) => change({ on: day })}
      />
      {search.on && <PlainButton onClick={() => change({ on: undefined })}>{t('figures.today')}</PlainButton>}
      <DayField label={t('figures.known')} value={search.known} onChange={(known) => change({ known })} />
      {register.regionField && (
        <SelectField
          label={t('figures.region')}
          value={search.region}
          choices={regions.choices}
          all={t('figures.wholeCity')}
          onChange={(region) => change({ region })}
        />
      )}
      {industry?.choices && !industry.internal && (
        <SelectField
          label={t('figures.industry')}
          value={search.industry}
          choices={industry.choices}
          all={t('all')}
          onChange={(value) => change({ industry: value })}
        />
      )}
    </FieldRow>
  );
}

function Table({
  register,
  figures,
  chosen,
}: {
  register: RegisterView;
  figures: readonly FigureView[];
  chosen: string | undefined;
}) {
  const t = useWorkText();
  return (
    <table className={`${shared.table} ${css.figures}`} aria-label={t('figures.title')}>
      <thead>
        <tr>
          <th scope="col">{t('figures.figure')}</th>
          <th scope="col" data-figure="true">
            {t('figures.value')}
          </th>
          <th scope="col" data-figure="true">
            {t('figures.entries')}
          </th>
          <th scope="col">{t('figures.indicators')}</th>
        </tr>
      </thead>
      <tbody>
        {figures.map((f) => (
          <tr key={f.id} data-chosen={f.id === chosen}>
            <th scope="row">
              <Link
                to="/registers/$register/figures"
                params={{ register: register.id }}
                search={((before: object) => ({ ...before, measure: f.id })) as never}
                aria-current={f.id === chosen ? 'true' : undefined}
                resetScroll={false}
                className={css.figureName}
              >
                {f.title}
              </Link>
              <span className={shared.sub}>{f.rule}</span>
            </th>
            <td data-figure="true" data-label={t('figures.value')}>
              <Figure value={f.value} unit={f.unit} decimals={decimalsOf([f.value])} size="large" />
              {f.note && <span className={shared.sub}>{f.note}</span>}
            </td>
            <td data-figure="true" data-label={t('figures.entries')}>
              {formatNumber(f.facts)}
            </td>
            <td data-label={t('figures.indicators')}>
              {f.indicators.length === 0 ? (
                <span className={shared.muted}>{t('figures.noIndicator')}</span>
              ) : (
                <ul className={css.plainList}>
                  {f.indicators.map((i) => (
                    <li key={i.no}>
                      <Link to="/indicators/$no" params={{ no: i.no.split(' ')[0] ?? i.no }}>
                        {i.no} {i.title}
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
