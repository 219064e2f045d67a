/** Meters that answer wishes at once, without a line: hand-made ones from a table, and the virtual meter. */
import type { Agreement } from '#lib/core/dlms/association/client.ts';
import type { Answer, Wish } from '#lib/core/dlms/association/wish.ts';
import { type Conformance, FULL_CONFORMANCE } from '#lib/core/dlms/apdu/conformance.ts';
import type { GetResult } from '#lib/core/dlms/apdu/get.ts';
import { ACTION_RESULTS, codeOf, DATA_ACCESS_RESULTS } from '#lib/core/dlms/apdu/results.ts';
import type { AttributeTarget, MethodTarget } from '#lib/core/dlms/apdu/target.ts';
import {
	array,
	enumerated,
	integer,
	longUnsigned,
	NULL_DATA,
	octetString,
	structure,
	unsigned,
} from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { obis, obisOctets } from '#lib/core/dlms/cosem/obis.ts';
import { invokeMethod, readAttribute, writeAttribute } from '#lib/core/meter/cosem/answer.ts';
import { type ClientSetup, clientSetupOf } from '#lib/core/meter/cosem/client-setups.ts';
import { advanceCosemMeter, type CosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';

export type Answering = (wish: Wish) => Answer | 'no-answer';

export const agreement = (more: Partial<Agreement> = {}): Agreement => ({
	conformance: FULL_CONFORMANCE,
	maxPdu: 1024,
	meterTitle: Uint8Array.of(0x54, 0x4b, 0x4c, 0, 0, 0, 0, 1),
	...more,
});

export const without = (...bits: readonly Conformance[]): Conformance =>
	bits.reduce((left, bit) => left & ~bit, FULL_CONFORMANCE);

/** What a hand-made meter does with one attribute or method: a value, a result code, or a function. */
export type Entry = Data | number | ((target: AttributeTarget) => Data | number);

/** A meter of a table with keys such as `3/1.0.1.8.0/2`; what is not in it is undefined (4). */
export class TableMeter {
	readonly asked: Wish[] = [];
	readonly written = new Map<string, Data>();
	readonly called: { key: string; parameter: Data | undefined }[] = [];
	readonly #table: Map<string, Entry>;
	readonly #methods: Map<string, (parameter: Data | undefined) => number>;

	constructor(
		table: Readonly<Record<string, Entry>>,
		methods: Readonly<Record<string, (parameter: Data | undefined) => number>> = {},
	) {
		this.#table = new Map(Object.entries(table).map(([key, entry]) => [whole(key), entry]));
		this.#methods = new Map(Object.entries(methods).map(([key, run]) => [whole(key), run]));
	}

	set(key: string, entry: Entry): void {
		this.#table.set(whole(key), entry);
	}

	readonly answer = (wish: Wish): Answer => {
		this.asked.push(wish);
		switch (wish.kind) {
			case 'get':
				return { kind: 'get', result: this.#read(wish.target) };
			case 'get-list':
				return { kind: 'get-list', results: wish.targets.map((target) => this.#read(target)) };
			case 'set':
				this.written.set(keyOf(wish.target, wish.target.attribute), wish.data);
				return { kind: 'set', result: this.#write(wish.target, wish.data) };
			case 'action':
				return { kind: 'action', outcome: { result: this.#call(wish.target, wish.parameter) } };
			default:
				throw new Error(wish.kind);
		}
	};

	#read(target: AttributeTarget): GetResult {
		const entry = this.#table.get(keyOf(target, target.attribute));
		const value = typeof entry === 'function' ? entry(target) : (entry ?? 4);
		return typeof value === 'number' ? { error: value } : { data: value };
	}

	#write(target: AttributeTarget, data: Data): number {
		const key = keyOf(target, target.attribute);
		if (!this.#table.has(key)) return 4;
		if (typeof this.#table.get(key) === 'number') return this.#table.get(key) as number;
		this.#table.set(key, data);
		return 0;
	}

	#call(target: MethodTarget, parameter: Data | undefined): number {
		const key = keyOf(target, target.method);
		this.called.push({ key, parameter });
		return this.#methods.get(key)?.(parameter) ?? 4;
	}
}

const keyOf = ({ classId, logicalName }: { classId: number; logicalName: string }, index: number) =>
	`${classId}/${logicalName}/${index}`;

/** `3/1.0.1.8.0/2` with group F. */
function whole(key: string): string {
	const [classId, name, index] = key.split('/') as [string, string, string];
	return `${classId}/${obis(name)}/${index}`;
}

/** An object list with an entry for each object of `classId/name`, every attribute to be read. */
export const listOf = (objects: readonly string[], attributes = 12): Data =>
	array(...objects.map((each) => listEntry(each, attributes)));

export function listEntry(object: string, attributes = 12, access = 1): Data {
	const [classId, name, version] = object.split('/') as [string, string, string?];
	return structure(
		longUnsigned(Number(classId)),
		unsigned(Number(version ?? 0)),
		octetString(obisOctets(obis(name))),
		structure(
			array(
				...Array.from({ length: attributes }, (_, at) =>
					structure(integer(at + 1), enumerated(access), NULL_DATA),
				),
			),
			array(),
		),
	);
}

/** The virtual meter, asked by a client; its clock and ours are `nowMs`. */
export class VirtualAnswers {
	meter: CosemMeter;
	nowMs: number;
	readonly asking: ClientSetup;

	constructor(meter: CosemMeter, nowMs: number, client = 1) {
		this.meter = meter;
		this.nowMs = nowMs;
		this.asking = clientSetupOf(client) as ClientSetup;
	}

	readonly answer = (wish: Wish): Answer => {
		this.meter = advanceCosemMeter(this.meter, this.nowMs);
		switch (wish.kind) {
			case 'get':
				return { kind: 'get', result: this.#read(wish.target) };
			case 'get-list':
				return { kind: 'get-list', results: wish.targets.map((target) => this.#read(target)) };
			case 'set': {
				const written = writeAttribute(this.#question(), wish.target, wish.data);
				if ('refused' in written)
					return { kind: 'set', result: codeOf(DATA_ACCESS_RESULTS, written.refused) };
				this.meter = written.meter;
				return { kind: 'set', result: 0 };
			}
			case 'action': {
				const invoked = invokeMethod(this.#question(), wish.target, wish.parameter);
				if ('meter' in invoked && invoked.meter) this.meter = invoked.meter;
				const result = 'refused' in invoked ? codeOf(ACTION_RESULTS, invoked.refused) : 0;
				return { kind: 'action', outcome: { result } };
			}
			default:
				throw new Error(wish.kind);
		}
	};

	#question() {
		return {
			...{ meter: this.meter, instantMs: this.nowMs, asking: this.asking, highestCounter: 0 },
		};
	}

	#read(target: AttributeTarget): GetResult {
		const outcome = readAttribute(this.#question(), target);
		return 'refused' in outcome
			? { error: codeOf(DATA_ACCESS_RESULTS, outcome.refused) }
			: { data: outcome.data };
	}
}
