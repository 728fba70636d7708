import { useQueryClient } from '@tanstack/react-query';
import { keyOf } from '#shell/query';
import { getApplicant, listApplicantProposals, listApplicants } from '../../contract/applicants.ts';
import { getPortfolio } from '../../contract/portfolio.ts';
import { searchPatents } from '../../contract/search.ts';

/** Fetches anew whatever depends on which names are one applicant. */
export function useRefreshApplicants(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all(
      [getApplicant, listApplicants, listApplicantProposals, getPortfolio, searchPatents].map((endpoint) =>
        client.invalidateQueries({ queryKey: keyOf(endpoint) }),
      ),
    );
  };
}
