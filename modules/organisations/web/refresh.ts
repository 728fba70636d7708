import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { listMentions } from '#modules/registers/contract';
import { keyOf } from '#shell/query';
import {
  getOrganisation,
  listOrganisationDuplicates,
  listOrganisationMerges,
  listOrganisations,
  organisationHistory,
} from '../contract.ts';

const touched = [
  getOrganisation,
  listOrganisations,
  listOrganisationDuplicates,
  listOrganisationMerges,
  organisationHistory,
  listMentions,
].map(keyOf);

/** Asks again for everything that a change of an organisation may have changed. */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(async () => {
    await Promise.all(touched.map((queryKey) => queries.invalidateQueries({ queryKey })));
  }, [queries]);
}
