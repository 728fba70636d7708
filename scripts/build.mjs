/** Builds server and web into `dist`, both at the same time; what was built before is removed first. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  await Promise.all([
    tool('tsc', 'typescript/bin/tsc', ['-p', 'tsconfig.server.json']),
    tool('vite', 'vite/bin/vite.js', ['build', '--logLevel', 'warn']),
  ]);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
