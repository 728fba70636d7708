import { useQuery } from '@tanstack/react-query';
import type { Department, Region } from '#kernel/city/schema';
import { call } from '#shell/api';
import { queryOf } from '#shell/query';
import {
  addDepartment,
  addRegion,
  type DepartmentView,
  getDepartment,
  getRegion,
  listDepartments,
  listRegions,
  type RegionView,
  updateDepartment,
  updateRegion,
} from '../contract.ts';
import type { PartyDoc, PartyKind } from './words.ts';

/** One record with its changes, whichever list it belongs to. */
export interface PartyDetail {
  asOf: string;
  view: DepartmentView | RegionView;
  doc: PartyDoc;
  history: readonly { version: number; at: string; by: string; origin: 'pack' | 'edited' | 'added' }[];
  abilities: { edit: boolean };
}

/** All departments or all regions of today. */
export function useAll(kind: PartyKind): readonly (DepartmentView | RegionView)[] {
  const departments = useQuery({
    ...queryOf(listDepartments, { query: {} }),
    enabled: kind === 'department',
  });
  const regions = useQuery({ ...queryOf(listRegions, { query: {} }), enabled: kind === 'region' });
  return (kind === 'department' ? departments.data?.departments : regions.data?.regions) ?? [];
}

/** One record, followed. */
export function useRecord(kind: PartyKind, id: string) {
  const department = useQuery({
    ...queryOf(getDepartment, { params: { id }, query: {} }),
    enabled: kind === 'department',
  });
  const region = useQuery({
    ...queryOf(getRegion, { params: { id }, query: {} }),
    enabled: kind === 'region',
  });
  const query = kind === 'department' ? department : region;
  return {
    data: query.data as PartyDetail | undefined,
    error: query.error,
    refetch: () => void query.refetch(),
  };
}

/** The record as the server has it now, past every cache. */
export async function readRecord(kind: PartyKind, id: string): Promise<PartyDetail> {
  return kind === 'department'
    ? await call(getDepartment, { params: { id }, query: {} })
    : await call(getRegion, { params: { id }, query: {} });
}

/** Stores a changed record, or without `version` a new one. Throws ApiError: 400 with places, 409 when somebody was faster. */
export async function saveRecord(
  kind: PartyKind,
  doc: PartyDoc,
  version: number | undefined,
): Promise<PartyDetail> {
  const params = { id: doc.id };
  if (kind === 'department') {
    const department = doc as Department;
    return version === undefined
      ? await call(addDepartment, { body: { doc: department } })
      : await call(updateDepartment, { params, body: { version, doc: department } });
  }
  const region = doc as Region;
  return version === undefined
    ? await call(addRegion, { body: { doc: region } })
    : await call(updateRegion, { params, body: { version, doc: region } });
}
