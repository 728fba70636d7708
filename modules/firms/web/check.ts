/** A telephone number as the server takes it. */
export function isPhone(text: string): boolean {
  return /^\+?[0-9][0-9 ()（）-]{5,28}$/.test(text.trim());
}

/** Whether a text looks like an e-mail address; the server decides. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}
