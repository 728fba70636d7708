/** A fault's two sentences in both languages; words in braces are filled in where it is raised. */
export interface FaultText {
  zh: string;
  en: string;
  fixZh: string;
  fixEn: string;
}

/** Makes a fault's texts: what is wrong in Chinese and English, how to mend it in Chinese and English. */
export const text = (zh: string, en: string, fixZh: string, fixEn: string): FaultText => ({
  zh,
  en,
  fixZh,
  fixEn,
});
