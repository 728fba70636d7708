import type { Module } from '#kernel/module';
import { accounts } from '#modules/accounts/server/index';
import { firms } from '#modules/firms/server/index';
import { matters } from '#modules/matters/server/index';
import { organisations } from '#modules/organisations/server/index';
import { parties } from '#modules/parties/server/index';
import { patents } from '#modules/patents/server/index';
import { plan } from '#modules/plan/server/index';
import { reference } from '#modules/reference/server/index';
import { registers } from '#modules/registers/server/index';
import { webhooks } from '#modules/webhooks/server/index';
import { workbench } from '#modules/workbench/server/index';

/** Every module of the platform, in the order in which they are loaded. The only list of them on the server. */
export const modules: readonly Module[] = [
  reference,
  accounts,
  parties,
  webhooks,
  matters,
  organisations,
  registers,
  patents,
  plan,
  workbench,
  firms,
];
