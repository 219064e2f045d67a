/**
 * What this process counts and times of its own work, in the words of Prometheus. Labels are names of ours
 * (operations, kinds, codes), never an id, a number or an address. A registry of its own, so that two
 * backends in one process, as in a test, do not count into each other.
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Measure {
	request(operation: string, status: number, seconds: number): void;
	refused(operation: string, code: string): void;
	/** Transactions of a vend: taking it in (begun with at once where nobody has to pay first), beginning, ending. */
	step(step: 'accept' | 'begin' | 'finish', seconds: number): void;
	/** A vend that came to its end here. */
	vend(kind: string, outcome: string): void;
	/** A call of the security module; `fault`: it did not answer. */
	module(call: string, outcome: 'made' | 'refused' | 'fault', seconds: number): void;
	/** A run of a background round. */
	round(name: string, outcome: 'done' | 'failed', seconds: number): void;
	/** Shows what is so at the moment: name → label value → number. */
	show(gauges: readonly Shown[]): void;
	/** Everything, as Prometheus reads it. */
	text(): Promise<string>;
}

/** Something that is counted when it is asked for, like rows in a state. */
export interface Shown {
	readonly name: string;
	readonly help: string;
	readonly label?: string;
	readonly values: Readonly<Record<string, number>>;
}

/** The media type of `text()`. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** From a cached read to a module that answers late, seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function makeMeasure(): Measure {
	const registry = new Registry();
	const registers = [registry];
	const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
		new Counter({ name: `tokenline_${name}`, help, labelNames, registers });
	const histogram = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
		new Histogram({ name: `tokenline_${name}`, help, labelNames, registers, buckets: BUCKETS });
	const requests = counter('requests_total', 'Requests by operation and status.', [
		'operation',
		'status',
	]);
	const requestSeconds = histogram('request_seconds', 'How long a request took.', ['operation']);
	const refusals = counter('refusals_total', 'Refused requests by code.', ['operation', 'code']);
	const stepSeconds = histogram('vend_transaction_seconds', 'Transactions of a vend.', ['step']);
	const vends = counter('vends_total', 'Vends that came to their end.', ['kind', 'outcome']);
	const moduleSeconds = histogram('security_module_seconds', 'Calls of the security module.', [
		'call',
		'outcome',
	]);
	const rounds = counter('rounds_total', 'Runs of background rounds.', ['round', 'outcome']);
	const roundSeconds = histogram('round_seconds', 'How long a background round took.', ['round']);
	eventLoop(registers);
	const shown = new Map<string, Gauge>();
	return {
		request(operation, status, seconds) {
			requests.inc({ operation, status });
			requestSeconds.observe({ operation }, seconds);
		},
		refused: (operation, code) => refusals.inc({ operation, code }),
		step: (step, seconds) => stepSeconds.observe({ step }, seconds),
		vend: (kind, outcome) => vends.inc({ kind, outcome }),
		module: (call, outcome, seconds) => moduleSeconds.observe({ call, outcome }, seconds),
		round(round, outcome, seconds) {
			rounds.inc({ round, outcome });
			roundSeconds.observe({ round }, seconds);
		},
		show(gauges) {
			for (const { name, help, label, values } of gauges) {
				let gauge = shown.get(name);
				if (gauge === undefined) {
					const labelNames = label === undefined ? [] : [label];
					gauge = new Gauge({ name: `tokenline_${name}`, help, labelNames, registers });
					shown.set(name, gauge);
				}
				gauge.reset();
				for (const [value, number] of Object.entries(values))
					gauge.set(label === undefined ? {} : { [label]: value }, number);
			}
		},
		text: () => registry.metrics(),
	};
}

/** How late the loop is that everything here runs on, since the last time it was asked. */
function eventLoop(registers: Registry[]): void {
	const delay = monitorEventLoopDelay({ resolution: 20 });
	delay.enable();
	new Gauge({
		name: 'tokenline_event_loop_delay_seconds',
		help: 'Delay of the event loop: 99th percentile since the last scrape.',
		registers,
		collect() {
			this.set(Number.isFinite(delay.percentile(99)) ? delay.percentile(99) / 1e9 : 0);
			delay.reset();
		},
	});
	new Gauge({
		name: 'tokenline_memory_resident_bytes',
		help: 'Memory of this process.',
		registers,
		collect() {
			this.set(process.memoryUsage.rss());
		},
	});
}

/** Runs and times; `note` is told the seconds whether it ended well or not. */
export async function timed<Result>(
	work: () => Promise<Result>,
	note: (seconds: number) => void,
): Promise<Result> {
	const began = performance.now();
	try {
		return await work();
	} finally {
		note((performance.now() - began) / 1_000);
	}
}
