import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { InternalMark } from '#shell/components/record-form/marks.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { useShellText } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { type FieldView, listRegisters, type RegisterView } from '../../contract.ts';
import shared from '../registers.module.css';
import { useText } from '../text.ts';
import css from './about.module.css';

type Simple = FieldView['items'][number];

/** The fields of a register: what they are called, what they hold, what is to be written. */
export function FieldTable({ register }: { register: RegisterView }) {
  const t = useText();
  const keys = new Set(register.keys.flat());
  return (
    <ScrollBox label={t('about.fields')}>
      <table className={`${shared.table} ${css.fields}`}>
        <thead>
          <tr>
            <th scope="col">{t('about.field')}</th>
            <th scope="col">{t('about.type')}</th>
            <th scope="col">{t('about.required')}</th>
            <th scope="col">{t('about.help')}</th>
          </tr>
        </thead>
        <tbody>
          {register.fields.flatMap((field) => [
            <Line key={field.key} field={field} isKey={keys.has(field.key)} />,
            ...(field.type === 'rows'
              ? field.items.map((item) => (
                  <Line key={`${field.key} ${item.key}`} field={item} within={field.label} />
                ))
              : []),
          ])}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Line({ field, isKey, within }: { field: Simple | FieldView; isKey?: boolean; within?: string }) {
  const t = useText();
  const tShell = useShellText();
  const titles = useQuery({ ...queryOf(listRegisters, {}), staleTime: 600_000 }).data?.registers;
  const inner = 'items' in field && field.type === 'values' ? field.items[0] : undefined;
  const of = inner ?? field;
  return (
    <tr data-within={within !== undefined}>
      <th scope="row">
        {within && <span className="visually-hidden">{within} · </span>}
        {field.label}
        {field.internal && <InternalMark />}
        <span className={shared.sub}>
          <code>{field.key}</code>
        </span>
      </th>
      <td>
        {inner && t('about.several')}
        {t(`type.${of.type}`)}
        {field.unit && t('about.unit', { unit: field.unit })}
        {field.computed && <span className={shared.sub}>{t('field.computedHelp')}</span>}
        {of.register && (
          <span className={shared.sub}>
            <Link to="/registers/$register" params={{ register: of.register }} className={shared.link}>
              {titles?.find((r) => r.id === of.register)?.title ?? of.register}
            </Link>
          </span>
        )}
        {of.choices && (
          <span className={shared.sub}>{of.choices.map((c) => c.label).join(t('listComma'))}</span>
        )}
      </td>
      <td>
        {field.required ? t('about.yes') : <span className={shared.muted}>{t('about.no')}</span>}
        {isKey && <span className={shared.sub}>{t('about.key')}</span>}
      </td>
      <td>
        {field.help}
        {field.example && (
          <span className={shared.sub}>{tShell('field.example', { example: field.example })}</span>
        )}
      </td>
    </tr>
  );
}
