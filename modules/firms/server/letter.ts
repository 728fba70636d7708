import { createTransport } from 'nodemailer';
import type { Platform } from '#kernel/module';

/** Who gets a one-time password, and for what. */
export interface PasswordLetter {
  to: string | null;
  firm: string;
  username: string;
  password: string;
}

/** Milliseconds for which somebody waits at the button while the mail server is slow. */
const PATIENCE = 10_000;

/**
 * Sends a one-time password by mail and forgets it. It does not go through the inbox, because what lies there is stored.
 * True when the server took it, false when not, null where there is no mail server or no address; it never throws.
 */
export async function mailPassword(
  { config, log }: Pick<Platform, 'config' | 'log'>,
  letter: PasswordLetter,
): Promise<boolean | null> {
  if (!config.ZC_SMTP_URL || letter.to === null) return null;
  const { firm, username, password } = letter;
  const where = config.ZC_ORIGIN ? new URL('/sign-in', config.ZC_ORIGIN).href : '';
  const transport = createTransport({
    url: config.ZC_SMTP_URL,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
  });
  try {
    await transport.sendMail({
      from: config.ZC_MAIL_FROM,
      to: letter.to,
      subject: `知城账号 ${username} · Your account at Zhicheng`,
      text: [
        `“${firm}”的账号 ${username} 的一次性密码：${password}`,
        '请登录后在“我的账号”中改成自己的密码；改之前不能使用已开通的功能。',
        `One-time password of the account ${username} of ${firm}: ${password}`,
        'Sign in and change it under My account; before that nothing that was granted can be used.',
        where,
      ]
        .filter((line) => line !== '')
        .join('\n\n'),
      textEncoding: 'base64',
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return true;
  } catch (error) {
    log.warn({ username, why: String((error as Error).message).slice(0, 300) }, 'password not mailed');
    return false;
  } finally {
    transport.close();
  }
}
