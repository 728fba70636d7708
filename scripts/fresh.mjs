import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Newest change of any source below a folder, in milliseconds. */
function newest(folder) {
  let last = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) last = Math.max(last, newest(path));
    else if (/\.(tsx?|css|html|json|svg)$/.test(entry.name)) last = Math.max(last, statSync(path).mtimeMs);
  }
  return last;
}

/** File whose time says when the checkout was built. */
export const builtMark = (root) => join(root, 'dist', '.zc-built');

/** Is the build in `dist` at least as new as every source of the checkout? */
export function buildIsFresh(root) {
  if (!existsSync(builtMark(root))) return false;
  const sources = Math.max(
    ...['app', 'kernel', 'modules', 'shell'].map((d) => newest(join(root, d))),
    ...['package.json', 'scripts/build.mjs', 'scripts/bundle.mjs', 'vite.config.ts'].map(
      (f) => statSync(join(root, f)).mtimeMs,
    ),
  );
  return statSync(builtMark(root)).mtimeMs >= sources;
}
