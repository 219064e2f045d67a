/**
 * The object list of an association (IEC 62056-6-2, class 15, attribute 2): what there is and what this
 * client may do with it.
 */
import type { Data } from '../axdr/data-type.ts';
import { type Obis, obisOf } from './obis.ts';

export interface ObjectEntry {
	readonly classId: number;
	readonly version: number;
	readonly logicalName: Obis;
	readonly attributes: readonly AttributeAccess[];
	readonly methods: readonly MethodAccess[];
}

export interface AttributeAccess {
	readonly attribute: number;
	readonly mayRead: boolean;
	readonly mayWrite: boolean;
	/** The access octet as it came: its meaning differs between versions of the class. */
	readonly raw: number;
}

export interface MethodAccess {
	readonly method: number;
	readonly mayInvoke: boolean;
	readonly raw: number;
}

/**
 * The entries of an object list; one that cannot be read is left out. `associationVersion` is that of
 * the association object: from 3 on the access octet is a set of bits.
 */
export function objectListOf(list: Data, associationVersion = 1): ObjectEntry[] {
	if (list.type !== 'array') return [];
	return list.value.flatMap((entry) => entryOf(entry, associationVersion) ?? []);
}

function entryOf(data: Data, associationVersion: number): ObjectEntry | undefined {
	const [classId, version, name, rights] = elementsOf(data);
	const logicalName = name?.type === 'octet-string' ? obisOf(name.value) : undefined;
	const [attributes, methods] = elementsOf(rights);
	const [id, number] = [numberOf(classId), numberOf(version)];
	if (id === undefined || number === undefined || !logicalName) return undefined;
	return {
		classId: id,
		version: number,
		logicalName,
		attributes: elementsOf(attributes).flatMap(
			(each) => attributeAccess(each, associationVersion) ?? [],
		),
		methods: elementsOf(methods).flatMap((each) => methodAccess(each) ?? []),
	};
}

function attributeAccess(data: Data, associationVersion: number): AttributeAccess | undefined {
	const [id, access] = elementsOf(data);
	const [attribute, raw] = [numberOf(id), numberOf(access)];
	if (attribute === undefined || raw === undefined) return undefined;
	if (associationVersion >= 3)
		return { attribute, mayRead: (raw & 1) !== 0, mayWrite: (raw & 2) !== 0, raw };
	return {
		attribute,
		mayRead: [1, 3, 4, 6].includes(raw),
		mayWrite: [2, 3, 5, 6].includes(raw),
		raw,
	};
}

function methodAccess(data: Data): MethodAccess | undefined {
	const [id, access] = elementsOf(data);
	const [method, raw] = [numberOf(id), numberOf(access)];
	return method === undefined || raw === undefined
		? undefined
		: { method, mayInvoke: (raw & 0x03) !== 0, raw };
}

function elementsOf(data: Data | undefined): readonly Data[] {
	return data?.type === 'array' || data?.type === 'structure' ? data.value : [];
}

function numberOf(data: Data | undefined): number | undefined {
	if (data?.type === 'boolean') return Number(data.value);
	return data && 'value' in data && typeof data.value === 'number' ? data.value : undefined;
}
