import { normalName } from '#modules/organisations/server/index';
import { applicantId } from '../corpus/document.ts';

/** What found that two names are of one applicant. */
export type LinkRule = 'spelling' | 'organisation' | 'former-name' | 'legal-form' | 'school';

/** One name stands for what another names. */
export interface FoundLink {
  member: string;
  memberName: string;
  head: string;
  headName: string;
  rule: LinkRule;
  /** Whether it holds without a person having looked at it. */
  certain: boolean;
  /** What it was seen by; shown to people. */
  detail: Record<string, string | null>;
}

/** An organisation record that bears, or bore, a name. */
export interface NamedOrganisation {
  id: string;
  /** Its present name. */
  name: string;
  kind: 'present' | 'former' | 'spelling';
  /** Last day of a former name, where it is known. */
  until: string | null;
}

/** One name that applicants bear in the corpus. */
export interface ApplicantName {
  id: string;
  name: string;
}

/** Parts of a university that have no existence of their own in law. */
const PART = /^(.{2,30}?(?:大学|学院))(.{1,20}(?:系|实验室|教研室|课题组))$/u;
/** Parts that may be persons in law themselves (独立学院, 研究院 with an own registration): a person has to look. */
const PERHAPS_PART = /^(.{2,30}?(?:大学|学院))(.{1,20}(?:学院|研究院|研究所|中心|医院))$/u;

/**
 * What rules say of some names. `known` answers by the normal form of a name: which names of the corpus have it, and which
 * organisations. Nothing is said where several organisations claim a name.
 *
 * - `spelling`: names that differ by what keyboards and typesetting vary ({@link normalName}).
 * - `organisation`, `former-name`: the name is that of one organisation record; its present name stands for it.
 * - `school` (certain for departments and laboratories, else proposed): a part of a university.
 * - `legal-form` (proposed): 有限公司 beside 有限责任公司. Two spellings of one form in law, and sometimes two firms.
 */
export function linksOf(
  names: readonly ApplicantName[],
  known: {
    names(normal: string): readonly ApplicantName[];
    organisations(normal: string): readonly NamedOrganisation[];
  },
): FoundLink[] {
  const found: FoundLink[] = [];
  for (const { id, name } of names) {
    const normal = normalName(name);
    if (normal === '') continue;
    const link = (to: ApplicantName, rule: LinkRule, certain: boolean, detail: FoundLink['detail']) => {
      if (to.id !== id)
        found.push({ member: id, memberName: name, head: to.id, headName: to.name, rule, certain, detail });
    };
    const [organisation, ...others] = known.organisations(normal);
    if (organisation && others.length === 0) {
      const head = { id: applicantId(organisation.name), name: organisation.name };
      const rule = organisation.kind === 'former' ? 'former-name' : 'organisation';
      link(head, rule, true, { organisation: organisation.id, until: organisation.until });
    } else {
      // The first in a fixed order stands for all spellings.
      const first = [...known.names(normal)].sort(byName)[0];
      if (first) link(first, 'spelling', true, {});
    }
    const whole = PART.exec(name) ?? PERHAPS_PART.exec(name);
    const university = whole && standing(whole[1]!, known);
    if (university) link(university, 'school', PART.test(name), { part: whole![2]! });
    if (name.endsWith('有限责任公司')) {
      const short = standing(name.replace(/有限责任公司$/u, '有限公司'), known);
      if (short) link(short, 'legal-form', false, {});
    }
  }
  return found;
}

/** The name under which somebody is known, if anybody is: an organisation's present name, or the first spelling. */
function standing(name: string, known: Parameters<typeof linksOf>[1]): ApplicantName | null {
  const normal = normalName(name);
  const organisations = known.organisations(normal);
  if (organisations.length === 1)
    return { id: applicantId(organisations[0]!.name), name: organisations[0]!.name };
  return [...known.names(normal)].sort(byName)[0] ?? null;
}

const byName = (a: ApplicantName, b: ApplicantName) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
