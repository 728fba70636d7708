import { WatchNotice } from '../../contract.ts';
import { useText } from '../text.ts';

/** How the owner of a watch is told. */
export function NoticeField({
  id,
  value,
  onChange,
}: {
  id: string;
  value: WatchNotice;
  onChange: (notice: WatchNotice) => void;
}) {
  const t = useText();
  return (
    <div>
      <label htmlFor={id}>{t('notice.label')}</label>
      <small>{t('notice.help')}</small>
      <select id={id} value={value} onChange={(e) => onChange(e.target.value as WatchNotice)}>
        {WatchNotice.options.map((one) => (
          <option key={one} value={one}>
            {t(`notice.${one}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
