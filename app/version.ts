import { readFileSync } from 'node:fs';
import { rootPath } from '#kernel/paths';

/** Version of the platform, from package.json. */
export const version: string = (
  JSON.parse(readFileSync(rootPath('package.json'), 'utf8')) as { version: string }
).version;
