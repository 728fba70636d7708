import { accounts } from '#modules/accounts/web/index';
import { organisations } from '#modules/organisations/web/index';
import { parties } from '#modules/parties/web/index';
import { patents } from '#modules/patents/web/index';
import { plan } from '#modules/plan/web/index';
import { planOffice } from '#modules/plan/web/office/index';
import { registers } from '#modules/registers/web/index';
import { registerWork } from '#modules/registers/web/work/index';
import { workbench } from '#modules/workbench/web/index';
import type { WebModule } from './module.ts';

/** Every module that has pages; one line each. */
export const modules: readonly WebModule[] = [
  plan,
  planOffice,
  patents,
  accounts,
  parties,
  organisations,
  registers,
  registerWork,
  workbench,
];
