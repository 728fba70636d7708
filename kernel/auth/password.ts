import { authError } from './errors.ts';

/** Fewest and most characters of a password. Long rather than complex; 128 bounds the work of hashing. */
export const passwordLength = { min: 10, max: 128 } as const;

/** Characters that must be left when everything guessable is taken out. */
const REST = 6;

/**
 * What guessers try first: the commonest passwords, their building blocks and keyboard runs. Matched anywhere in the
 * password, in lower case and with the usual letter swaps (@ for a, 0 for o …) undone.
 */
const common = [
  '123456789',
  '1234567890',
  '12345678',
  '1234567',
  '123456',
  '12345',
  '1234',
  '987654321',
  '87654321',
  '654321',
  '111111',
  '000000',
  '666666',
  '888888',
  '999999',
  '222222',
  '333333',
  '555555',
  '777777',
  '112233',
  '123123',
  '123321',
  '121212',
  '101010',
  '131313',
  '159753',
  '147258369',
  '147258',
  '5201314',
  '520520',
  '7758521',
  '1314520',
  'a123456',
  'abc123',
  'abcdef',
  'abcd',
  'aaaaaa',
  'asdfghjkl',
  'asdfgh',
  'asdf',
  'zxcvbnm',
  'zxcvbn',
  'qwertyuiop',
  'qwerty',
  'qwer',
  '1qaz2wsx',
  '1qaz',
  '2wsx',
  'qazwsx',
  'q1w2e3r4',
  'password',
  'passwd',
  'passw',
  'admin',
  'administrator',
  'root',
  'user',
  'guest',
  'login',
  'welcome',
  'letmein',
  'master',
  'monkey',
  'dragon',
  'shadow',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'superman',
  'batman',
  'trustno1',
  'iloveyou',
  'woaini',
  'woaini1314',
  'wodemima',
  'mima',
  'michael',
  'jordan',
  'jessica',
  'charlie',
  'hello',
  'freedom',
  'whatever',
  'starwars',
  'computer',
  'internet',
  'samsung',
  'secret',
  'changeme',
  'default',
  'system',
  'manager',
  'office',
  'china',
  'zhongguo',
  'beijing',
  'shanghai',
  'jiangsu',
  'nantong',
  'zhishi',
  'chanquan',
  'zhicheng',
  'test',
  'demo',
].sort((a, b) => b.length - a.length);

const swaps: Record<string, string> = { '@': 'a', '0': 'o', $: 's', '!': 'i', '3': 'e', '1': 'l' };

/** Undoes letter swaps, keeping the length so that both readings line up. */
function plain(text: string): string {
  return text.replace(/[@0$!31]/g, (c) => swaps[c] ?? c);
}

/** What is left of a password when common pieces and the user's own names are taken out. */
function rest(password: string, names: readonly string[]): string {
  let left = password.toLowerCase();
  const pieces = [...names.map((n) => n.toLowerCase()).filter((n) => n.length >= 3), ...common];
  for (const piece of pieces) {
    for (;;) {
      const at = left.indexOf(piece) >= 0 ? left.indexOf(piece) : plain(left).indexOf(piece);
      if (at < 0) break;
      left = left.slice(0, at) + left.slice(at + piece.length);
    }
  }
  return left;
}

/**
 * Refuses passwords that are guessed first: too short, made of common pieces or of the user's own names, or of few
 * different characters. Throws `password_weak` saying what to do instead.
 */
export function checkPassword(password: string, names: readonly string[]): void {
  const why = weakness(password, names);
  if (why) throw authError('password_weak', { why_zh: why[0], why_en: why[1] });
}

function weakness(password: string, names: readonly string[]): [string, string] | null {
  const length = [...password].length;
  if (length < passwordLength.min)
    return [
      `密码至少需要 ${passwordLength.min} 个字符，建议用一句容易记住的话`,
      `A password needs at least ${passwordLength.min} characters; a sentence is easy to remember`,
    ];
  if (password.length > passwordLength.max)
    return [
      `密码最多 ${passwordLength.max} 个字符`,
      `A password has at most ${passwordLength.max} characters`,
    ];
  if (new Set(password.toLowerCase()).size < 5)
    return [
      '密码中不同的字符太少，请加入其他字符',
      'The password repeats too few characters: add different ones',
    ];
  if ([...rest(password, names)].length < REST)
    return [
      `密码由用户名或常见密码组成，容易被猜中；除去这些部分后至少还需 ${REST} 个字符`,
      `The password is made of the user name or of common passwords: at least ${REST} characters must remain without them`,
    ];
  return null;
}
