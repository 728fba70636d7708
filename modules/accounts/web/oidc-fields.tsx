import { FormField } from '#shell/components/form.tsx';
import css from './accounts.module.css';
import { TextInput } from './field.tsx';
import { useText } from './text.ts';

/** What names a person at the identity provider. */
export type OidcKind = 'subject' | 'email' | 'username';

/** Who the person is at the identity provider; an empty value means no link. */
export function OidcFields({
  value,
  onChange,
  issues,
}: {
  value: { kind: OidcKind; value: string };
  onChange: (value: { kind: OidcKind; value: string }) => void;
  issues: readonly string[];
}) {
  const t = useText();
  return (
    <>
      <FormField id="oidc-kind" label={t('oidc.kind')} help={t('oidc.help')}>
        {(control) => (
          <select
            {...control}
            className={css.select}
            value={value.kind}
            onChange={(e) => onChange({ ...value, kind: e.target.value as OidcKind })}
          >
            {(['username', 'email', 'subject'] as const).map((k) => (
              <option key={k} value={k}>
                {t(`oidc.${k}`)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <TextInput
        id="oidc-value"
        label={t('oidc.value')}
        issues={issues}
        value={value.value}
        onChange={(text) => onChange({ ...value, value: text })}
      />
    </>
  );
}
