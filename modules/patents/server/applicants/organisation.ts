import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import { ORGANISATIONS_READ } from '#modules/organisations/contract';
import { canonicalIds, organisationPlace } from '#modules/organisations/server/index';
import type { Places } from '../places.ts';
import { withPatents } from '../tables.ts';

/** The organisation record that an applicant is. */
export interface ApplicantOrganisation {
  id: string;
  name: string;
  /** Whether the reader may open its page. */
  page: boolean;
  /** Region of its own record: as a register said, else by its address; null where neither says. */
  region: string | null;
}

/** The organisation that the names of a group are, if all that are known agree. */
export async function withOrganisation(
  platform: Platform,
  places: Places,
  actor: Actor,
  ids: readonly string[],
): Promise<ApplicantOrganisation | null> {
  const rows = await withPatents(platform.records)
    .selectFrom('patentApplicantOrganisation')
    .select('organisationId')
    .distinct()
    .where((e) => e('applicant', '=', e.fn.any(e.val([...ids]))))
    .execute();
  if (rows.length === 0) return null;
  const survivors = new Set(
    (
      await canonicalIds(
        platform.records,
        rows.map((row) => row.organisationId),
      )
    ).values(),
  );
  const [only, ...others] = survivors;
  if (!only || others.length > 0) return null;
  const found = await organisationPlace(platform.records, only);
  if (!found) return null;
  const region = found.region ?? (found.address ? places.locate(found.address).region || null : null);
  return {
    id: found.id,
    name: found.name,
    page: found.public || platform.policy.can(actor, ORGANISATIONS_READ),
    region,
  };
}
