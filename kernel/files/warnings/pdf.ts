import type { Findings } from './codes.ts';
import { PdfFile } from './pdf-file.ts';
import { type PdfDict, PdfName, type PdfValue } from './pdf-objects.ts';
import { opensWithout } from './pdf-password.ts';
import { type Source, Unreadable } from './source.ts';

/** Where readers look for the beginning and for the end of a PDF: its first kilobyte, and its last ones. */
const HEAD = 1024;
const TAIL = 4096;
/** Fields of a form that are looked at: one that is no signature is enough. */
const FIELDS = 200;

/** Looks at a PDF: whether all of it is there, whether it opens, and what it holds besides pages. */
export async function lookAtPdf(source: Source, found: Findings): Promise<void> {
  const shift = (await source.read(0, HEAD)).indexOf('%PDF-');
  const tail = (await source.read(Math.max(0, source.size - TAIL), TAIL)).toString('latin1');
  const start = Number([...tail.matchAll(/startxref\s+(\d{1,15})\s/g)].at(-1)?.[1] ?? Number.NaN);
  if (shift < 0 || !tail.includes('%%EOF') || !(start + shift < source.size)) return found.add('damaged');
  const file = await PdfFile.open(source, shift, start);
  if (file.trailer.has('Encrypt')) {
    const opens = await isOpen(file);
    found.add(opens ? 'restricted' : 'password');
    if (!opens) return;
  }
  const root = await file.dict(file.trailer.get('Root'));
  // A document without its root shows nothing.
  if (!root) return found.add('damaged');
  await lookAtRoot(file, root, found);
}

async function isOpen(file: PdfFile): Promise<boolean> {
  const encrypt = await file.dict(file.trailer.get('Encrypt'));
  if (!encrypt) throw new Unreadable('how it is encrypted');
  const id = await file.resolve(file.trailer.get('ID'));
  const [first] = Array.isArray(id) ? id : [];
  return opensWithout(encrypt, first instanceof Buffer ? first : Buffer.alloc(0)) ?? false;
}

async function lookAtRoot(file: PdfFile, root: PdfDict, found: Findings): Promise<void> {
  if (await hasForm(file, root)) found.add('form');
  const names = await file.dict(root.get('Names'));
  const beside = await file.resolve(root.get('AF'));
  if (names?.has('EmbeddedFiles') || root.has('Collection') || (Array.isArray(beside) && beside.length > 0))
    found.add('attachments');
  const actions = [root.get('OpenAction'), ...((await file.dict(root.get('AA')))?.values() ?? [])];
  const scripts = await Promise.all(actions.slice(0, 20).map((action) => isScript(file, action)));
  if (names?.has('JavaScript') || scripts.includes(true)) found.add('script');
}

async function isScript(file: PdfFile, action: PdfValue | undefined): Promise<boolean> {
  const dict = await file.dict(action);
  const kind = await file.resolve(dict?.get('S'));
  return kind instanceof PdfName && kind.text === 'JavaScript';
}

/** Are there fields to fill in? A signature is a field as well, but nothing is lost of it that a warning would save. */
async function hasForm(file: PdfFile, root: PdfDict): Promise<boolean> {
  const form = await file.dict(root.get('AcroForm'));
  if (!form) return false;
  if (form.has('XFA')) return true;
  const fields = await file.resolve(form.get('Fields'));
  if (!Array.isArray(fields)) return false;
  for (const field of fields.slice(0, FIELDS)) {
    const kind = await file.resolve((await file.dict(field))?.get('FT'));
    if (!(kind instanceof PdfName) || kind.text !== 'Sig') return true;
  }
  return false;
}
