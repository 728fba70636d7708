import type { FieldView } from '#kernel/fields/view';
import { useShellText } from '../../i18n.ts';
import css from './record-form.module.css';

/** Marks what only those see who keep the record. */
export function InternalMark() {
  const t = useShellText();
  return (
    <span className={css.internal} title={t('field.internalHelp')}>
      {t('field.internal')}
    </span>
  );
}

/** Label of a field with its unit. */
export function useFieldTitle(): (field: Pick<FieldView, 'label' | 'unit'>) => string {
  const t = useShellText();
  return (field) => (field.unit ? t('field.unit', { label: field.label, unit: field.unit }) : field.label);
}
