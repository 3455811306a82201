/** Before all tests: the console is built if its sources changed, and one Chromium started for every browser test. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { startChromiumServer } from './chromium.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    chromium: string;
  }
}

export default async function setup(project: TestProject) {
  execFileSync(fileURLToPath(new URL('../../../scripts/build-console', import.meta.url)), { stdio: 'inherit' });
  const server = await startChromiumServer();
  project.provide('chromium', server.wsEndpoint());
  return () => server.close();
}
