import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { findChromium } from './test/browser/chromium.ts';
import { componentReporter } from './test/runner/component-reporter.ts';

const { executablePath, args } = await findChromium();
// A microphone that hears a tone, and a person who allows it to be used.
const microphone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

export default {
  files: ['test/browser/components/**/*.test.ts'],
  nodeResolve: true,
  plugins: [esbuildPlugin({ ts: true, target: 'es2022' })],
  browsers: [playwrightLauncher({ product: 'chromium', launchOptions: { executablePath, args: [...args, ...microphone] } })],
  reporters: [defaultReporter({ reportTestProgress: false }), componentReporter()],
  testFramework: { config: { timeout: '10000' } },
  concurrency: 2,
};
