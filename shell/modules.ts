import { accounts } from '#modules/accounts/web/index';
import { firms } from '#modules/firms/web/index';
import { firmsOnPatents } from '#modules/firms/web/patents/index';
import { matters } from '#modules/matters/web/index';
import { organisations } from '#modules/organisations/web/index';
import { parties } from '#modules/parties/web/index';
import { patents } from '#modules/patents/web/index';
import { PatentSlots } from '#modules/patents/web/slots';
import { plan } from '#modules/plan/web/index';
import { planOffice } from '#modules/plan/web/office/index';
import { reference } from '#modules/reference/web/index';
import { registers } from '#modules/registers/web/index';
import { registerWork } from '#modules/registers/web/work/index';
import { webhooks } from '#modules/webhooks/web/index';
import { workbench } from '#modules/workbench/web/index';
import { onPatents } from '#modules/workbench/web/patents/index';
import { type Filling, filled } from './fillings.tsx';
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
  reference,
  matters,
  workbench,
  webhooks,
  firms,
];

/** What a module puts onto the pages of another one; one line each. */
export const fillings: readonly Filling[] = [filled(PatentSlots, { ...onPatents, ...firmsOnPatents })];
