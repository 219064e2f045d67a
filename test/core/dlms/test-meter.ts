/** A small meter and clients for it: one set-up per mechanism and context, a register, a profile, a gateway. */
import { parseHex } from '#lib/core/bytes/hex.ts';
import type { MechanismName } from '#lib/core/dlms/acse/names.ts';
import { type Conformance, FULL_CONFORMANCE } from '#lib/core/dlms/apdu/conformance.ts';
import { ClientAssociation } from '#lib/core/dlms/association/client.ts';
import type { ClientAssociationSettings } from '#lib/core/dlms/association/client-settings.ts';
import type {
	AssociationSetup,
	MeterApplication,
	MeterSettings,
} from '#lib/core/dlms/association/meter-settings.ts';
import * as build from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { profileSelectionOf } from '#lib/core/dlms/cosem/selection.ts';
import type { CipherForm } from '#lib/core/dlms/security/apdu-cipher.ts';
import { type CounterPort, volatileCounters } from '#lib/core/dlms/security/counter.ts';
import { policyOfVersion0, type SecurityPolicy } from '#lib/core/dlms/security/policy.ts';
import { publicKey } from '#lib/core/dlms/security/signature.ts';
import type { Protection, SuiteId } from '#lib/core/dlms/security/suite.ts';

export const REGISTER = { classId: 3, logicalName: obis('1.0.1.8.0.255'), attribute: 2 };
export const NOTE = { classId: 1, logicalName: obis('0.0.96.1.10.255'), attribute: 2 };
export const PROFILE = { classId: 7, logicalName: obis('1.0.99.1.0.255'), attribute: 2 };
export const ENTER = { classId: 115, logicalName: obis('0.0.19.40.0.255'), method: 1 };
export const CLIENT_TITLE = parseHex('434c490000000001');
export const METER_TITLE = parseHex('4d4d4d0000bc614e');
export const SECRET = build.asciiOctets('Gurux');
const CHALLENGES = { client: new Uint8Array(16).fill(0xc1), meter: new Uint8Array(16).fill(0x5a) };
const SIGNING = { client: new Uint8Array(32).fill(7), meter: new Uint8Array(32).fill(9) };

/** Keys of a suite: 16 octets each, 32 in suite 2. */
export function keysOf(suite: SuiteId) {
	const octets = suite === 2 ? 32 : 16;
	return {
		unicast: Uint8Array.from({ length: octets }, (_, index) => index),
		authentication: Uint8Array.from({ length: octets }, (_, index) => 0xd0 + index),
	};
}

/** Rows of a load profile: time, status, two registers. */
export function profileRows(count: number): Data {
	return build.array(
		...Array.from({ length: count }, (_, row) =>
			build.structure(
				build.octetString(Uint8Array.of(7, 0xea, 1, 1, 4, row >> 8, row & 0xff, 0, 0, 0x80, 0, 0)),
				build.unsigned(6),
				build.doubleLongUnsigned(1000 + row),
				build.doubleLongUnsigned(2000 + row),
			),
		),
	);
}

/** Objects in memory; what was written is read back, a token comes back as its own description. */
export function memoryApplication(rows = 96): MeterApplication & { entered: string[] } {
	const profile = profileRows(rows);
	let note: Data = build.octetString(new Uint8Array(4));
	const entered: string[] = [];
	return {
		entered,
		read(target) {
			if (target.logicalName === REGISTER.logicalName)
				return target.attribute === 2
					? { data: build.doubleLongUnsigned(1_234_567) }
					: { refused: 'read-write-denied' };
			if (target.logicalName === NOTE.logicalName) return { data: note };
			if (target.logicalName !== PROFILE.logicalName) return { refused: 'object-undefined' };
			if (!target.selection) return { data: profile };
			const selection = profileSelectionOf(target.selection);
			if (selection?.kind !== 'entries' || profile.type !== 'array')
				return { refused: 'other-reason' };
			const to = selection.toEntry === 0 ? profile.value.length : selection.toEntry;
			return { data: build.array(...profile.value.slice(selection.fromEntry - 1, to)) };
		},
		write(target, data) {
			if (target.logicalName !== NOTE.logicalName) return 'read-write-denied';
			if (data.type !== 'octet-string') return 'type-unmatched';
			note = data;
			return 'success';
		},
		invoke(target, parameter) {
			if (target.logicalName !== ENTER.logicalName) return { result: 'object-undefined' };
			if (parameter?.type !== 'octet-string') return { result: 'type-unmatched' };
			entered.push(build.asciiText(parameter.value));
			return { result: 'success', returned: build.structure(build.enumerated(3), parameter) };
		},
	};
}

/** One way to associate, for both ends. */
export interface Way {
	readonly mechanism: MechanismName;
	readonly suite?: SuiteId;
	/** Undefined: the context without ciphering. */
	readonly protection?: Protection;
	readonly form?: CipherForm;
	readonly dedicated?: boolean;
	readonly conformance?: Conformance;
	readonly policy?: SecurityPolicy;
	readonly clientMaxPdu?: number;
	readonly meterMaxPdu?: number;
	readonly generalWindow?: number;
}

/** A way that needs no keys and agrees on everything. */
export const PLAIN: Way = { mechanism: 'none' };

export function meterSettings(
	way: Way,
	application: MeterApplication = memoryApplication(),
	counters: CounterPort = volatileCounters(),
): MeterSettings {
	const suite = way.suite ?? 0;
	const setup: AssociationSetup = {
		client: 16,
		context: way.protection ? 'logical-name-ciphered' : 'logical-name',
		mechanism: way.mechanism,
		secret: SECRET,
		signing: { signingKey: SIGNING.meter, peerVerifyingKey: publicKey(1, SIGNING.client) },
		security: () => ({ suite, keys: keysOf(suite), policy: way.policy ?? policyOfVersion0(0) }),
		conformance: way.conformance ?? FULL_CONFORMANCE,
	};
	return {
		application,
		setups: [setup],
		systemTitle: METER_TITLE,
		counters,
		challenge: () => CHALLENGES.meter,
		...(way.meterMaxPdu !== undefined && { maxPdu: way.meterMaxPdu }),
		...(way.generalWindow !== undefined && { generalWindow: way.generalWindow }),
	};
}

export function clientSettings(
	way: Way,
	counters: CounterPort = volatileCounters({ send: 1 }),
): ClientAssociationSettings {
	const suite = way.suite ?? 0;
	const keys = keysOf(suite);
	return {
		context: way.protection ? 'logical-name-ciphered' : 'logical-name',
		mechanism: way.mechanism,
		secret: SECRET,
		signing: { signingKey: SIGNING.client, peerVerifyingKey: publicKey(1, SIGNING.meter) },
		challenge: CHALLENGES.client,
		systemTitle: CLIENT_TITLE,
		security: {
			suite,
			keys: way.dedicated ? { ...keys, dedicated: keys.unicast.toReversed() } : keys,
			protection: way.protection ?? 'authenticated-encrypted',
			form: way.form ?? 'service',
			peerTitle: new Uint8Array(),
			counters,
			sendSpace: 'send',
		},
		conformance: way.conformance ?? FULL_CONFORMANCE,
		maxPdu: way.clientMaxPdu ?? 0xffff,
		...(way.generalWindow !== undefined && { generalWindow: way.generalWindow }),
	};
}

export const clientOf = (way: Way): ClientAssociation => new ClientAssociation(clientSettings(way));
