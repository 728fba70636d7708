import { useMemo } from 'react';
import { useLang } from '#shell/i18n';
import { LegalStatus, PatentType } from '../contract/values.ts';
import { useText } from './text.ts';

/** Words for a patent's type: 发明, 实用新型, … */
export function useTypeWord(): (type: PatentType) => string {
  const t = useText();
  return (type) => t(`type.${type}`);
}

/** Words for a legal status: 有效, 在审, … */
export function useStatusWord(): (status: LegalStatus) => string {
  const t = useText();
  return (status) => t(`status.${status}`);
}

/** A type or state that a facet names; null for one that this page does not know. */
export function asType(value: string): PatentType | null {
  return PatentType.safeParse(value).data ?? null;
}

/** The same for a legal status. */
export function asStatus(value: string): LegalStatus | null {
  return LegalStatus.safeParse(value).data ?? null;
}

/** Names of offices by their two letters and of languages; the code itself where there is no name. */
export function useCodeWords(): { office: (code: string) => string; language: (code: string) => string } {
  const lang = useLang();
  const t = useText();
  return useMemo(() => {
    const locale = lang === 'zh' ? 'zh-CN' : 'en';
    const regions = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
    const languages = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' });
    const named = (names: Intl.DisplayNames, code: string) => {
      try {
        return names.of(code);
      } catch {
        return undefined;
      }
    };
    // Offices that stand for no single country.
    const own: Record<string, string> = { EP: t('office.EP'), WO: t('office.WO'), EA: t('office.EA') };
    return {
      office: (code) => own[code] ?? named(regions, code) ?? code,
      language: (code) => named(languages, code) ?? code,
    };
  }, [lang, t]);
}
