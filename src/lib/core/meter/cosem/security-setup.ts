/**
 * Security set-up (IEC 62056-6-2, class 64 version 1), one object per suite: its policy, its titles, and
 * the transfer of new keys under the master key. New keys hold from the next association on.
 */
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { array, doubleLongUnsigned, enumerated, octetString } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { KEY_IDS, unwrapKey } from '#lib/core/dlms/security/key-transport.ts';
import { suiteOf } from '#lib/core/dlms/security/suite.ts';
import { noteEvent } from '../meter-events.ts';
import { type KeySet, TEST_KEY_SETS } from './client-setups.ts';
import { cosemObject, type CosemObject, type Invoked, type Question } from './cosem-object.ts';
import { systemTitleOf } from './identity-objects.ts';

/** Both directions authenticated at least (bits 2 and 5); encrypted too (bits 3 and 6). */
const AUTHENTICATED = 0x24;
const AUTHENTICATED_AND_ENCRYPTED = 0x6c;

/** The policy of each key set: that of suite 0 also takes clients that only authenticate. */
const POLICIES = [AUTHENTICATED, AUTHENTICATED_AND_ENCRYPTED, AUTHENTICATED_AND_ENCRYPTED] as const;

/** The security policy (version 1) behind a key set. */
export function securityPolicyOf(keySet: number): number {
	return POLICIES[keySet] ?? AUTHENTICATED_AND_ENCRYPTED;
}

/** The logical name of the security set-up behind a key set. */
export const securitySetupName = (keySet: number): string => `0.0.43.0.${keySet}`;

/** The key set with one key of a transfer taken; undefined where it is not for this meter. */
function takeKey(keySet: KeySet, data: Data): KeySet | undefined {
	if (data.type !== 'structure') return undefined;
	const [id, wrapped] = data.value;
	if (id?.type !== 'enum' || wrapped?.type !== 'octet-string') return undefined;
	const key = unwrapKey(parseHex(keySet.masterHex), wrapped.value);
	if (key?.length !== suiteOf(keySet.suite).keyOctets) return undefined;
	const name = KEY_IDS.find((row) => row.id === id.value)?.name;
	if (name === 'global-unicast-encryption') return { ...keySet, unicastHex: formatHex(key) };
	if (name === 'authentication') return { ...keySet, authenticationHex: formatHex(key) };
	return name === 'key-encryption' ? { ...keySet, masterHex: formatHex(key) } : undefined;
}

/** Takes all keys of a transfer or none. */
const transferKeys =
	(index: number) =>
	({ meter, instantMs }: Question, parameter: Data | undefined): Invoked => {
		if (parameter?.type !== 'array' || parameter.value.length === 0)
			return { refused: 'type-unmatched' };
		const before = meter.keySets[index] as KeySet;
		const after = parameter.value.reduce<KeySet | undefined>(
			(keySet, data) => keySet && takeKey(keySet, data),
			before,
		);
		if (!after) return { refused: 'other-reason' };
		const event = { kind: 'keys-transferred', atMs: instantMs } as const;
		const events = noteEvent(meter.meter.events, event);
		const keySets = meter.keySets.with(index, after);
		return { meter: { ...meter, meter: { ...meter.meter, events }, keySets } };
	};

const securitySetup = (index: number): CosemObject =>
	cosemObject(
		64,
		securitySetupName(index),
		{
			2: () => enumerated(securityPolicyOf(index)),
			3: ({ meter }) => enumerated((meter.keySets[index] as KeySet).suite),
			4: () => octetString(new Uint8Array()),
			5: ({ meter }) => octetString(systemTitleOf(meter.meter)),
			6: () => array(),
		},
		{
			version: 1,
			methods: [{ index: 2, lowest: 'management', invoke: transferKeys(index) }],
		},
	);

export const SECURITY_OBJECTS: readonly CosemObject[] = [
	...TEST_KEY_SETS.map((_, index) => securitySetup(index)),
	cosemObject(
		1,
		'0.0.43.1.0',
		{ 2: ({ highestCounter }) => doubleLongUnsigned(highestCounter) },
		{ lowest: 'public' },
	),
];
