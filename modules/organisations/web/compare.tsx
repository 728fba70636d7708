import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { listMentions } from '#modules/registers/contract';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { formatMoment, formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import type { OrganisationRow } from '../contract.ts';
import { Code } from './marks.tsx';
import css from './organisations.module.css';
import { useText } from './text.ts';

/** Two organisations side by side, and what remains of them after a merge. */
export function Compare({ survivor, loser }: { survivor: OrganisationRow; loser: OrganisationRow }) {
  const t = useText();
  const names = (one: OrganisationRow) => one.formerNames.map((n) => n.name).join(t('listComma'));
  const lines: {
    name: string;
    of: (one: OrganisationRow) => ReactNode;
    after: ReactNode;
    differs: boolean;
  }[] = [
    {
      name: t('field.name'),
      of: (one) => one.name,
      after: survivor.name,
      differs: survivor.name !== loser.name,
    },
    {
      name: t('field.code'),
      of: (one) => <Code code={one.code} />,
      after: <Code code={survivor.code ?? loser.code} />,
      differs: survivor.code !== loser.code,
    },
    {
      name: t('field.region'),
      of: (one) => one.region?.name ?? '',
      after: (survivor.region ?? loser.region)?.name ?? '',
      differs: survivor.region?.id !== loser.region?.id,
    },
    {
      name: t('field.address'),
      of: (one) => one.address ?? '',
      after: survivor.address ?? loser.address ?? '',
      differs: survivor.address !== loser.address,
    },
    {
      name: t('merge.otherNames'),
      of: names,
      after: [...new Set([survivor, loser].flatMap((o) => [...o.formerNames.map((n) => n.name), o.name]))]
        .filter((n) => n !== survivor.name)
        .join(t('listComma')),
      differs: names(survivor) !== names(loser),
    },
    {
      name: t('mentions.title'),
      of: (one) => <MentionCount id={one.id} />,
      after: t('merge.allMentions'),
      differs: false,
    },
    {
      name: t('field.updated'),
      of: (one) => formatMoment(one.updatedAt),
      after: '',
      differs: false,
    },
  ];
  return (
    <ScrollBox label={t('merge.compare')}>
      <table className={css.compare}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('merge.keep')}</th>
            <th scope="col">{t('merge.give')}</th>
            <th scope="col">{t('merge.after')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.name} data-differs={line.differs}>
              <th scope="row">{line.name}</th>
              <td>{line.of(survivor)}</td>
              <td>{line.of(loser)}</td>
              <td>{line.after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** How many entries of registers name an organisation; a dash where that cannot be had. */
export function MentionCount({ id }: { id: string }) {
  const found = useQuery(queryOf(listMentions, { params: { organisation: id } }, { interactive: false }));
  return <>{formatNumber(found.data?.entries.length)}</>;
}
