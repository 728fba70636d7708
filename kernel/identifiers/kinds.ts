import { checkAdcode } from './adcode.ts';
import type { IdentifierChecker } from './check.ts';
import { checkCnApplication } from './cn-application.ts';
import { checkCnPublication } from './cn-publication.ts';
import { checkCopyright } from './copyright.ts';
import { checkIpc } from './ipc.ts';
import { checkLocarno } from './locarno.ts';
import { checkResidentId } from './resident-id.ts';
import { checkUscc } from './uscc.ts';

/** Every kind of identifier that can be asked for by name. */
export const identifierKinds = {
  uscc: checkUscc,
  'cn-application': checkCnApplication,
  'cn-publication': checkCnPublication,
  'resident-id': checkResidentId,
  copyright: checkCopyright,
  ipc: checkIpc,
  locarno: checkLocarno,
  adcode: checkAdcode,
} as const satisfies Record<string, IdentifierChecker>;

/** Name of a kind of identifier. */
export type IdentifierKind = keyof typeof identifierKinds;
