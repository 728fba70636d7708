import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/errors';
import fc from '#kernel/testing/property';
import { checkPassword, passwordLength } from './password.ts';

const refused = (password: string, names: string[] = ['wang.fang', '王芳']) => {
  try {
    checkPassword(password, names);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return (error as AppError).text;
  }
};

describe('passwords', () => {
  it.each([
    ['short1!', '10'],
    ['password123', '常见'],
    ['P@ssw0rd2024', '常见'],
    ['Admin@123456', '常见'],
    ['1234567890abc', '常见'],
    ['qwertyuiop[]', '常见'],
    ['wang.fang2019', '用户名'],
    ['WANG.FANG!!!!', '用户名'],
    ['aaaaaaaaaaaab', '不同'],
    ['1212121212121', '不同'],
  ])('refuses %s', (password, word) => {
    const text = refused(password);
    expect(text?.zh).toContain(word);
    expect(text?.en).toBeTruthy();
  });

  it.each(['river lamp nine stones', '春江水暖鸭先知竹外桃花', 'k7#Vq9!mZx2pW'])('takes %s', (password) => {
    expect(refused(password)).toBeNull();
  });

  it('refuses everything short and everything too long to hash', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: passwordLength.min - 1, unit: 'grapheme-ascii' }), (text) => {
        expect(refused(text)).not.toBeNull();
      }),
    );
    expect(refused('river lamp nine stones '.repeat(6))).not.toBeNull();
  });

  it('refuses a user name with a few characters around it, whatever the name', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z][a-z0-9]{9,20}$/),
        fc.stringMatching(/^[0-9!?]{0,3}$/),
        (name, tail) => {
          expect(refused(name + tail, [name])).not.toBeNull();
        },
      ),
    );
  });
});
