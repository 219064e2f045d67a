/** All COSEM classes by number. A class without a row is named where its name is known, and read raw. */
import { ACCESS_CLASSES } from './access-classes.ts';
import type { AttributeRow, ClassRow, MethodRow } from './class-row.ts';
import { METERING_CLASSES } from './metering-classes.ts';
import { PAYMENT_CLASSES } from './payment-classes.ts';

export const COSEM_CLASSES: readonly ClassRow[] = [
	...METERING_CLASSES,
	...ACCESS_CLASSES,
	...PAYMENT_CLASSES,
].toSorted((a, b) => a.id - b.id);

/** Classes that are known by name only. */
const NAMES_ONLY: Readonly<Record<number, string>> = {
	6: 'Register activation',
	10: 'Schedule',
	11: 'Special days table',
	12: 'Association SN',
	21: 'Register monitor',
	41: 'TCP-UDP setup',
	42: 'IPv4 setup',
	61: 'Register table',
	62: 'Compact data',
	68: 'Arbitrator',
};

const BY_ID: ReadonlyMap<number, ClassRow> = new Map(COSEM_CLASSES.map((row) => [row.id, row]));

/** The row of a class; undefined where there are no facts. */
export function classRow(classId: number): ClassRow | undefined {
	return BY_ID.get(classId);
}

/** The name of a class, for people; "class 4711" for one without. */
export function className(classId: number): string {
	return BY_ID.get(classId)?.name ?? NAMES_ONLY[classId] ?? `class ${classId}`;
}

export function attributeRow(classId: number, attribute: number): AttributeRow | undefined {
	return BY_ID.get(classId)?.attributes.find(({ index }) => index === attribute);
}

export function methodRow(classId: number, method: number): MethodRow | undefined {
	return BY_ID.get(classId)?.methods.find(({ index }) => index === method);
}

/** The name of an attribute, for people. */
export function attributeName(classId: number, attribute: number): string {
	if (attribute === 0) return 'all attributes';
	if (attribute === 1) return 'logical_name';
	return attributeRow(classId, attribute)?.name ?? `attribute ${attribute}`;
}

/** The name of a method, for people. */
export function methodName(classId: number, method: number): string {
	return methodRow(classId, method)?.name ?? `method ${method}`;
}
