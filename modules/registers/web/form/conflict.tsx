import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { Notice } from '#shell/components/form.tsx';
import { shownValue } from '#shell/components/record-form/shown-value';
import type { FormValues } from '#shell/components/record-form/values';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { formatMoment } from '#shell/format';
import { useShellText } from '#shell/i18n';
import { useRegions } from '#shell/regions';
import type { FieldView } from '../../contract.ts';
import shared from '../registers.module.css';
import { useText } from '../text.ts';
import css from './form.module.css';
import type { Side } from './merge.ts';
import type { Clash } from './use-editor.ts';

/** What somebody else changed beside what I typed; field by field one of both is taken. Nothing is lost until then. */
export function Conflict({
  clash,
  fields,
  mine,
  base,
  onChoose,
  onSettle,
}: {
  clash: Clash;
  fields: readonly FieldView[];
  mine: FormValues;
  base: FormValues;
  onChoose: (key: string, side: Side) => void;
  onSettle: () => void;
}) {
  const t = useText();
  const tShell = useShellText();
  const regions = useRegions();
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new version is told once.
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'start' });
  }, [clash.entry.version]);
  const words = { yes: tShell('input.yes'), no: tShell('input.no'), regionOf: regions.nameOf };
  const text = (key: string, values: FormValues) => {
    const field = fields.find((f) => f.key === key);
    return (field && shownValue(field, values[key], words)) || t('none');
  };
  return (
    <div ref={box} tabIndex={-1} className={css.conflict}>
      <Notice
        tone="attention"
        title={
          clash.told
            ? t('conflict.title', { by: clash.told.by, at: formatMoment(clash.told.at) })
            : t('conflict.older', { at: formatMoment(clash.entry.updatedAt) })
        }
      >
        {clash.fields.length === 0 ? (
          <p>{t('conflict.none', { state: clash.entry.stateLabel })}</p>
        ) : (
          <>
            <p>{t('conflict.text')}</p>
            <ScrollBox label={t('conflict.choice')}>
              <table className={`${shared.table} ${css.versus}`} aria-label={t('conflict.choice')}>
                <thead>
                  <tr>
                    <th scope="col">{t('diff.field')}</th>
                    <th scope="col">{t('conflict.base')}</th>
                    <th scope="col">{t('conflict.theirs')}</th>
                    <th scope="col">{t('conflict.mine')}</th>
                  </tr>
                </thead>
                <tbody>
                  {clash.fields.map((field) => (
                    <tr key={field.key}>
                      <th scope="row">
                        {field.label}
                        {field.both && <span className={shared.sub}>{t('conflict.both')}</span>}
                      </th>
                      <td>{text(field.key, base)}</td>
                      {(['theirs', 'mine'] as const).map((side) => (
                        <td key={side} data-chosen={clash.choice[field.key] === side}>
                          <label>
                            <input
                              type="radio"
                              name={`side-${field.key}`}
                              checked={clash.choice[field.key] === side}
                              onChange={() => onChoose(field.key, side)}
                            />
                            <span>
                              {text(field.key, side === 'theirs' ? clash.theirs : mine)}
                              <span className="visually-hidden">
                                {t(side === 'theirs' ? 'conflict.takeTheirs' : 'conflict.keepMine')}
                              </span>
                            </span>
                          </label>
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollBox>
          </>
        )}
        <p className={css.settle}>
          <Button type="primary" onClick={onSettle}>
            {t('conflict.settle')}
          </Button>
        </p>
      </Notice>
    </div>
  );
}
