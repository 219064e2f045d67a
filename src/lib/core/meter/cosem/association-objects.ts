/**
 * Associations and logical devices (IEC 62056-6-2, classes 15 and 17): 0.0.40.0.0 is the association
 * that asks, 0.0.40.0.1 … one for each client the meter knows.
 */
import { contextOid, mechanismOid } from '#lib/core/dlms/acse/names.ts';
import { FULL_CONFORMANCE } from '#lib/core/dlms/apdu/conformance.ts';
import {
	array,
	bitString,
	enumerated,
	integer,
	longUnsigned,
	octetString,
	structure,
	unsigned,
} from '#lib/core/dlms/axdr/build.ts';
import { DLMS_VERSION } from '#lib/core/dlms/apdu/initiate.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import { CLIENT_SETUPS, type ClientSetup } from './client-setups.ts';
import { cosemObject, type CosemObject, type Question } from './cosem-object.ts';
import { nameData, textData } from './cosem-values.ts';
import { deviceName } from './identity-objects.ts';
import { securitySetupName } from './security-setup.ts';

/** The one logical device, the management one. */
export const LOGICAL_DEVICE = 1;

/** Longest APDU the meter takes and makes. */
export const METER_MAX_PDU = 1024;

/** What the meter agrees to: everything of the stack but what it never sends unasked. */
export const METER_CONFORMANCE = FULL_CONFORMANCE;

const NOT_ASSOCIATED = 0;
const ASSOCIATED = 2;

const conformanceData = (): Data =>
	bitString(new Writer(4).u32(METER_CONFORMANCE).finish().subarray(1), 24);

/** Makes the object list of a client of the meter that is asked. */
type ObjectLister = (setup: ClientSetup, question: Question) => Data;

/** What an association of `setup` is called by: its object list is made by who asks for it. */
const association = (
	name: string,
	setupOf: (question: Question) => ClientSetup,
	listOf: ObjectLister,
	lowest: 'public' | 'reading',
): CosemObject =>
	cosemObject(
		15,
		name,
		{
			2: (question) => listOf(setupOf(question), question),
			3: (question) => structure(integer(setupOf(question).client), longUnsigned(LOGICAL_DEVICE)),
			4: (question) => octetString(contextOid(setupOf(question).context)),
			5: () =>
				structure(
					conformanceData(),
					longUnsigned(METER_MAX_PDU),
					longUnsigned(METER_MAX_PDU),
					unsigned(DLMS_VERSION),
					integer(0),
					octetString(new Uint8Array()),
				),
			6: (question) => octetString(mechanismOid(setupOf(question).mechanism)),
			8: (question) =>
				enumerated(
					setupOf(question).client === question.asking.client ? ASSOCIATED : NOT_ASSOCIATED,
				),
			9: (question) => nameData(securitySetupName(setupOf(question).keySet ?? 0)),
		},
		{
			version: 1,
			lowest,
			// Pass 3 of HLS is taken by the association itself, before any object is asked.
			methods: [{ index: 1, lowest: 'public', invoke: () => ({ refused: 'read-write-denied' }) }],
		},
	);

/** The objects of associations; `listOf` is the object list of a client. */
export function associationObjects(listOf: ObjectLister): readonly CosemObject[] {
	return [
		association('0.0.40.0.0', ({ asking }) => asking, listOf, 'public'),
		...CLIENT_SETUPS.map((setup, index) =>
			association(`0.0.40.0.${index + 1}`, () => setup, listOf, 'reading'),
		),
		cosemObject(
			17,
			'0.0.41.0.0',
			{
				2: ({ meter }) =>
					array(structure(longUnsigned(LOGICAL_DEVICE), textData(deviceName(meter.meter)))),
			},
			{ lowest: 'public' },
		),
	];
}
