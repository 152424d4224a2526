import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page: built once into `src/web/dist`, where the server finds it. Nothing is inlined, so the policy of the server can forbid it. */
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': process.env.DEMARCHE_SERVER ?? 'http://127.0.0.1:4800' },
  },
});
