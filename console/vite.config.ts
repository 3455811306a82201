import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';

/**
 * OpenBridge ships every component size and palette in one stylesheet of 680 KB; the console has one size and two
 * palettes. Drops the other top-level blocks.
 */
function openBridgePalettes(): Plugin {
  const dropped = /^(\.obc-component-size-(medium|large|xl)|:root\[data-obc-theme="(dusk|bright)"\]) \{$[^]*?^\}$/gm;
  return {
    name: 'openbridge-palettes',
    enforce: 'pre',
    transform(code, id) {
      return id.endsWith('/openbridge.css') ? { code: code.replace(dropped, ''), map: null } : null;
    },
  };
}

/** The browser fetches the chart, the console's heavy part, while it still reads the light one. */
function preloadChart(): Plugin {
  return {
    name: 'preload-chart',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.values(bundle ?? {})
          .filter((chunk) => chunk.type === 'chunk' && chunk.name === 'chart')
          .map(({ fileName }) => ({ tag: 'link', attrs: { rel: 'modulepreload', href: `/${fileName}` }, injectTo: 'head' })),
    },
  };
}

export default defineConfig({
  plugins: [openBridgePalettes(), preloadChart()],
  build: { target: 'es2022', chunkSizeWarningLimit: 2500 },
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/ws': { target: 'ws://127.0.0.1:8080', ws: true } } },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/browser/setup.ts'],
    // One software renderer at a time: the browser tests share one Chromium.
    fileParallelism: false,
    // Software WebGL on two busy cores takes half a minute for ten thousand ships; a limit is there to end what hangs.
    testTimeout: 600_000,
    hookTimeout: 300_000,
    // As in scripts/test-preset: vitest says "retry x1" of what failed once.
    retry: process.env.CI ? 1 : 0,
    expect: { poll: { timeout: 120_000, interval: 100 } },
  },
});
