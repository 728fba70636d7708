import { checkUnique, type Draft } from './draft.ts';
import { didYouMean } from './faults.ts';
import { type IndicatorKind, LIGHT_PLACEHOLDERS, type LightRule } from './schema.ts';

const FITS: Record<LightRule['expectation'], (kind: IndicatorKind) => boolean> = {
  linear: (kind) => kind !== 'milestone' && kind !== 'composite',
  'year-end': (kind) => kind !== 'milestone' && kind !== 'composite',
  stage: (kind) => kind === 'milestone',
  'worst-part': (kind) => kind === 'composite',
};

/** Checks lights.yaml, and that every indicator and every part is lit by exactly one rule that suits it. */
export function checkLights(draft: Draft): void {
  const { faults, lights } = draft;
  const text = draft.texts.get('lights');
  if (!text) return;
  checkUnique(
    draft,
    'lights',
    lights.map((row) => ({ id: row.value.id, path: [...row.path, 'id'] })),
  );
  const ruleOf = new Map<IndicatorKind, LightRule>();
  for (const { value: rule, path } of lights) {
    if (rule.risk >= rule.met)
      faults.add({ text, path: [...path, 'risk'] }, 'light-bounds', { risk: rule.risk, met: rule.met });
    for (const [i, kind] of rule.appliesTo.entries()) {
      const place = { text, path: [...path, 'appliesTo', i] };
      const other = ruleOf.get(kind);
      if (other) faults.add(place, 'kind-with-two-lights', { kind, id: other.id });
      else ruleOf.set(kind, rule);
      if (!FITS[rule.expectation](kind)) {
        faults.add(place, 'light-unfit', { id: rule.id, expectation: rule.expectation, kind });
      }
    }
    for (const [light, reason] of Object.entries(rule.reasons)) {
      for (const language of ['zh', 'en'] as const) {
        for (const [, name] of reason[language].matchAll(/\{(\w*)\}/g)) {
          if ((LIGHT_PLACEHOLDERS as readonly string[]).includes(name!)) continue;
          faults.add({ text, path: [...path, 'reasons', light, language] }, 'unknown-placeholder', {
            name: name!,
            allowed: LIGHT_PLACEHOLDERS.join(', '),
            ...didYouMean(name!, LIGHT_PLACEHOLDERS),
          });
        }
      }
    }
  }
  checkUse(draft, ruleOf);
}

function checkUse(draft: Draft, ruleOf: ReadonlyMap<IndicatorKind, LightRule>): void {
  const text = draft.texts.get('indicators');
  const allSound = draft.lights.length === draft.known.lights?.size;
  if (!text || !allSound) return;
  for (const { value: indicator, path } of draft.indicators) {
    const own = draft.lights.find((row) => row.value.id === indicator.light)?.value;
    if (own && !FITS[own.expectation](indicator.kind)) {
      draft.faults.add({ text, path: [...path, 'light'] }, 'light-unfit', {
        id: own.id,
        expectation: own.expectation,
        kind: indicator.kind,
      });
    }
    const uses = [
      ...(indicator.light === undefined ? [{ kind: indicator.kind, path: [...path, 'kind'] }] : []),
      ...(indicator.parts ?? []).map((part, i) => ({ kind: part.kind, path: [...path, 'parts', i, 'kind'] })),
    ];
    for (const use of uses) {
      if (!ruleOf.has(use.kind))
        draft.faults.add({ text, path: use.path }, 'kind-without-light', { kind: use.kind });
    }
  }
}
