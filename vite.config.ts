import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      const page = join(outDir, 'index.html');
      // Also called after a failed build, when nothing was written.
      if (!existsSync(page)) return;
      const first = readFileSync(page, 'utf8').match(/assets\/[^"]+\.js/g) ?? [];
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

/**
 * Refuses pieces that import each other in a ring: whichever runs first finds what it takes from the others undefined, and its
 * page stays empty.
 */
function noRings(): Plugin {
  return {
    name: 'no-rings',
    apply: 'build',
    generateBundle(_, bundle) {
      const imports = new Map(
        Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one.imports]] : [])),
      );
      const done = new Set<string>();
      const visit = (name: string, path: readonly string[]): void => {
        if (path.includes(name))
          this.error(`pieces import each other in a ring: ${[...path, name].join(' → ')}`);
        if (done.has(name)) return;
        for (const next of imports.get(name) ?? []) visit(next, [...path, name]);
        done.add(name);
      };
      for (const name of imports.keys()) visit(name, []);
    },
  };
}

/** The web frame is the root; pages of the modules are split off, one chunk each. */
export default defineConfig({
  root: 'shell',
  plugins: [react(), noRings(), compress()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // A shared piece would be named after every page that shares it.
        chunkFileNames: (chunk) =>
          `assets/${chunk.name.startsWith('shared') ? 'shared' : '[name]'}-[hash].js`,
        codeSplitting: {
          groups: [
            // What every page needs comes in one piece: a hundred small files take longer on their way than one large one.
            { name: 'frame', tags: ['$initial'], priority: 2 },
            // What some pages share is cut by who shares it. Only crumbs join a neighbour: with larger pieces rings come about.
            {
              name: 'shared',
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 1_000,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    // The Host header stays the page's own: the server compares it with Origin.
    proxy: { '^/api/': { target: `http://127.0.0.1:${process.env.ZC_PORT ?? '8080'}`, changeOrigin: false } },
  },
});
