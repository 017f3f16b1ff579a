import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npx vite` in this folder serves the screens with reloading; API calls go to a server already running. */
const apiTarget = process.env.API_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
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
    // The libraries that most pages share come as one file instead of dozens of crumbs. Our own
    // schemas stay out of it: they must not be made before main.ts has configured zod.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'shared', test: /node_modules/, minShareCount: 6 }] } },
    },
  },
});
