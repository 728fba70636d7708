import type { XmlNode } from '#kernel/xml/node';
import { legalEvent } from './cnipa-parts.ts';
import type { RecordWriter } from './writer.ts';

/** The three kinds of dealings, with the Chinese names of what is said of each. */
const DEALINGS = [
  {
    path: ['AssignmentInfo', 'AssignmentRecord', 'Assignment'],
    detail: 'AssignmentDetail',
    text: '专利权的转移',
    dates: ['EffectiveDate'],
    fields: { AssignmentKind: '权利种类', Kind: '变更类型' },
    parties: { Assignors: '变更前权利人', Assignees: '变更后权利人' },
  },
  {
    path: ['PledgeInfo', 'PledgeRecord', 'Pledge'],
    detail: 'PledgeDetail',
    text: '专利权质押、保全',
    dates: ['EffectiveDate', 'ChangeDate', 'ExemptionDate'],
    fields: {
      PledgeAndPreservationKind: '种类',
      ContractStatus: '合同状态',
      ContractRegistrationNumber: '质押登记号',
      EffectiveDate: '生效日',
      ChangeDate: '变更日',
      ExemptionDate: '解除日',
    },
    parties: { Pledgors: '出质人', Pledgees: '质权人' },
  },
  {
    path: ['LicensingInfo', 'LicensingRecord', 'Licensing'],
    detail: 'LicensingDetail',
    text: '专利实施许可合同备案',
    dates: ['RecordationDate', 'ChangeDate', 'ExemptionDate'],
    fields: {
      LicensingKind: '许可种类',
      ContractRecodationStage: '备案阶段',
      ContractRecordationNumber: '合同备案号',
      ContractFulfillmentPeriod: '合同履行期限',
      RecordationDate: '备案日',
      ChangeDate: '变更日',
      ExemptionDate: '解除日',
    },
    parties: { Licensors: '让与人', Licensees: '受让人' },
  },
] as const;

const nameOf = (node: XmlNode) =>
  node.at('Name') || node.at('OrganizationName') || node.at('AddressBook', 'Name') || node.text;

/** Transfers, pledges and licences of a record as events; the gazette's own words count before those used here. */
export function readOperations(node: XmlNode, record: RecordWriter): void {
  for (const kind of DEALINGS)
    for (const dealing of node.list(...kind.path)) {
      const given = dealing.first(kind.detail);
      const detail: Record<string, string> = {};
      for (const [name, label] of Object.entries(kind.fields)) {
        const text = given?.at(name) ?? '';
        if (text !== '') detail[label] = text;
      }
      for (const [name, label] of Object.entries(kind.parties)) {
        const names =
          given
            ?.first(name)
            ?.all()
            .map(nameOf)
            .filter((text) => text !== '') ?? [];
        if (names.length > 0) detail[label] = names.join('; ');
      }
      const legal = dealing.first('Legal');
      const event = legal ? legalEvent(legal) : null;
      const effective = kind.dates.map((name) => given?.at(name) ?? '').find((text) => text !== '') ?? '';
      record.event({
        date: event?.date || dealing.attribute('eventDate') || effective,
        code: event?.code ?? '',
        text: event?.text || kind.text,
        detail: { ...event?.detail, ...detail },
      });
    }
  for (const [path, label] of [
    [['AssignmentInfo', 'CurrentAssignee', 'Assignee'], '当前权利人'],
    [['PledgeInfo', 'CurrentPledgees', 'Pledgee'], '当前质权人'],
  ] as const)
    for (const party of node.list(...path)) record.extra(label, nameOf(party));
}
