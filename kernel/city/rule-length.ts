/** Is one period shorter than another of the same unit? Periods of different units are not compared: no month has a length. */
export function isShorter(rule: string, than: string): boolean {
  const [one, other] = [rule, than].map((text) => ({
    count: Number.parseInt(text, 10),
    unit: text.replace(/^\d+/, ''),
  }));
  return one!.unit === other!.unit && one!.count < other!.count;
}
