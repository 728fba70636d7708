import { Link } from '@tanstack/react-router';
import { fileUrl } from '#shell/api';
import { exportCsv, exportXlsx, type RegisterView } from '../../contract.ts';
import shared from '../registers.module.css';
import type { ListSearch } from '../search.ts';
import { useText } from '../text.ts';
import css from './list.module.css';
import { entryQuery } from './narrowing.ts';

/** What can be done with the whole register; an export takes the narrowing of the moment with it. */
export function Tools({ register, search }: { register: RegisterView; search: ListSearch }) {
  const t = useText();
  const params = { register: register.id };
  const { keep, propose } = register.abilities;
  const request = { params, query: entryQuery(search) };
  return (
    <>
      {(keep || propose) && (
        <Link to="/registers/$register/new" params={params} className={shared.action} data-main="true">
          {t('tools.new')}
        </Link>
      )}
      {keep && (
        <Link to="/registers/$register/import" params={params} className={shared.action}>
          {t('tools.import')}
        </Link>
      )}
      {keep && (
        <Link to="/registers/$register/duplicates" params={params} className={shared.action}>
          {t('tools.duplicates')}
        </Link>
      )}
      <Link to="/registers/$register/figures" params={params} className={shared.action}>
        {t('tools.figures')}
      </Link>
      <Link to="/registers/$register/about" params={params} className={shared.action}>
        {t('tools.about')}
      </Link>
      <span className={css.export}>
        <span className={shared.muted}>{t('tools.export')}</span>
        <a href={fileUrl(exportXlsx, request)} download>
          XLSX
        </a>
        <a href={fileUrl(exportCsv, request)} download>
          CSV
        </a>
      </span>
    </>
  );
}
