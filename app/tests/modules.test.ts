import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootPath } from '#kernel/paths';
import { modules } from '../modules.ts';

/** Modules whose server a module's own server imports. */
function importsOf(name: string): string[] {
  const dir = rootPath(`modules/${name}/server`);
  const found = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(dir, file), 'utf8').matchAll(/'#modules\/([a-z-]+)\/server\//g)])
    .map((match) => match[1] as string);
  return [...new Set(found)].filter((other) => other !== name).sort();
}

test.each(modules.map((m) => [m.name, m] as const))('%s needs whose services it imports', (name, module) => {
  expect([...(module.needs ?? [])].sort()).toEqual(importsOf(name));
});
