import { Drawer } from 'antd';
import type { Period } from '#modules/plan/contract';
import { useLang } from '#shell/i18n';
import { weekday } from '../dates.ts';
import css from '../office.module.css';
import { useText } from '../text.ts';

/** How a due date follows, day by day: which days count and which do not. */
export function ProofDrawer({ period, onClose }: { period: Period | null; onClose: () => void }) {
  const t = useText();
  const lang = useLang();
  const kinds: Record<string, string> = {
    'start-excluded': t('day.start'),
    workday: t('day.workday'),
    'make-up-workday': t('day.makeUp'),
    weekend: t('day.weekend'),
    holiday: t('day.holiday'),
    'natural-day': t('day.natural'),
    'month-end-clamped': t('day.monthEnd'),
    rolled: t('day.rolled'),
  };
  const days = [0, 1, 2, 3, 4, 5, 6].map((d) =>
    new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }).format(
      new Date(Date.UTC(2024, 0, 7 + d)),
    ),
  );
  return (
    <Drawer
      open={period !== null}
      onClose={onClose}
      size={420}
      title={period && t('proof.title', { label: period.label[lang] })}
    >
      {period && (
        <>
          <p>{t('proof.due', { due: period.due, to: period.to })}</p>
          {period.provisional && <p>{t('proof.provisional')}</p>}
          {period.proof.length === 0 ? (
            <p>{t('proof.own')}</p>
          ) : (
            <table className={css.proof}>
              <caption className="visually-hidden">{t('proof.caption')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('proof.date')}</th>
                  <th scope="col">{t('proof.kind')}</th>
                  <th scope="col">{t('proof.counted')}</th>
                </tr>
              </thead>
              <tbody>
                {period.proof.map((day) => (
                  <tr key={day.date} data-counted={day.counted !== null}>
                    <th scope="row">
                      {day.date} <span className={css.muted}>{days[weekday(day.date)]}</span>
                    </th>
                    <td>
                      {kinds[day.kind] ?? day.kind}
                      {day.name && <span className={css.muted}> {day.name}</span>}
                    </td>
                    <td>{day.counted ?? t('proof.not')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
    </Drawer>
  );
}
