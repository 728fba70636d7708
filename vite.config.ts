import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * Writes `.br` and `.gz` beside every built text file, so that the server sends them without compressing anything itself,
 * and prints what the first page costs.
 */
function compress(): Plugin {
  let outDir = '';
  let first: string[] = [];
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    writeBundle(_, bundle) {
      const reached = new Set<string>();
      const follow = (name: string): void => {
        const chunk = bundle[name];
        if (chunk?.type !== 'chunk' || reached.has(name)) return;
        reached.add(name);
        chunk.imports.forEach(follow);
      };
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk' && chunk.isEntry) follow(chunk.fileName);
      first = [...reached];
    },
    closeBundle() {
      // Also called after a failed build, when nothing was written.
      if (first.length === 0) return;
      const sizes = new Map<string, number>();
      for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|mjs|css|html|svg|json|webmanifest)$/.test(entry.name)) continue;
        const path = join(entry.parentPath, entry.name);
        const bytes = readFileSync(path);
        if (bytes.length < 1024) continue;
        const gz = gzipSync(bytes, { level: 9 });
        sizes.set(relative(outDir, path), gz.length);
        writeFileSync(`${path}.gz`, gz);
        writeFileSync(
          `${path}.br`,
          brotliCompressSync(bytes, {
            params: {
              [constants.BROTLI_PARAM_QUALITY]: 10,
              [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
            },
          }),
        );
      }
      const total = first.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
      console.log(`web: the frame loads ${first.length} scripts, ${Math.round(total / 1024)} kB gzip`);
    },
  };
}

/** The web frame is the root; pages of the modules are split off, one chunk each. */
export default defineConfig({
  root: 'shell',
  plugins: [react(), compress()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: {
    port: 5173,
    // The Host header stays the page's own: the server compares it with Origin.
    proxy: { '^/api/': { target: `http://127.0.0.1:${process.env.ZC_PORT ?? '8080'}`, changeOrigin: false } },
  },
});
