import { runOperatorCommand } from './operator-command-line.ts';

const { out, err, code } = await runOperatorCommand(process.argv.slice(2), process.env);
if (out !== '') process.stdout.write(`${out}\n`);
if (err !== '') process.stderr.write(`${err}\n`);
process.exitCode = code;
