/** Debian's Chromium, headless, with WebGL in software: the same everywhere, with or without a graphics card. */
import { chromium } from 'playwright-core';

export const launch = {
  timeout: 120_000,
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless=new', '--no-sandbox', '--disable-gpu', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic',
    '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
};

export const startChromium = () => chromium.launch(launch);
export const startChromiumServer = () => chromium.launchServer(launch);
