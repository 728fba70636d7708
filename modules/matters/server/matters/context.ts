import type { Platform } from '#kernel/module';
import type { Catalog } from '../catalog/catalog.ts';
import type { PdfMaking } from '../documents/pdf.ts';
import type { Definitions } from './definitions.ts';

/** What the use cases of matters stand on. */
export interface MatterContext {
  platform: Platform;
  catalog: Catalog;
  definitions: Definitions;
  /** Null where there is no LibreOffice: then nothing is said of PDF. */
  pdf: PdfMaking | null;
}
