import { writeFileSync } from 'node:fs';
import { renderSample } from '../config-sample.ts';

writeFileSync(new URL('../../config.sample.yaml', import.meta.url), renderSample());
