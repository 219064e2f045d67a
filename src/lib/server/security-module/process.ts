/**
 * The software security module as a process: `node process.ts init` makes the keys, `node process.ts serve`
 * says that it is ready and answers questions on standard input, one JSON object a line, until that closes. It
 * alone reads the passphrase and holds keys. Paths come from the environment, secrets never do.
 */
import { createInterface } from 'node:readline';
import { isRefusal } from '../refusal.ts';
import { DEMO_SLOTS } from './demo-slots.ts';
import { initialiseKeyFile, openCompleteKeyFile } from './key-file.ts';
import { parseLine, type Answer, type Question, type Ready } from './messages.ts';
import { softwareModule } from './software-module.ts';
import { openUsageJournal } from './usage-journal.ts';

function setting(name: string): string {
	const value = process.env[name];
	if (!value) throw new Error(`${name} is not set`);
	return value;
}

function serve(): void {
	const journal = openUsageJournal(setting('TOKENLINE_USAGE_JOURNAL'));
	const keys = openCompleteKeyFile(keyFilePaths(), DEMO_SLOTS, journal.exclusively);
	const module = softwareModule(keys, journal);
	const answer = (question: Question): Answer => {
		const { id, operation } = question;
		try {
			const run = module[operation] as (order: unknown) => object;
			const result = run(question.order);
			return isRefusal(result) ? { id, refusal: result.refusal } : { id, result };
		} catch (error) {
			return { id, fault: error instanceof Error ? error.name : 'unknown' };
		}
	};
	const say = (message: Answer | Ready) => process.stdout.write(`${JSON.stringify(message)}\n`);
	const lines = createInterface({ input: process.stdin });
	lines.on('line', (line) => {
		// Half a question is what a backend that was killed leaves behind.
		const question = parseLine<Question>(line);
		if (question !== undefined) say(answer(question));
	});
	// The backend is gone, however it went: so is this.
	lines.on('close', () => {
		journal.close();
		process.exit(0);
	});
	// Ctrl-C reaches the whole group; the backend still has requests to finish and closes us when done.
	process.on('SIGINT', () => undefined);
	say({ ready: true });
}

const keyFilePaths = () => ({
	keyFile: setting('TOKENLINE_KEY_FILE'),
	passphraseFile: setting('TOKENLINE_PASSPHRASE_FILE'),
});

function main(): void {
	if (process.env.TOKENLINE_MODE !== 'demo')
		throw new Error(
			'the software security module makes TEST tokens only and runs with TOKENLINE_MODE=demo; a live utility needs a hardware module',
		);
	if (process.argv[2] === 'init')
		process.stdout.write(initialiseKeyFile(keyFilePaths(), DEMO_SLOTS) ? 'made\n' : 'kept\n');
	else serve();
}

try {
	main();
} catch (error) {
	process.stderr.write(`Security module: ${error instanceof Error ? error.message : 'failed'}.\n`);
	process.exitCode = 2;
}
