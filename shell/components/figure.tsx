import { behindFigure, formatDelta, formatNumber, NO_FIGURE } from '../format.ts';
import { useShellText } from '../i18n.ts';
import css from './figure.module.css';

/** A number with its unit, figures of equal width. A missing one shows a dash and says so to screen readers. */
export function Figure({
  value,
  text,
  unit,
  decimals = 0,
  size = 'normal',
}: {
  value?: number | null;
  /** Instead of `value`: already formatted, e.g. a range. */
  text?: string;
  unit?: string | null;
  decimals?: number;
  size?: 'normal' | 'large' | 'wall';
}) {
  const t = useShellText();
  const shown = text ?? formatNumber(value, decimals);
  if (shown === NO_FIGURE)
    return (
      <span className={css.figure} data-size={size} data-missing="true">
        <span aria-hidden="true">{NO_FIGURE}</span>
        <span className="visually-hidden">{t('figure.none')}</span>
      </span>
    );
  return (
    <span className={css.figure} data-size={size}>
      {shown}
      {unit && <span className={css.unit}>{behindFigure(unit)}</span>}
    </span>
  );
}

/** A signed difference. No colour: whether more is better depends on what is counted. */
export function Delta({
  value,
  decimals = 0,
  ...rest
}: {
  value: number | null | undefined;
  decimals?: number;
  unit?: string | null;
  size?: 'normal' | 'large';
}) {
  return <Figure text={formatDelta(value, decimals)} {...rest} />;
}
