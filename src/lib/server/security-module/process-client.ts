/**
 * The backend's side of a module process: starts it, asks it, gives up on it. A process that ended is
 * started again with the next question; one that does not answer in time is taken for hung and killed, and
 * what it was asked is unknown, to be asked again with the same request id.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Fault } from '../fault.ts';
import type { Log } from '../log.ts';
import { parseLine, type Answer, type OperationName } from './messages.ts';
import type { SecurityModule } from './port.ts';

export interface ModuleProcess {
	/** Arguments of Node: the module's file and its command. */
	readonly command: readonly string[];
	readonly cwd: string;
	/** All of the environment it gets. */
	readonly environment: Readonly<Record<string, string>>;
	readonly answerWithinMs: number;
	readonly log: Log;
}

interface Waiting {
	readonly resolve: (answer: Answer) => void;
	readonly reject: (fault: Fault) => void;
	readonly timer: NodeJS.Timeout;
}

export function connectSecurityModule(
	options: ModuleProcess,
): SecurityModule & { pid(): number | undefined } {
	let child: ChildProcess | undefined;
	let lastId = 0;
	let closed = false;
	const waiting = new Map<number, Waiting>();

	const unavailable = (why: string) => new Fault('security-module-unavailable', why);

	function start(): ChildProcess {
		const started = spawn(process.execPath, [...options.command], {
			cwd: options.cwd,
			env: { ...options.environment },
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		createInterface({ input: started.stdout }).on('line', (line) => {
			const heard = parseLine<Answer>(line);
			// Of a process that was killed in the middle of an answer, or that speaks another language.
			if (heard === undefined) started.kill('SIGKILL');
			else settle(heard);
		});
		// A write into a process that has just ended: its exit is the news.
		started.stdin.on('error', () => undefined);
		started.on('error', () => forget(started));
		started.on('exit', (code) => {
			if (!closed) options.log('warn', 'security-module-ended', { code: code ?? undefined });
			forget(started);
		});
		return started;
	}

	function forget(ended: ChildProcess): void {
		if (child !== ended) return;
		child = undefined;
		for (const [id, { reject, timer }] of waiting) {
			clearTimeout(timer);
			waiting.delete(id);
			reject(unavailable('its process ended'));
		}
	}

	function settle(answer: Answer): void {
		const one = waiting.get(answer.id);
		if (one === undefined) return;
		clearTimeout(one.timer);
		waiting.delete(answer.id);
		one.resolve(answer);
	}

	function giveUp(): void {
		options.log('warn', 'security-module-hung');
		child?.kill('SIGKILL');
		if (child) forget(child);
	}

	async function ask<Result>(operation: OperationName, order?: unknown): Promise<Result> {
		if (closed) throw unavailable('it is closed');
		child ??= start();
		const { stdin } = child;
		const id = (lastId += 1);
		const answer = await new Promise<Answer>((resolve, reject) => {
			const timer = setTimeout(giveUp, options.answerWithinMs);
			waiting.set(id, { resolve, reject, timer });
			stdin?.write(`${JSON.stringify({ id, operation, order })}\n`);
		});
		if ('fault' in answer) throw unavailable(answer.fault);
		return ('refusal' in answer ? { refusal: answer.refusal } : answer.result) as Result;
	}

	return {
		issueCredit: (order) => ask('issueCredit', order),
		decoderKey: (order) => ask('decoderKey', order),
		attributes: (slot) => ask('attributes', slot),
		issueManagement: (order) => ask('issueManagement', order),
		issueKeyChange: (order) => ask('issueKeyChange', order),
		verifyToken: (order) => ask('verifyToken', order),
		usage: (order) => ask('usage', order),
		pid: () => child?.pid,
		async close() {
			closed = true;
			const ending = child;
			if (ending === undefined || ending.exitCode !== null) return;
			const gone = new Promise((resolve) => ending.once('exit', resolve));
			ending.stdin?.end();
			const timer = setTimeout(() => ending.kill('SIGKILL'), options.answerWithinMs);
			await gone;
			clearTimeout(timer);
		},
	};
}
