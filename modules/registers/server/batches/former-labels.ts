import type { DeepReadonly } from '#kernel/city/schema';
import type { Register } from '#kernel/city/schema-register';
import type { Platform } from '#kernel/module';
import { modelOf, type RegisterModel } from '../fields/model.ts';
import { withRegisters } from '../tables.ts';

/** Labels that present fields had in earlier shapes of the register → present key: files made then are still read. */
export async function formerLabels(platform: Platform, model: RegisterModel): Promise<Map<string, string>> {
  const shapes = await withRegisters(platform.records)
    .selectFrom('registerSchema')
    .select('doc')
    .where('register', '=', model.decl.id)
    .orderBy('version')
    .execute();
  const labels = new Map<string, string>();
  for (const { doc } of shapes)
    for (const old of modelOf(doc as unknown as DeepReadonly<Register>).fields) {
      const field = model.byKey.get(old.key) ?? model.fields.find((f) => f.formerly.includes(old.key));
      if (!field) continue;
      for (const lang of ['zh', 'en'] as const)
        if (old.label[lang] !== field.label[lang]) labels.set(old.label[lang], field.key);
    }
  return labels;
}
