import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** `npx vite` in this folder serves the screens with reloading; API calls go to a server already running. */
const apiTarget = process.env.API_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react(), refuseCircles()],
  resolve: {
    alias: { '@recaudo/shared': fileURLToPath(new URL('../shared/src/index.ts', import.meta.url)) },
  },
  server: { proxy: { '/api': apiTarget, '/p': apiTarget } },
  build: {
    target: 'es2022',
    // Small fonts as files too: the page's content policy allows no data: fonts.
    assetsInlineLimit: 0,
    // The base chunk is react-admin with Material UI: about 1.1 MB before compression, 0.33 MB after it.
    chunkSizeWarningLimit: 1_300,
    // The libraries that most pages share come in a few files instead of dozens of crumbs, parted by who needs them:
    // the first page fetches nothing that only others use. zod is for the pages that have forms.
    rolldownOptions: {
      output: {
        // Such a part would else be named after everybody who needs it.
        chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
        codeSplitting: {
          groups: [
            { name: 'schemas', test: /node_modules\/zod\//, priority: 1 },
            {
              name: 'shared',
              test: /node_modules/,
              minShareCount: 6,
              entriesAware: true,
              // Larger crumbs, merged, come to import each other.
              entriesAwareMergeThreshold: 15_000,
            },
          ],
        },
      },
    },
  },
});

/** Files that import each other begin in the wrong order, and the page stays blank: better no build. */
function refuseCircles(): Plugin {
  return {
    name: 'refuse-circles',
    generateBundle(_, bundle) {
      const done = new Set<string>();
      const visit = (file: string, path: readonly string[]): void => {
        if (path.includes(file)) this.error(`files import each other: ${[...path, file].join(' > ')}`);
        const chunk = bundle[file];
        if (done.has(file) || chunk?.type !== 'chunk') return;
        for (const next of chunk.imports) visit(next, [...path, file]);
        done.add(file);
      };
      for (const file of Object.keys(bundle)) visit(file, []);
    },
  };
}
