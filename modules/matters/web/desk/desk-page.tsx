import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { FieldRow, SelectField, TextField, Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Pager } from '#shell/components/pager.tsx';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import { DESK_VIEWS, listMatters, MATTERS_APPROVE } from '../../contract.ts';
import css from '../matters.module.css';
import { DeskSearch } from '../search.ts';
import { useText } from '../text.ts';
import { Absences } from './absences.tsx';
import { Bulk } from './bulk.tsx';
import { CalendarAddress } from './calendar-address.tsx';
import { MatterList } from './matter-list.tsx';

const SIZE = 50;

/** The officer's desk: what is due first on top. */
export function DeskPage() {
  const t = useText();
  const lang = useLang();
  const { may } = useSession();
  const [search, setSearch] = usePageSearch(DeskSearch);
  const { view = 'open', item, portal, q, page = 1 } = search;
  const list = useQuery({
    ...queryOf(listMatters, { query: { view, item, portal, q: q ?? '', page, pageSize: SIZE } }),
    placeholderData: (before) => before,
  });
  const { counts, items = [], portals = [], officers = [], matters = [] } = list.data ?? {};
  const [ticked, setTicked] = useState<readonly string[]>([]);
  // What has ended, or is another body’s now, is given to nobody.
  const gives = view !== 'ended' && view !== 'transferred';
  const chosen = gives ? matters.filter(({ number }) => ticked.includes(number)) : [];
  return (
    <article>
      <PageHeader
        title={t('desk.title')}
        subtitle={t('desk.subtitle')}
        actions={may(MATTERS_APPROVE) && <Link to="/desk/templates">{t('template.title')}</Link>}
        scope={
          <FieldRow label={t('desk.which')}>
            <ToggleGroup>
              {DESK_VIEWS.map((one) => (
                <Toggle
                  key={one}
                  pressed={one === view}
                  onChange={() => setSearch({ view: one === 'open' ? undefined : one, page: undefined })}
                >
                  {t(`view.${one}`)}
                  {counts && <span className={css.count}>{counts[one]}</span>}
                </Toggle>
              ))}
            </ToggleGroup>
            <SelectField
              label={t('item')}
              value={item}
              all={t('desk.anyItem')}
              choices={items.map(({ id, title }) => ({ value: id, label: title[lang] }))}
              onChange={(next) => setSearch({ item: next, page: undefined })}
            />
            {(portals.length > 0 || portal !== undefined) && (
              <SelectField
                label={t('portal')}
                value={portal}
                all={t('desk.anyPortal')}
                choices={portals.map(({ id, title }) => ({ value: id, label: title[lang] }))}
                onChange={(next) => setSearch({ portal: next, page: undefined })}
              />
            )}
            <TextField
              label={t('desk.find')}
              value={q ?? ''}
              search
              size={20}
              maxLength={100}
              onChange={(next) => setSearch({ q: next || undefined, page: undefined })}
            />
          </FieldRow>
        }
      />
      {gives && <Bulk chosen={chosen} officers={officers} onTick={setTicked} />}
      <div aria-busy={list.isPlaceholderData}>
        <MatterList
          caption={t('desk.title')}
          rows={list.data?.matters}
          total={list.data?.total}
          error={list.error}
          onRetry={() => void list.refetch()}
          empty={t(q || item || portal ? 'desk.nothing' : 'desk.empty')}
          office
          selected={chosen.map(({ number }) => number)}
          onSelect={gives ? setTicked : undefined}
          foot={<Pager page={page} size={SIZE} total={list.data?.total ?? 0} />}
        />
      </div>
      <Absences />
      <CalendarAddress />
    </article>
  );
}
