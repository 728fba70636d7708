import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rootPath } from './paths.ts';

it('finds things beside package.json', () => {
  expect(existsSync(rootPath('package.json'))).toBe(true);
  expect(existsSync(rootPath('kernel', 'paths.ts'))).toBe(true);
});
