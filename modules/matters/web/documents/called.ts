import { useText } from '../text.ts';

/** What a version of a template is called: zero is the platform's own form. */
export function useCalled(): (version: number) => string {
  const t = useText();
  return (version) => (version === 0 ? t('template.own') : t('template.version', { version }));
}
