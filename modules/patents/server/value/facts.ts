import type { ClickHouseClient } from '@clickhouse/client';
import type { CalendarDate } from '#kernel/calendar/date';
import type { LegalStatus, PatentType } from '../../contract.ts';
import { select } from '../corpus/client.ts';
import { dayText, type LegalEvent } from '../corpus/content.ts';
import { type Rest, withoutKind } from '../corpus/document.ts';
import { type CorpusState, live } from '../corpus/state.ts';
import { eventJson } from '../record/events.ts';

/** What of a family member counts here. */
export interface Member {
  number: string;
  country: string;
  granted: boolean;
  legalStatus: LegalStatus;
}

/** Everything that value, terms and fees are told by, of one publication. */
export interface ValueFacts {
  number: string;
  title: string;
  country: string;
  type: PatentType;
  granted: boolean;
  legalStatus: LegalStatus;
  legalStatusDate: CalendarDate | null;
  filingDate: CalendarDate | null;
  grantDate: CalendarDate | null;
  publicationDate: CalendarDate | null;
  applicationNumber: string;
  ipc: readonly string[];
  /** 0 where the claims are not known. */
  claims: number;
  /** Offices of the family, its own included. */
  offices: number;
  citations: readonly { number: string }[];
  /** Publications of this corpus that cite it. */
  forwardCites: number;
  events: readonly (LegalEvent & { kind: string })[];
  /** Other members of the family that are in this corpus. */
  members: readonly Member[];
  /** Numbers of members that are not. */
  unknownMembers: readonly string[];
}

interface Row {
  number: string;
  title: string;
  country: string;
  type: PatentType;
  granted: number;
  legal_status: LegalStatus;
  legal_status_day: number;
  filing_day: number;
  grant_day: number;
  publication_day: number;
  application_number: string;
  ipc: string[];
  claim_count: number;
  family: string;
  rest: string;
}

/** Reads the facts of some publications in a handful of queries; unknown numbers are left out. */
export async function readFacts(
  corpus: ClickHouseClient,
  state: CorpusState,
  numbers: readonly string[],
): Promise<ValueFacts[]> {
  if (numbers.length === 0) return [];
  const rows = await select<Row>(
    corpus,
    `select number, title, country, type, granted, legal_status, legal_status_day, filing_day, grant_day, publication_day,
            application_number, ipc, claim_count, toString(family_key) as family, rest
       from patent_document where number in ({numbers:Array(String)}) and ${live(state)}`,
    { numbers },
  );
  const rests = rows.map((row) => JSON.parse(row.rest) as Rest);
  const relatives = new Set(
    rows.flatMap((row, i) => rests[i]!.familyMembers.filter((m) => m !== row.number)),
  );
  const [members, forward] = await Promise.all([
    readMembers(corpus, state, [...relatives], [...new Set(rows.map((row) => row.family))]),
    readForward(corpus, state, numbers),
  ]);
  const byFamily = new Map<string, string[]>();
  for (const { family, number } of members.values())
    byFamily.set(family, [...(byFamily.get(family) ?? []), number]);
  const facts = rows.map((row, i): ValueFacts => {
    const rest = rests[i]!;
    // Members are named by the record, or share the number of its family.
    const here = byFamily.get(row.family) ?? [];
    const family = [...new Set([...rest.familyMembers, ...here])].filter((m) => m !== row.number);
    return {
      number: row.number,
      title: row.title,
      country: row.country,
      type: row.type,
      granted: row.granted === 1,
      legalStatus: row.legal_status,
      legalStatusDate: dayText(row.legal_status_day),
      filingDate: dayText(row.filing_day),
      grantDate: dayText(row.grant_day),
      publicationDate: dayText(row.publication_day),
      applicationNumber: row.application_number,
      ipc: row.ipc,
      claims: row.claim_count,
      offices: new Set([row.country, ...family.map((m) => m.slice(0, 2))]).size,
      citations: rest.citations,
      forwardCites: forward.get(withoutKind(row.number)) ?? 0,
      events: rest.events.map((event) => ({ ...event, kind: eventJson(event, false).kind })),
      members: family.flatMap((m) => members.get(m) ?? []),
      unknownMembers: family.filter((m) => !members.has(m)),
    };
  });
  const byNumber = new Map(facts.map((one) => [one.number, one]));
  return numbers.flatMap((n) => byNumber.get(n) ?? []);
}

async function readMembers(
  corpus: ClickHouseClient,
  state: CorpusState,
  numbers: readonly string[],
  families: readonly string[],
): Promise<Map<string, Member & { family: string }>> {
  const rows = await select<{
    number: string;
    country: string;
    granted: number;
    legal_status: LegalStatus;
    family: string;
  }>(
    corpus,
    `select number, country, granted, legal_status, toString(family_key) as family from patent_document
      where (number in ({numbers:Array(String)}) or family_key in ({families:Array(UInt64)})) and ${live(state)}`,
    { numbers, families: families.map(BigInt) },
  );
  return new Map(
    rows.map((r) => [
      r.number,
      {
        number: r.number,
        country: r.country,
        granted: r.granted === 1,
        legalStatus: r.legal_status,
        family: r.family,
      },
    ]),
  );
}

/** How many publications cite each, by the number without its kind. */
async function readForward(
  corpus: ClickHouseClient,
  state: CorpusState,
  numbers: readonly string[],
): Promise<Map<string, number>> {
  const keys = numbers.map((n) => `c:${withoutKind(n)}`);
  const rows = await select<{ cited: string; n: string }>(
    corpus,
    `select cited, count() as n from (
        select arrayJoin(identity(keys)) as cited from patent_document
         where hasAnyTokens(keys, {cited:Array(String)}) and ${live(state)})
      where cited in ({cited:Array(String)}) group by cited`,
    { cited: keys },
  );
  return new Map(rows.map((r) => [r.cited.slice(2), Number(r.n)]));
}
