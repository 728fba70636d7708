/**
 * Builds server and web into `dist`, both at the same time; what was built before is removed first. Types are not checked here:
 * `npm run check` and `npm test` do that.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleServer } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(join(root, 'dist'), { recursive: true, force: true });

/** Runs one of the installed tools; its output is shown only when it fails. */
function tool(name, script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root });
    let output = '';
    child.stdout.on('data', (d) => {
      output += d;
    });
    child.stderr.on('data', (d) => {
      output += d;
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${name} failed:\n${output}`))));
  });
}

try {
  await Promise.all([bundleServer(root), tool('vite', 'vite/bin/vite.js', ['build', '--logLevel', 'warn'])]);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
