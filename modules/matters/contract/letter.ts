/** A document that the platform makes: what stands on its one sheet, from top to bottom. */
export interface Letter {
  /** The office that writes. */
  office: string;
  title: string;
  /** 文号; empty in a preview, where none was taken yet. */
  number: string;
  /** To whom. */
  to: string;
  paragraphs: readonly string[];
  /** 成文日期, in Arabic numerals as official documents have it (GB/T 9704-2012): 2026年9月21日. */
  date: string;
}

/** A letter from what an officer writes: each line is a paragraph. */
export function letterOf(of: {
  office: string;
  title: string;
  number: string;
  to: string;
  text: string;
  /** YYYY-MM-DD */
  on: string;
}): Letter {
  const [year, month, day] = of.on.split('-').map(Number);
  return {
    ...{ office: of.office, title: of.title, number: of.number, to: of.to },
    paragraphs: of.text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    date: `${year}年${month}月${day}日`,
  };
}
