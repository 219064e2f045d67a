/**
 * The backend's side of a module process: starts it, asks it, gives up on it. A process that ended is
 * started again with the next question; one that does not answer in time is taken for hung and killed, and
 * what it was asked is unknown, to be asked again with the same request id.
 *
 * Starting has a limit of its own, and questions wait for it: a slow machine that is still opening the keys
 * is not a silent module, and killing it would only make it begin anew. A process that ends before it
 * answered anything is not started again at once, but after a pause that doubles; meanwhile questions fail
 * without one.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { backOffMs, type BackOff } from '#lib/core/units/back-off.ts';
import { Fault } from '../fault.ts';
import type { Log } from '../log.ts';
import { parseLine, type Answer, type OperationName, type Ready } from './messages.ts';
import type { SecurityModule } from './port.ts';

export interface ModuleProcess {
	/** Arguments of Node: the module's file and its command. */
	readonly command: readonly string[];
	readonly cwd: string;
	/** All of the environment it gets. */
	readonly environment: Readonly<Record<string, string>>;
	/** From the start of the process until it says that it is ready. */
	readonly startWithinMs: number;
	/** From the question, or from when the process was ready for it, until the answer. */
	readonly answerWithinMs: number;
	/** How long a module is left alone that ended without an answer. */
	readonly backOff?: BackOff;
	readonly log: Log;
}

const BACK_OFF: BackOff = { firstMs: 100, lastMs: 10_000 };

interface Waiting {
	readonly resolve: (answer: Answer) => void;
	readonly reject: (fault: Fault) => void;
	/** Runs from when the process is ready. */
	timer?: NodeJS.Timeout;
}

/** A process and what it has said so far. */
interface Running {
	readonly child: ChildProcess;
	readonly startTimer: NodeJS.Timeout;
	state: 'starting' | 'ready' | 'useful';
}

export function connectSecurityModule(
	options: ModuleProcess,
): SecurityModule & { pid(): number | undefined } {
	const { answerWithinMs, startWithinMs, backOff = BACK_OFF, log } = options;
	let running: Running | undefined;
	let lastId = 0;
	let closed = false;
	/** Processes in a row that ended without an answer. */
	let failures = 0;
	let restUntil = 0;
	const waiting = new Map<number, Waiting>();

	const unavailable = (why: string) => new Fault('security-module-unavailable', why);

	function start(): Running {
		const child = spawn(process.execPath, [...options.command], {
			cwd: options.cwd,
			env: { ...options.environment },
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		const startTimer = setTimeout(() => {
			log('error', 'security-module-not-started', { afterMs: startWithinMs });
			end(started, 'it did not start in time');
		}, startWithinMs);
		const started: Running = { child, startTimer, state: 'starting' };
		createInterface({ input: child.stdout }).on('line', (line) => {
			const heard = parseLine<Answer | Ready>(line);
			// Of a process that was killed in the middle of an answer, or that speaks another language.
			if (heard === undefined) child.kill('SIGKILL');
			else if (started === running) hear(started, heard);
		});
		// A write into a process that has just ended: its exit is the news.
		child.stdin.on('error', () => undefined);
		child.on('error', () => forget(started, 'its process cannot be started'));
		child.on('exit', (code) => {
			if (!closed) log('warn', 'security-module-ended', { code: code ?? undefined });
			forget(
				started,
				started.state === 'starting' ? 'it ended as it started' : 'its process ended',
			);
		});
		return started;
	}

	function hear(started: Running, heard: Answer | Ready): void {
		if (started.state === 'starting') beReady(started);
		if ('ready' in heard) return;
		started.state = 'useful';
		settle(heard);
	}

	function beReady(started: Running): void {
		clearTimeout(started.startTimer);
		started.state = 'ready';
		for (const one of waiting.values()) one.timer = setTimeout(giveUp, answerWithinMs);
	}

	function settle(answer: Answer): void {
		const one = waiting.get(answer.id);
		if (one === undefined) return;
		clearTimeout(one.timer);
		waiting.delete(answer.id);
		one.resolve(answer);
	}

	function giveUp(): void {
		log('warn', 'security-module-hung');
		if (running) end(running, 'no answer in time');
	}

	function end(started: Running, why: string): void {
		started.child.kill('SIGKILL');
		forget(started, why);
	}

	function forget(ended: Running, why: string): void {
		clearTimeout(ended.startTimer);
		if (running !== ended) return;
		running = undefined;
		failures = ended.state === 'useful' ? 0 : failures + 1;
		if (failures > 0) restUntil = performance.now() + backOffMs(failures, backOff, Math.random());
		for (const [id, { reject, timer }] of waiting) {
			clearTimeout(timer);
			waiting.delete(id);
			reject(unavailable(why));
		}
	}

	async function ask<Result>(operation: OperationName, order?: unknown): Promise<Result> {
		if (closed) throw unavailable('it is closed');
		if (running === undefined && performance.now() < restUntil)
			throw unavailable('it ended without an answer; it is left alone for a moment');
		running ??= start();
		const { child, state } = running;
		const id = (lastId += 1);
		const answer = await new Promise<Answer>((resolve, reject) => {
			const one: Waiting = { resolve, reject };
			if (state !== 'starting') one.timer = setTimeout(giveUp, answerWithinMs);
			waiting.set(id, one);
			child.stdin?.write(`${JSON.stringify({ id, operation, order })}\n`);
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
		pid: () => running?.child.pid,
		async close() {
			closed = true;
			const ending = running?.child;
			if (ending === undefined || ending.exitCode !== null) return;
			const gone = new Promise((resolve) => ending.once('exit', resolve));
			ending.stdin?.end();
			const timer = setTimeout(() => ending.kill('SIGKILL'), answerWithinMs);
			await gone;
			clearTimeout(timer);
		},
	};
}
