import i18next, { type TOptions } from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Lang } from '#kernel/text';
import { zh } from './locales/zh.ts';
import type { Messages, WebModule } from './module.ts';
import { prefs, setPrefs } from './prefs.ts';
import { queries } from './query.ts';

/** Names of the places that a text leaves open. */
type Places<S extends string> = S extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Places<Rest>
  : never;

/** Values for the places; `count` may always be given, to choose a singular. */
type Values<S extends string> = [Places<S>] extends [never]
  ? [values?: { count: number }]
  : [values: Record<Places<S>, string | number> & { count?: number | string }];

/** Gives a module's text in the chosen language; the compiler checks key and places. */
export type Translate<Zh extends Messages> = <K extends keyof Zh & string>(
  key: K,
  ...values: Values<Zh[K]>
) => string;

const loaders = new Map<string, WebModule['locales']>([
  ['shell', { zh: async () => zh, en: async () => (await import('./locales/en.ts')).en }],
]);
const entered = new Set(['shell']);

async function load(namespace: string, lang: Lang): Promise<void> {
  const loader = loaders.get(namespace);
  if (!loader || i18next.hasResourceBundle(lang, namespace)) return;
  i18next.addResourceBundle(lang, namespace, await loader[lang]());
}

/** Starts i18next with the frame's own texts; resolves when the chosen language can be shown. */
export async function startTexts(modules: readonly WebModule[]): Promise<void> {
  for (const m of modules) loaders.set(m.name, m.locales);
  await i18next.use(initReactI18next).init({
    lng: prefs().lang,
    fallbackLng: 'zh',
    keySeparator: false,
    nsSeparator: false,
    ns: ['shell'],
    defaultNS: 'shell',
    resources: { zh: { shell: zh } },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await load('shell', prefs().lang);
  await i18next.changeLanguage(prefs().lang);
  document.documentElement.lang = htmlLang(prefs().lang);
}

/** Loads a module's texts; called when one of its pages opens. */
export async function enterModule(name: string): Promise<void> {
  entered.add(name);
  await load(name, prefs().lang);
}

/** Switches the interface to another language, once all texts in use are there. */
export async function switchLanguage(lang: Lang): Promise<void> {
  await Promise.all([...entered].map((name) => load(name, lang)));
  setPrefs({ lang });
  document.documentElement.lang = htmlLang(lang);
  await i18next.changeLanguage(lang);
  // Units, reasons and names come from the server in the language asked for.
  await queries.invalidateQueries();
}

/** The tag that screen readers and fonts go by. */
export function htmlLang(lang: Lang): string {
  return lang === 'zh' ? 'zh-CN' : 'en';
}

/**
 * Makes a module's `useText` hook:
 * ```ts
 * import type { zh } from './locales/zh.ts';
 * export const useText = textHook<typeof zh>('plan');
 * ```
 */
export function textHook<Zh extends Messages>(namespace: string): () => Translate<Zh> {
  return () => {
    const { t } = useTranslation(namespace);
    return useMemo(() => ((key: string, values?: TOptions) => t(key, values ?? {})) as Translate<Zh>, [t]);
  };
}

/** Texts of the frame and of the shared components. */
export const useShellText = textHook<typeof zh>('shell');

/** The language now; follows the switch. */
export function useLang(): Lang {
  const { i18n } = useTranslation('shell');
  return i18n.language === 'en' ? 'en' : 'zh';
}
