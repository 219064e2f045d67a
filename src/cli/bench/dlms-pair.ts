/** A meter with a register, a profile and a token gateway, and a client for it: what the bench measures. */
import { parseHex } from '#lib/core/bytes/hex.ts';
import { FULL_CONFORMANCE } from '#lib/core/dlms/apdu/conformance.ts';
import { ClientAssociation } from '#lib/core/dlms/association/client.ts';
import type { MeterApplication, MeterSettings } from '#lib/core/dlms/association/meter-settings.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { volatileCounters } from '#lib/core/dlms/security/counter.ts';
import { policyOfVersion0 } from '#lib/core/dlms/security/policy.ts';

export const REGISTER = { classId: 3, logicalName: obis('1.0.1.8.0.255'), attribute: 2 };
export const PROFILE = { classId: 7, logicalName: obis('1.0.99.1.0.255'), attribute: 2 };
export const STATUS = { classId: 115, logicalName: obis('0.0.19.40.0.255'), attribute: 6 };
export const ENTER = { classId: 115, logicalName: obis('0.0.19.40.0.255'), method: 1 };
export const TOKEN = build.octetString(build.asciiOctets('12345678901234567890'));

/** Test keys of suite 0, as every published example uses them. */
export const KEYS = {
	unicast: parseHex('000102030405060708090a0b0c0d0e0f'),
	authentication: parseHex('d0d1d2d3d4d5d6d7d8d9dadbdcdddedf'),
};
const CLIENT_TITLE = parseHex('434c490000000001');
const METER_TITLE = parseHex('4d4d4d0000bc614e');
const CHALLENGE = new Uint8Array(16).fill(0x33);

/** A load profile: time, status and two registers a row. */
export const PROFILE_DATA: Data = build.array(
	...Array.from({ length: 1000 }, (_, row) =>
		build.structure(
			build.octetString(Uint8Array.of(7, 0xea, 1, 1, 4, row >> 8, row & 0xff, 0, 0, 0x80, 0, 0)),
			build.unsigned(6),
			build.doubleLongUnsigned(1_000_000 + row),
			build.doubleLongUnsigned(2_000_000 + row),
		),
	),
);

export const STATUS_DATA = build.structure(build.enumerated(3), build.bitString(Uint8Array.of(0)));

const application: MeterApplication = {
	read: ({ classId }) =>
		classId === REGISTER.classId
			? { data: build.doubleLongUnsigned(1_234_567) }
			: { data: classId === PROFILE.classId ? PROFILE_DATA : STATUS_DATA },
	write: () => 'success',
	invoke: () => ({ result: 'success', returned: STATUS_DATA }),
};

/** How the two talk. */
export type Security = 'plain' | 'ciphered';

export function benchMeter(security: Security): MeterSettings {
	return {
		application,
		setups: [
			{
				client: 1,
				context: security === 'plain' ? 'logical-name' : 'logical-name-ciphered',
				mechanism: security === 'plain' ? 'none' : 'high-gmac',
				security: () => ({ suite: 0, keys: KEYS, policy: policyOfVersion0(0) }),
				conformance: FULL_CONFORMANCE,
			},
		],
		systemTitle: METER_TITLE,
		counters: volatileCounters(),
		challenge: () => CHALLENGE,
		maxPdu: 0xffff,
	};
}

export function benchClient(security: Security): ClientAssociation {
	return new ClientAssociation({
		context: security === 'plain' ? 'logical-name' : 'logical-name-ciphered',
		mechanism: security === 'plain' ? 'none' : 'high-gmac',
		challenge: CHALLENGE,
		systemTitle: CLIENT_TITLE,
		security: {
			suite: 0,
			keys: KEYS,
			protection: 'authenticated-encrypted',
			peerTitle: METER_TITLE,
			counters: volatileCounters(),
			sendSpace: 'send',
		},
	});
}
