import type { Module } from '#kernel/module';
import { ORGANISATIONS_MANAGE, ORGANISATIONS_READ } from '../contract.ts';
import { organisationRoutes } from './routes.ts';

export { addressCloseness } from './closeness.ts';
export {
  type BearerOfName,
  bearersOfNames,
  canonicalIds,
  canonicalOrganisation,
  lockOrganisations,
  makeNotPublic,
  makePublic,
  type OrganisationName,
  type OrganisationPlace,
  organisationFamily,
  organisationNames,
  organisationPlace,
} from './names.ts';
export { normalName } from './normal-name.ts';
export { resolveOrganisations, type WantedOrganisation } from './resolve.ts';

/** Firms, institutes, schools and agencies: each once, however many registers name it. */
export const organisations: Module = {
  name: 'organisations',
  title: { zh: '单位', en: 'Organisations' },
  needs: ['parties'],
  migrations: 'modules/organisations/server/migrations',
  permissions: [
    {
      id: ORGANISATIONS_READ,
      title: { zh: '查看单位', en: 'See organisations' },
      roles: [
        'administrator',
        'plan-office',
        'leader',
        'data-officer',
        'department-officer',
        'county-officer',
      ],
    },
    {
      id: ORGANISATIONS_MANAGE,
      title: { zh: '管理单位（更名、更正、合并）', en: 'Manage organisations (rename, correct, merge)' },
      roles: ['plan-office', 'data-officer', 'administrator'],
    },
  ],
  setup: (platform) => ({ routes: organisationRoutes(platform) }),
};
