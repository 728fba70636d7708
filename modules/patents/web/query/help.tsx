import { Drawer } from 'antd';
import { useState } from 'react';
import { SelectField, TextField } from '#shell/components/fields.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { useLang } from '#shell/i18n';
import { useMedia } from '#shell/media';
import { DIALECTS, type Dialect } from '../../query/ast.ts';
import { WILDCARDS_OF } from '../../query/dialects.ts';
import { FIELDS, type Field } from '../../query/fields.ts';
import { useText } from '../text.ts';
import css from './help.module.css';
import { EXAMPLES, OPERATOR_HELP } from './help-content.ts';

/** Help beside the page: every field, operator and wildcard of a language, and examples that can be taken over. */
export function QueryHelp({
  open,
  dialect,
  onClose,
  onUse,
}: {
  open: boolean;
  /** Language of the query, whose help is shown first. */
  dialect: Dialect;
  onClose: () => void;
  /** Puts an example into the box. */
  onUse: (example: string) => void;
}) {
  const t = useText();
  const narrow = useMedia('(max-width: 760px)');
  const [chosen, setChosen] = useState<Dialect | null>(null);
  const shown = chosen ?? dialect;
  return (
    <Drawer
      open={open}
      onClose={onClose}
      mask={narrow}
      size={narrow ? '100%' : 620}
      title={t('help.title')}
      closable={{ 'aria-label': t('help.close') }}
    >
      <div className={css.help}>
        <SelectField
          label={t('query.dialect')}
          value={shown}
          choices={DIALECTS.map((d) => ({ value: d, label: t(`dialect.${d}`) }))}
          onChange={(value) => setChosen(DIALECTS.find((d) => d === value) ?? null)}
        />
        <h2>{t('help.examples')}</h2>
        <ul className={css.examples}>
          {EXAMPLES[shown].map((example) => (
            <li key={example}>
              <button type="button" onClick={() => onUse(example)} title={t('help.use')}>
                {example}
              </button>
            </li>
          ))}
        </ul>
        <h2>{t('help.operators')}</h2>
        <Operators dialect={shown} />
        <h2>{t('help.fields', { count: FIELDS.length })}</h2>
        <Fields dialect={shown} />
        <h2>{t('help.rules')}</h2>
        <ul className={css.rules}>
          <li>{t('help.ruleAnd')}</li>
          <li>{t('help.ruleDefault')}</li>
          <li>{t('help.ruleNot')}</li>
          <li>{t('help.ruleDistance')}</li>
          <li>{t('help.ruleWide')}</li>
          <li>{t('help.ruleQuote')}</li>
          <li>{t('help.rulePersonal')}</li>
        </ul>
      </div>
    </Drawer>
  );
}

function Operators({ dialect }: { dialect: Dialect }) {
  const t = useText();
  const { any, one, maybe } = WILDCARDS_OF[dialect];
  return (
    <table className={css.table}>
      <tbody>
        {OPERATOR_HELP[dialect].map(([written, meaning]) => (
          <tr key={written}>
            <th scope="row">
              <code>{written}</code>
            </th>
            <td>{t(`operator.${meaning}`)}</td>
          </tr>
        ))}
        {(
          [
            [any.join(' '), 'wild.any'],
            [one, 'wild.one'],
            [maybe, 'wild.maybe'],
          ] as const
        ).map(
          ([sign, meaning]) =>
            sign !== '' && (
              <tr key={meaning}>
                <th scope="row">
                  <code>{sign}</code>
                </th>
                <td>{t(meaning)}</td>
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}

function Fields({ dialect }: { dialect: Dialect }) {
  const t = useText();
  const lang = useLang();
  const [sought, setSought] = useState('');
  const chinese = dialect === 'zc' || dialect === 'cnipr';
  const namesOf = (field: Field) => [
    ...new Set([...(field.names[dialect] ?? [field.id]), ...(chinese ? field.zhNames : [])]),
  ];
  const wanted = sought.trim().toLowerCase();
  const fields = FIELDS.filter((field) =>
    `${field.zh} ${field.en} ${namesOf(field).join(' ')} ${field.help[lang]}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <TextField label={t('help.find')} value={sought} search size={18} onChange={setSought} />
      <ScrollBox label={t('help.fieldTable')}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('help.field')}</th>
              <th scope="col">{t('help.names')}</th>
              <th scope="col">{t('help.how')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.id}>
                <th scope="row">
                  {field[lang]}
                  <span className={css.kind}>{t(`kind.${field.kind}`)}</span>
                </th>
                <td>
                  {namesOf(field).map((name, i) => (
                    <span key={name}>
                      {i > 0 && t('listComma')}
                      <code>{name}</code>
                    </span>
                  ))}
                </td>
                <td>
                  {field.help[lang]}
                  {field.values && (
                    <span className={css.kind}>
                      {t('help.values', { values: field.values.map((v) => v[lang]).join(t('listComma')) })}
                    </span>
                  )}
                  {field.personal && <span className={css.kind}>{t('help.personal')}</span>}
                  {field.scanned && <span className={css.kind}>{t('help.scanned')}</span>}
                </td>
              </tr>
            ))}
            {fields.length === 0 && (
              <tr>
                <td colSpan={3}>{t('help.noField', { sought: sought.trim() })}</td>
              </tr>
            )}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}
