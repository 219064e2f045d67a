/**
 * The shape of the virtual meter's objects: one row per object, with how each attribute is read from
 * the meter value, who may, and what few writes and methods there are (IEC 62056-6-2).
 */
import type { ActionResult, DataAccessResult } from '#lib/core/dlms/apdu/results.ts';
import type { Selection } from '#lib/core/dlms/apdu/target.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { type Obis, obis } from '#lib/core/dlms/cosem/obis.ts';
import type { VirtualMeter } from '../virtual-meter.ts';
import type { ClientSetup, Role } from './client-setups.ts';
import type { CosemMeter } from './cosem-meter.ts';

/** All that an answer is made of. The meter has been brought to the instant. */
export interface Question {
	readonly meter: CosemMeter;
	readonly instantMs: number;
	/** Who asks. */
	readonly asking: ClientSetup;
	/** Highest invocation counter taken from any client so far; 0 before the first. */
	readonly highestCounter: number;
}

export type Written = { readonly meter: CosemMeter } | { readonly refused: DataAccessResult };

/** With a refusal, `meter` is what the method changed all the same: "not yet" when it has begun. */
export type Invoked =
	| { readonly meter: CosemMeter; readonly returned?: Data }
	| { readonly refused: Exclude<ActionResult, 'success'>; readonly meter?: CosemMeter };

export interface CosemAttribute {
	readonly index: number;
	readonly read: (question: Question) => Data;
	/** A part of it; undefined where the selection is none that this attribute has. */
	readonly select?: (question: Question, selection: Selection) => Data | undefined;
	/** For management only. */
	readonly write?: (question: Question, data: Data) => Written;
}

export interface CosemMethod {
	readonly index: number;
	/** The least role that may call it. */
	readonly lowest: Role;
	readonly invoke: (question: Question, parameter: Data | undefined) => Invoked;
}

export interface CosemObject {
	readonly classId: number;
	readonly version: number;
	readonly logicalName: Obis;
	/** The least role that may read it; another does not find it in its object list. */
	readonly lowest: Role;
	/** The meters that have it; all, where it is absent. */
	readonly presentIn?: Presence;
	/** Attribute 1 is the logical name of every object and has no row. */
	readonly attributes: readonly CosemAttribute[];
	readonly methods: readonly CosemMethod[];
}

/** Whether a meter has an object: by its make, and by what it was given. */
export type Presence = (meter: VirtualMeter) => boolean;

interface More {
	readonly version?: number;
	readonly lowest?: Role;
	readonly presentIn?: Presence | undefined;
	readonly writes?: Readonly<Record<number, NonNullable<CosemAttribute['write']>>>;
	readonly selects?: Readonly<Record<number, NonNullable<CosemAttribute['select']>>>;
	readonly methods?: readonly CosemMethod[];
}

/**
 * One row: class, logical name ("1.0.1.8.0", F is 255), readers by attribute index; version 0 and
 * readable with the role `reading` unless said.
 */
export function cosemObject(
	classId: number,
	name: string,
	readers: Readonly<Record<number, CosemAttribute['read']>>,
	{
		version = 0,
		lowest = 'reading',
		presentIn,
		writes = {},
		selects = {},
		methods = [],
	}: More = {},
): CosemObject {
	const attributes = Object.entries(readers).map(([key, read]) => {
		const index = Number(key);
		const [write, select] = [writes[index], selects[index]];
		return { index, read, ...(write && { write }), ...(select && { select }) };
	});
	return {
		classId,
		version,
		logicalName: obis(name),
		lowest,
		...(presentIn && { presentIn }),
		attributes,
		methods,
	};
}
