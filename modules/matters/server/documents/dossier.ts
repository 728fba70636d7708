import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { audit } from '#kernel/audit/audit';
import { canonicalJson } from '#kernel/ids';
import type { Actor } from '#kernel/policy/policy';
import type { MatterContext } from '../matters/context.ts';
import { messagesIn } from '../matters/correspondence.ts';
import type { MatterFile } from '../matters/file.ts';
import { withMatters } from '../matters/tables.ts';
import { publicationsIn, publicationText } from '../publications/publication.ts';
import { howToCheck, stampsOf } from '../stamps/shown.ts';
import { withDocuments } from './tables.ts';

/** How a stranger checks the archive, without the platform. */
const HOW = `本卷宗由知城平台导出。核对方法（不需要联网，也不需要本平台）：
This dossier was exported by Zhicheng. To check it, offline and without the platform:

1. 材料未被改动 papers are as they came:
   sha256sum -c SHA256SUMS

2. 清单由本平台签名 the manifest is signed by the platform:
   openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in manifest.json -sigfile manifest.sig
   公钥编号（keyId）须与平台公布的一致。The key id must be the one that the platform publishes.

3. 办理记录首尾相连 the record is a chain:
   manifest.json 的 log 中，每条的 hash 是“前一条的 hash（首条为 64 个 0）、换行、本条去掉 hash 和 prevHash 后的
   规范 JSON（键按字母顺序，无空格）”的 SHA-256。
   Each hash in log is the SHA-256 of the hash before it (64 zeros at first), a line feed, and the entry without hash
   and prevHash as JSON with sorted keys and no spaces.
   answers.json 的内容与 log 中 answers 一致：该值是“salt、换行、answers 的规范 JSON”的 SHA-256。
   The answers in log are the SHA-256 of salt, line feed, and the answers in the same form.
   messages.json（有消息的）中每条的“salt、换行、text”的 SHA-256 与 log 中同一 seq 的 words 一致。
   The SHA-256 of salt, line feed and text of each message in messages.json is what log says as words at the same seq.
   publications.json（有公示的）中每条 content 的规范 JSON 的 SHA-256 与 log 中 publication 一致。
   The SHA-256 of each content in publications.json, in the same form, is what log says of publications.

4. 平台制作的文书 documents that the platform made:
   papers 中 template.version 是制作所用模板的版本（0 为平台格式），template.sha256 是该版模板文件的 SHA-256；pdf 是由同一份文书转成的
   PDF。
   In papers, template.version is the version of the template with which a document was made (0 is the platform's own
   form), template.sha256 that of the template's file; pdf is the same document as PDF.
`;

/**
 * The whole matter as an archive that speaks for itself: record, definition, answers, papers and time stamps, with hashes and the
 * platform's signature. The export leaves its line in the audit log. Throws `not_found` where bytes of a paper are gone.
 */
export async function dossier(
  { platform }: MatterContext,
  by: { actor: Actor; requestId: string | null },
  { row, parties, transfers, definition, eras, log }: MatterFile,
): Promise<{ name: string; stream: Readable }> {
  const { records, files, signer, clock } = platform;
  const now = clock.now();
  const db = withMatters(records);
  const papers = await withDocuments(records)
    .selectFrom('matterPaper as p')
    .leftJoin('storedFile as f', 'f.id', 'p.file')
    .leftJoin('matterRendition as r', (join) =>
      join.onRef('r.matter', '=', 'p.matter').onRef('r.paper', '=', 'p.no'),
    )
    .leftJoin('storedFile as g', 'g.id', 'r.file')
    .leftJoin('matterTemplate as t', (join) =>
      join
        .onRef('t.document', '=', 'p.what')
        .onRef('t.version', '=', 'p.template')
        .on('t.item', '=', row.item),
    )
    .select(['p.no', 'p.what', 'p.seq', 'p.struck', 'p.number', 'f.name', 'f.sha256', 'f.size'])
    .select(['p.template', 't.sha256 as templateHash', 'g.name as pdfName', 'g.sha256 as pdfHash'])
    .where('p.matter', '=', row.id)
    .orderBy('p.no')
    .execute();
  const answers = await db
    .selectFrom('matterAnswers')
    .select(['seq', 'salt', 'answers'])
    .where('matter', '=', row.id)
    .orderBy('seq')
    .execute();
  const publications = (await publicationsIn(records, row.id)).map((one) => ({
    content: publicationText(one),
    ...{ prepared: one.prepared, released: one.released, returned: one.returned, down: one.down },
    ...{ releasedOn: one.releasedOn, until: one.until, downOn: one.downOn, reason: one.reason },
  }));
  const messages = (await messagesIn(records, row.id)).map(({ matter: _matter, ...message }) => message);
  const { stamps, files: stampFiles } = await stampsOf(records, row.id);
  const named = papers.map(({ name, template, templateHash, pdfName, pdfHash, ...paper }) => {
    const place = `papers/${String(paper.no).padStart(3, '0')}`;
    return {
      ...paper,
      file: name === null ? null : `${place} ${name}`,
      // Of what the platform made: with which template, and the same as PDF where there is one.
      ...(template !== null && { template: { version: template, sha256: templateHash } }),
      ...(pdfName !== null && pdfHash !== null && { pdf: { file: `${place} ${pdfName}`, sha256: pdfHash } }),
    };
  });
  const bytes = named.flatMap(({ file, sha256, pdf }) => [
    ...(file !== null && sha256 !== null ? [{ file, sha256 }] : []),
    ...(pdf ? [pdf] : []),
  ]);
  const zip = new ZipFile();
  const options = { mtime: now };
  for (const { file, sha256 } of bytes)
    zip.addReadStream(await files.read({ sha256, name: file }), file, { ...options, compress: false });
  const manifest = canonicalJson({
    format: 'zhicheng-matter/1',
    ...{ number: row.number, item: row.item, department: row.department, definition: definition.hash },
    ...{
      exportedAt: now,
      keyId: signer.keyId,
      papers: named,
      log,
      parties: parties.map(({ no, role, name, actsFor, since, until }) => ({
        no,
        role,
        name,
        actsFor,
        since,
        until,
      })),
      ...{ portal: row.portal, transfers, stamps },
      // Where it was moved to another version: from which entry on each held.
      versions: eras.map((era) => ({ since: era.since, definition: era.definition.hash })),
    },
  });
  const signature = signer.sign(manifest);
  const pem = `-----BEGIN PUBLIC KEY-----\n${signer.publicKey}\n-----END PUBLIC KEY-----\n`;
  const sums = bytes.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join('');
  const parts: [string, string | Buffer][] = [
    ['manifest.json', manifest],
    ['manifest.sig', Buffer.from(signature.value, 'base64')],
    ['public.pem', pem],
    ['SHA256SUMS', sums],
    ['definition.json', canonicalJson(definition.item)],
    ...eras
      .slice(0, -1)
      .map((era, i): [string, string] => [`definition-${i + 1}.json`, canonicalJson(era.definition.item)]),
    ['answers.json', canonicalJson(answers)],
    ...(messages.length > 0 ? [['messages.json', canonicalJson(messages)] satisfies [string, string]] : []),
    ...(publications.length > 0
      ? [['publications.json', canonicalJson(publications)] satisfies [string, string]]
      : []),
    ...stampFiles,
    ['说明 README.txt', `${HOW}\n${howToCheck(stamps)}`],
  ];
  for (const [name, content] of parts) zip.addBuffer(Buffer.from(content), name, options);
  zip.end();
  await records.transaction().execute((trx) =>
    audit(trx, now, {
      ...{ actor: by.actor, requestId: by.requestId },
      ...{ action: 'matters.dossier', objectType: 'matter', objectId: row.number },
      detail: { entries: log.length, papers: named.length, head: log.at(-1)!.hash },
    }),
  );
  return { name: `${row.number} 卷宗.zip`, stream: zip.outputStream as unknown as Readable };
}
