/** A sentence in both languages of the interface. Chinese is what most users read; neither may be empty. */
export interface Text {
  zh: string;
  en: string;
}

/** A language of the interface. */
export type Lang = 'zh' | 'en';

/** Fills `{name}` places of a template; an unknown place stays visible, so a slip shows in a test. */
export function fill(template: string, values: Record<string, unknown> = {}): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : place,
  );
}

/** Fills both languages of a template. */
export function fillText(template: Text, values: Record<string, unknown> = {}): Text {
  return { zh: fill(template.zh, values), en: fill(template.en, values) };
}

/** The language that an Accept-Language header asks for first; Chinese unless English comes first. */
export function langOf(acceptLanguage: string | undefined): Lang {
  const first = acceptLanguage?.split(',')[0]?.trim().toLowerCase() ?? '';
  return /^en\b/.test(first) ? 'en' : 'zh';
}
