import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { run } from 'uvu/run';

// One process for several files: starting Node and loading the same modules costs more than most unit tests.
// `run` puts "file:///" before the path by itself.
const asSuite = (name: string): { name: string; file: string } => ({ name, file: pathToFileURL(resolve(name)).pathname.slice(1) });

await run(process.argv.slice(2).map(asSuite));
// A timer or connection that a test left behind would keep the process, and with it the whole run, waiting.
process.exit();
