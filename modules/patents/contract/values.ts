import * as z from 'zod';

/** What is protected: 发明, 实用新型, 外观设计; `other` where the kind code does not say. */
export const PatentType = z.enum(['invention', 'utility', 'design', 'other']);
export type PatentType = z.infer<typeof PatentType>;

/** Legal status as far as the import said: 有效, 在审, 失效, 未提供. */
export const LegalStatus = z.enum(['in-force', 'pending', 'lapsed', 'unknown']);
export type LegalStatus = z.infer<typeof LegalStatus>;

/**
 * How closely the first applicant's address names the region: `county` a county or park; `city` only the city; `none`
 * neither (outside the city, or no address).
 */
export const RegionPrecision = z.enum(['county', 'city', 'none']);
export type RegionPrecision = z.infer<typeof RegionPrecision>;
