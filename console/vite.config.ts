import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
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

/**
 * OpenBridge declares 2,400 custom properties; what the page uses refers to some 130 of them. Every style that the browser
 * works out before the first picture carried the rest. The console's own (theme.css) stay: some are named as they are needed.
 */
function usedProperties(): Plugin {
  const declared = /(?<![\w-])(--[\w-]+)\s*:([^;}]*);?/g;
  const namesIn = (text: string): string[] => text.match(/--[a-zA-Z][\w-]*/g) ?? [];
  return {
    name: 'used-properties',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const own = namesIn(readFileSync(new URL('src/theme.css', import.meta.url), 'utf8'));
      const used = new Set([...own, ...files.flatMap((file) => (file.type === 'chunk' ? namesIn(file.code) : []))]);
      for (const file of files) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
        const source = String(file.source);
        const values = new Map<string, string[]>();
        for (const [, name, value] of source.matchAll(declared)) values.set(name!, [...(values.get(name!) ?? []), ...namesIn(value!)]);
        const waiting = [...used, ...namesIn(source.replace(declared, ''))];
        for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
          if (used.has(name) && !values.has(name)) continue;
          used.add(name);
          waiting.push(...(values.get(name) ?? []));
          values.delete(name);
        }
        const left = source.replace(declared, (whole, name: string) => (used.has(name) ? whole : ''));
        // A name is good for one content: a browser keeps what it once fetched under it.
        const named = file.fileName.replace(/-[\w-]{8}\.css$/, `-${createHash('sha256').update(left).digest('hex').slice(0, 8)}.css`);
        for (const page of files) if (page.type === 'asset' && page.fileName.endsWith('.html')) page.source = String(page.source).replaceAll(file.fileName, named);
        for (const chunk of files) if (chunk.type === 'chunk') chunk.code = chunk.code.replaceAll(file.fileName, named);
        file.source = left;
        file.fileName = named;
      }
    },
  };
}

/**
 * The browser fetches the chart, the console's heavy part, while it still reads the light one, and lays out no empty page
 * before the app stands on it.
 */
function preloadChart(): Plugin {
  return {
    name: 'preload-chart',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => ({
        html: html.replace('<script type="module"', '<script type="module" blocking="render"'),
        tags: Object.values(bundle ?? {})
          .filter((chunk) => chunk.type === 'chunk' && chunk.name === 'chart')
          .map(({ fileName }) => ({ tag: 'link', attrs: { rel: 'modulepreload', href: `/${fileName}` }, injectTo: 'head' })),
      }),
    },
  };
}

export default defineConfig({
  plugins: [openBridgePalettes(), usedProperties(), preloadChart()],
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
