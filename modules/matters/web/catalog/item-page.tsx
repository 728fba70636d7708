import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ruleText } from '#kernel/calendar/rule-text';
import { fileUrl } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { PlainButton, SelectField } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatLongDate } from '#shell/format';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import { catalogBpmn, catalogItem, catalogItems, MATTERS_HANDLE } from '../../contract.ts';
import { BasisList } from '../basis-list.tsx';
import { Heads } from '../heads.tsx';
import css from '../matters.module.css';
import { CityValue, Differences } from '../portals/differences.tsx';
import { BackToCatalogue, CityGuide, InPortal } from '../portals/portal-parts.tsx';
import { RewardSection } from '../reward/rule-view.tsx';
import { ItemSearch } from '../search.ts';
import { type Item, useText } from '../text.ts';
import { FlowChart } from './flow-chart.tsx';
import { GuidePart } from './guide-part.tsx';
import { StepTable } from './step-table.tsx';

/** The guide to one service: whether it can be asked for, what to bring, how it goes, and by which law. */
export function ItemPage() {
  const t = useText();
  const lang = useLang();
  const { id } = useParams({ strict: false }) as { id: string };
  const [search, setSearch] = usePageSearch(ItemSearch);
  const session = useSession();
  const { portal } = search;
  const query = { lang, ...(search.asOf && { asOf: search.asOf }), ...(portal !== undefined && { portal }) };
  const found = useQuery(queryOf(catalogItem, { params: { id }, query }));
  const item = found.data;
  const back = <BackToCatalogue portal={portal} shown={item?.portal} />;
  const city = portal !== undefined && <CityGuide id={id} />;
  if (found.error && !item)
    return (
      <article>
        <PageHeader before={back} title={t('item')} actions={city} />
        {found.error.code === 'matters_portal_item' ? (
          <Notice tone="attention" title={found.error.message} />
        ) : (
          <ErrorPanel error={found.error} what={t('item')} onRetry={() => void found.refetch()} />
        )}
      </article>
    );
  if (!item)
    return (
      <article>
        <PageHeader before={back} title={t('item')} />
        <Skeleton rows={16} />
      </article>
    );
  // Whoever reads an earlier version applies under the one in force.
  const current = item.to === null && (item.opens === 'application' || session.may(MATTERS_HANDLE));
  return (
    <article>
      <PageHeader
        before={back}
        title={item.title[lang]}
        subtitle={item.summary[lang]}
        scope={
          item.versions.length > 1 && (
            <SelectField
              label={t('version')}
              value={item.from}
              choices={item.versions.map(({ from, to }) => ({
                value: from,
                label: to === null ? t('versionFrom', { from }) : t('versionSpan', { from, to }),
              }))}
              onChange={(from) => setSearch({ asOf: from })}
            />
          )
        }
        actions={
          <span className={css.actions}>
            {current && (
              <Link to="/services/$id/apply" params={{ id }} search={{ portal } as never} className={css.go}>
                {t(item.opens === 'application' ? 'apply.title' : 'apply.register')}
              </Link>
            )}
            <Link to="/services/$id/course" params={{ id }} search={search as never}>
              {t('course.title')}
            </Link>
            <a href={fileUrl(catalogBpmn, { params: { id }, query: { lang, asOf: item.from } })} download>
              {t('bpmn')}
            </a>
            {city}
            <PlainButton onClick={() => window.print()}>{t('print')}</PlainButton>
          </span>
        }
      />
      <InPortal portal={item.portal} />
      <Notices item={item} />
      <Differences item={item} />
      <About item={item} />
      {item.conditions.length > 0 && (
        <section className={css.part}>
          <h2>{t('conditions')}</h2>
          <ol className={css.conditions}>
            {item.conditions.map(({ text, otherwise, basis }) => (
              <li key={text.en}>
                {text[lang]}
                {otherwise && <p className={css.purpose}>{t('otherwise', { text: otherwise[lang] })}</p>}
                <BasisList basis={basis} />
              </li>
            ))}
          </ol>
        </section>
      )}
      {item.materials.length > 0 && <Materials item={item} />}
      <GuidePart item={item} />
      <RewardSection item={item} />
      <section className={css.part}>
        <h2>{t('flow')}</h2>
        <FlowChart item={item} />
      </section>
      <section className={css.part}>
        <h2>{t('steps')}</h2>
        <StepTable actions={item.actions} />
      </section>
    </article>
  );
}

/** What the reader must know before relying on the page. */
function Notices({ item }: { item: Item }) {
  const t = useText();
  const lang = useLang();
  const today = useQuery(queryOf(catalogItems, { query: {} })).data?.asOf;
  const bases = [
    ...item.basis,
    ...item.fee.basis,
    ...[item.conditions, item.materials, item.remedies, item.actions].flatMap((list) =>
      list.flatMap((one) => one.basis),
    ),
    ...item.actions.flatMap(({ starts }) => starts.map((limit) => limit.basis)),
    ...item.rewards.flatMap(({ basis }) => basis),
  ];
  const past = today !== undefined && item.to !== null && item.to < today;
  const future = today !== undefined && item.from > today;
  const days = { from: formatLongDate(item.from, lang), to: formatLongDate(item.to ?? item.from, lang) };
  return (
    <>
      {(past || future) && (
        <Notice
          tone="attention"
          title={t(past ? 'versionOld' : 'versionFuture', days)}
          actions={
            <Link to="/services/$id" params={{ id: item.id }} search={{ portal: item.portal?.id } as never}>
              {t('toCurrent')}
            </Link>
          }
        />
      )}
      {item.note && <Notice title={item.note[lang]} />}
      {bases.some((basis) => !basis.verified) && <Notice tone="attention" title={t('unverified')} />}
    </>
  );
}

function About({ item }: { item: Item }) {
  const t = useText();
  const lang = useLang();
  const { duration } = item;
  return (
    <section className={css.part}>
      <h2>{t('about')}</h2>
      <Facts
        items={[
          { name: t('kind'), value: t(`kind.${item.kind as 'ruling'}`) },
          { name: t('opens'), value: t(`opens.${item.opens}`) },
          {
            name: t('keeper'),
            value: (
              <>
                {item.keeper.name[lang]}
                {t('bracket', { text: t(`level.${item.keeper.level}`) })}
                <CityValue item={item} what="keeper" />
              </>
            ),
          },
          { name: t('audience'), value: item.audience.map((one) => t(`audience.${one}`)).join(t('comma')) },
          { name: t('basis'), value: <BasisList basis={item.basis} /> },
          {
            name: t('rating.year'),
            value:
              item.ratings.count > 0 &&
              t('rating.share', {
                share: Math.round((item.ratings.content / item.ratings.count) * 100),
                count: item.ratings.count,
              }),
          },
          {
            name: t('duration'),
            value: duration && (
              <>
                {ruleText(duration.limit.rule)[lang]}
                {t('bracket', { text: `${duration.limit.start[lang]} → ${duration.limit.step[lang]}` })}
                <BasisList basis={[duration.limit.basis]} />
                <div>
                  <Link to="/deadlines" search={{ limit: duration.limit.id } as never}>
                    {t('reckon')}
                  </Link>
                </div>
              </>
            ),
          },
          {
            name: t('promised'),
            value: duration?.promised && (
              <>
                {ruleText(duration.promised)[lang]}
                <CityValue item={item} what="promised" />
              </>
            ),
          },
          {
            name: t('fee'),
            value: (
              <>
                {item.fee.text[lang]}
                <BasisList basis={item.fee.basis} />
              </>
            ),
          },
          { name: t('result'), value: item.results.map(({ title }) => title[lang]).join(t('comma')) },
          {
            name: t('remedy'),
            value:
              item.remedies.length > 0 &&
              item.remedies.map(({ text, basis, body }) => (
                <div key={text.en}>
                  {text[lang]}
                  {body && (
                    <span className={css.purpose}>
                      {[body.name[lang], body.address?.[lang], body.phone, body.web]
                        .filter(Boolean)
                        .join(t('semicolon'))}
                    </span>
                  )}
                  <BasisList basis={basis} />
                </div>
              )),
          },
        ]}
      />
    </section>
  );
}

function Materials({ item }: { item: Item }) {
  const t = useText();
  const lang = useLang();
  return (
    <section className={css.part}>
      <h2>{t('materialsTitle')}</h2>
      <ScrollBox label={t('materialsTitle')}>
        <table className={css.steps}>
          <Heads columns={['material', 'formTitle', 'necessity', 'source', 'standard']} />
          <tbody>
            {item.materials.map((material) => (
              <tr key={material.id}>
                <th scope="row">{material.title[lang]}</th>
                <td data-label={t('formTitle')}>
                  {t('copies', { form: t(`form.${material.form}`), count: material.copies })}
                </td>
                <td data-label={t('necessity')}>
                  {material.byForm
                    ? t('byForm')
                    : material.required
                      ? t('required')
                      : t('conditional', { when: material.when?.[lang] ?? '' })}
                  {material.at && (
                    <span className={css.purpose}>{t('material.at', { step: material.at[lang] })}</span>
                  )}
                </td>
                <td data-label={t('source')}>
                  {material.issuer ? t('issued', { issuer: material.issuer[lang] }) : t('own')}
                </td>
                <td data-label={t('standard')}>
                  {material.standard[lang]}
                  {material.hint && <span className={css.purpose}>{material.hint[lang]}</span>}
                  {material.blank && <a href={material.blank}>{t('blank')}</a>}{' '}
                  {material.sample && <a href={material.sample}>{t('sample')}</a>}
                  <BasisList basis={material.basis} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
