import type { Records } from '#kernel/records';
import { headText } from './stamp.ts';
import { withStamps } from './tables.ts';

/** A stamp of one matter, with all that is needed to check it. */
export interface ShownStamp {
  /** Number of the entry that was the head. */
  seq: number;
  hash: string;
  salt: string;
  genTime: Date;
  authority: string;
  policy: string;
  serial: string;
  /** Folder in the dossier. */
  folder: string;
}

/** Stamps of a matter as they lie in its dossier: what is said of each, and its files by name. */
export async function stampsOf(
  records: Records,
  matter: string,
): Promise<{ stamps: ShownStamp[]; files: [string, string | Buffer][] }> {
  const rows = await withStamps(records)
    .selectFrom('matterStamped as d')
    .innerJoin('matterStamp as s', 's.id', 'd.stamp')
    .innerJoin('matter as m', 'm.id', 'd.matter')
    .innerJoin('matterLog as l', (join) =>
      join.onRef('l.matter', '=', 'd.matter').onRef('l.seq', '=', 'd.seq'),
    )
    .select(['d.seq', 'd.salt', 'l.hash', 'm.number'])
    .select(['s.genTime', 's.authority', 's.policy', 's.serial', 's.root', 's.list', 's.answer'])
    .where('d.matter', '=', matter)
    .orderBy('s.genTime')
    .orderBy('s.id')
    .execute();
  const stamps: ShownStamp[] = [];
  const files: [string, string | Buffer][] = [];
  for (const [i, { number, root, list, answer, ...stamp }] of rows.entries()) {
    const folder = `stamps/${String(i + 1).padStart(3, '0')}`;
    stamps.push({ ...stamp, folder });
    files.push(
      [`${folder}/head.txt`, headText({ ...stamp, number })],
      [`${folder}/list.txt`, list],
      [`${folder}/stamp.tsr`, answer],
      [`${folder}/root.pem`, root],
    );
  }
  return { stamps, files };
}

/** The last stamp of a matter; null where there is none. */
export async function lastStamp(
  records: Records,
  matter: string,
): Promise<{ seq: number; at: string; authority: string } | null> {
  const row = await withStamps(records)
    .selectFrom('matterStamped as d')
    .innerJoin('matterStamp as s', 's.id', 'd.stamp')
    .select(['d.seq', 's.genTime', 's.authority'])
    .where('d.matter', '=', matter)
    .orderBy('d.seq', 'desc')
    .orderBy('s.genTime')
    .limit(1)
    .executeTakeFirst();
  return row ? { seq: row.seq, at: row.genTime.toISOString(), authority: row.authority } : null;
}

/** How the stamps of a dossier are checked: the part of its text that follows from them. */
export function howToCheck(stamps: readonly ShownStamp[]): string {
  if (stamps.length === 0)
    return `4. 时间戳 time stamps：
   没有。平台没有设置时间戳机构，或者最近的办理尚未盖戳。
   None: no authority is set, or what was done last has not been stamped yet.
`;
  const last = stamps.at(-1)!;
  const commands = stamps.map(({ folder, genTime, authority, seq }) => {
    const seconds = Math.floor(genTime.getTime() / 1000);
    return `   # log 第 ${seq} 条及以前 entry ${seq} and all before it: ${genTime.toISOString()}, ${authority}
   grep -x "$(sha256sum < ${folder}/head.txt | cut -c1-64)" ${folder}/list.txt
   openssl ts -verify -data ${folder}/list.txt -in ${folder}/stamp.tsr -CAfile ${folder}/root.pem -attime ${seconds}
`;
  });
  return `4. 时间戳 time stamps (RFC 3161)：
   独立的时间戳机构证明：log 中某一条及其以前的各条，在某个时间已经如此。每个戳一个文件夹：
   head.txt 四行：盐、办件编号、log 的序号 seq、该条的 hash（须与 manifest.json 的 log 一致）；
   list.txt 所盖的内容：同时盖戳的各办件 head.txt 的 SHA-256（加盐，看不出是哪些办件）；
   stamp.tsr 机构的答复，原样；root.pem 平台核验时所信任的根证书。
   An independent authority proves that an entry of the log, with all before it, was there at a time. A folder for each stamp:
   head.txt has salt, number of the matter, seq in the log and that entry's hash (compare it with the log in manifest.json);
   list.txt is what was stamped: the SHA-256 of head.txt of every matter that was stamped with it; stamp.tsr is the answer
   as it came; root.pem is the root that the platform believed.
   下面的 grep 须打印一行，openssl 须打印 Verification: OK。Below, grep must print a line and openssl Verification: OK.
${commands.join('')}   root.pem 只是副本：须与机构自己公布的根证书比对，或者直接用后者。-attime 是盖戳的时间：签名证书此后到期，戳仍有效；
   证书是否曾被吊销，须另向机构查询。log 在第 ${last.seq} 条之后的内容还没有戳。
   root.pem is a copy: compare it with the root that the authority publishes, or use that one. -attime is the time of the stamp,
   which outlives its certificate; whether that was ever revoked, only the authority can say. Entries after ${last.seq} have no stamp yet.
`;
}
