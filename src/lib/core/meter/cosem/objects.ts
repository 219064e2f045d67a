/** Every object of the virtual meter, and the object list of a client (class 15, attribute 2). */
import { array, enumerated, integer, longUnsigned, structure } from '#lib/core/dlms/axdr/build.ts';
import { NULL_DATA, unsigned } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { ENTRY_SELECTOR, RANGE_SELECTOR } from '#lib/core/dlms/cosem/selection.ts';
import { hasPlant } from '../plants.ts';
import { ACCOUNT } from './account-object.ts';
import { associationObjects } from './association-objects.ts';
import { CHARGE_OBJECTS } from './charge-objects.ts';
import { type ClientSetup, hasRole } from './client-setups.ts';
import type { CosemAttribute, CosemObject, Question } from './cosem-object.ts';
import { cosemObject } from './cosem-object.ts';
import { nameData } from './cosem-values.ts';
import { COUNTER_OBJECTS } from './counter-objects.ts';
import { CREDIT_OBJECTS } from './credit-objects.ts';
import { DEMAND_OBJECTS } from './demand-objects.ts';
import { EVENT_OBJECTS } from './event-objects.ts';
import { IDENTITY_OBJECTS } from './identity-objects.ts';
import { IMAGE_OBJECTS } from './image-object.ts';
import { PROFILE_OBJECTS } from './profile-objects.ts';
import { REGISTER_OBJECTS } from './register-objects.ts';
import { RELAY_OBJECTS } from './relay-objects.ts';
import { SECURITY_OBJECTS } from './security-setup.ts';
import { STS_ATTRIBUTES } from './sts-object.ts';
import { TARIFF_OBJECTS } from './tariff-objects.ts';
import { TOKEN_GATEWAY } from './token-gateway.ts';

/** The objects of every make together; which of them a meter has, each says. */
export const COSEM_OBJECTS: readonly CosemObject[] = [
	...IDENTITY_OBJECTS,
	...associationObjects(objectListData),
	...SECURITY_OBJECTS,
	...IMAGE_OBJECTS,
	...REGISTER_OBJECTS,
	...TARIFF_OBJECTS,
	...DEMAND_OBJECTS,
	...RELAY_OBJECTS,
	...COUNTER_OBJECTS,
	ACCOUNT,
	...CREDIT_OBJECTS,
	...CHARGE_OBJECTS,
	TOKEN_GATEWAY,
	STS_ATTRIBUTES,
	...PROFILE_OBJECTS,
	...EVENT_OBJECTS,
];

/** How many objects a meter has whose list was planted huge. */
const PLANTED_COUNT = 2000;

/** Objects that hold nothing, to make a list long: a maker's own. */
const PLANTED_OBJECTS: readonly CosemObject[] = Array.from({ length: PLANTED_COUNT }, (_, at) =>
	cosemObject(
		1,
		`0.0.128.${Math.floor(at / 200)}.${at % 200}`,
		{ 2: () => unsigned(0) },
		{
			presentIn: (meter) => hasPlant(meter, 'huge-object-list'),
		},
	),
);

const BY_NAME: ReadonlyMap<string, CosemObject> = new Map(
	[...COSEM_OBJECTS, ...PLANTED_OBJECTS].map((object) => [object.logicalName, object]),
);

const isPresent = ({ presentIn }: CosemObject, { meter }: Question): boolean =>
	presentIn?.(meter.meter) ?? true;

/** The object of a logical name; undefined where this meter has none. */
export function objectOf(logicalName: string, question: Question): CosemObject | undefined {
	const object = BY_NAME.get(logicalName);
	return object && isPresent(object, question) ? object : undefined;
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

/** What a client finds: the objects of this meter that its role may read, with its rights in each. */
export function objectListData(setup: ClientSetup, question: Question): Data {
	const present = COSEM_OBJECTS.filter(
		(object) => hasRole(setup.role, object.lowest) && isPresent(object, question),
	);
	const planted = PLANTED_OBJECTS.filter((object) => isPresent(object, question));
	return array(
		...[...present, ...planted]
			.slice(0, Math.max(present.length, planted.length))
			.map((object) => objectEntry(object, setup)),
	);
}
