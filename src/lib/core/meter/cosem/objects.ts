/** Every object of the virtual meter, and the object list of a client (class 15, attribute 2). */
import { array, enumerated, integer, longUnsigned, structure } from '#lib/core/dlms/axdr/build.ts';
import { NULL_DATA, unsigned } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { ENTRY_SELECTOR, RANGE_SELECTOR } from '#lib/core/dlms/cosem/selection.ts';
import { associationObjects } from './association-objects.ts';
import { type ClientSetup, hasRole } from './client-setups.ts';
import type { CosemAttribute, CosemObject } from './cosem-object.ts';
import { nameData } from './cosem-values.ts';
import { IDENTITY_OBJECTS } from './identity-objects.ts';
import { PAYMENT_OBJECTS } from './payment-objects.ts';
import { PROFILE_OBJECTS } from './profile-objects.ts';
import { SECURITY_OBJECTS } from './security-setup.ts';
import { SUPPLY_OBJECTS } from './supply-objects.ts';

export const COSEM_OBJECTS: readonly CosemObject[] = [
	...IDENTITY_OBJECTS,
	...associationObjects(objectListData),
	...SECURITY_OBJECTS,
	...SUPPLY_OBJECTS,
	...PAYMENT_OBJECTS,
	...PROFILE_OBJECTS,
];

const BY_NAME: ReadonlyMap<string, CosemObject> = new Map(
	COSEM_OBJECTS.map((object) => [object.logicalName, object]),
);

/** The object of a logical name; undefined where the meter has none. */
export function objectOf(logicalName: string): CosemObject | undefined {
	return BY_NAME.get(logicalName);
}

/** Access of attributes in association version 1: 0 none, 1 read, 3 read and write. */
const READ = 1;
const READ_AND_WRITE = 3;

const SELECTORS = array(integer(RANGE_SELECTOR), integer(ENTRY_SELECTOR));

const attributeAccess = ({ index, write, select }: CosemAttribute, setup: ClientSetup): Data =>
	structure(
		integer(index),
		enumerated(write && hasRole(setup.role, 'management') ? READ_AND_WRITE : READ),
		select ? SELECTORS : NULL_DATA,
	);

const LOGICAL_NAME: CosemAttribute = { index: 1, read: () => NULL_DATA };

function objectEntry(object: CosemObject, setup: ClientSetup): Data {
	const { classId, version, logicalName, attributes, methods } = object;
	return structure(
		longUnsigned(classId),
		unsigned(version),
		nameData(logicalName),
		structure(
			array(...[LOGICAL_NAME, ...attributes].map((each) => attributeAccess(each, setup))),
			array(
				...methods.map(({ index, lowest }) =>
					structure(integer(index), enumerated(hasRole(setup.role, lowest) ? 1 : 0)),
				),
			),
		),
	);
}

/** What a client finds: the objects its role may read, with its rights in each. */
export function objectListData(setup: ClientSetup): Data {
	return array(
		...COSEM_OBJECTS.filter(({ lowest }) => hasRole(setup.role, lowest)).map((object) =>
			objectEntry(object, setup),
		),
	);
}
